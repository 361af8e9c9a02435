using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Zvw.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>What insured care keeps for itself changes the plan of an open case.</summary>
public sealed class WhenInsuredCareKeepsRecords(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    private ReferralService.ReferralServiceClient Referrals => new(fixture.System.Casemanager);

    private TrajectoryService.TrajectoryServiceClient Trajectories => new(fixture.System.Casemanager);

    private ClaimService.ClaimServiceClient Claims => new(fixture.System.Casemanager);

    private IndicationService.IndicationServiceClient Indications => new(fixture.System.Casemanager);

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task A_referral_a_trajectory_and_a_claim_each_change_the_plan()
    {
        var (caseId, plan) = await fixture.PlannedAsync(Depressed());
        var pseudonym = await PseudonymAsync(caseId);
        Assert.DoesNotContain(plan.Findings, finding => finding.FlagId == "claim.price-above-max");

        var path = (await Referrals.MakeReferralAsync(new MakeReferralRequest
        {
            RequestId = Requests.NewId(), CasePseudonym = pseudonym, NeedIds = { "n1" }, Scheme = "gbggz-kort",
            Content = new ReferralContent { By = "wijkteam", ToLevel = "gbggz", IssuedOn = Requests.Day(2016, 2, 1), NewForThisPath = true },
        })).Path;
        await PlanAsync(caseId, next => next.Findings.Any(finding => finding.FlagId == "route.referrer-not-accepted"), "the wijkteam may not refer to basic ggz");

        await Referrals.WithdrawReferralAsync(new WithdrawReferralRequest { RequestId = Requests.NewId(), PathId = path.PathId, WithdrawnOn = Requests.Day(2016, 2, 2) });
        await PlanAsync(caseId, next => next.Findings.All(finding => finding.FlagId != "route.referrer-not-accepted"), "a referral that was taken back is no fault any more");

        path = (await Referrals.MakeReferralAsync(new MakeReferralRequest
        {
            RequestId = Requests.NewId(), CasePseudonym = pseudonym, NeedIds = { "n1" }, Scheme = "gbggz-kort",
            Content = new ReferralContent { By = "huisarts", ToLevel = "gbggz", IssuedOn = Requests.Day(2016, 2, 3), NewForThisPath = true },
        })).Path;
        await Trajectories.OpenTrajectoryAsync(new OpenTrajectoryRequest
        {
            RequestId = Requests.NewId(), PathId = path.PathId, Product = "BK", Ground = OpeningGround.Referral, OpenedOn = Requests.Day(2016, 2, 10), ProviderId = "practice",
            Facts = new TreatmentFacts { EstimatedProduct = "BK", Contract = true },
            MainPractitioner = new Practitioner { PartyId = "practice", Profession = "ergotherapeut", Organisation = "Praktijk De Linde" },
        });
        await PlanAsync(caseId, next => next.Findings.Any(finding => finding.FlagId == "route.hb-not-eligible"), "an occupational therapist may not be in charge");
        await Trajectories.AssignMainPractitionerAsync(new AssignMainPractitionerRequest
        {
            RequestId = Requests.NewId(), PathId = path.PathId, From = Requests.Day(2016, 2, 11),
            Practitioner = new Practitioner { PartyId = "hb", Profession = "gz-psycholoog", Organisation = "Praktijk De Linde", Registrations = { "BIG" }, InTraining = false },
        });
        await PlanAsync(caseId, next => next.Findings.All(finding => finding.FlagId != "route.hb-not-eligible"), "a gz-psycholoog may");

        await Claims.ReportClaimAsync(new ReportClaimRequest
        {
            RequestId = Requests.NewId(), PathId = path.PathId,
            Content = new BillLine { LineType = "product", Product = "BK", PriceEurocents = 60_000, InvoiceDate = Requests.Day(2016, 5, 2), HbMinutes = 200 },
        });
        var billed = await PlanAsync(
            caseId,
            next => next.Findings.Any(finding => finding.FlagId == "claim.price-above-max") && next.Findings.Any(finding => finding.FlagId == "claim.invoice-before-closure"),
            "the bill is above the maximum tariff and before the closing");
        await Trajectories.CloseTrajectoryAsync(new CloseTrajectoryRequest
        {
            RequestId = Requests.NewId(), PathId = path.PathId,
            Closing = new Closing { ClosedOn = Requests.Day(2016, 5, 1), ClosedBy = "hb", Reason = ClosingReason.Completed, Duties = new DutiesDone { ClosureAuthorised = true } },
        });
        var closed = await PlanAsync(
            caseId,
            next => next.Findings.All(finding => finding.FlagId != "claim.invoice-before-closure") && next.Findings.Any(finding => finding.FlagId == "claim.price-above-max"),
            "the trajectory was closed before the bill");

        var verdict = Assert.Single((await Claims.CheckClaimAsync(new CheckClaimRequest { PathId = path.PathId, Needs = { Depressed().Needs } })).Lines);
        Assert.Contains(verdict.Reasons, reason => reason is { Effect: PaymentEffect.Caps, FlagId: "claim.price-above-max" });
        Assert.Equal(47_265, verdict.MaxTariffEurocents);

        Assert.True(closed.Version > billed.Version);
        var found = (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;
        Assert.Equal(ProvisionStatus.Claimed, Assert.Single(found.Provisions, provision => provision.ProvisionId == path.PathId).Status);
        Assert.Equal(["former-practitioner", "hoofdbehandelaar"], found.Parties.Where(party => party.PartyId is "practice" or "hb").Select(party => party.Role).Order(StringComparer.Ordinal));
        Assert.Equal(2, found.Evidence.Count(evidence => evidence.Type == "referral-letter"));
    }

    [Fact]
    public async Task A_declaration_changes_the_plan_until_it_is_taken_back()
    {
        var request = Depressed();
        request.Rulebooks.Add("004");
        request.Needs.Add(new Need { NeedId = "n2", Kind = "terminal-stay" });
        request.Provisions.Add(new Provision { ProvisionId = "p1", Scheme = "elv-ptz", Domain = Domain.Zvw, Status = ProvisionStatus.Running, NeedIds = { "n2" }, From = Requests.Day(2016, 5, 1) });
        var (caseId, plan) = await fixture.PlannedAsync(request);
        var pseudonym = await PseudonymAsync(caseId);
        Assert.Contains(plan.Findings, finding => finding.FlagId == "claim.declaration-missing");

        var indication = (await Indications.IssueIndicationAsync(new IssueIndicationRequest
        {
            RequestId = Requests.NewId(), CasePseudonym = pseudonym, Type = "terminal-declaration", IssuedOn = Requests.Day(2016, 5, 1), By = "huisarts",
            Fields = { ["monthsStated"] = new FactValue { DecimalValue = "3" } },
            Facts = { Requests.Fact("pal.lifeExpectancyMonths", new FactValue { DecimalValue = "2" }) },
        })).Indication;
        await PlanAsync(caseId, next => next.Findings.All(finding => finding.FlagId != "claim.declaration-missing"), "the declaration is there");

        await Indications.WithdrawIndicationAsync(new WithdrawIndicationRequest { RequestId = Requests.NewId(), IndicationId = indication.IndicationId, WithdrawnOn = Requests.Day(2016, 5, 2) });
        await PlanAsync(caseId, next => next.Findings.Any(finding => finding.FlagId == "claim.declaration-missing"), "the declaration was taken back");

        var found = (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;
        Assert.DoesNotContain(found.Evidence, evidence => evidence.Type == "terminal-declaration");
    }

    private static OpenCaseRequest Depressed() => new()
    {
        RequestId = Requests.NewId(),
        Title = "Mevrouw met een depressie",
        AsOf = Requests.Day(2016, 6, 1),
        Rulebooks = { "001" },
        Facts = { Requests.Fact("client.insuredZvw", Requests.Yes), Requests.Fact("client.birthDate", new FactValue { DateValue = Requests.Day(1980, 5, 4) }) },
        Needs =
        {
            new Need
            {
                NeedId = "n1", Kind = "psych-treatment",
                Facts =
                {
                    Requests.Fact("health.dsmDisorder", Requests.Code("confirmed")), Requests.Fact("health.classification", Requests.Code("disorder")),
                    Requests.Fact("health.severity", Requests.Code("light")), Requests.Fact("health.riskLevel", Requests.Code("low")), Requests.Fact("health.complexity", Requests.Code("low")),
                },
            },
        },
    };

    private async Task<string> PseudonymAsync(string caseId) =>
        (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Pseudonyms.Single(name => name.Domain == Domain.Zvw).CasePseudonym;

    private async Task<Plan> PlanAsync(string caseId, Predicate<Plan> holds, string what)
    {
        Plan? found = null;
        await Patience.Until(
            async () =>
            {
                var answer = await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId });
                found = answer.Plan;
                return answer is { RoundStatus: RoundStatus.Planned, Plan: { } plan } && holds(plan);
            },
            what);
        return found!;
    }
}
