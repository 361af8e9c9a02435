using Samenhang.Access;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.Subscriptions;

namespace Samenhang.Casemanager.Domain.Tests.Events;

/// <summary>A subscription has a subscriber that exists, a purpose that is its own, and a ground that the purpose can rest on.</summary>
public sealed class WhoMaySubscribe
{
    private static readonly DateTimeOffset At = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly SubscriptionDecisions Decisions = new(SampleCases.Vocabulary);

    private static Wish Wish { get; } = new(new Subscriber(Audience.Insurer, "9901"), "zvw-uitvoering", LegalGround.LegalDuty, null, [], "[]", Delivery.Queue);

    [Fact]
    public void An_insurer_may_for_carrying_out_the_insurance()
    {
        var made = Decisions.Create(SubscriptionState.None, "s1", Wish, [], "casemanager", At);

        Assert.Equal(new SubscriptionCreated("s1", Wish, "casemanager", At), Assert.Single(made.Changes));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var wrong = Wish with { Subscriber = new Subscriber(Audience.Employer, "9901"), Types = ["nl.samenhang.plannen.opgesteld.v1", "nl.samenhang.planen.opgesteld.v1"] };

        var refused = Assert.IsType<CaseError.Invalid>(Decisions.Create(SubscriptionState.None, "s1", wrong, [], "niemand", At).Error);

        Assert.Equal(["by", "subscriber", "purpose", "types[1]"], refused.Faults.Select(fault => fault.Field));
    }

    [Fact]
    public void The_consent_of_an_employee_is_no_ground_for_an_employer()
    {
        var wish = Wish with { Subscriber = new Subscriber(Audience.Employer, TheSubscribers.EmployerOin), Purpose = "verzuimbegeleiding", Ground = LegalGround.Consent };

        var refused = Assert.IsType<CaseError.Invalid>(Decisions.Create(SubscriptionState.None, "s1", wish, [], "casemanager", At).Error);

        Assert.Equal("legal_ground", Assert.Single(refused.Faults).Field);
    }

    [Fact]
    public void It_pauses_goes_on_and_ends_and_then_nothing_more()
    {
        var state = Made();
        state = After(state, Decisions.Pause(state, "casemanager", At));
        Assert.Equal("SUBSCRIPTION_PAUSED", Forbidden(Decisions.Pause(state, "casemanager", At)));
        state = After(state, Decisions.Resume(state, "casemanager", At));
        Assert.Equal("SUBSCRIPTION_ACTIVE", Forbidden(Decisions.Resume(state, "casemanager", At)));
        state = After(state, Decisions.End(state, "casemanager", At));
        Assert.Equal("SUBSCRIPTION_ENDED", Forbidden(Decisions.Resume(state, "casemanager", At)));
        Assert.Equal("SUBSCRIPTION_ENDED", Forbidden(Decisions.End(state, "casemanager", At)));
    }

    [Fact]
    public void A_full_queue_pauses_it_once_and_tells_up_to_where_the_queue_is_complete()
    {
        var state = Made();

        var behind = Assert.Single(SubscriptionDecisions.FallBehind(state, 41, At));
        var paused = SubscriptionState.Evolve(state, behind);

        Assert.Equal((SubscriptionStatus.Paused, 41L, PauseReason.Behind), (paused.Status, paused.Pause!.After, paused.Pause.Reason));
        Assert.Empty(SubscriptionDecisions.FallBehind(paused, 50, At));
    }

    private static SubscriptionState Made() => After(SubscriptionState.None, Decisions.Create(SubscriptionState.None, "s1", Wish, [], "casemanager", At));

    private static SubscriptionState After(SubscriptionState state, SubscriptionDecision decision)
    {
        Assert.Null(decision.Error);
        return decision.Changes.Aggregate(state, SubscriptionState.Evolve);
    }

    private static string Forbidden(SubscriptionDecision decision) => Assert.IsType<CaseError.Forbidden>(decision.Error).Type;
}
