using System.Text.Json;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Tests.Work;

/// <summary>What a round computes proposes; what people do stands beside it, is theirs, and is carried over.</summary>
public class ThePlanThatPeopleWorkWith
{
    private const string Flag = "coordination.no-overall-coordinator";
    private static readonly Evidence Proof = new("decision-letter", new DateOnly(2016, 10, 2), "gp", new Dictionary<string, Value>());

    [Fact]
    public void A_finding_proposes_an_action_and_a_person_makes_it_work()
    {
        var simon = Simon();
        var proposed = Proposed(simon);
        Assert.Equal(ProposalStatus.Open, StatusOf(simon, proposed));

        simon.Do(at => Wish(at, new WorkWish.Accept(proposed.Key, null, "emp", new DateOnly(2016, 11, 1))));

        var item = Assert.Single(simon.State.Work.All);
        Assert.Equal(
            new WorkAction { Text = proposed.Text.Nl, Owner = "emp", Due = new DateOnly(2016, 11, 1), NeedId = "n1", Status = WorkStatus.Planned },
            item.Content);
        Assert.Equal(("w1", 1, "gp"), (item.Id, item.Version, item.By));
        Assert.Equal((ProposalStatus.Accepted, "w1", (string?)null), simon.State.Work.StatusOf(proposed, simon.State.Findings));
        Assert.Equal("PROPOSAL_ANSWERED", Assert.IsType<CaseError.Forbidden>(simon.Refuses(at => Wish(at, new WorkWish.Accept(proposed.Key, null, null, null)))).Type);
    }

