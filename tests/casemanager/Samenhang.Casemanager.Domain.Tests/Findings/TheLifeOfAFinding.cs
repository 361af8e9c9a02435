using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Tests.Findings;

/// <summary>A finding opens and closes by itself; in between people do something about it, and nothing of that is lost.</summary>
public class TheLifeOfAFinding
{
    // It stands as long as nobody has offered adapted work.
    private static readonly FindingKey Key = new(SampleCases.Vocabulary.Flags[0].Id, "n1", null, null);
    private static readonly Evidence Proof = new("decision-letter", new DateOnly(2016, 10, 2), "gp", new Dictionary<string, Value>());

    [Fact]
    public void It_opens_with_the_plan_that_has_it()
    {
        var simon = Simon();

        Assert.Equal((FindingStatus.Open, 1), (Life(simon).Status, Life(simon).Steps[0].PlanVersion));
    }

    [Fact]
    public void It_closes_by_itself_and_comes_back_with_its_history()
    {
        var simon = Simon();
        simon.Do(at => Treat(at, new FindingTreatment.Acknowledge("We bellen de werkgever.")));

        Holds(simon, false);
        Assert.Equal(FindingStatus.Closed, Life(simon).Status);
        Holds(simon, true);

        Assert.Equal([FindingStatus.Open, FindingStatus.Acknowledged, FindingStatus.Closed, FindingStatus.Open], Life(simon).Steps.Select(step => step.Status));
        Assert.Equal([1, 1, 2, 3], Life(simon).Steps.Select(step => step.PlanVersion));
        Assert.Equal(1, Life(simon).Reopened);
        Assert.Equal("We bellen de werkgever.", Life(simon).Steps[1].Reason);
    }

    [Fact]
    public void What_a_person_settled_stays_settled_while_the_condition_holds_and_asks_attention_when_it_returns()
    {
        var simon = Simon();
        simon.Do(at => Treat(at, new FindingTreatment.Overrule("De cliënt wil dit zelf niet.")));

        simon.Do(at => ACase.Fact(at, "work.arboReportedOn", Value.Of(new DateOnly(2016, 4, 7))));
        simon.Settle();
        Assert.Equal(FindingStatus.Overruled, Life(simon).Status);
        Assert.False(Life(simon).AsksAttention);

        Holds(simon, false);
        Holds(simon, true);
        Assert.Equal(FindingStatus.Open, Life(simon).Status);
    }

    [Fact]
    public void What_is_resolved_has_a_document_that_stands_in_the_case()
    {
        var simon = Simon();

        simon.Do(at => Treat(at, new FindingTreatment.Resolve(Proof, null)));

        Assert.Equal((FindingStatus.Resolved, "decision-letter"), (Life(simon).Status, Life(simon).Steps[^1].EvidenceType));
        Assert.Contains(simon.State.Evidence, Proof.IsSame);
    }

    [Fact]
    public void A_person_takes_up_again_what_was_settled()
    {
        var simon = Simon();
        simon.Do(at => Treat(at, new FindingTreatment.Overrule("Niet nodig.")));

        simon.Do(at => Treat(at, new FindingTreatment.Reopen("Toch wel nodig.")));

        Assert.Equal((FindingStatus.Open, 1), (Life(simon).Status, Life(simon).Reopened));
    }

    [Fact]
    public void A_plan_without_the_answer_of_a_service_closes_nothing()
    {
        var simon = Simon();
        simon.Do(at => ACase.Fact(at, "work.adaptedWorkOffered", Value.Of(true)));

        simon.Do(at => new CaseCommand.EndWaiting(simon.State.Round, []) { At = at });

        Assert.NotEmpty(simon.State.Plan!.Silent);
        Assert.Equal(FindingStatus.Open, Life(simon).Status);
        simon.Settle();
        Assert.Equal(FindingStatus.Closed, Life(simon).Status);
    }

    [Fact]
    public void What_it_was_under_an_older_plan_can_be_told()
    {
        var simon = Simon();
        Holds(simon, false);
        Holds(simon, true);

        Assert.Equal(
            [null, FindingStatus.Open, FindingStatus.Closed, FindingStatus.Open],
            Enumerable.Range(0, 4).Select(version => Life(simon).StatusUnder(version)));
    }

    public static TheoryData<string> Forbidden => ["acknowledge twice", "reopen what is open", "resolve what is closed", "overrule what was overruled"];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void What_its_status_forbids_is_refused(string act)
    {
        var simon = Simon();
        FindingTreatment last;
        switch (act)
        {
            case "acknowledge twice":
                last = new FindingTreatment.Acknowledge(null);
                simon.Do(at => Treat(at, last));
                break;
            case "reopen what is open":
                last = new FindingTreatment.Reopen("Toch wel.");
                break;
            case "resolve what is closed":
                last = new FindingTreatment.Resolve(Proof, null);
                Holds(simon, false);
                break;
            default:
                last = new FindingTreatment.Overrule("Niet nodig.");
                simon.Do(at => Treat(at, last));
                break;
        }

        Assert.Equal("FINDING_STATUS", Assert.IsType<CaseError.Forbidden>(simon.Refuses(at => Treat(at, last))).Type);
    }

    [Fact]
    public void A_finding_that_was_never_raised_is_not_there() =>
        Assert.IsType<CaseError.NoSuchItem>(Simon().Refuses(at => new CaseCommand.TreatFinding(Key with { NeedId = "n2" }, "gp", new FindingTreatment.Acknowledge(null)) { At = at }));

    [Fact]
    public void All_faults_of_a_treatment_are_told_at_once()
    {
        var refused = Simon().Refuses(at => new CaseCommand.TreatFinding(Key with { FlagId = "uncoverd" }, "nobody", new FindingTreatment.Overrule(" ")) { At = at });

        Assert.Equal(["finding.flag_id", "by", "reason"], Assert.IsType<CaseError.Invalid>(refused).Faults.Select(fault => fault.Field));
    }

    private static CaseCommand.TreatFinding Treat(Moment at, FindingTreatment treatment) => new(Key, "gp", treatment) { At = at };

    private static FindingLife Life(ACase @case) => @case.State.Findings.Find(Key)!;

    private static void Holds(ACase @case, bool holds)
    {
        @case.Do(at => ACase.Fact(at, "work.adaptedWorkOffered", Value.Of(!holds)));
        @case.Settle();
    }

    private static ACase Simon()
    {
        var offered = SampleCases.Fact("work.adaptedWorkOffered");
        FindingResult Find(Case whole, IReadOnlyList<Coverage> rows) =>
            new(whole.Facts[offered].Truth == Truth.True ? [] : [Rows.Raised(Key.FlagId, need: Key.NeedId)], []);
        return new ACase(new CaseDecisions(SampleCases.Vocabulary, Rows.Assessor(Find))).Open(SampleCases.Simon).Settle();
    }
}
