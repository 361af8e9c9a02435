using Grpc.Core;
using Samenhang.Api;
using Samenhang.Gemeente.Clients;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Gemeente.Store;
using Samenhang.Protos.Gemeente.V1;

namespace Samenhang.Gemeente.Api;

/// <summary>The file of a client as a whole: parse, handle, reply.</summary>
public sealed class ClientApi(ClientDesk desk, ClientReaders readers, TermTable terms, MessageRules rules, Days days) : ClientService.ClientServiceBase
{
    /// <inheritdoc/>
    public override Task<LinkCaseResponse> LinkCase(LinkCaseRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var pseudonym = reader.Id("case_pseudonym", request.CasePseudonym);
        var applications = reader.Items("applications", request.Applications, (path, item) => new InCase(
            reader.Reference($"{path}.application_id", item.ApplicationId),
            reader.Needs($"{path}.need_ids", item.NeedIds),
            reader.OptionalId($"{path}.case_provision_id", item.CaseProvisionId)));
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => ClientDecisions.Link(client, pseudonym, applications), (_, client) => new LinkCaseResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<SetSafetyBlockResponse> SetSafetyBlock(SetSafetyBlockRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var since = reader.Day("since", request.Since);
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => ClientDecisions.Block(client, since), (_, client) => new SetSafetyBlockResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<LiftSafetyBlockResponse> LiftSafetyBlock(LiftSafetyBlockRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var on = reader.Day("on", request.On);
        reader.EnsureValid();
        IReadOnlyList<string> released = [];
        return desk.HandleAsync(
            asked,
            client =>
            {
                released = [.. client.Sent.Where(message => message.Held).Select(message => message.Id)];
                return ClientDecisions.Unblock(client, on);
            },
            (_, client) => new LiftSafetyBlockResponse { Client = client, ReleasedMessageIds = { released } },
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<GetClientResponse> GetClient(GetClientRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var name = reader.Client(request.Client);
        reader.EnsureValid();
        return new GetClientResponse { Client = await desk.FindAsync(name, context.CancellationToken) };
    }

    /// <inheritdoc/>
    public override async Task<ListOpenTermsResponse> ListOpenTerms(ListOpenTermsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var municipality = reader.Municipality("municipality_code", request.MunicipalityCode);
        var until = reader.OptionalDay("due_until", request.DueUntil);
        var owner = reader.OptionalMember("owner", request.Owner) switch
        {
            TermOwner.Municipality => TermKeeper.Municipality,
            TermOwner.Provider => TermKeeper.Provider,
            _ => (TermKeeper?)null,
        };
        reader.EnsureValid();
        var found = await terms.OfAsync(
            municipality, until, [.. rules.All.Where(rule => owner is null || rule.Owner == owner).Select(rule => rule.Id)], context.CancellationToken);
        return new ListOpenTermsResponse { OpenTerms = { found.Select(item => item.Term.ToWire(item.Client, rules, days.Today)) } };
    }
}
