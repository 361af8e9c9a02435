using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Rights;

public class WhatStandsStillDuringARestriction
{
    [Fact]
    public void The_clock_and_people_are_refused_and_nothing_is_appended()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        Restrict(simon);
        Func<Moment, CaseCommand>[] commands =
        [
            at => new CaseCommand.BeginDay { At = at with { Day = at.Day.AddDays(1) } },
            at => new CaseCommand.FollowPolicies { At = at },
            at => new CaseCommand.EndWaiting(simon.State.Round, []) { At = at },
            at => new CaseCommand.Assign("noor", "Noor", "casemanager") { At = at },
            at => ACase.Fact(at, "work.adaptedWorkOffered", Value.Of(true)),
            at => new CaseCommand.RestrictProcessing(RestrictionGround.ObjectionPending, "nog eens", "client", "client-1") { At = at },
        ];

        Assert.All(commands, command => Assert.Equal(RestrictionDecisions.Code, Assert.IsType<CaseError.Forbidden>(simon.Refuses(command)).Type));
    }

    [Fact]
    public void A_round_under_way_ends_and_late_answers_change_nothing()
    {
        var simon = ACase.Opened(SampleCases.Simon);
        var asked = simon.UnderWay[0];
        Restrict(simon);

        Assert.False(simon.State.IsAsking);
        Assert.Empty(simon.State.Pending);
        Assert.Empty(simon.Answer(asked));
        Assert.Null(simon.State.Plan);
    }

    [Fact]
    public void Lifting_it_asks_who_never_answered_and_makes_the_plan()
    {
        var simon = ACase.Opened(SampleCases.Simon);
        Restrict(simon);
        simon.UnderWay.Clear();

        var changes = Lift(simon);
        simon.Settle();

        Assert.Equal(["zvw"], changes.OfType<CoverageAsked>().Select(asked => asked.Service));
        Assert.NotNull(simon.State.Plan);
        Assert.Null(simon.State.Restriction);
        Assert.IsType<CaseError.Forbidden>(simon.Refuses(at => new CaseCommand.LiftRestriction("nog eens", "casemanager", "noor") { At = at }));
    }

    [Fact]
    public void What_a_domain_tells_is_kept_and_told_to_nobody_and_counts_after_it()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        Restrict(simon);
        var before = simon.State;

        var changes = simon.Do(at => new CaseCommand.HearRecord("employer", "absence/a1", 1, new RecordNews { Facts = new Dictionary<string, Value> { ["work.adaptedWorkOffered"] = Value.Of(true) } }) { At = at });

        Assert.Equal([typeof(RecordHeard), typeof(FactsRecorded)], changes.Select(change => change.GetType()));
        Assert.All(changes, change => Assert.Empty(new PublicEvents(SampleCases.Vocabulary).Of(before, change, simon.State)));
        Assert.Contains(Lift(simon).OfType<CoverageAsked>(), asked => asked.Service == "employer");
    }

    private static void Restrict(ACase one) =>
        one.Do(at => new CaseCommand.RestrictProcessing(RestrictionGround.AccuracyContested, "De eerste ziektedag klopt niet", "client", "client-1") { At = at });

    private static IReadOnlyList<CaseChange> Lift(ACase one) => one.Do(at => new CaseCommand.LiftRestriction("Nagekeken", "casemanager", "noor") { At = at });
}
