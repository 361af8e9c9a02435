using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Plans;

public class TheTerms
{
    private static readonly CaseDeadlines Terms = new(SampleCases.Vocabulary);

    [Fact]
    public void Week_42_of_the_absence_is_still_in_time()
    {
        var due = Term(SampleCases.Simon, "wvp.uwv-week42").Due;

        Assert.Equal(42, ((due.DayNumber - new DateOnly(2016, 4, 4).DayNumber) / 7) + 1);
        Assert.Equal(43, ((due.AddDays(1).DayNumber - new DateOnly(2016, 4, 4).DayNumber) / 7) + 1);
    }

    [Theory]
    [InlineData("2016-05-20", "2016-10-01", DeadlineStatus.Met)]
    [InlineData("2016-05-30", "2016-10-01", DeadlineStatus.Met)]
    [InlineData("2016-05-31", "2016-10-01", DeadlineStatus.MetLate)]
    [InlineData("2016-05-31", "2016-05-30", DeadlineStatus.Due)]
    [InlineData(null, "2016-05-15", DeadlineStatus.Running)]
    [InlineData(null, "2016-05-16", DeadlineStatus.Near)]
    [InlineData(null, "2016-05-30", DeadlineStatus.Due)]
    [InlineData(null, "2016-05-31", DeadlineStatus.Missed)]
    public void The_plan_van_aanpak_is_due_after_56_days(string? made, string asOf, DeadlineStatus status) =>
        Assert.Equal(status, Term(SampleCases.Simon.With("work.planVanAanpakOn", made) with { AsOf = SampleCases.Day(asOf) }, "wvp.plan-van-aanpak").Status);

    [Theory]
    [InlineData("work.sickListed", "false")]
    [InlineData("work.status", "unemployed")]
    [InlineData("work.sickListed", null)]
    [InlineData("work.firstSickDay", null)]
    public void The_terms_of_the_Wvp_run_only_for_an_employee_who_is_known_to_be_sick(string fact, string? value) =>
        Assert.DoesNotContain(Terms.Of(SampleCases.Simon.With(fact, value)), d => d.Id.StartsWith("wvp.", StringComparison.Ordinal));

    [Fact]
    public void Nothing_can_show_that_two_years_were_met_so_they_pass() =>
        Assert.Equal(DeadlineStatus.Passed, Term(SampleCases.Simon with { AsOf = new DateOnly(2018, 6, 1) }, "wvp.two-years").Status);

    [Fact]
    public void Each_waiting_provision_has_its_own_term_and_the_start_of_the_care_meets_it()
    {
        var waiting = SampleCases.Simon with
        {
            AsOf = new DateOnly(2017, 1, 10),
            Provisions =
            [
                SampleCases.Provision("p1", "gbggz", "requested", ["n1"], requestedOn: "2016-09-20"),
                SampleCases.Provision("p2", "sggz", "running", ["n1"], requestedOn: "2016-09-20", from: "2016-10-01"),
                SampleCases.Provision("p3", "gp-care", "requested", ["n1"], requestedOn: "2016-09-20"),
            ],
        };

        Assert.Equal(["p1 Missed", "p2 Met"], Terms.Of(waiting).Where(d => d.Id == "ggz.waiting").Select(d => $"{d.ItemId} {d.Status}"));
    }

    [Fact]
    public void A_birthday_is_a_term_for_a_minor_and_history_for_an_adult()
    {
        Assert.Equal(new DateOnly(2017, 3, 2), Term(SampleCases.Simon.With("client.birthDate", "1999-03-02"), "age-18").Due);
        Assert.DoesNotContain(Terms.Of(SampleCases.Simon), d => d.Id == "age-18");
    }

    [Fact]
    public void A_term_that_a_fact_of_a_need_starts_is_about_that_need()
    {
        var suspected = SampleCases.Simon with { Needs = [SampleCases.Need("n1", "psych-treatment", ("health.suspicionSince", "2016-01-01"), ("health.dsmDisorder", "suspected")), SampleCases.Need("n2", "psych-treatment", ("health.suspicionSince", "2016-01-01"), ("health.dsmDisorder", "confirmed"))] };

        Assert.Equal("n1", Assert.Single(Terms.Of(suspected), d => d.Id == "suspicion.review").ItemId);
    }

    [Fact]
    public void Criteria_that_time_fulfils_and_terms_without_a_date_are_no_terms_of_a_plan() => Properties.HoldForAnySeed(seed =>
        Assert.All(Terms.Of(SampleCases.Random(seed)), d => Assert.True(
            SampleCases.Vocabulary.Deadlines.Single(v => v.Id == d.Id) is { IsTerm: true, Length: > 0 } && d.StartedOn <= d.Due, d.Id)));

    private static PlanDeadline Term(Case @case, string id) => Assert.Single(Terms.Of(@case), d => d.Id == id);
}
