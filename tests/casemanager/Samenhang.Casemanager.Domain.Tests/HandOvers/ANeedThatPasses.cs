using System.Text.Json;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.HandOvers;

/// <summary>A need goes from one to another in steps; the case knows where it is, and who has it in between.</summary>
public class ANeedThatPasses
{
    private const string Waiting = "deadline.waiting-time";

    [Fact]
    public void It_is_refused_by_one_and_taken_by_another_and_the_days_of_waiting_are_counted_over_both()
    {
        var eva = Passing.Opened(Passing.Eva);

        eva.Does(Passing.ToGgz("ggz-a"), on: "2021-02-01");
        Assert.Equal("requested", eva.Provision("h1-sggz").Status);
        eva.Does(new HandOverMove.Ask("h1", "Welke medicijnen gebruikt zij?"), on: "2021-02-08");
        Assert.Equal(HandOverStatus.InformationAsked, InPlan(eva, "h1").Status);
        eva.Does(new HandOverMove.Inform("h1", "Geen.", []), on: "2021-02-10");
        Assert.Equal(HandOverStatus.Offered, InPlan(eva, "h1").Status);
        eva.Does(new HandOverMove.Decline("h1", "waiting-list", "Te vol."), on: "2021-04-01");
        Assert.Equal(("refused", "waiting-list"), (eva.Provision("h1-sggz").Status, Fact(eva, "h1-sggz", "prov.refusalReason").Code));

        eva.Does(Passing.ToGgz("ggz-b"), on: "2021-04-02");
        eva.OnDay("2021-05-10");
        Assert.False(eva.Has(Waiting), "98 days are not longer than the norm.");
        eva.OnDay("2021-05-11");
        Assert.True(eva.Has(Waiting), "99 days since the first request are, though the second list is younger.");
        Assert.Equal(SampleCases.Day("2021-05-10"), eva.State.Plan!.Deadlines.Single(term => term.Id == "ggz.waiting").Due);

        eva.Does(new HandOverMove.Accept("h2", null), on: "2021-05-12");
        Assert.Equal("granted", eva.Provision("h2-sggz").Status);
        eva.Does(new HandOverMove.Start("h2", null, null), on: "2021-05-20");
        Assert.Equal(("running", SampleCases.Day("2021-05-20")), (eva.Provision("h2-sggz").Status, eva.Provision("h2-sggz").From));

        Assert.Equal([HandOverStatus.Refused, HandOverStatus.Started], eva.State.Plan.HandOvers.Where(h => h.Id is not null).Select(h => h.Status));
        Assert.Equal(
            [HandOverStatus.Offered, HandOverStatus.InformationAsked, HandOverStatus.Offered, HandOverStatus.Refused],
            eva.Life().Steps.Select(step => step.Status));
        Assert.Equal(
            ["handover-offered", "referral-issued", "handover-refused", "provider-rejected", "returned-to-referrer", "handover-offered", "referral-issued", "handover-accepted"],
            eva.State.Events.Select(e => e.Type));
    }

    [Fact]
    public void The_next_plan_tells_what_became_of_it()
    {
        var eva = Passing.Opened(Passing.Eva).Does(Passing.ToGgz("ggz-a"));

        var made = eva.Do(at => new CaseCommand.MoveHandOver(new HandOverMove.Accept("h1", null), "ggz-a") { At = at }).Concat(eva.Settle().Log).OfType<PlanMade>().Last();

        Assert.Contains(made.Difference, line => line.Nl.StartsWith("Overdracht van gp naar ggz-a", StringComparison.Ordinal) && line.Nl.EndsWith(": aangenomen.", StringComparison.Ordinal));
        Assert.Contains(made.Difference, line => line.En == "Hand-over from gp to ggz-a, Treatment of psychological complaints or disorder (n1): accepted.");
    }

