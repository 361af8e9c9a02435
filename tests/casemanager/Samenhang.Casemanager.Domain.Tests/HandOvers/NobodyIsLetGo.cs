using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.HandOvers;

/// <summary>A treatment goes on until another has taken over, data go only with consent, and a hand-over is more than data.</summary>
public class NobodyIsLetGo
{
    private const string Cold = "coordination.no-warm-handover";

    [Fact]
    public void A_treatment_does_not_end_before_somebody_has_accepted_what_is_still_needed()
    {
        var eva = Passing.Opened(Passing.InTreatment);
        var ended = eva.State.Provisions[0] with { Status = "ended", To = eva.Day };
        Assert.Contains(eva.State.Plan!.Blocked, blocked => blocked.EventType == "ggz-ended");

        var byHand = eva.Forbidden(at => new CaseCommand.RecordProvision(ended) { At = at });
        var byEvent = eva.Forbidden(at => new CaseCommand.RecordEvent(Event("ggz-ended")) { At = at });
        eva.Does(Passing.ToTeam);
        Assert.Equal("EVENT_STOPPED", eva.Forbidden(at => new CaseCommand.RecordProvision(ended) { At = at }).Type);

        Assert.Equal(("EVENT_STOPPED", "EVENT_STOPPED"), (byHand.Type, byEvent.Type));
        Assert.Contains("VWS-45", byHand.Text.Nl, StringComparison.Ordinal);
        Assert.Contains("nobody has accepted the hand-over", byEvent.Text.En, StringComparison.Ordinal);
        Assert.Equal("running", eva.Provision("p1").Status);
        Assert.DoesNotContain(eva.State.Events, e => e.Type == "ggz-ended");

        eva.Does(new HandOverMove.Accept("h1", null)).Does(new HandOverMove.Start("h1", "gp", eva.Day)).Does(new HandOverMove.Complete("h1", SenderStops: true, null, null));

        Assert.Equal(("ended", eva.Day), (eva.Provision("p1").Status, eva.Provision("p1").To));
        Assert.Contains(eva.State.Events, e => e is { Type: "ggz-ended", Provision: "p1" });
        Assert.False(eva.Has("coordination.released-without-receiver"));
    }

    [Fact]
    public void What_a_domain_reports_has_happened_and_its_end_without_receiver_is_found()
    {
        var eva = Passing.Opened(Passing.InTreatment);

        eva.Do(at => new CaseCommand.HearRecord("zvw", "path/1", 1, new RecordNews { Provisions = [eva.State.Provisions[0] with { Status = "ended", To = eva.Day }] }) { At = at });

        Assert.True(eva.Settle().Has("coordination.released-without-receiver"));
    }

    [Fact]
    public void Data_go_along_only_with_consent_and_the_hand_over_goes_on_without()
    {
        var eva = Passing.Opened(Passing.Eva with { Consents = [Passing.Consent("gp", "care-provider", "treatment")] });

        var without = eva.Forbidden(at => new CaseCommand.MoveHandOver(Passing.ToGgz("ggz-a", "treatment", "diagnosis"), "gp") { At = at });
        Assert.Equal("DATA_WITHOUT_CONSENT", without.Type);
        Assert.Contains("diagnosis", without.Text.Nl, StringComparison.Ordinal);
        Assert.DoesNotContain("treatment", without.Text.Nl, StringComparison.Ordinal);
        Assert.Empty(eva.State.HandOvers.All);

        eva.Does(Passing.ToGgz("ggz-a", "treatment")).Does(new HandOverMove.Ask("h1", "Welke diagnose?"));
        Assert.Equal("DATA_WITHOUT_CONSENT", eva.Forbids(new HandOverMove.Inform("h1", "Zie de brief.", ["diagnosis"])));
        eva.Does(new HandOverMove.Inform("h1", "Zij vertelt het zelf.", []));

        Assert.Equal(["treatment"], eva.Life().Warmth.Shared);
        Assert.Equal(["treatment"], eva.State.Events.Where(e => e.Type == "data-exchanged").Select(e => e.Category));
        Assert.False(eva.Has("privacy.exchange-without-consent"));
    }