    [Fact]
    public void What_was_declined_is_not_proposed_again_while_its_finding_lasts()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Decline(Proposed(simon).Key, "De cliënt doet dit zelf.")));

        simon.Do(at => ACase.Fact(at, "work.arboReportedOn", Value.Of(new DateOnly(2016, 4, 7))));
        simon.Settle();

        Assert.Equal((ProposalStatus.Declined, null, "De cliënt doet dit zelf."), simon.State.Work.StatusOf(Proposed(simon), simon.State.Findings));
    }

    [Fact]
    public void What_was_declined_is_proposed_again_when_its_finding_was_closed_and_comes_back()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Decline(Proposed(simon).Key, "Niet nodig.")));

        Holds(simon, false);
        Holds(simon, true);

        Assert.Equal(ProposalStatus.Open, StatusOf(simon, Proposed(simon)));
    }

    [Fact]
    public void Who_declined_it_may_think_better_of_it()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Decline(Proposed(simon).Key, "Niet nodig.")));

        simon.Do(at => Wish(at, new WorkWish.Accept(Proposed(simon).Key, "Toch bellen.", null, null)));

        Assert.Equal(ProposalStatus.Accepted, StatusOf(simon, Proposed(simon)));
        Assert.Equal("Toch bellen.", Assert.IsType<WorkAction>(simon.State.Work.Find("w1")!.Content).Text);
    }

    [Fact]
    public void What_somebody_is_still_at_is_not_proposed_twice_and_what_is_done_is_proposed_anew_when_the_finding_returns()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Accept(Proposed(simon).Key, null, null, null)));
        Holds(simon, false);
        Holds(simon, true);
        Assert.Equal(ProposalStatus.Accepted, StatusOf(simon, Proposed(simon)));

        simon.Do(at => Change(at, simon, "w1", action => action with { Status = WorkStatus.Done, Note = "Gebeld." }));

        Assert.Equal(ProposalStatus.Open, StatusOf(simon, Proposed(simon)));
    }

    [Fact]
    public void What_is_done_stays_answered_as_long_as_its_finding_lasts()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Accept(Proposed(simon).Key, null, null, null)));

        simon.Do(at => Change(at, simon, "w1", action => action with { Status = WorkStatus.Done, Note = "Gebeld." }));
        simon.Do(at => ACase.Fact(at, "work.arboReportedOn", Value.Of(new DateOnly(2016, 4, 7))));
        simon.Settle();

        Assert.Equal(ProposalStatus.Accepted, StatusOf(simon, Proposed(simon)));
    }

    [Fact]
    public void A_plan_without_the_answer_of_a_service_ends_no_answer()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Decline(Proposed(simon).Key, "Niet nodig.")));
        simon.Do(at => ACase.Fact(at, "work.adaptedWorkOffered", Value.Of(true)));
        simon.Do(at => new CaseCommand.EndWaiting(simon.State.Round, []) { At = at });
        simon.UnderWay.Clear();

        Holds(simon, true);

        Assert.Equal(ProposalStatus.Declined, StatusOf(simon, Proposed(simon)));
    }

    [Fact]
    public void The_proposal_of_a_finding_that_a_person_settled_is_not_open()
    {
        var simon = Simon();

        simon.Do(at => new CaseCommand.TreatFinding(Proposed(simon).Proposals[0].Finding!, "gp", new FindingTreatment.Overrule("Niet van belang.")) { At = at });

        Assert.Equal(ProposalStatus.Settled, StatusOf(simon, Proposed(simon)));
    }

    [Fact]
    public void The_key_of_a_proposal_outlives_rounds_and_a_change_of_owner()
    {
        var simon = Simon();
        var before = Proposed(simon);

        simon.Do(at => Wish(at, new WorkWish.AppointCoordinator("ba", null)));
        simon.Settle();

        Assert.Equal(before.Key, Proposed(simon).Key);
        Assert.Matches("^[0-9a-f]{16}$", before.Key);
    }

    [Fact]
    public void Two_findings_that_are_one_thing_to_do_are_answered_together_and_a_third_asks_again()
    {
        var third = false;
        FindingResult Find(Case whole, IReadOnlyList<Coverage> rows)
        {
            // The same step, owner and need: a group of provisions of the case itself.
            Finding Of(string provision) => Rows.Raised("overlap.multiple-coordinators") with { Item = new FindingItem(null, null, null) { Provision = provision } };
            return new([Of("x1"), Of("x2"), .. third ? [Of("x3")] : Array.Empty<Finding>()], []);
        }

        var simon = new ACase(new CaseDecisions(SampleCases.Vocabulary, Rows.Assessor(Find))).Open(SampleCases.Simon).Settle();
        var both = simon.State.Plan!.Actions.Single(action => action.Because == "overlap.multiple-coordinators");
        Assert.Equal(2, both.Proposals.Count);
        simon.Do(at => Wish(at, new WorkWish.Decline(both.Proposals[1].Key, "Al gekozen.")));
        Assert.Equal(ProposalStatus.Declined, StatusOf(simon, both));

        third = true;
        simon.Do(at => ACase.Fact(at, "work.arboReportedOn", Value.Of(new DateOnly(2016, 4, 7))));
        simon.Settle();

        Assert.Equal(ProposalStatus.Open, StatusOf(simon, simon.State.Plan!.Actions.Single(action => action.Because == "overlap.multiple-coordinators")));
    }

    [Fact]
    public void Each_change_makes_the_next_version_with_a_line_to_read_and_rounds_carry_it_over()
    {
        var simon = Simon();

        var added = Assert.IsType<WorkWritten>(Assert.Single(simon.Do(at => Wish(at, new WorkWish.Add(Goal())))));
        var changed = Assert.IsType<WorkWritten>(Assert.Single(simon.Do(at => Wish(at, new WorkWish.Change("w1", 1, Goal() with { Target = new DateOnly(2017, 6, 1) })))));
        simon.Do(at => ACase.Fact(at, "work.arboReportedOn", Value.Of(new DateOnly(2016, 4, 7))));
        simon.Settle();

        Assert.Equal([2, 3], [added.PlanVersion, changed.PlanVersion]);
        Assert.Equal($"Nieuw doel bij {SampleCases.Vocabulary.Needs["psych-treatment"].LabelNl} (n1): 'Weer slapen', te halen op 1 februari 2017.", Assert.Single(added.Difference).Nl);
        Assert.Equal("Goal 'Weer slapen': to be reached on was 1 February 2017, is now 1 June 2017.", Assert.Single(changed.Difference).En);
        Assert.Equal((4, 2), (simon.State.Plan!.Version, simon.State.Work.Find("w1")!.Version));
        Assert.Equal(simon.Log.Count, simon.State.Version);
        Assert.DoesNotContain("coverage", JsonSerializer.Serialize<CaseChange>(changed), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_says_the_same_changes_nothing()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Add(Agreement())));

        Assert.Empty(simon.Do(at => Wish(at, new WorkWish.Change("w1", 1, Agreement()))));
    }

    [Fact]
    public void A_change_of_what_somebody_else_changed_is_stopped_with_both_sides_and_nothing_is_lost()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Add(Goal())));
        simon.Do(at => Wish(at, new WorkWish.Change("w1", 1, Goal() with { Text = "Van haar" })));

        var stale = Assert.IsType<CaseError.StaleItem>(simon.Refuses(at => Wish(at, new WorkWish.Change("w1", 1, Goal() with { Text = "Van hem" }))));

        Assert.Equal((1, "Van hem", 2, "Van haar"), (stale.Seen, ((WorkGoal)stale.Wanted).Text, stale.Current.Version, ((WorkGoal)stale.Current.Content).Text));
        simon.Do(at => Wish(at, new WorkWish.Change("w1", stale.Current.Version, Goal() with { Text = "Van ons" })));
        Assert.Equal("Van ons", ((WorkGoal)simon.State.Work.Find("w1")!.Content).Text);
    }

    [Fact]
    public void What_is_done_can_be_proved_with_a_document_that_goes_into_the_case()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Add(Call())));

        simon.Do(at => Change(at, simon, "w1", action => action with { Status = WorkStatus.Done, Evidence = Proof }));
        simon.Settle();

        Assert.Contains(simon.State.Evidence, Proof.IsSame);
        Assert.False(simon.State.IsAsking);
    }

    [Fact]
    public void A_goal_is_evaluated_and_contact_points_are_kept()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Add(Goal())));

        var looked = (WorkWritten)Assert.Single(simon.Do(at => Wish(at, new WorkWish.Add(new WorkEvaluation("w1", new DateOnly(2016, 12, 1), EvaluationResult.Partly, null, new DateOnly(2017, 1, 5))))));
        simon.Do(at => Wish(at, new WorkWish.Add(new WorkContactPoint("Arbodienst De Brug", "ba", "werk en herstel", null, null))));

        Assert.Equal("Doel 'Weer slapen' bekeken op 1 december 2016: deels gehaald; volgende keer op 5 januari 2017.", looked.Difference[0].Nl);
        Assert.Equal(["w1", "w2", "w3"], simon.State.Work.All.Select(item => item.Id));
    }

    [Fact]
    public void An_appointed_coordinator_leads_alone()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.AppointCoordinator("gp", "")));
        simon.Settle();
        Assert.Equal("gp", simon.State.Plan!.Coordinator);

        simon.Do(at => Wish(at, new WorkWish.AppointCoordinator("ba", "gp")));
        simon.Settle();

        Assert.Equal("ba", simon.State.Plan!.Coordinator);
        Assert.Contains(simon.Log.OfType<PlanMade>().Last().Difference, line => line.En == "The overall coordinator was gp, is now ba.");
        Assert.Empty(simon.Do(at => Wish(at, new WorkWish.AppointCoordinator("ba", null))));
        var stale = Assert.IsType<CaseError.StaleAppointment>(simon.Refuses(at => Wish(at, new WorkWish.AppointCoordinator("emp", "gp"))));
        Assert.Equal(("gp", "emp"), (stale.Seen, stale.Wanted));
        Assert.Equal(["ba"], stale.Current);
    }

    [Fact]
    public void With_two_coordinators_an_appointment_leaves_one()
    {
        var simon = Simon();
        simon.Do(at => ACase.Fact(at, "party.isLead", Value.Of(true), ItemKind.Party, "gp"));
        simon.Do(at => ACase.Fact(at, "party.isLead", Value.Of(true), ItemKind.Party, "ba"));

        simon.Do(at => Wish(at, new WorkWish.AppointCoordinator("ba", "")));
        simon.Settle();

        Assert.Equal("ba", simon.State.Plan!.Coordinator);
    }

    [Fact]
    public void A_director_is_appointed_for_a_trajectory_and_another_takes_over()
    {
        var simon = Simon(SampleCases.Simon with { AsOf = new DateOnly(2018, 1, 1), Provisions = [.. SampleCases.Simon.Provisions, SampleCases.Provision("t", "gbggz", "running", ["n1"], from: "2017-10-01")] });
        Assert.Equal([new TrajectoryDirector("t", "regiebehandelaar", null)], Directors(simon));

        simon.Do(at => Wish(at, new WorkWish.AppointDirector("t", "gp", "")));
        simon.Settle();
        Assert.Equal("gp.regiebehandelaar", Directors(simon).Single().PartyId);
        Assert.Equal("huisarts", simon.State.Parties.Single(p => p.Id == "gp").Role);

        simon.Do(at => Wish(at, new WorkWish.AppointDirector("t", "ba", "gp.regiebehandelaar")));
        simon.Settle();
        Assert.Equal("ba.regiebehandelaar", Directors(simon).Single().PartyId);
        Assert.IsType<CaseError.StaleAppointment>(simon.Refuses(at => Wish(at, new WorkWish.AppointDirector("t", "emp", ""))));

        static IReadOnlyList<TrajectoryDirector> Directors(ACase @case) => [.. @case.State.Plan!.Directors.Where(director => director.ProvisionId == "t")];
    }

    [Fact]
    public void A_provision_without_treatment_has_no_director() =>
        Assert.Equal("NO_TRAJECTORY", Assert.IsType<CaseError.Forbidden>(Simon().Refuses(at => Wish(at, new WorkWish.AppointDirector("p3", "gp", null)))).Type);

    [Fact]
    public void Without_a_plan_there_is_no_work()
    {
        var simon = new ACase(new CaseDecisions(SampleCases.Vocabulary, Rows.Assessor())).Open(SampleCases.Simon);

        Assert.Equal("NO_PLAN", Assert.IsType<CaseError.Forbidden>(simon.Refuses(at => Wish(at, new WorkWish.Add(Call())))).Type);
    }

    public static TheoryData<string, string[]> Faults => new()
    {
        { "action", ["by", "content.action.text", "content.action.owner", "content.action.need_id", "content.action.note"] },
        { "done", ["content.action.evidence"] },
        { "evidence", ["content.action.evidence"] },
        { "cancelled", ["content.action.note"] },
        { "goal", ["content.goal.text", "content.goal.need_id"] },
        { "evaluation", ["content.evaluation.goal_id", "content.evaluation.next"] },
        { "agreement", ["content.agreement.sides", "content.agreement.sides[0].party_id", "content.agreement.about", "content.agreement.to"] },
        { "contact point", ["content.contact_point.organisation", "content.contact_point.party_id", "content.contact_point.about"] },
        { "decline", ["reason"] },
        { "coordinator", ["party_id"] },
        { "director", ["party_id", "provision_id"] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void All_faults_are_told_at_once(string what, string[] fields)
    {
        var (by, wish) = what switch
        {
            "action" => ("nobody", new WorkWish.Add(new WorkAction { Text = " ", Owner = "nobody", NeedId = "n9", Note = new string('x', 2001) })),
            "done" => ("gp", new WorkWish.Add(Call() with { Status = WorkStatus.Done })),
            "evidence" => ("gp", new WorkWish.Add(Call() with { Evidence = Proof })),
            "cancelled" => ("gp", new WorkWish.Add(Call() with { Status = WorkStatus.Cancelled })),
            "goal" => ("gp", new WorkWish.Add(new WorkGoal("n9", "", null, null))),
            "evaluation" => ("gp", new WorkWish.Add(new WorkEvaluation("w9", new DateOnly(2016, 12, 1), EvaluationResult.Reached, null, new DateOnly(2016, 11, 1)))),
            "agreement" => ("gp", new WorkWish.Add(new WorkAgreement([new AgreementSide("Praktijk", "x")], "", new DateOnly(2017, 1, 1), new DateOnly(2016, 1, 1)))),
            "contact point" => ("gp", new WorkWish.Add(new WorkContactPoint("", "x", "", null, null))),
            "decline" => ("gp", new WorkWish.Decline("0", " ")),
            "coordinator" => ("gp", new WorkWish.AppointCoordinator("x", null)),
            _ => ("gp", (WorkWish)new WorkWish.AppointDirector("x", "x", null)),
        };

        var refused = Simon().Refuses(at => new CaseCommand.DoWork(by, wish) { At = at });

        Assert.Equal(fields, Assert.IsType<CaseError.Invalid>(refused).Faults.Select(fault => fault.Field));
    }

    [Fact]
    public void What_is_not_there_cannot_be_answered_or_changed()
    {
        var simon = Simon();

        Assert.Equal(new CaseError.NoSuchItem("proposal"), simon.Refuses(at => Wish(at, new WorkWish.Decline("0000000000000000", "Nee."))));
        Assert.Equal(new CaseError.NoSuchItem("work_item"), simon.Refuses(at => Wish(at, new WorkWish.Change("w1", 1, Goal()))));
    }

    [Fact]
    public void A_piece_of_work_stays_of_its_kind()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Add(Goal())));

        Assert.Equal("content", Assert.IsType<CaseError.Invalid>(simon.Refuses(at => Wish(at, new WorkWish.Change("w1", 1, Call())))).Faults.Single().Field);
    }

    [Fact]
    public void Every_kind_of_work_reads_back_as_it_was_written()
    {
        WorkContent[] all = [Call() with { Evidence = Proof }, Goal(), new WorkEvaluation("w1", new DateOnly(2016, 12, 1), EvaluationResult.Partly, "x", null), Agreement(), new WorkContactPoint("a", "gp", "b", null, null)];

        Assert.All(all, content =>
        {
            CaseChange written = new WorkWritten(2, "gp", new DateTimeOffset(2016, 10, 1, 0, 0, 0, TimeSpan.Zero), [], "w1", 1, content, []);
            var json = JsonSerializer.Serialize(written);
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<CaseChange>(json)));
        });
    }

    [Fact]
    public void A_case_that_is_read_again_from_its_log_has_the_same_work_and_the_same_proposals()
    {
        var simon = Simon();
        simon.Do(at => Wish(at, new WorkWish.Add(Goal())));
        simon.Do(at => Wish(at, new WorkWish.Add(Agreement())));
        simon.Do(at => Wish(at, new WorkWish.Accept(Proposed(simon).Key, null, null, null)));
        Holds(simon, false);
        simon.Do(at => Change(at, simon, "w3", action => action with { Status = WorkStatus.Cancelled, Note = "Niet meer nodig." }));
        Holds(simon, true);
        simon.Do(at => Wish(at, new WorkWish.Decline(Proposed(simon).Key, "Al geregeld.")));

        var again = CaseState.From(simon.Log.Select(change => JsonSerializer.Deserialize<CaseChange>(JsonSerializer.Serialize(change))!));

        Assert.Equal(simon.State.Work.All, again.Work.All);
        Assert.Equal((simon.State.Version, simon.State.Plan!.Version), (again.Version, again.Plan!.Version));
        Assert.Equal(
            simon.State.Plan.Actions.Select(action => (action.Key, simon.State.Work.StatusOf(action, simon.State.Findings))),
            again.Plan.Actions.Select(action => (action.Key, again.Work.StatusOf(action, again.Findings))));
        Assert.Equal(simon.State.PlanSince!.Difference, again.PlanSince!.Difference);
        Assert.Equal(ProposalStatus.Declined, StatusOf(simon, Proposed(simon)));
    }

    private static WorkAction Call() => new() { Text = "Bel de werkgever", Owner = "gp", NeedId = "n2" };

    private static WorkGoal Goal() => new("n1", "Weer slapen", new DateOnly(2017, 2, 1), null);

    private static WorkAgreement Agreement() =>
        new([new AgreementSide("Praktijk Noord", "gp"), new AgreementSide("Arbodienst De Brug", "ba")], "terugkeer naar werk", new DateOnly(2016, 10, 1), null);

    private static CaseCommand.DoWork Wish(Moment at, WorkWish wish) => new("gp", wish) { At = at };

    private static CaseCommand.DoWork Change(Moment at, ACase @case, string id, Func<WorkAction, WorkAction> change)
    {
        var item = @case.State.Work.Find(id)!;
        return Wish(at, new WorkWish.Change(id, item.Version, change((WorkAction)item.Content)));
    }

    private static PlanAction Proposed(ACase @case) => @case.State.Plan!.Actions.Single(action => action.Because == Flag);

    private static ProposalStatus StatusOf(ACase @case, PlanAction action) => @case.State.Work.StatusOf(action, @case.State.Findings).Status;

    private static void Holds(ACase @case, bool holds)
    {
        @case.Do(at => ACase.Fact(at, "work.adaptedWorkOffered", Value.Of(!holds)));
        @case.Settle();
    }

    private static ACase Simon() => Simon(SampleCases.Simon);

    // A finding that lasts as long as nobody has offered adapted work.
    private static ACase Simon(Case content)
    {
        var offered = SampleCases.Fact("work.adaptedWorkOffered");
        FindingResult Find(Case whole, IReadOnlyList<Coverage> rows) => new(whole.Facts[offered].Truth == Truth.True ? [] : [Rows.Raised(Flag, need: "n1")], []);
        return new ACase(new CaseDecisions(SampleCases.Vocabulary, Rows.Assessor(Find))).Open(content).Settle();
    }
}
