using Grpc.Core;
using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Domains;
using Samenhang.Domains.Assessment;
using Samenhang.Domains.Provisions;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Uwv.V1;

namespace Samenhang.Uwv.Api;

/// <summary>The gRPC methods of UWV: parse, handle, reply.</summary>
public sealed class UwvApi(DomainRulebook<UwvDomain> rulebook, ProvisionDesk<UwvDomain> provisions, Days days) : UwvService.UwvServiceBase
{
    /// <inheritdoc/>
    public override Task<AssessResponse> Assess(AssessRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new RequestReader(rulebook.Vocabulary, rulebook.Policies);
        var view = reader.View("case", request.Case);
        var suggested = reader.Suggested("suggested", request.Suggested);
        var explain = reader.RowToExplain("explain", request.Explain?.NeedId, request.Explain?.Scheme);
        reader.EnsureValid();

        var answer = rulebook.AnswerOf(view, suggested, explain);
        return Task.FromResult(new AssessResponse
        {
            Rows = { answer.Rows },
            RulebookVersion = answer.RulebookVersion,
            Explanation = { answer.Explanation },
            WouldBeCoveredIf = { answer.WouldBeCoveredIf },
        });
    }

    /// <inheritdoc/>
    public override async Task<RequestProvisionResponse> RequestProvision(RequestProvisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new ProvisionReader<UwvDomain>(rulebook.Vocabulary, days);
        var asked = reader.Asked(
            request.RequestId, request.CasePseudonym, request.CaseProvisionId, request.Scheme, request.NeedIds, request.ProviderId, request.Product, request.RequestedOn);
        reader.EnsureValid();
        return (await provisions.RequestAsync(
            RequestIdentity.Of(request.RequestId, request),
            id => asked with { Id = id },
            (provision, version) => new RequestProvisionResponse { Provision = provision.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<DecideProvisionResponse> DecideProvision(DecideProvisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new ProvisionReader<UwvDomain>(rulebook.Vocabulary, days);
        var id = reader.Change(request.RequestId, request.ProvisionId);
        var on = reader.Day("decided_on", request.DecidedOn);
        var refused = reader.Refused(request.Decision, request.RefusalReason);
        reader.EnsureValid();
        var identity = RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null);
        static DecideProvisionResponse Reply(KeptProvision provision, long version) => new() { Provision = provision.ToWire(version) };
        return (await (refused is { } reason
            ? provisions.RefuseAsync(identity, id, on, reason, Reply, context.CancellationToken)
            : provisions.GrantAsync(identity, id, on, Reply, context.CancellationToken))).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<StartProvisionResponse> StartProvision(StartProvisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new ProvisionReader<UwvDomain>(rulebook.Vocabulary, days);
        var id = reader.Change(request.RequestId, request.ProvisionId);
        var from = reader.Day("from", request.From);
        reader.EnsureValid();
        return (await provisions.StartAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            from,
            (provision, version) => new StartProvisionResponse { Provision = provision.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<StopProvisionResponse> StopProvision(StopProvisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new ProvisionReader<UwvDomain>(rulebook.Vocabulary, days);
        var id = reader.Change(request.RequestId, request.ProvisionId);
        var to = reader.Day("to", request.To);
        reader.EnsureValid();
        return (await provisions.StopAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            to,
            (provision, version) => new StopProvisionResponse { Provision = provision.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GetProvisionResponse> GetProvision(GetProvisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (provision, version) = (await provisions.FindAsync(request.ProvisionId, context.CancellationToken)).OrFail();
        return new GetProvisionResponse { Provision = provision.ToWire(version) };
    }

    /// <inheritdoc/>
    public override async Task<ListProvisionsResponse> ListProvisions(ListProvisionsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var found = await provisions.ListAsync(request.CasePseudonym, context.CancellationToken);
        return new ListProvisionsResponse { Provisions = { found.Select(item => item.Provision.ToWire(item.Version)) } };
    }
}
