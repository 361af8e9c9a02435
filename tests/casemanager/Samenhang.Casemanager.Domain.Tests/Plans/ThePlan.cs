using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Tests.Plans;

public class ThePlan
{
    private static readonly PlanAssembler Plans = new(SampleCases.Vocabulary);

    [Fact]
    public void A_need_is_carried_by_the_party_with_the_role_that_a_covering_answer_names()
    {
        var plan = Plans.Make(Rows.Assessment(SampleCases.Simon,
            [Rows.Row("n1", "gp-care", Outcome.Covered, "huisarts"), Rows.Row("n1", "gbggz", Outcome.NotCovered, "hoofdbehandelaar"), Rows.Row("n2", "employer-reintegration-track1", Outcome.Covered, "uwv-coordinator")]), 1);

        Assert.Equal(["n1 huisarts gp zvw", "n2 uwv-coordinator  uwv"], plan.Responsible.Select(r => $"{r.NeedId} {r.Role} {r.PartyId} {r.Service}"));
        Assert.Equal(["ARB-45"], plan.Responsible[0].Because);
    }

    [Fact]
    public void A_role_of_an_answer_that_does_not_cover_counts_only_when_no_covering_answer_names_one() =>
        Assert.Equal("hoofdbehandelaar", Assert.Single(Plans.Make(Rows.Assessment(SampleCases.Simon, [Rows.Row("n1", "gp-care", Outcome.Covered), Rows.Row("n1", "gbggz", Outcome.Undetermined, "hoofdbehandelaar")]), 1).Responsible).Role);

    [Fact]
    public void Of_two_with_the_role_the_provider_of_the_need_carries_it()
    {
        var other = new Party { Id = "gp0", Role = "huisarts", Service = "zvw" };
        var plan = Plans.Make(Rows.Assessment(SampleCases.Simon with { Parties = [other, .. SampleCases.Simon.Parties] }, [Rows.Row("n1", "gp-care", Outcome.Covered, "huisarts")]), 1);

        Assert.Equal("gp", Assert.Single(plan.Responsible).PartyId);
    }

    [Theory]
    [InlineData("2016-12-31", "hoofdbehandelaar")]
    [InlineData("2017-01-01", "regiebehandelaar")]
    public void The_director_of_a_ggz_trajectory_has_the_role_of_the_day(string asOf, string role)
    {
        var @case = SampleCases.Simon with
        {
            AsOf = SampleCases.Day(asOf),
            Provisions = [SampleCases.Provision("p", "sggz", "running", ["n1"], "psy")],
            Parties = [new Party { Id = "psy", Role = "care-provider", Profession = "psychiater", Service = "zvw", Organisation = "ggz" }, new Party { Id = "rb", Role = "regiebehandelaar", Service = "zvw", Organisation = "ggz" }],
        };

        var director = Assert.Single(Plans.Make(Rows.Assessment(@case), 1).Directors);

        Assert.Equal(role, director.Role);
        Assert.Equal(role == "regiebehandelaar" ? "rb" : null, director.PartyId);
    }

    [Fact]
    public void The_GP_directs_care_by_the_GP() =>
        Assert.Equal(new TrajectoryDirector("p1", "hoofdbehandelaar", "gp"), Assert.Single(Plans.Make(Rows.Assessment(SampleCases.Simon), 1).Directors));

    [Fact]
    public void Only_one_party_that_leads_coordinates_the_whole()
    {
        Party Lead(string id) => new() { Id = id, Role = "wmo-director", Service = "gemeente", Facts = SampleCases.Facts(("party.isLead", "true")) };
        Plan With(params Party[] parties) => Plans.Make(Rows.Assessment(SampleCases.Simon with { Parties = parties }), 1);

        Assert.Null(With().Coordinator);
        Assert.Equal("a", With(Lead("a")).Coordinator);
        Assert.Null(With(Lead("a"), Lead("b")).Coordinator);
    }

    [Fact]
    public void The_casemanager_is_shown_with_the_scheme_of_the_coordination()
    {
        var @case = SampleCases.Simon with
        {
            Needs = [SampleCases.Need("n1", "psych-treatment"), SampleCases.Need("n2", "case-management")],
            Provisions = [SampleCases.Provision("p1", "sggz", "running", ["n1"], "cm"), SampleCases.Provision("p2", "ggz-case-management", "running", ["n2"], "cm")],
            Parties = [new Party { Id = "cm", Role = "casemanager", Profession = "spv", Service = "zvw" }],
        };

        Assert.Equal(new PlanCasemanager("casemanager", "spv", "cm", "ggz-case-management"), Plans.Make(Rows.Assessment(@case), 1).Casemanager);
        Assert.Null(Plans.Make(Rows.Assessment(SampleCases.Simon), 1).Casemanager);
    }

    [Fact]
    public void A_finding_becomes_an_action_for_whom_it_concerns()
    {
        var plan = Plans.Make(Rows.Assessment(SampleCases.Simon,
            [Rows.Row("n1", "gp-care", Outcome.Covered, "huisarts")],
            [Rows.Raised("uncovered.burnout-no-payer", need: "n1"), Rows.Raised("route.referrer-not-accepted", provision: "p3"), Rows.Raised("claim.estimate-missing", provision: "p2"), Rows.Raised("coordination.role-unclear"), Rows.Raised("coordination.central-level", party: "ba")]), 1);

        string Owner(string flag) => plan.Actions.Single(a => a.Because == flag).Owner;
        Assert.Equal("gp", Owner("uncovered.burnout-no-payer"));
        Assert.Equal("emp", Owner("route.referrer-not-accepted"));
        Assert.Equal("zvw", Owner("claim.estimate-missing"));
        Assert.Equal("casemanager", Owner("coordination.role-unclear"));
        Assert.Equal("ba", Owner("coordination.central-level"));
    }

