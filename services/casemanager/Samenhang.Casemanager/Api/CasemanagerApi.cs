using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Access;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Casemanager.Questions;
using Samenhang.Casemanager.Store;
using Samenhang.Casemanager.Vault;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods of the casemanager: parse, handle, reply.</summary>
public sealed class CasemanagerApi(
    CaseDesk cases,
    CaseRules rules,
    CaseTable table,
    DomainQuestions domains,
    BsnVault vault,
    Pseudonyms pseudonyms,
    TimeProvider time,
    [FromKeyedServices(ServiceNames.Casemanager)] IEventStore store) : CasemanagerService.CasemanagerServiceBase
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(1);

    private readonly PlanWriter plans = new(rules);

    /// <inheritdoc/>
    public override async Task<OpenCaseResponse> OpenCase(OpenCaseRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (title, asOf, content, bsn) = new CaseRequests(rules.Vocabulary, rules.Policies).Open(request);
        context.Caller().RequireTenant(request.Tenant);

        // What is remembered of a request is a hash of its content. A BSN has so few values that it could be found from one.
        var remembered = request.Clone();
        remembered.Bsn = bsn is null ? "" : vault.Fingerprint(bsn);
        var caseId = cases.NewCaseId();
        var reply = (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, remembered),
            now => new CaseCommand.Open { At = now, CaseId = caseId, Title = title, AsOf = asOf, Content = content },
            after => new OpenCaseResponse { CaseId = caseId, Version = after.Version },
            context.CancellationToken,
            isNew: true)).OrFail();
        if (bsn is not null)
        {
            // After the case: when this fails the caller gets an error, and the same request again puts it right.
            await vault.KeepAsync(reply.CaseId, bsn, context.CancellationToken);
        }

        return reply;
    }

    /// <inheritdoc/>
    public override async Task<RecordFactsResponse> RecordFacts(RecordFactsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var facts = reader.Facts(request.Facts, mayBeEmpty: false);
        reader.EnsureValid();
        return (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            now => new CaseCommand.RecordFacts(facts, ServiceNames.Casemanager) { At = now },
            after => new RecordFactsResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<AddNeedResponse> AddNeed(AddNeedRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var need = reader.Need(request.Need);
        return (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            now => new CaseCommand.AddNeed(need) { At = now },
            after => new AddNeedResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<RecordProvisionResponse> RecordProvision(RecordProvisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var provision = reader.Provision(request.Provision);
        return (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            now => new CaseCommand.RecordProvision(provision) { At = now },
            after => new RecordProvisionResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<RecordPartyResponse> RecordParty(RecordPartyRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var party = reader.Party(request.Party);
        return (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            now => new CaseCommand.RecordParty(party) { At = now },
            after => new RecordPartyResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<RecordConsentResponse> RecordConsent(RecordConsentRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var consent = reader.Consent(request.Consent);
        reader.EnsureValid();
        return (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            now => new CaseCommand.RecordConsent(consent) { At = now },
            after => new RecordConsentResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<RecordEventResponse> RecordEvent(RecordEventRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var command = reader.Record(request);
        reader.EnsureValid();
        return (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            command,
            after => new RecordEventResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<SuspendDeadlineResponse> SuspendDeadline(SuspendDeadlineRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var command = reader.Suspend(request);
        reader.EnsureValid();
        return (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            command,
            after => new SuspendDeadlineResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<ResumeDeadlineResponse> ResumeDeadline(ResumeDeadlineRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var command = reader.Resume(request);
        reader.EnsureValid();
        return (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            command,
            after => new ResumeDeadlineResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GetCaseResponse> GetCase(GetCaseRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var state = await FindAsync(request.CaseId, context);
        return new GetCaseResponse { Case = state.ToWire(rules.Vocabulary, await vault.KnowsAsync(request.CaseId, context.CancellationToken), pseudonyms) };
    }

    /// <inheritdoc/>
    public override async Task<GetPlanResponse> GetPlan(GetPlanRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var version = reader.PlanVersion(request.PlanVersion);
        reader.EnsureValid();
        var state = await FindAsync(request.CaseId, context);
        var found = version == 0 || version == state.Plan?.Version
            ? CaseDesk.Newest(state)
            : (await cases.PlansAsync(request.CaseId, version - 1, context.CancellationToken)).FirstOrDefault(kept => kept.Plan.Version == version);
        if (found is null && version > 0)
        {
            throw new RpcFailure(new Error.NotFound("plan", $"{version}"));
        }

        return new GetPlanResponse
        {
            Plan = found is null ? null : plans.Write(found),
            RoundStatus = CaseTable.StatusOf(state).ToWire(),
            CaseVersion = state.Version,
        };
    }

    /// <inheritdoc/>
    public override async Task<ExplainCoverageResponse> ExplainCoverage(ExplainCoverageRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        reader.CaseId(request.CaseId);
        var (needId, scheme) = reader.Row(request.NeedId, request.Scheme);
        reader.EnsureValid();
        var state = CaseDesk.Usable(await FindAsync(request.CaseId, context)).OrFail();
        var plan = state.Plan ?? throw new RpcFailure(new Error.NotFound("plan"));
        var row = plan.Coverage.FirstOrDefault(coverage => coverage.NeedId == needId && coverage.Scheme == scheme)
            ?? throw new RpcFailure(new Error.NotFound("coverage", $"{needId}/{scheme}"));
        var whole = state.ToDocument(plan.AsOf).ToCase(rules.Vocabulary);
        var zvw = state.Answers.GetValueOrDefault(ServiceNames.Zvw)?.Rows;
        var response = new ExplainCoverageResponse { Coverage = plans.Write(row) };
        if (ServiceNames.All.Contains(row.Service) && row.Service != ServiceNames.Casemanager)
        {
            var answer = (await domains.AskAsync(
                row.Service, whole, row.Service == ServiceNames.Zvw ? null : zvw, (needId, scheme), context.CancellationToken)).OrFail();
            response.Explanation.Add(answer.Explanation);
            response.WouldBeCoveredIf.Add(answer.WouldBeCoveredIf);
        }
        else if (rules.Explain(ZvwTitle.Fill(whole, zvw, rules.Vocabulary), needId, scheme) is { } explanation)
        {
            response.Explanation.Add(explanation.ToWire());
            response.WouldBeCoveredIf.Add(explanation.WouldBeCoveredIf());
        }

        return response;
    }

    /// <inheritdoc/>
    public override async Task<WhatIfResponse> WhatIf(WhatIfRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        reader.CaseId(request.CaseId);
        var facts = reader.Facts(request.Facts, mayBeEmpty: true);
        var asOf = reader.Day("as_of", request.AsOf);
        if (facts.Count == 0 && asOf is null)
        {
            reader.Nothing("facts");
        }

        reader.EnsureValid();
        var state = await FindAsync(request.CaseId, context);
        var tried = cases.Try(state, facts).OrFail();
        var whole = tried.ToDocument(asOf ?? state.Opened!.AsOf ?? state.RoundAsOf).ToCase(rules.Vocabulary);
        var assessment = (await domains.AssessAsync(whole, context.CancellationToken)).OrFail();
        var plan = rules.Plans.Make(assessment, 0, state.HandOvers, state.Questions);
        return new WhatIfResponse
        {
            Plan = plans.Write(plan, state.Version, time.GetUtcNow()),
            Difference = PlanWriter.Write(state.Plan is { } newest ? rules.Differences.Between(newest, plan) : []),
        };
    }

    /// <inheritdoc/>
    public override async Task<ListCasesResponse> ListCases(ListCasesRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var (tenant, severity, size, before) = reader.Page(request);
        reader.EnsureValid();
        var limited = context.Caller().OwnTenant(tenant);
        var rows = await table.ListAsync(limited, alsoOfNone: tenant is null, severity, before, size + 1, context.CancellationToken);
        return new ListCasesResponse
        {
            Cases = { rows.Take(size).Select(row => row.ToWire()) },
            NextPageToken = rows.Count > size ? rows[size - 1].CaseId : "",
        };
    }

    /// <inheritdoc/>
    public override async Task WatchCase(WatchCaseRequest request, IServerStreamWriter<WatchCaseResponse> responseStream, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(responseStream);
        ArgumentNullException.ThrowIfNull(context);
        var state = await FindAsync(request.CaseId, context);
        var seen = request.HasAfterPlanVersion ? request.AfterPlanVersion : (state.Plan?.Version ?? 0) - 1;
        while (!context.CancellationToken.IsCancellationRequested)
        {
            var appended = store.Appended; // Taken before looking, so that no plan falls between.
            var newest = await table.PlanVersionAsync(request.CaseId, context.CancellationToken) ?? throw new RpcFailure(new Error.NotFound("case", request.CaseId)); // It was erased.
            if (newest > seen)
            {
                foreach (var kept in await cases.PlansAsync(request.CaseId, seen, context.CancellationToken))
                {
                    await responseStream.WriteAsync(
                        new WatchCaseResponse { CaseVersion = kept.Since.CaseVersion, RecordedAt = Timestamp.FromDateTimeOffset(kept.Since.MadeAt), Plan = plans.Write(kept) },
                        context.CancellationToken);
                    seen = kept.Plan.Version;
                }
            }

            await WaitAsync(appended, context.CancellationToken);
        }
    }

    /// <summary>Until the next append here, or a little while: another process may write to the same store.</summary>
    private async Task WaitAsync(Task appended, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(appended, Task.Delay(WatchEvery, time, wait.Token));
        await wait.CancelAsync();
    }

    private async Task<CaseState> FindAsync(string caseId, ServerCallContext context)
    {
        var reader = new CaseRequests(rules.Vocabulary);
        reader.CaseId(caseId);
        reader.EnsureValid();
        return (await cases.FindAsync(caseId, context.CancellationToken)).OrFail();
    }
}
