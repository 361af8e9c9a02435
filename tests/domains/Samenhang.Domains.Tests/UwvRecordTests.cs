using Grpc.Core;
using Samenhang.Protos.Types;
using Samenhang.Protos.Uwv.V1;
using Samenhang.Uwv;

namespace Samenhang.Domains.Tests;

/// <summary>UWV alone: it keeps benefits, judgements, effort tests and the WW calendar.</summary>
public sealed class UwvRecordTests : IAsyncLifetime
{
    private DomainProcess? service;

    private BenefitService.BenefitServiceClient Benefits => new(service!.Channel);

    private JudgementService.JudgementServiceClient Judgements => new(service!.Channel);

    private WwService.WwServiceClient Ww => new(service!.Channel);

    public async Task InitializeAsync() => service = await DomainProcess.StartAsync("uwv", builder => builder.AddUwv(), app => app.MapUwv());

    public async Task DisposeAsync()
    {
        service!.Log.HasNoErrors();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task A_benefit_goes_from_application_to_end()
    {
        var request = new ApplyForBenefitRequest { RequestId = "r1", CasePseudonym = "c1", Law = BenefitLaw.Wia, AppliedOn = Day(1), NeedIds = { "n1" } };

        var applied = (await Benefits.ApplyForBenefitAsync(request)).Benefit;
        var again = (await Benefits.ApplyForBenefitAsync(request)).Benefit;
        var granted = (await Benefits.GrantBenefitAsync(new GrantBenefitRequest
        {
            RequestId = "r2", BenefitId = applied.BenefitId, ExpectedVersion = 1, DecidedOn = Day(2), From = Day(3), IncapacityPercent = 41.5, Permanence = Permanence.Uncertain,
        })).Benefit;
        var ended = (await Benefits.EndBenefitAsync(new EndBenefitRequest { RequestId = "r3", BenefitId = applied.BenefitId, To = Day(9) })).Benefit;

        Assert.Equal(applied, again);
        Assert.Equal((BenefitStatus.Granted, 41.5, Permanence.Uncertain), (granted.Status, granted.IncapacityPercent, granted.Permanence));
        Assert.Equal((BenefitStatus.Ended, 3L), (ended.Status, ended.Version));
        Assert.Equal([ended], (await Benefits.ListBenefitsAsync(new ListBenefitsRequest { CasePseudonym = "c1" })).Benefits);
        Assert.Equal(ended, (await Benefits.GetBenefitAsync(new GetBenefitRequest { BenefitId = applied.BenefitId })).Benefit);
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_and_too_little_incapacity_is_no_WIA()
    {
        var applied = (await Benefits.ApplyForBenefitAsync(new ApplyForBenefitRequest { RequestId = "r1", CasePseudonym = "c1", Law = BenefitLaw.Wia, AppliedOn = Day(1) })).Benefit.BenefitId;

        await RefusedAsync(StatusCode.FailedPrecondition, Benefits.GrantBenefitAsync(new GrantBenefitRequest { RequestId = "r2", BenefitId = applied, DecidedOn = Day(2), From = Day(2), IncapacityPercent = 20 }));
        Assert.Equal(["refusal_reason"], await ViolationsAsync(Benefits.RefuseBenefitAsync(new RefuseBenefitRequest { RequestId = "r3", BenefitId = applied, DecidedOn = Day(2) })));
        var refused = (await Benefits.RefuseBenefitAsync(new RefuseBenefitRequest { RequestId = "r4", BenefitId = applied, DecidedOn = Day(2), RefusalReason = "not-indicated" })).Benefit;

        Assert.Equal((BenefitStatus.Refused, "not-indicated"), (refused.Status, refused.RefusalReason));
    }

    [Fact]
    public async Task Experts_judge_capacity_and_effort()
    {
        var asked = (await Judgements.AskJudgementAsync(new AskJudgementRequest { RequestId = "r1", CasePseudonym = "c1", Expert = Expert.LabourExpert, AskedOn = Day(1) })).Judgement;
        var given = (await Judgements.GiveJudgementAsync(new GiveJudgementRequest
        {
            RequestId = "r2", JudgementId = asked.JudgementId, GivenOn = Day(8), HasCapacity = Verdict.Yes, OnlyAdaptedWork = Verdict.Yes,
        })).Judgement;
        var started = (await Judgements.StartEffortTestAsync(new StartEffortTestRequest { RequestId = "r3", CasePseudonym = "c1", StartedOn = Day(1) })).EffortTest;
        var judged = (await Judgements.JudgeEffortAsync(new JudgeEffortRequest
        {
            RequestId = "r4", EffortTestId = started.EffortTestId, JudgedOn = Day(10), Sufficient = Verdict.No, SanctionFrom = Day(11), SanctionTo = Day(30),
        })).EffortTest;
        var shortened = (await Judgements.ShortenSanctionAsync(new ShortenSanctionRequest { RequestId = "r5", EffortTestId = started.EffortTestId, SanctionTo = Day(20) })).EffortTest;

        Assert.Equal((Verdict.Yes, Verdict.Yes, false), (given.HasCapacity, given.OnlyAdaptedWork, given.HasIncapacityPercent));
        Assert.Equal((Verdict.No, Day(30)), (judged.Sufficient, judged.SanctionTo));
        Assert.Equal(Day(20), shortened.SanctionTo);
        Assert.Equal([given], (await Judgements.ListJudgementsAsync(new ListJudgementsRequest { CasePseudonym = "c1" })).Judgements);
        Assert.Equal([shortened], (await Judgements.ListEffortTestsAsync(new ListEffortTestsRequest { CasePseudonym = "c1" })).EffortTests);
        Assert.Equal(given, (await Judgements.GetJudgementAsync(new GetJudgementRequest { JudgementId = asked.JudgementId })).Judgement);
        Assert.Equal(shortened, (await Judgements.GetEffortTestAsync(new GetEffortTestRequest { EffortTestId = started.EffortTestId })).EffortTest);
    }

    [Fact]
    public async Task The_WW_calendar_follows_the_profile_and_the_talks()
    {
        var started = (await Ww.StartGuidanceAsync(new StartGuidanceRequest { RequestId = "r1", CasePseudonym = "c1", WwStartedOn = new Date { Year = 2016, Month = 1, Day = 1 } })).Guidance;
        await Ww.ChooseProfileAsync(new ChooseProfileRequest { RequestId = "r2", GuidanceId = started.GuidanceId, Profile = WwProfile.Basic, ChosenOn = Day(1) });
        var talked = (await Ww.ReportTalkAsync(new ReportTalkRequest { RequestId = "r3", GuidanceId = started.GuidanceId, HeldOn = new Date { Year = 2016, Month = 4, Day = 10 } })).Guidance;
        var ended = (await Ww.EndGuidanceAsync(new EndGuidanceRequest { RequestId = "r4", GuidanceId = started.GuidanceId, EndedOn = Day(30) })).Guidance;

        Assert.Equal([new Date { Year = 2016, Month = 4, Day = 30 }], started.TalksDueOn);
        Assert.Equal([new Date { Year = 2016, Month = 7, Day = 31 }, new Date { Year = 2016, Month = 10, Day = 31 }], talked.TalksDueOn);
        Assert.Empty(ended.TalksDueOn);
        Assert.Equal([ended], (await Ww.ListWwGuidancesAsync(new ListWwGuidancesRequest { CasePseudonym = "c1" })).Guidances);
        Assert.Equal(ended, (await Ww.GetWwGuidanceAsync(new GetWwGuidanceRequest { GuidanceId = started.GuidanceId })).Guidance);
    }

    [Fact]
    public async Task Bad_requests_get_every_violation()
    {
        Assert.Equal(
            ["applied_on", "case_pseudonym", "law", "need_ids[0]", "request_id"],
            await ViolationsAsync(Benefits.ApplyForBenefitAsync(new ApplyForBenefitRequest { Law = (BenefitLaw)99, AppliedOn = new Date { Year = 2016, Month = 2, Day = 31 }, NeedIds = { "a b" } })));
        Assert.Equal(
            ["benefit_id", "from", "incapacity_percent", "permanence"],
            await ViolationsAsync(Benefits.GrantBenefitAsync(new GrantBenefitRequest { RequestId = "r", IncapacityPercent = double.NaN, Permanence = (Permanence)9 })));
        Assert.Equal(["has_capacity"], await ViolationsAsync(Judgements.GiveJudgementAsync(new GiveJudgementRequest { RequestId = "r", JudgementId = "j" })));
        Assert.Equal(["sanction_from", "sanction_to"], await ViolationsAsync(Judgements.JudgeEffortAsync(new JudgeEffortRequest { RequestId = "r", EffortTestId = "t", Sufficient = Verdict.No })));
        Assert.Equal(["sanction_from"], await ViolationsAsync(Judgements.JudgeEffortAsync(new JudgeEffortRequest { RequestId = "r", EffortTestId = "t", Sufficient = Verdict.Yes, SanctionFrom = Day(1) })));
        Assert.Equal(["profile"], await ViolationsAsync(Ww.ChooseProfileAsync(new ChooseProfileRequest { RequestId = "r", GuidanceId = "g" })));
        await RefusedAsync(StatusCode.NotFound, Ww.ReportTalkAsync(new ReportTalkRequest { RequestId = "r", GuidanceId = "none" }));
        await RefusedAsync(StatusCode.NotFound, Benefits.EndBenefitAsync(new EndBenefitRequest { RequestId = "r", BenefitId = "none" }));
    }

    private static Date Day(int day) => new() { Year = 2016, Month = 9, Day = day };

    private static async Task<RpcException> RefusedAsync<T>(StatusCode code, AsyncUnaryCall<T> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(code, refused.StatusCode);
        return refused;
    }

    private static async Task<IEnumerable<string>> ViolationsAsync<T>(AsyncUnaryCall<T> call)
    {
        var refused = await RefusedAsync(StatusCode.InvalidArgument, call);
        var details = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        return details.Details.Single(any => any.Is(Google.Rpc.BadRequest.Descriptor)).Unpack<Google.Rpc.BadRequest>()
            .FieldViolations.Select(violation => violation.Field).Order(StringComparer.Ordinal);
    }
}