    [Fact]
    public void The_action_of_a_missed_term_has_the_owner_and_the_day_of_the_term()
    {
        var late = SampleCases.Simon.With("work.planVanAanpakOn", null);
        var action = Assert.Single(Plans.Make(Rows.Assessment(late, raised: [Rows.Raised("deadline.plan-van-aanpak-week8")]), 1).Actions, a => a.Because == "deadline.plan-van-aanpak-week8");

        Assert.Equal("emp", action.Owner);
        Assert.Equal(new DateOnly(2016, 5, 30), action.Due);
        Assert.True(action.Urgent);
    }

    [Fact]
    public void An_open_condition_is_an_action_and_so_is_a_silent_service()
    {
        var plan = Plans.Make(Rows.Assessment(SampleCases.Simon, [Rows.Row("n4", "debt-support", Outcome.Conditional, open: ["Vraag schuldhulp aan."])], silent: ["uwv"]), 1);

        Assert.Contains(plan.Actions, a => a is { Owner: "gemeente", Text.Nl: "Vraag schuldhulp aan.", NeedId: "n4" });
        Assert.Contains(plan.Actions, a => a is { Owner: "casemanager", Because: "uwv" });
        Assert.Equal("uwv", Assert.Single(plan.Silent).Service);
    }

    [Fact]
    public void An_answer_that_points_to_another_service_proposes_a_hand_over_until_somebody_asked()
    {
        Coverage row = Rows.Row("n4", "ggz", Outcome.NotCovered, suggests: ["debt-support", "own-account"]);
        HandOver[] Of(Case @case) => [.. Plans.Make(Rows.Assessment(@case, [row]), 1).HandOvers];

        Assert.Equal(["zvw gemeente debt-support Proposed"], Of(SampleCases.Simon).Select(h => $"{h.From} {h.To} {string.Join(',', h.Schemes)} {h.Status}"));
        Assert.Empty(Of(SampleCases.Simon with { Provisions = [SampleCases.Provision("p", "debt-support", "requested", ["n4"])] }));
        Assert.Equal(["debt-support", "own-account"], Assert.Single(Plans.Make(Rows.Assessment(SampleCases.Simon, [row]), 1).Suggested).Schemes);
    }

    [Fact]
    public void A_hand_over_has_the_newest_state_that_the_events_tell()
    {
        CaseEvent Told(string type, string day) => new() { Type = type, Date = SampleCases.Day(day), From = "gp", To = "gemeente", Need = "n4" };
        var @case = SampleCases.Simon with { Events = [Told("handover-accepted", "2016-09-02"), Told("handover-offered", "2016-09-01"), Told("handover-refused", "2017-01-01")] };

        Assert.Equal(HandOverStatus.Accepted, Assert.Single(Plans.Make(Rows.Assessment(@case), 1).HandOvers).Status);
    }

    [Fact]
    public void The_difference_between_two_versions_reads_as_a_list_of_changes()
    {
        var before = Plans.Make(Rows.Assessment(SampleCases.Simon, [Rows.Row("n1", "gbggz", Outcome.NotCovered)], [Rows.Raised("uncovered.burnout-no-payer", need: "n1")]), 1);
        var after = Plans.Make(Rows.Assessment(SampleCases.Simon.With("work.uwvReportedOn", "2016-09-30"), [Rows.Row("n1", "gbggz", Outcome.Covered, "huisarts")], silent: ["uwv"]), 2);

        var lines = new PlanDifference(SampleCases.Vocabulary).Between(before, after);

        Assert.Contains(lines, l => l.Nl == "Behandeling van psychische klachten of stoornis (n1), Basis-ggz (product nog niet bepaald): was niet gedekt, is nu gedekt.");
        Assert.Contains(lines, l => l.En == "Treatment of psychological complaints or disorder (n1), Basis-ggz (product not yet determined): was not covered, is now covered.");
        Assert.Contains(lines, l => l.En.StartsWith("Resolved: Burn-out in ggz: employer does not pay at Treatment of psychological complaints", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Nl.EndsWith("verantwoordelijk was niemand, is nu Huisarts.", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Nl == "Termijn Ziekmelding bij UWV (week 42): gehaald (uiterlijk 22 januari 2017).");
        Assert.Contains(lines, l => l.En.StartsWith("UWV did not answer", StringComparison.Ordinal));
        Assert.Empty(new PlanDifference(SampleCases.Vocabulary).Between(after, after));
    }

    [Fact]
    public void An_event_that_must_be_stopped_stands_in_the_plan_and_in_the_difference()
    {
        var assessment = Rows.Assessment(SampleCases.Simon);
        var free = Plans.Make(assessment, 1);
        var stopped = Plans.Make(assessment with { Findings = assessment.Findings with { Blocked = [new BlockedEvent("ggz-ended", ["VWS-45"], new Sentence("Nog niet.", "Not yet."))] } }, 2);
        var differences = new PlanDifference(SampleCases.Vocabulary);

        Assert.Equal(["VWS-45"], Assert.Single(stopped.Blocked).RuleIds);
        Assert.Equal("Mag nu niet (ggz-ended): Nog niet.", Assert.Single(differences.Between(free, stopped)).Nl);
        Assert.Equal("Holds no longer (ggz-ended): Not yet.", Assert.Single(differences.Between(stopped, free)).En);
        Assert.Empty(differences.Between(stopped, stopped));
    }
}