    [Fact]
    public void Two_returns_between_the_same_two_are_back_and_forth_and_one_over_two_needs_is_not()
    {
        var eva = Passing.Opened(Passing.Eva).Does(Passing.ToGgz("ggz-a") with { NeedIds = ["n1", "n2"] }).Does(new HandOverMove.Decline("h1", "condition-of-client", null));
        Assert.False(eva.Has("coordination.provider-ping-pong"));
        eva.Does(Passing.ToGgz("ggz-b")).Does(new HandOverMove.Decline("h2", "condition-of-client", null));
        Assert.False(eva.Has("coordination.provider-ping-pong"));

        eva.Does(Passing.ToGgz("ggz-a")).Does(new HandOverMove.Decline("h3", "condition-of-client", null));

        Assert.True(eva.Has("coordination.provider-ping-pong"));
    }

    [Fact]
    public void The_client_may_say_no_and_that_is_an_end()
    {
        var eva = Passing.Opened(Passing.Eva).Does(Passing.ToGgz("ggz-a"));
        eva.Do(at => ACase.Fact(at, "ggz.suitableProviderFound", Value.Of(false), ItemKind.Need, "n1"));
        Assert.True(eva.Settle().Has("uncovered.no-suitable-provider"));

        eva.Does(new HandOverMove.ClientDeclines("h1", "Zij wil liever bij de huisarts blijven."));

        Assert.Equal("offered-declined", eva.Provision("h1-sggz").Status);
        Assert.False(eva.Has("uncovered.no-suitable-provider"));
        Assert.Equal("HAND_OVER_STATUS", eva.Forbids(new HandOverMove.Accept("h1", null)));
    }

    [Fact]
    public void It_is_taken_back_only_while_somebody_holds_it()
    {
        var eva = Passing.Opened(Passing.Eva).Does(Passing.ToGgz("ggz-a") with { NeedIds = ["n2"], Scheme = null });
        Assert.Equal("NEED_NOT_HELD", eva.Forbids(new HandOverMove.Withdraw("h1", null)));

        eva.Does(new HandOverMove.Offer { From = "gp", To = "team", NeedIds = ["n2"] }).Does(new HandOverMove.Accept("h2", null)).Does(new HandOverMove.Withdraw("h1", null));

        Assert.Equal(HandOverStatus.Withdrawn, eva.Life().Status);

        // The GP has the other need in care.
        eva.Does(Passing.ToGgz("ggz-b")).Does(new HandOverMove.Withdraw("h3", null));
        Assert.Equal(("withdrawn", eva.Day), (eva.Provision("h3-sggz").Status, eva.Provision("h3-sggz").To));
    }

    [Fact]
    public void A_referral_back_lies_still_until_the_GP_takes_notice_and_his_no_asks_for_a_talk()
    {
        var eva = Passing.Opened(Passing.InTreatment).Does(new HandOverMove.Offer { From = "ggz-a", To = "gp", NeedIds = ["n1"] });
        Assert.True(eva.Life().IsBackReferral);
        Assert.True(eva.Has("coordination.back-referral-limbo"));

        eva.Does(new HandOverMove.Decline("h1", "not-indicated", "Zij is nog niet stabiel."));

        Assert.False(eva.Has("coordination.back-referral-limbo"));
        Assert.True(eva.Has("coordination.gp-disagrees"));
        Assert.DoesNotContain(eva.State.Events, e => e.Type == "provider-rejected");
    }

    [Fact]
    public void The_provision_of_the_receivers_domain_takes_the_place_of_the_request_and_the_waiting_goes_on()
    {
        var eva = Passing.Opened(Passing.Eva).Does(Passing.ToGgz("ggz-a"), on: "2021-02-01");
        var told = new ProvisionEntry { Id = "path-1", Scheme = "sggz", Domain = "zvw", Status = "requested", NeedIds = ["n1"], ProviderId = "ggz-a", RequestedOn = SampleCases.Day("2021-03-01") };
        eva.OnDay("2021-03-01");
        eva.Do(at => new CaseCommand.HearRecord("zvw", "path/1", 1, new RecordNews { Provisions = [told] }) { At = at });

        eva.Settle().Does(new HandOverMove.Accept("h1", null, "path-1"), on: "2021-03-02");

        Assert.Equal("path-1", eva.Life().ToProvision);
        Assert.Equal(("withdrawn", "granted"), (eva.Provision("h1-sggz").Status, eva.Provision("path-1").Status));
        Assert.False(eva.OnDay("2021-05-10").Has(Waiting));
        Assert.True(eva.OnDay("2021-05-11").Has(Waiting));
        Assert.Equal("running", eva.Does(new HandOverMove.Start("h1", null, null)).Provision("path-1").Status);
        Assert.Equal("withdrawn", eva.Provision("h1-sggz").Status);
    }

