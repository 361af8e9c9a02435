using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Tests.WholeCases;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Plans;

/// <summary>The conditions of flags.json and the engine of terms say the same of the same day.</summary>
public class FindingsAndTerms
{
    private static readonly DateOnly Start = new(2023, 2, 6);

    [Theory]
    [InlineData("wvp.arbo-report", "work.firstSickDay", "work.arboReportedOn")]
    [InlineData("wvp.plan-van-aanpak", "work.firstSickDay", "work.planVanAanpakOn")]
    [InlineData("wvp.uwv-week42", "work.firstSickDay", "work.uwvReportedOn")]
    [InlineData("ips.first-contact", "ips.registeredOn", "ips.firstEmployerContactOn")]
    [InlineData("ggz-stay.warning", "ggz.stayStart", null)]
    public void A_finding_comes_on_the_day_after_the_last_day_and_goes_with_the_milestone(string term, string trigger, string? milestone)
    {
        var @case = Employee.With(trigger, $"{Start:yyyy-MM-dd}");
        var due = TermOf(@case, term).Due;
        var flag = SampleCases.Vocabulary.Deadlines.Single(d => d.Id == term).Flag!;

        Assert.DoesNotContain(flag, FindingsOn(@case, due));
        Assert.Contains(flag, FindingsOn(@case, due.AddDays(1)));
        if (milestone is not null)
        {
            Assert.DoesNotContain(flag, FindingsOn(@case.With(milestone, $"{due:yyyy-MM-dd}"), due.AddDays(1)));
            Assert.DoesNotContain(flag, FindingsOn(@case.With(milestone, $"{due.AddDays(3):yyyy-MM-dd}"), due.AddDays(3)));
        }
    }

    [Fact]
    public void A_jobcoach_who_is_nearly_over_is_found_on_the_day_after_the_warning()
    {
        var @case = Employee with { Provisions = [SampleCases.Provision("p1", "uwv-jobcoach", "running", ["n1"], from: "2023-02-06")] };
        var due = TermOf(@case, "jobcoach.warning").Due;

        Assert.DoesNotContain("deadline.jobcoach-term", FindingsOn(@case, due));
        Assert.Contains("deadline.jobcoach-term", FindingsOn(@case, due.AddDays(1)));
    }

    [Fact]
    public void A_term_that_stood_still_raises_nothing_until_its_moved_day_has_passed() => Properties.HoldForAnySeed(seed =>
    {
#pragma warning disable CA5394 // No secret: a test wants the same days for the same seed.
        var random = new Random(seed);
        var from = Start.AddDays(random.Next(1, 57));
        var off = random.Next(1, 40);
        var today = Start.AddDays(random.Next(50, 110));
#pragma warning restore CA5394
        var @case = Employee.With("work.firstSickDay", $"{Start:yyyy-MM-dd}") with
        {
            Suspensions = [new TermSuspension("wvp.*", null, from, from.AddDays(off - 1), "employer", "hersteld")],
        };
        var due = Start.AddDays(56 + off);

        Assert.Equal(today > due, FindingsOn(@case, today).Contains("deadline.plan-van-aanpak-week8"));
        Assert.Equal(due, TermOf(@case with { AsOf = today }, "wvp.plan-van-aanpak").Due);
    });

    [Fact]
    public void What_is_due_is_never_before_its_start_and_the_same_case_gives_the_same_terms() => Properties.HoldForAnySeed(seed =>
    {
        var @case = SampleCases.Random(seed);
        var terms = new CaseDeadlines(SampleCases.Vocabulary).Of(@case);
        var replayed = new CaseDeadlines(SampleCases.Vocabulary).Of(CaseDocument.Of(@case).ToCase(SampleCases.Vocabulary));

        Assert.All(terms, term => Assert.True(term.Due >= term.StartedOn && term.StartedOn <= @case.AsOf, term.Id));
        Assert.Equal(terms.Select(t => (t.Id, t.ItemId, t.StartedOn, t.Due, t.Status)), replayed.Select(t => (t.Id, t.ItemId, t.StartedOn, t.Due, t.Status)));
    });

    private static Case Employee { get; } = new()
    {
        Id = "employee",
        AsOf = Start,
        Rulebooks = ["002a", "002b"],
        Facts = SampleCases.Facts(("work.status", "employed"), ("work.sickListed", "true")),
        Needs = [SampleCases.Need("n1", "reintegration")],
    };

    private static PlanDeadline TermOf(Case @case, string id) => Assert.Single(new CaseDeadlines(SampleCases.Vocabulary).Of(@case), d => d.Id == id);

    private static IReadOnlyList<string> FindingsOn(Case @case, DateOnly day) => [.. ProjectCases.Plan(@case with { AsOf = day }).Findings.Select(f => f.FlagId)];
}
