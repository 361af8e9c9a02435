using Grpc.Core;
using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Questions;
using Samenhang.Casemanager.Subscriptions;
using Samenhang.Casemanager.Vault;
using Samenhang.Platform.Errors;
using Samenhang.Protos.Casemanager.V1;
using Plan = Samenhang.Casemanager.Domain.Plans.Plan;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods about what was known when: parse, replay, judge, reply.</summary>
public sealed class HistoryApi(
    CaseDesk cases, CaseRules rules, DomainQuestions domains, BsnVault vault, Pseudonyms pseudonyms, CorrectionReceivers receivers, TimeProvider time)
    : HistoryService.HistoryServiceBase
{
    private readonly FactHistory facts = new(Days.Of);
    private readonly PlanWriter plans = new(rules);
    private readonly HistoryWriter writer = new(rules.Vocabulary);

    /// <inheritdoc/>
    public override async Task<LookBackResponse> LookBack(LookBackRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        reader.CaseId(request.CaseId);
        var until = Until(request, reader);
        var lawOn = reader.Day("law_on", request.LawOn);
        reader.EnsureValid();
        var log = (await cases.LogAsync(request.CaseId, context.CancellationToken)).OrFail();
        var then = FactHistory.AsKnown(log, until);
        if (then.Opened is null)
        {
            throw new RpcFailure(new Error.NotFound("case", request.CaseId));
        }

        var law = lawOn ?? then.Opened.AsOf ?? (then.Round > 0 ? then.RoundAsOf : Days.Of(until));
        var response = new LookBackResponse
        {
            Case = then.ToWire(rules.Vocabulary, await vault.KnowsAsync(request.CaseId, context.CancellationToken), pseudonyms),
            PlanThen = CaseDesk.Newest(then) is { } kept ? plans.Write(kept) : null,
            LawOn = law.ToWire(),
            LearnedSince = { await WriteAsync(request.CaseId, [.. facts.Corrections(log).Where(correction => correction.Now.RecordedAt > until)], context.CancellationToken) },
        };
        if (then.Needs.Count > 0)
        {
            CaseDesk.Usable(CaseState.From(log.Select(written => written.Change))).OrFail();
            var plan = await JudgeAsync(then, law, context.CancellationToken);
            response.Plan = plans.Write(plan, then.Version, time.GetUtcNow());
            response.Difference = PlanWriter.Write(then.Plan is { } newest ? rules.Differences.Between(newest, plan) : []);
        }

        return response;
    }

    /// <inheritdoc/>
    public override async Task<ListCorrectionsResponse> ListCorrections(ListCorrectionsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        reader.CaseId(request.CaseId);
        reader.EnsureValid();
        var log = (await cases.LogAsync(request.CaseId, context.CancellationToken)).OrFail();
        return new ListCorrectionsResponse { Corrections = { await WriteAsync(request.CaseId, facts.Corrections(log), context.CancellationToken) } };
    }

    private async Task<IEnumerable<Correction>> WriteAsync(string caseId, IReadOnlyList<FactCorrection> corrections, CancellationToken cancellationToken) =>
        corrections.Zip(await receivers.OfAsync(caseId, corrections, cancellationToken), writer.Write).ToList();

    private async Task<Plan> JudgeAsync(CaseState then, DateOnly law, CancellationToken cancellationToken)
    {
        var whole = then.ToDocument(law).ToCase(rules.Vocabulary);
        return rules.Plans.Make((await domains.AssessAsync(whole, cancellationToken)).OrFail(), 0, then.HandOvers, then.Questions);
    }

    private DateTimeOffset Until(LookBackRequest request, CaseRequests reader)
    {
        switch (request.KnownOnCase)
        {
            case LookBackRequest.KnownOnOneofCase.KnownAt:
                return reader.Moment("known_at", request.KnownAt) ?? default;
            case LookBackRequest.KnownOnOneofCase.KnownDay:
                return reader.Day("known_day", request.KnownDay) is { } day ? Days.EndOf(day) : DateTimeOffset.MaxValue;
            default:
                return time.GetUtcNow();
        }
    }
}