    [Fact]
    public void A_provision_that_its_domain_told_is_further_is_not_set_back()
    {
        var eva = Passing.Opened(Passing.Eva).Does(Passing.ToGgz("ggz-a"), on: "2021-02-01");
        eva.Do(at => new CaseCommand.HearRecord("zvw", "path/1", 1, new RecordNews { Provisions = [eva.Provision("h1-sggz") with { Status = "running", From = SampleCases.Day("2021-02-01") }] }) { At = at });

        eva.Settle().Does(new HandOverMove.Accept("h1", null));

        Assert.Equal("running", eva.Provision("h1-sggz").Status);
    }

    [Fact]
    public void Every_step_must_follow_the_one_before_and_say_why()
    {
        var eva = Passing.Opened(Passing.Eva).Does(Passing.ToGgz("ggz-a"));

        Assert.Equal("HAND_OVER_STATUS", eva.Forbids(new HandOverMove.Start("h1", null, null)));
        Assert.Equal("HAND_OVER_STATUS", eva.Forbids(new HandOverMove.Inform("h1", "Zo.", [])));
        Assert.Equal("HAND_OVER_STATUS", eva.Forbids(new HandOverMove.Complete("h1", false, null, null)));
        Assert.Equal(new CaseError.NoSuchItem("hand_over"), eva.Refuses(at => new CaseCommand.MoveHandOver(new HandOverMove.Accept("h9", null), "gp") { At = at }));
        Assert.Equal(["decline.reason"], Faults(eva, new HandOverMove.Decline("h1", "client-declined", null)));
        Assert.Equal(["decline.text"], Faults(eva, new HandOverMove.Decline("h1", "other", " ")));
        Assert.Equal(["accept.to_provision_id"], Faults(eva, new HandOverMove.Accept("h1", null, "p1")));
        Assert.Equal(["question"], Faults(eva, new HandOverMove.Ask("h1", "")));
        Assert.Equal(["by", "on"], Faults(eva, new HandOverMove.Accept("h1", null), "niemand", eva.Day.AddDays(-1)));
        Assert.Equal(["on"], Faults(eva, new HandOverMove.Accept("h1", null), on: eva.Day.AddDays(1)));
        Assert.Equal(
            ["from", "to", "need_ids[0]", "scheme", "from_provision_id", "shares[0]", "continuity_contact"],
            Faults(eva, new HandOverMove.Offer { From = "gpp", To = "ggz-z", NeedIds = ["n9"], Scheme = "sggzz", FromProvision = "p9", Shares = ["needs"], ContinuityContact = "buur" }));
        Assert.Equal(["to", "need_ids"], Faults(eva, new HandOverMove.Offer { From = "gp", To = "gp", NeedIds = [] }));
    }

    [Fact]
    public void The_log_read_again_gives_the_same_register()
    {
        var eva = Passing.Opened(Passing.Eva).Does(Passing.ToGgz("ggz-a")).Does(new HandOverMove.Ask("h1", "Waarom nu?"));

        var again = CaseState.From(eva.Log.Select(change => JsonSerializer.Deserialize<CaseChange>(JsonSerializer.Serialize(change))!));

        Assert.Equal(eva.Life().Steps, again.HandOvers.Find("h1")!.Steps);
        Assert.Equal(JsonSerializer.Serialize(eva.Life()), JsonSerializer.Serialize(again.HandOvers.Find("h1")));
    }

    private static HandOver InPlan(ACase @case, string id) => Assert.Single(@case.State.Plan!.HandOvers, h => h.Id == id);

    private static Value Fact(ACase @case, string provision, string fact) =>
        @case.State.ToDocument(@case.Day).Provisions.Single(p => p.Id == provision).Facts[fact];

    private static IEnumerable<string> Faults(ACase @case, HandOverMove move, string by = "casemanager", DateOnly? on = null) =>
        Assert.IsType<CaseError.Invalid>(@case.Refuses(at => new CaseCommand.MoveHandOver(move, by, on) { At = at })).Faults.Select(fault => fault.Field);
}
