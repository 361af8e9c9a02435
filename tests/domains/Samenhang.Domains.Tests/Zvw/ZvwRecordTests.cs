using Grpc.Core;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Types;
using Samenhang.Protos.Zvw.V1;
using Samenhang.Zvw;

namespace Samenhang.Domains.Tests.Zvw;

/// <summary>Insured care alone: what it keeps of referrals, trajectories, claims and indications.</summary>
public sealed class ZvwRecordTests
{
    [Fact]
    public async Task A_referral_leads_to_a_trajectory_and_a_bill_on_one_path()
    {
        await using var service = await StartAsync();
        var (referrals, trajectories, claims, _) = Clients(service);
        var request = Referral("r1");

        var made = (await referrals.MakeReferralAsync(request)).Path;
        var again = (await referrals.MakeReferralAsync(request)).Path;
        var opened = (await trajectories.OpenTrajectoryAsync(new OpenTrajectoryRequest
        {
            RequestId = "r2", PathId = made.PathId, ExpectedVersion = made.Version, Scheme = "gbggz-kort", Product = "BK", Ground = OpeningGround.Referral, OpenedOn = Day(1),
            ProviderId = "hb", Facts = new TreatmentFacts { Contract = true, EstimatedProduct = "BK" },
            MainPractitioner = new Practitioner { PartyId = "hb", Profession = "gz-psycholoog", Organisation = "Praktijk De Linde", Registrations = { "BIG" } },
        })).Path;
        var changed = (await trajectories.ChangeProductAsync(new ChangeProductRequest
        {
            RequestId = "r3", PathId = made.PathId,
            Change = new ProductChange { Scheme = "gbggz-middel", Product = "BM", ChangedOn = Day(10), ChangedBy = "hb", DemandChanged = true, Recorded = true, PatientInformed = true },
        })).Path;
        var assigned = (await trajectories.AssignMainPractitionerAsync(new AssignMainPractitionerRequest
        {
            RequestId = "r4", PathId = made.PathId, Practitioner = new Practitioner { PartyId = "next", Profession = "psychiater" }, From = Day(12),
        })).Path;
        var closed = (await trajectories.CloseTrajectoryAsync(new CloseTrajectoryRequest
        {
            RequestId = "r5", PathId = made.PathId,
            Closing = new Closing { ClosedOn = Day(28), ClosedBy = "next", Reason = ClosingReason.Completed, Duties = new DutiesDone { ClosureAuthorised = true } },
        })).Path;
        var billed = (await claims.ReportClaimAsync(new ReportClaimRequest { RequestId = "r6", PathId = made.PathId, Content = Bill(78_012) })).Path;
        var corrected = (await claims.CorrectClaimAsync(new CorrectClaimRequest { RequestId = "r7", PathId = made.PathId, Line = 1, Content = Bill(77_000) })).Path;
        var withdrawn = (await claims.WithdrawClaimAsync(new WithdrawClaimRequest { RequestId = "r8", PathId = made.PathId, Line = 1 })).Path;

        Assert.Equal(made, again);
        Assert.Equal(
            ["requested", "running", "running", "running", "ended", "claimed", "claimed", "ended"],
            new[] { made, opened, changed, assigned, closed, billed, corrected, withdrawn }.Select(path => path.Status));
        Assert.Equal((ReferralStatus.Open, ReferralStatus.Used), (made.Referral.Status, opened.Referral.Status));
        Assert.Equal(request.Content, made.Referral.Content);
        Assert.Equal(("gbggz-middel", "BM"), (changed.Scheme, changed.Trajectory.Product));
        Assert.Equal([("hb", "hoofdbehandelaar"), ("next", "hoofdbehandelaar")], assigned.Trajectory.MainPractitioners.Select(main => (main.Practitioner.PartyId, main.Role)));
        Assert.True(closed.Trajectory.Closing.Duties.ClosureAuthorised);
        Assert.False(closed.Trajectory.Closing.Duties.HasAdviceGiven);
        Assert.Equal(Bill(78_012), Assert.Single(billed.Lines).Content);
        Assert.Equal((77_000, 1), (corrected.Lines[0].Content.PriceEurocents, corrected.Lines[0].Corrections));
        Assert.True(withdrawn.Lines[0].Withdrawn);
        Assert.Equal([withdrawn], (await trajectories.ListCarePathsAsync(new ListCarePathsRequest { CasePseudonym = "c1" })).Paths);
        Assert.Equal(withdrawn, (await trajectories.GetCarePathAsync(new GetCarePathRequest { PathId = made.PathId })).Path);
        service.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_crisis_opens_a_trajectory_without_a_referral()
    {
        await using var service = await StartAsync();
        var (_, trajectories, _, _) = Clients(service);

        var path = (await trajectories.OpenTrajectoryAsync(new OpenTrajectoryRequest
        {
            RequestId = "r1", CasePseudonym = "c1", CaseProvisionId = "p3", NeedIds = { "n1" }, Scheme = "sggz", Ground = OpeningGround.Crisis, OpenedOn = Day(3),
        })).Path;

        Assert.Equal(("p3", "running", null), (path.CaseProvisionId, path.Status, path.Referral));
        service.Log.HasNoErrors();
    }

    [Fact]
    public async Task What_the_state_forbids_is_refused()
    {
        await using var service = await StartAsync();
        var (referrals, trajectories, claims, _) = Clients(service);
        var path = (await referrals.MakeReferralAsync(Referral("r1"))).Path;
        await referrals.WithdrawReferralAsync(new WithdrawReferralRequest { RequestId = "r2", PathId = path.PathId, WithdrawnOn = Day(2) });

        await RefusedAsync(StatusCode.FailedPrecondition, async () => await trajectories.OpenTrajectoryAsync(new OpenTrajectoryRequest { RequestId = "r3", PathId = path.PathId, Ground = OpeningGround.Referral }));
        await RefusedAsync(StatusCode.FailedPrecondition, async () => await claims.ReportClaimAsync(new ReportClaimRequest { RequestId = "r4", PathId = path.PathId, Content = Bill(1) }));
        await RefusedAsync(StatusCode.Aborted, async () => await referrals.WithdrawReferralAsync(new WithdrawReferralRequest { RequestId = "r5", PathId = path.PathId, ExpectedVersion = 1 }));
        await RefusedAsync(StatusCode.AlreadyExists, async () => await referrals.MakeReferralAsync(Referral("r2")));
        await RefusedAsync(StatusCode.NotFound, async () => await trajectories.GetCarePathAsync(new GetCarePathRequest { PathId = "none" }));
        service.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_wrong_request_gets_every_violation_at_once()
    {
        await using var service = await StartAsync();
        var (referrals, trajectories, claims, indications) = Clients(service);

        Assert.Equal(
            ["case_pseudonym", "content.by", "content.issued_on", "content.to_level", "need_ids", "request_id", "scheme"],
            await FieldsAsync(async () => await referrals.MakeReferralAsync(new MakeReferralRequest
            {
                Scheme = "wmo-begeleiding", Content = new ReferralContent { By = "neighbour", IssuedOn = new Date { Year = 2016, Month = 2, Day = 31 } },
            })));
        Assert.Equal(
            ["co_practitioners[0].party_id", "facts.estimated_product", "ground", "main_practitioner.profession", "need_ids"],
            await FieldsAsync(async () => await trajectories.OpenTrajectoryAsync(new OpenTrajectoryRequest
            {
                RequestId = "r1", PathId = "p", NeedIds = { "n1" }, Ground = OpeningGround.Crisis, Facts = new TreatmentFacts { EstimatedProduct = "XX" },
                MainPractitioner = new Practitioner { PartyId = "hb", Profession = "gz-psycholog" }, CoPractitioners = { new Practitioner() },
            })));
        Assert.Equal(
            ["content.hours_per_week", "content.line_type", "content.price_eurocents", "content.scheme", "path_id"],
            await FieldsAsync(async () => await claims.ReportClaimAsync(new ReportClaimRequest
            {
                RequestId = "r2", Content = new BillLine { Scheme = "pw-jobcoach", PriceEurocents = -1, HoursPerWeek = "many" },
            })));
        Assert.Equal(
            ["case_pseudonym", "facts[0].fact_id", "type"],
            await FieldsAsync(async () => await indications.IssueIndicationAsync(new IssueIndicationRequest
            {
                RequestId = "r3", Type = "diploma", Facts = { new Fact { FactId = "wlz.indicatio", Value = new FactValue { CodeValue = "granted" } } },
            })));
        Assert.Equal(
            ["facts[0].fact_id"],
            await FieldsAsync(async () => await indications.IssueIndicationAsync(new IssueIndicationRequest
            {
                RequestId = "r4", CasePseudonym = "c1", Type = "nursing-indication", Facts = { new Fact { FactId = "wlz.indication", Value = new FactValue { CodeValue = "granted" } } },
            })));
        service.Log.HasNoErrors();
    }

    [Fact]
    public async Task An_indication_is_issued_and_withdrawn()
    {
        await using var service = await StartAsync();
        var (_, _, _, indications) = Clients(service);

        var issued = (await indications.IssueIndicationAsync(new IssueIndicationRequest
        {
            RequestId = "r1", CasePseudonym = "c1", Type = "ciz-decision", IssuedOn = Day(1), By = "ciz", Fields = { ["profile"] = new FactValue { CodeValue = "vv8" } },
            Facts = { new Fact { FactId = "wlz.indication", Value = new FactValue { CodeValue = "granted" } } },
        })).Indication;
        var withdrawn = (await indications.WithdrawIndicationAsync(new WithdrawIndicationRequest { RequestId = "r2", IndicationId = issued.IndicationId, WithdrawnOn = Day(5) })).Indication;

        Assert.Equal(("vv8", 1L), (issued.Fields["profile"].CodeValue, issued.Version));
        Assert.Equal((Day(5), 2L), (withdrawn.WithdrawnOn, withdrawn.Version));
        Assert.Equal([withdrawn], (await indications.ListIndicationsAsync(new ListIndicationsRequest { CasePseudonym = "c1" })).Indications);
        await RefusedAsync(StatusCode.FailedPrecondition, async () => await indications.WithdrawIndicationAsync(new WithdrawIndicationRequest { RequestId = "r3", IndicationId = issued.IndicationId }));
        service.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_bill_that_was_reported_is_checked_line_by_line_with_the_place_of_each_rule()
    {
        await using var service = await StartAsync();
        var (referrals, trajectories, claims, _) = Clients(service);
        var path = (await referrals.MakeReferralAsync(Referral("r1"))).Path;
        await trajectories.OpenTrajectoryAsync(new OpenTrajectoryRequest
        {
            RequestId = "r2", PathId = path.PathId, Scheme = "gbggz-middel", Product = "BM", Ground = OpeningGround.Referral, OpenedOn = Day(1), ProviderId = "hb",
            Facts = new TreatmentFacts { Contract = true, EstimatedProduct = "BM" },
            MainPractitioner = new Practitioner { PartyId = "hb", Profession = "gz-psycholoog", Registrations = { "BIG" }, InTraining = false },
        });
        var question = new CheckClaimRequest
        {
            PathId = path.PathId,
            Policy = new Policy { Kind = "natura", AgreedPriceEurocents = 79_000, DeductibleRemainingEurocents = 38_500 },
            Needs = { new Need { NeedId = "n1", Kind = "psych-treatment", Facts = { new Fact { FactId = "health.dsmDisorder", Value = new FactValue { CodeValue = "confirmed" } } } } },
        };

        await RefusedAsync(StatusCode.FailedPrecondition, async () => await claims.CheckClaimAsync(question));
        await claims.ReportClaimAsync(new ReportClaimRequest { RequestId = "r3", PathId = path.PathId, Content = Bill(90_000) });
        var early = Assert.Single((await claims.CheckClaimAsync(question)).Lines);
        await trajectories.CloseTrajectoryAsync(new CloseTrajectoryRequest
        {
            RequestId = "r4", PathId = path.PathId, Closing = new Closing { ClosedOn = Day(28), Reason = ClosingReason.Completed, Duties = new DutiesDone { ClosureAuthorised = true } },
        });
        var session = Bill(9_000);
        session.LineType = "session";
        question.Lines.Add([Bill(90_000), session]);
        var answer = await claims.CheckClaimAsync(question);

        Assert.Equal((Verdict.NotPayable, PayableTo.Nobody, 0L), (early.Verdict, early.PayableTo, early.PayableEurocents));
        Assert.Contains(early.Reasons, reason => reason is { Effect: PaymentEffect.Holds, FlagId: "claim.invoice-before-closure" });
        Assert.Equal([Verdict.Undetermined, Verdict.NotPayable], answer.Lines.Select(line => line.Verdict));
        Assert.Equal((79_000L, 38_500L, 80_534L), (answer.Lines[0].PayableEurocents, answer.Lines[0].DeductibleEurocents, answer.Lines[0].MaxTariffEurocents));
        Assert.Contains(answer.Lines[0].Questions, asked => asked.FactId == "client.insuredZvw" || asked.FactId.StartsWith("health.", StringComparison.Ordinal));
        var refusal = Assert.Single(answer.Lines[1].Reasons, reason => reason.FlagId == "claim.invalid-line");
        Assert.Equal("612-615, 1979-1981", Assert.Single(refusal.Rules, rule => rule.RuleId == "GB-118").Lines);
        Assert.NotEmpty(refusal.Sentence.Nl);
        Assert.NotEmpty(answer.RulebookVersion);
        service.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_wrong_question_about_a_bill_gets_every_violation_at_once()
    {
        await using var service = await StartAsync();
        var (_, _, claims, _) = Clients(service);

        var fields = await FieldsAsync(async () => await claims.CheckClaimAsync(new CheckClaimRequest
        {
            Lines = { new BillLine { LineType = "sesion" } },
            Policy = new Policy { Kind = "nature", Percentage = "three quarters", AgreedPriceEurocents = -1 },
            Needs = { new Need { NeedId = "n1", Kind = "psych-treatmnt" } },
        }));

        Assert.Equal(["lines[0].line_type", "needs[0].kind", "path_id", "policy.agreed_price_eurocents", "policy.kind", "policy.percentage"], fields);
        service.Log.HasNoErrors();
    }

    private static MakeReferralRequest Referral(string requestId) => new()
    {
        RequestId = requestId, CasePseudonym = "c1", NeedIds = { "n1" }, Scheme = "gbggz",
        Content = new ReferralContent { By = "huisarts", ToLevel = "gbggz", IssuedOn = Day(1), NewForThisPath = true, DsmSuspicionStated = true },
    };

    private static BillLine Bill(long price) => new() { Scheme = "gbggz-middel", Product = "BM", LineType = "product", PriceEurocents = price, InvoiceDate = Day(29), HbMinutes = 240, HoursPerWeek = "1.5" };

    private static (ReferralService.ReferralServiceClient, TrajectoryService.TrajectoryServiceClient, ClaimService.ClaimServiceClient, IndicationService.IndicationServiceClient) Clients(DomainProcess service) =>
        (new(service.Channel), new(service.Channel), new(service.Channel), new(service.Channel));

    private static Task<DomainProcess> StartAsync() => DomainProcess.StartAsync("zvw", builder => builder.AddZvw(), app => app.MapZvw());

    private static Date Day(int day) => new() { Year = 2016, Month = 9, Day = day };

    private static async Task<IEnumerable<string>> FieldsAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        var details = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        return details.Details.Single(any => any.Is(Google.Rpc.BadRequest.Descriptor)).Unpack<Google.Rpc.BadRequest>().FieldViolations
            .Select(violation => violation.Field).Order(StringComparer.Ordinal);
    }

    private static async Task RefusedAsync(StatusCode code, Func<Task> call) => Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
}