    [Fact]
    public void The_employer_gets_no_data_of_care_even_with_consent()
    {
        var eva = Passing.Opened(Passing.Eva with { Consents = [Passing.Consent("gp", "emp", "medical")] });

        var refused = eva.Forbidden(at => new CaseCommand.MoveHandOver(new HandOverMove.Offer { From = "gp", To = "emp", NeedIds = ["n2"], Shares = ["medical"] }, "gp") { At = at });

        Assert.Equal("EVENT_STOPPED", refused.Type);
        Assert.Contains("ARB-94", refused.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exchange_is_judged_for_itself()
    {
        var planned = new CaseEvent { Type = "data-exchange-planned", Date = Passing.Eva.AsOf, From = "gp", To = "team", Category = "social" };
        var eva = Passing.Opened(Passing.Eva with { Events = [planned], Consents = [Passing.Consent("gp", "ggz-a", "treatment")] });
        Assert.Contains(eva.State.Plan!.Blocked, blocked => blocked.EventType == "data-exchanged");

        var toTeam = eva.Forbidden(at => new CaseCommand.RecordEvent(planned with { Type = "data-exchanged" }) { At = at });
        eva.Do(at => new CaseCommand.RecordEvent(planned with { Type = "data-exchanged", To = "ggz-a", Category = "treatment" }) { At = at });

        Assert.Equal("EVENT_STOPPED", toTeam.Type);
        Assert.Equal("ggz-a", Assert.Single(eva.State.Events, e => e.Type == "data-exchanged").To);
    }

    [Fact]
    public void A_start_in_another_domain_without_a_talk_is_cold_until_the_two_spoke()
    {
        var eva = Passing.Opened(Passing.InTreatment).Does(Passing.ToTeam with { ContinuityContact = "ggz-a" }).Does(new HandOverMove.Accept("h1", null));
        Assert.False(eva.Has(Cold));

        eva.Does(new HandOverMove.Start("h1", null, null));
        Assert.True(eva.Has(Cold));
        Assert.False(eva.Life().Warmth.IsWarm);

        eva.Does(new HandOverMove.Complete("h1", false, eva.Day, null));
        Assert.False(eva.Has(Cold));
        Assert.True(eva.Life().Warmth.IsWarm);
    }

    [Fact]
    public void One_warm_hand_over_does_not_make_another_warm()
    {
        var eva = Passing.Opened(Passing.InTreatment)
            .Does(Passing.ToTeam).Does(new HandOverMove.Accept("h1", null)).Does(new HandOverMove.Start("h1", null, null))
            .Does(Passing.ToTeam with { NeedIds = ["n1"], Scheme = null }).Does(new HandOverMove.Accept("h2", null));

        eva.Does(new HandOverMove.Start("h2", "ggz-a", eva.Day));

        Assert.True(eva.Has(Cold));
    }

    [Fact]
    public void The_sender_stops_only_what_it_does()
    {
        var eva = Passing.Opened(Passing.Eva).Does(new HandOverMove.Offer { From = "emp", To = "team", NeedIds = ["n2"] })
            .Does(new HandOverMove.Accept("h1", null)).Does(new HandOverMove.Start("h1", null, null));

        var refused = Assert.IsType<CaseError.Invalid>(eva.Refuses(at => new CaseCommand.MoveHandOver(new HandOverMove.Complete("h1", true, null, null), "emp") { At = at }));

        Assert.Equal(["sender_stops"], refused.Faults.Select(fault => fault.Field));
    }

    private static CaseEvent Event(string type) => new() { Type = type, Date = Passing.Eva.AsOf, Provision = "p1" };
}
