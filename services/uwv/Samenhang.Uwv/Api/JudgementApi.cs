using Grpc.Core;
using Samenhang.Api;
using Samenhang.Domains;
using Samenhang.Domains.Records;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Uwv.V1;
using Samenhang.Uwv.EffortTests;
using Samenhang.Uwv.Judgements;
using EffortTest = Samenhang.Uwv.EffortTests.EffortTest;
using Expert = Samenhang.Uwv.Judgements.Expert;
using Judgement = Samenhang.Uwv.Judgements.Judgement;
using Wire = Samenhang.Protos.Uwv.V1;

namespace Samenhang.Uwv.Api;

/// <summary>The gRPC methods for what the experts of UWV judge: parse, handle, reply.</summary>
public sealed class JudgementApi(
    DomainRulebook<UwvDomain> rulebook,
    RecordDesk<UwvDomain, Judgement, JudgementEvent> judgements,
    RecordDesk<UwvDomain, EffortTest, EffortTestEvent> tests,
    Days days) : JudgementService.JudgementServiceBase
{
    /// <inheritdoc/>
    public override async Task<AskJudgementResponse> AskJudgement(AskJudgementRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var pseudonym = reader.New(request.RequestId, request.CasePseudonym);
        var expert = reader.Required<Wire.Expert, Expert>("expert", request.Expert);
        var on = reader.Day("asked_on", request.AskedOn);
        reader.EnsureValid();
        return (await judgements.CreateAsync(
            RequestIdentity.Of(request.RequestId, request),
            id => new JudgementEvent.Asked(new Judgement { Id = id, CasePseudonym = pseudonym, Expert = expert, AskedOn = on }),
            (record, version) => new AskJudgementResponse { Judgement = record.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GiveJudgementResponse> GiveJudgement(GiveJudgementRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, "judgement_id", request.JudgementId);
        var on = reader.Day("given_on", request.GivenOn);
        var result = reader.Capacity(request);
        reader.EnsureValid();
        return (await judgements.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            current => JudgementDecisions.Give(current, on, result),
            (record, version) => new GiveJudgementResponse { Judgement = record.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<StartEffortTestResponse> StartEffortTest(StartEffortTestRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var pseudonym = reader.New(request.RequestId, request.CasePseudonym);
        var on = reader.Day("started_on", request.StartedOn);
        reader.EnsureValid();
        return (await tests.CreateAsync(
            RequestIdentity.Of(request.RequestId, request),
            id => new EffortTestEvent.Started(new EffortTest { Id = id, CasePseudonym = pseudonym, StartedOn = on }),
            (record, version) => new StartEffortTestResponse { EffortTest = record.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<JudgeEffortResponse> JudgeEffort(JudgeEffortRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, "effort_test_id", request.EffortTestId);
        var on = reader.Day("judged_on", request.JudgedOn);
        var sanction = reader.Sanction(request);
        reader.EnsureValid();
        return (await tests.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            current => EffortTestDecisions.Judge(current, on, sanction, rulebook.Vocabulary),
            (record, version) => new JudgeEffortResponse { EffortTest = record.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<ShortenSanctionResponse> ShortenSanction(ShortenSanctionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, "effort_test_id", request.EffortTestId);
        var to = reader.RequiredDay("sanction_to", request.SanctionTo);
        reader.EnsureValid();
        return (await tests.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            current => EffortTestDecisions.Shorten(current, to),
            (record, version) => new ShortenSanctionResponse { EffortTest = record.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GetJudgementResponse> GetJudgement(GetJudgementRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (record, version) = (await judgements.FindAsync(request.JudgementId, context.CancellationToken)).OrFail();
        return new GetJudgementResponse { Judgement = record.ToWire(version) };
    }

    /// <inheritdoc/>
    public override async Task<ListJudgementsResponse> ListJudgements(ListJudgementsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var found = await judgements.OfCaseAsync(request.CasePseudonym, context.CancellationToken);
        return new ListJudgementsResponse { Judgements = { found.Select(item => item.Record.ToWire(item.Version)) } };
    }

    /// <inheritdoc/>
    public override async Task<GetEffortTestResponse> GetEffortTest(GetEffortTestRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (record, version) = (await tests.FindAsync(request.EffortTestId, context.CancellationToken)).OrFail();
        return new GetEffortTestResponse { EffortTest = record.ToWire(version) };
    }

    /// <inheritdoc/>
    public override async Task<ListEffortTestsResponse> ListEffortTests(ListEffortTestsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var found = await tests.OfCaseAsync(request.CasePseudonym, context.CancellationToken);
        return new ListEffortTestsResponse { EffortTests = { found.Select(item => item.Record.ToWire(item.Version)) } };
    }

    private UwvReader Reader() => new(rulebook.Vocabulary, days);
}
