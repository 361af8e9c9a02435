using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Cases;

public class TermsThatStandStill
{
    private static readonly DateOnly From = new(2016, 10, 3);

    [Fact]
    public void Are_stopped_by_somebody_for_a_reason_and_go_on_later()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        simon.Do(at => Stop(at));
        simon.Do(at => Resume(at, new DateOnly(2016, 10, 10)));

        Assert.Equal(new TermSuspension("wvp.*", null, From, new DateOnly(2016, 10, 9), "emp", "hersteld"), Assert.Single(simon.State.Suspensions));
        Assert.Equal(new DateOnly(2017, 1, 29), simon.Settle().State.Plan!.Deadlines.Single(d => d.Id == "wvp.uwv-week42").Due);
    }

    [Fact]
    public void Can_be_the_terms_of_one_item() // Only terms that may stand still do: the waiting for the ggz goes on.
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        simon.Do(at => Stop(at, null, "p2"));

        Assert.All(simon.Settle().State.Plan!.Deadlines, d => Assert.Null(d.OriginalDue));
    }

    [Fact]
    public void Are_not_stopped_twice_nor_resumed_when_they_run()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        Assert.Equal("TERM_RUNS", Assert.IsType<CaseError.Forbidden>(simon.Refuses(at => Resume(at, From))).Type);
        simon.Do(at => Stop(at));
        Assert.Equal("TERM_STANDS_STILL", Assert.IsType<CaseError.Forbidden>(simon.Refuses(at => Stop(at))).Type);
    }

    [Theory]
    [InlineData("wvp.unknown", null, "emp", "reden", "deadline_id")]
    [InlineData("age-18", null, "emp", "reden", "deadline_id")] // A birthday waits for nobody.
    [InlineData(null, null, "emp", "reden", "deadline_id")]
    [InlineData(null, "p9", "emp", "reden", "item_id")]
    [InlineData("wvp.*", null, "nobody", "reden", "by")]
    [InlineData("wvp.*", null, "emp", " ", "reason")]
    public void Are_named_with_who_and_why(string? term, string? item, string by, string reason, string field)
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        var refused = Assert.IsType<CaseError.Invalid>(simon.Refuses(at => new CaseCommand.SuspendDeadline(new TermSuspension(term, item, From, null, by, reason)) { At = at }));

        Assert.Equal(field, Assert.Single(refused.Faults).Field);
    }

    [Fact]
    public void Do_not_go_on_before_they_stopped()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        simon.Do(at => Stop(at));

        Assert.Equal("on", Assert.Single(Assert.IsType<CaseError.Invalid>(simon.Refuses(at => Resume(at, From))).Faults).Field);
    }

    [Fact]
    public void Are_no_business_of_a_service()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        Assert.DoesNotContain(simon.Do(at => Stop(at)), change => change is CoverageAsked);
    }

    private static CaseCommand.SuspendDeadline Stop(Moment at, string? term = "wvp.*", string? item = null) =>
        new(new TermSuspension(term, item, From, null, "emp", "hersteld")) { At = at };

    private static CaseCommand.ResumeDeadline Resume(Moment at, DateOnly on) => new("wvp.*", null, on, "emp", "weer ziek") { At = at };
}
