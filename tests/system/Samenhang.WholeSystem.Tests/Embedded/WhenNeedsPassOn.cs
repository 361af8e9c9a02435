using Google.Rpc;
using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Types;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>Needs pass from one to another over gRPC; the plan shows where they are, and nobody is let go.</summary>
public sealed class WhenNeedsPassOn(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private const string Waiting = "deadline.waiting-time";

    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    private HandOverService.HandOverServiceClient HandOvers => new(fixture.System.Casemanager);

    public void Dispose() => fixture.Log.HasNoErrors();

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public async Task A_GP_refers_to_one_who_asks_and_refuses_and_to_another_who_starts(int dayOfMay, bool isTooLong)
    {
        var asOf = Requests.Day(2021, 5, dayOfMay);
        var (caseId, _) = await fixture.PlannedAsync(Eva(asOf));

        var offered = await HandOvers.OfferHandOverAsync(ToGgz(caseId, "ggz-a", Requests.Day(2021, 2, 1)));
        Assert.Equal((HandOverStatus.Offered, "h1-sggz"), (offered.HandOver.Status, offered.HandOver.ToProvisionId));
        Assert.Equal(HandOverStatus.Offered, (await PlanOfAsync(caseId, "h1", HandOverStatus.Offered)).Status);
        var asked = await HandOvers.AskForInformationAsync(new AskForInformationRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, HandOverId = "h1", Question = "Is er eerder behandeld?", By = "ggz-a", On = Requests.Day(2021, 2, 8),
        });
        Assert.Equal(HandOverStatus.InformationAsked, asked.HandOver.Status);
        var told = await HandOvers.GiveInformationAsync(new GiveInformationRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, HandOverId = "h1", Answer = "Nee.", Shares = { "treatment" }, By = "gp", On = Requests.Day(2021, 2, 9),
        });
        Assert.Equal(["treatment"], told.HandOver.Shared);
        var refused = await HandOvers.AnswerHandOverAsync(new AnswerHandOverRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, HandOverId = "h1", Decline = new DeclineHandOver { Reason = "waiting-list" }, By = "ggz-a", On = Requests.Day(2021, 4, 1),
        });
        Assert.Equal(
            [HandOverStatus.Offered, HandOverStatus.InformationAsked, HandOverStatus.Offered, HandOverStatus.Refused], refused.HandOver.Steps.Select(step => step.Status));
        Assert.Equal("waiting-list", refused.HandOver.Steps[^1].Reason);

        await HandOvers.OfferHandOverAsync(ToGgz(caseId, "ggz-b", Requests.Day(2021, 4, 2)));
        var second = await PlanWithAsync(caseId, plan => plan.HandOvers.Any(h => h is { HandOverId: "h2", Status: HandOverStatus.Offered }));
        Assert.Equal(isTooLong, second.Findings.Any(finding => finding.FlagId == Waiting));
        Assert.Equal(HandOverStatus.Refused, second.HandOvers.Single(h => h.HandOverId == "h1").Status);

        await HandOvers.AnswerHandOverAsync(new AnswerHandOverRequest { RequestId = Requests.NewId(), CaseId = caseId, HandOverId = "h2", Accept = new AcceptHandOver(), By = "ggz-b" });
        await HandOvers.StartHandOverAsync(new StartHandOverRequest { RequestId = Requests.NewId(), CaseId = caseId, HandOverId = "h2", By = "ggz-b", ContinuityContact = "gp", TalkedOn = asOf });
        Assert.Equal(HandOverStatus.Started, (await PlanOfAsync(caseId, "h2", HandOverStatus.Started)).Status);

        var listed = (await HandOvers.ListHandOversAsync(new ListHandOversRequest { CaseId = caseId })).HandOvers;
        Assert.Equal([HandOverStatus.Refused, HandOverStatus.Started], listed.Select(life => life.Status));
        Assert.True(listed[1].Warm);
        var provisions = (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Provisions;
        Assert.Equal(ProvisionStatus.Refused, provisions.Single(p => p.ProvisionId == "h1-sggz").Status);
        Assert.Equal((ProvisionStatus.Running, asOf), (provisions.Single(p => p.ProvisionId == "h2-sggz").Status, provisions.Single(p => p.ProvisionId == "h2-sggz").From));
    }

    [Fact]
    public async Task The_same_request_again_is_the_same_hand_over_and_what_may_not_happen_leaves_no_trace()
    {
        var (caseId, _) = await fixture.PlannedAsync(Eva(Requests.Day(2021, 5, 10)));
        var offer = ToGgz(caseId, "ggz-a", null);
        var first = await HandOvers.OfferHandOverAsync(offer);
        var again = await HandOvers.OfferHandOverAsync(offer);
        Assert.Equal(first, again);

        var without = ToGgz(caseId, "ggz-b", null);
        without.Shares.Add("diagnosis");
        var noConsent = await HandOvers.OfferHandOverAsync(without).RefusedAsync(StatusCode.FailedPrecondition);
        var noHolder = await HandOvers.EndHandOverAsync(new EndHandOverRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, HandOverId = "h1", End = HandOverEnd.Withdrawn, By = "gp",
        }).RefusedAsync(StatusCode.FailedPrecondition);
        var exchange = await Casemanager.RecordEventAsync(new RecordEventRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, Event = new CaseEvent { Type = "data-exchanged", Date = Requests.Day(2021, 5, 9), From = "gp", To = "ggz-b", Category = "diagnosis" },
        }).RefusedAsync(StatusCode.FailedPrecondition);
        var wrong = await HandOvers.AnswerHandOverAsync(new AnswerHandOverRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, HandOverId = "h1", Decline = new DeclineHandOver { Reason = "wachtlijst" },
        }).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(["DATA_WITHOUT_CONSENT", "NEED_NOT_HELD", "EVENT_STOPPED"], new[] { noConsent, noHolder, exchange }.Select(TypeOf));
        Assert.Contains("VWS-43", exchange.Detail<PreconditionFailure>().Violations[0].Description, StringComparison.Ordinal);
        Assert.Equal(["by", "decline.reason"], wrong.ViolatedFields());
        await HandOvers.AnswerHandOverAsync(new AnswerHandOverRequest
        {
            RequestId = Requests.NewId(), CaseId = "no-such-case", HandOverId = "h1", Accept = new AcceptHandOver(), By = "gp",
        }).RefusedAsync(StatusCode.NotFound);
        var stored = (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;
        Assert.Single((await HandOvers.ListHandOversAsync(new ListHandOversRequest { CaseId = caseId })).HandOvers);
        Assert.DoesNotContain(stored.Events, happened => happened.Type == "data-exchanged");
    }

    [Fact]
    public async Task A_case_that_is_stuck_climbs_the_tables_one_by_one()
    {
        var (caseId, _) = await fixture.PlannedAsync(Eva(Requests.Day(2021, 5, 10)));
        OpenEscalationRequest To(int level) => new() { RequestId = Requests.NewId(), CaseId = caseId, Level = level, Opener = "provider", By = "ggz-a" };

        var skipped = await HandOvers.OpenEscalationAsync(To(2)).RefusedAsync(StatusCode.FailedPrecondition);
        await HandOvers.OpenEscalationAsync(To(1));
        var closed = await HandOvers.CloseEscalationAsync(new CloseEscalationRequest { RequestId = Requests.NewId(), CaseId = caseId, Solved = false, By = "ggz-a" });
        var second = await HandOvers.OpenEscalationAsync(To(2));

        Assert.Equal("ESCALATION_SKIPPED", TypeOf(skipped));
        Assert.Contains("VWS-58", skipped.Detail<PreconditionFailure>().Violations[0].Description, StringComparison.Ordinal);
        Assert.Equal((1, Requests.Day(2021, 5, 10)), (closed.Escalation.Level, closed.Escalation.ClosedOn));
        Assert.Equal(2, second.Escalation.Level);
        Assert.Equal([1, 2], (await HandOvers.ListHandOversAsync(new ListHandOversRequest { CaseId = caseId })).Escalations.Select(step => step.Level));
    }

    private static string TypeOf(RpcException refused) => refused.Detail<PreconditionFailure>().Violations[0].Type;

    private static OpenCaseRequest Eva(Date asOf) => new()
    {
        RequestId = Requests.NewId(),
        Title = "Wachten op de ggz",
        AsOf = asOf,
        Rulebooks = { "003" },
        Facts = { Requests.Fact("client.birthDate", new FactValue { DateValue = Requests.Day(1986, 4, 10) }), Requests.Fact("client.insuredZvw", Requests.Yes) },
        Needs = { new Need { NeedId = "n1", Kind = "psych-treatment", Facts = { Requests.Fact("health.classification", Requests.Code("disorder")), Requests.Fact("health.dsmDisorder", Requests.Code("confirmed")) } } },
        Parties =
        {
            new Party { PartyId = "gp", Role = "huisarts", Profession = "huisarts", Domain = Domain.Zvw },
            new Party { PartyId = "ggz-a", Role = "care-provider", Domain = Domain.Zvw },
            new Party { PartyId = "ggz-b", Role = "care-provider", Domain = Domain.Zvw },
        },
        Consents = { new Consent { From = "gp", To = "ggz-a", Categories = { "treatment" } } },
    };

    private static OfferHandOverRequest ToGgz(string caseId, string provider, Date? on) => new()
    {
        RequestId = Requests.NewId(), CaseId = caseId, From = "gp", To = provider, NeedIds = { "n1" }, Scheme = "sggz", By = "gp", On = on,
    };

    private async Task<HandOver> PlanOfAsync(string caseId, string id, HandOverStatus status) =>
        (await PlanWithAsync(caseId, plan => plan.HandOvers.Any(h => h.HandOverId == id && h.Status == status))).HandOvers.Single(h => h.HandOverId == id);

    private async Task<Plan> PlanWithAsync(string caseId, Func<Plan, bool> holds)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        using var watch = Casemanager.WatchCase(new WatchCaseRequest { CaseId = caseId, AfterPlanVersion = 0 }, cancellationToken: limit.Token);
        while (await watch.ResponseStream.MoveNext(limit.Token))
        {
            if (holds(watch.ResponseStream.Current.Plan))
            {
                return watch.ResponseStream.Current.Plan;
            }
        }

        throw new InvalidOperationException("The stream ended before such a plan.");
    }
}
