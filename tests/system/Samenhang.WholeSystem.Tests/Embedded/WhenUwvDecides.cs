using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Uwv.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>What UWV decides changes the plan of the case.</summary>
public sealed class WhenUwvDecides(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    private BenefitService.BenefitServiceClient Benefits => new(fixture.System.Casemanager);

    private JudgementService.JudgementServiceClient Judgements => new(fixture.System.Casemanager);

    private WwService.WwServiceClient Ww => new(fixture.System.Casemanager);

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task A_granted_WIA_and_a_judged_capacity_make_UWV_help_to_work()
    {
        var (caseId, pseudonym, plan) = await WithoutWorkAsync();

        var applied = (await Benefits.ApplyForBenefitAsync(new ApplyForBenefitRequest { RequestId = Requests.NewId(), CasePseudonym = pseudonym, Law = BenefitLaw.Wia, AppliedOn = Requests.Day(2016, 7, 1) })).Benefit.BenefitId;
        await Benefits.GrantBenefitAsync(new GrantBenefitRequest
        {
            RequestId = Requests.NewId(), BenefitId = applied, DecidedOn = Requests.Day(2016, 8, 1), From = Requests.Day(2016, 9, 1), IncapacityPercent = 60, Permanence = Permanence.NotPermanent,
        });
        var asked = (await Judgements.AskJudgementAsync(new AskJudgementRequest { RequestId = Requests.NewId(), CasePseudonym = pseudonym, Expert = Expert.LabourExpert, AskedOn = Requests.Day(2016, 8, 1) })).Judgement.JudgementId;
        await Judgements.GiveJudgementAsync(new GiveJudgementRequest { RequestId = Requests.NewId(), JudgementId = asked, GivenOn = Requests.Day(2016, 8, 20), HasCapacity = Verdict.Yes });

        Assert.DoesNotContain(plan.Coverage, row => row is { Scheme: "wia-reintegration", Outcome: Outcome.Covered });
        await Patience.Until(async () => await OutcomeAsync(caseId, "wia-reintegration") == Outcome.Covered, "UWV helps to work under the WIA");
        var found = await CaseAsync(caseId);
        Assert.Equal("WIA", Value(found, "benefit.type")!.CodeValue);
        Assert.Equal(["benefit-change", "wia-applied", "work-capacity-assessment"], found.Events.Select(happened => happened.Type).Order(StringComparer.Ordinal));
        Assert.Equal(["capacity-report", "decision-letter"], found.Evidence.Select(document => document.Type).Order(StringComparer.Ordinal));
        Assert.Equal(
            [("uwv-capacity-judgement", ProvisionStatus.Ended), ("wia-benefit", ProvisionStatus.Running)],
            found.Provisions.Select(provision => (provision.Scheme, provision.Status)).Order());

        await Benefits.EndBenefitAsync(new EndBenefitRequest { RequestId = Requests.NewId(), BenefitId = applied, To = Requests.Day(2016, 9, 20) });
        await Patience.Until(async () => Value(await CaseAsync(caseId), "benefit.type") is null, "nobody knows what the client lives on");
    }

    [Fact]
    public async Task A_wage_sanction_reaches_the_case_and_goes_when_it_is_shortened()
    {
        var (caseId, plan) = await fixture.PlannedAsync(Requests.BurnOut());
        var pseudonym = await PseudonymAsync(caseId);

        var test = (await Judgements.StartEffortTestAsync(new StartEffortTestRequest { RequestId = Requests.NewId(), CasePseudonym = pseudonym, StartedOn = Requests.Day(2016, 8, 1) })).EffortTest.EffortTestId;
        await Judgements.JudgeEffortAsync(new JudgeEffortRequest
        {
            RequestId = Requests.NewId(), EffortTestId = test, JudgedOn = Requests.Day(2016, 8, 20), Sufficient = Verdict.No, SanctionFrom = Requests.Day(2016, 9, 1), SanctionTo = Requests.Day(2017, 8, 1),
        });
        await Patience.Until(async () => Value(await CaseAsync(caseId), "work.wageSanction") is { BoolValue: true }, "the case knows of the sanction");
        var sanctioned = await Casemanager.PlanAsync(caseId, plan.Version + 1);
        await Judgements.ShortenSanctionAsync(new ShortenSanctionRequest { RequestId = Requests.NewId(), EffortTestId = test, SanctionTo = Requests.Day(2016, 9, 20) });

        await Patience.Until(async () => Value(await CaseAsync(caseId), "work.wageSanction") is { BoolValue: false }, "the sanction is over");
        Assert.True(sanctioned.Version > plan.Version);
        Assert.Equal(["uwv-effort-test", "wage-sanction"], (await CaseAsync(caseId)).Events.Select(happened => happened.Type).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_chosen_WW_profile_shows_as_the_product_of_the_service()
    {
        var (caseId, pseudonym, _) = await WithoutWorkAsync();
        var applied = (await Benefits.ApplyForBenefitAsync(new ApplyForBenefitRequest { RequestId = Requests.NewId(), CasePseudonym = pseudonym, Law = BenefitLaw.Ww, AppliedOn = Requests.Day(2016, 2, 1) })).Benefit.BenefitId;
        await Benefits.GrantBenefitAsync(new GrantBenefitRequest { RequestId = Requests.NewId(), BenefitId = applied, DecidedOn = Requests.Day(2016, 2, 10), From = Requests.Day(2016, 2, 1) });

        var guidance = (await Ww.StartGuidanceAsync(new StartGuidanceRequest { RequestId = Requests.NewId(), CasePseudonym = pseudonym, WwStartedOn = Requests.Day(2016, 2, 1) })).Guidance.GuidanceId;
        await Ww.ChooseProfileAsync(new ChooseProfileRequest { RequestId = Requests.NewId(), GuidanceId = guidance, Profile = WwProfile.Intensive, ChosenOn = Requests.Day(2016, 5, 10) });
        await Ww.ReportTalkAsync(new ReportTalkRequest { RequestId = Requests.NewId(), GuidanceId = guidance, HeldOn = Requests.Day(2016, 8, 1) });

        await Patience.Until(
            async () => (await PlanAsync(caseId)) is { RoundStatus: RoundStatus.Planned, Plan: { } now } && now.Coverage.Any(row => row is { Scheme: "ww-service", Product: "intensieve dienstverlening" }),
            "the plan names the intensive service");
        await Patience.Until(async () => (await CaseAsync(caseId)).Events.Any(happened => happened.Type == "personal-contact-uwv"), "the talk is in the case");
    }

    [Fact]
    public async Task A_registration_for_IPS_is_in_the_case_until_it_is_withdrawn()
    {
        var (caseId, pseudonym, _) = await WithoutWorkAsync();
        var ips = new IpsService.IpsServiceClient(fixture.System.Casemanager);

        var registration = (await ips.RegisterForIpsAsync(new RegisterForIpsRequest { RequestId = Requests.NewId(), CasePseudonym = pseudonym, RegisteredOn = Requests.Day(2016, 9, 5) })).Registration;
        await Patience.Until(async () => Equals(Value(await CaseAsync(caseId), "ips.registeredOn")?.DateValue, Requests.Day(2016, 9, 5)), "the case knows of the registration");
        await ips.WithdrawRegistrationAsync(new WithdrawRegistrationRequest { RequestId = Requests.NewId(), RegistrationId = registration.RegistrationId, WithdrawnOn = Requests.Day(2016, 9, 9) });

        await Patience.Until(async () => Value(await CaseAsync(caseId), "ips.registeredOn") is null, "the case knows of no registration");
        Assert.Contains((await CaseAsync(caseId)).Events, happened => happened.Type == "ips-registered");
    }

    private async Task<(string CaseId, string Pseudonym, Plan Plan)> WithoutWorkAsync()
    {
        var (caseId, plan) = await fixture.PlannedAsync(new OpenCaseRequest
        {
            RequestId = Requests.NewId(),
            Title = "Zoekt werk",
            AsOf = Requests.Day(2016, 10, 1),
            Rulebooks = { "002a", "002b" },
            Facts =
            {
                Requests.Fact("client.birthDate", new FactValue { DateValue = Requests.Day(1980, 3, 2) }),
                Requests.Fact("work.status", Requests.Code("unemployed")),
                Requests.Fact("work.sickListed", Requests.No),
            },
            Needs = { new Need { NeedId = "n1", Kind = "find-work" } },
        });
        return (caseId, await PseudonymAsync(caseId), plan);
    }

    private async Task<Case> CaseAsync(string caseId) => (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;

    private Task<GetPlanResponse> PlanAsync(string caseId) => Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId }).ResponseAsync;

    private async Task<Outcome?> OutcomeAsync(string caseId, string scheme) =>
        await PlanAsync(caseId) is { RoundStatus: RoundStatus.Planned, Plan: { } plan } ? plan.Coverage.FirstOrDefault(row => row.Scheme == scheme)?.Outcome : null;

    private async Task<string> PseudonymAsync(string caseId) => (await CaseAsync(caseId)).Pseudonyms.Single(name => name.Domain == Domain.Uwv).CasePseudonym;

    private static FactValue? Value(Case found, string fact) => found.Facts.FirstOrDefault(known => known.FactId == fact)?.Value;
}
