using Grpc.Core;
using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Domains;
using Samenhang.Domains.Assessment;
using Samenhang.Domains.Provisions;
using Samenhang.Messages.Employer;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using Samenhang.Platform.Telemetry;
using Samenhang.Protos.Employer.V1;

namespace Samenhang.Employer.Api;

/// <summary>The gRPC methods of the employer: parse, handle, reply.</summary>
public sealed class EmployerApi(DomainRulebook<EmployerDomain> rulebook, ProvisionDesk<EmployerDomain> provisions, Days days)
    : EmployerService.EmployerServiceBase
{
    /// <inheritdoc/>
    public override Task<AssessResponse> Assess(AssessRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new EmployerReader(rulebook.Vocabulary, days, rulebook.Policies);
        var question = reader.Question(request);
        var explain = reader.RowToExplain(request.Explain);
        reader.EnsureValid();

        var view = question.ToCase(rulebook.Vocabulary);
        var now = rulebook.Now;
        var explanation = explain is { } row ? now.Explain(view, row.NeedId, row.Scheme) : null;
        return Task.FromResult(new AssessResponse
        {
            Rows = { Measures.EvaluateRules(ServiceNames.Employer, () => now.Assess(view, question.SuggestedSchemes())).Select(EmployerWriter.ToWire) },
            RulebookVersion = now.Version,
            Explanation = { explanation?.ToWire() ?? [] },
            WouldBeCoveredIf = { explanation?.WouldBeCoveredIf() ?? [] },
        });
    }

    /// <inheritdoc/>
    public override async Task<RequestProvisionResponse> RequestProvision(RequestProvisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new EmployerReader(rulebook.Vocabulary, days);
        var asked = reader.Asked(request);
        reader.EnsureValid();
        return (await provisions.RequestAsync(
            RequestIdentity.Of(request.RequestId, request),
            id => asked with { Id = id },
            (provision, version) => new RequestProvisionResponse { Provision = EmployerWriter.ToWire(provision, version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<DecideProvisionResponse> DecideProvision(DecideProvisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new EmployerReader(rulebook.Vocabulary, days);
        var id = reader.Change(request.RequestId, request.ProvisionId);
        var on = reader.Day("decided_on", request.DecidedOn);
        var refused = reader.Refused(request.Decision, request.RefusalReason);
        reader.EnsureValid();
        var identity = RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null);
        static DecideProvisionResponse Reply(KeptProvision provision, long version) => new() { Provision = EmployerWriter.ToWire(provision, version) };
        return (await (refused is { } reason
            ? provisions.RefuseAsync(identity, id, on, reason, Reply, context.CancellationToken)
            : provisions.GrantAsync(identity, id, on, Reply, context.CancellationToken))).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<StartProvisionResponse> StartProvision(StartProvisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new EmployerReader(rulebook.Vocabulary, days);
        var id = reader.Change(request.RequestId, request.ProvisionId);
        var from = reader.Day("from", request.From);
        reader.EnsureValid();
        return (await provisions.StartAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            from,
            (provision, version) => new StartProvisionResponse { Provision = EmployerWriter.ToWire(provision, version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<StopProvisionResponse> StopProvision(StopProvisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new EmployerReader(rulebook.Vocabulary, days);
        var id = reader.Change(request.RequestId, request.ProvisionId);
        var to = reader.Day("to", request.To);
        reader.EnsureValid();
        return (await provisions.StopAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            to,
            (provision, version) => new StopProvisionResponse { Provision = EmployerWriter.ToWire(provision, version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GetProvisionResponse> GetProvision(GetProvisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (provision, version) = (await provisions.FindAsync(request.ProvisionId, context.CancellationToken)).OrFail();
        return new GetProvisionResponse { Provision = EmployerWriter.ToWire(provision, version) };
    }

    /// <inheritdoc/>
    public override async Task<ListProvisionsResponse> ListProvisions(ListProvisionsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var found = await provisions.ListAsync(request.CasePseudonym, context.CancellationToken);
        return new ListProvisionsResponse { Provisions = { found.Select(item => EmployerWriter.ToWire(item.Provision, item.Version)) } };
    }
}
