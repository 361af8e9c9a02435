using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Casemanager.Domain.Tests.HandOvers;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Escalations;

/// <summary>A case that is stuck climbs four levels, each only after the one before gave no solution.</summary>
public class TheTables
{
    private static readonly Case InARegionWithTables = Passing.Eva with { Options = System.Collections.Frozen.FrozenSet.Create("VWS-B18") };

    [Fact]
    public void The_levels_are_climbed_one_by_one()
    {
        var eva = Passing.Opened(InARegionWithTables);

        for (var level = 1; level <= 4; level++)
        {
            if (level < 4)
            {
                var skipped = eva.Forbidden(Open(level + 1));
                Assert.Equal("ESCALATION_SKIPPED", skipped.Type);
                Assert.Contains("VWS-58", skipped.Text.Nl, StringComparison.Ordinal);
            }

            eva.Do(Open(level));
            Assert.Equal("ESCALATION_OPEN", eva.Forbidden(Open(level)).Type);
            Assert.False(eva.Settle().Has("coordination.escalation-skipped"));
            eva.Do(Close(solved: false));
        }

        Assert.Equal([1, 2, 3, 4], eva.State.Escalations.Steps.Select(step => step.Opened.Level));
        Assert.Equal(4, eva.State.Events.Count(e => e.Type == "escalation-opened"));
        Assert.Equal(4, eva.State.Events.Count(e => e.Type == "escalation-closed"));
    }

    [Fact]
    public void What_was_tried_before_the_case_was_opened_counts()
    {
        var eva = Passing.Opened(InARegionWithTables.With("coord.escalationClosedLevel", "2"));

        eva.Do(Open(3));

        Assert.Equal(3, eva.State.Escalations.Open!.Opened.Level);
    }

    [Fact]
    public void What_was_solved_begins_at_the_bottom_again()
    {
        var eva = Passing.Opened(InARegionWithTables);
        eva.Do(Open(1));
        eva.Do(Close(solved: false));
        eva.Do(Open(2));
        eva.Do(Close(solved: true));

        Assert.Equal("ESCALATION_SKIPPED", eva.Forbidden(Open(2)).Type);
        eva.Do(Open(1));
    }

    [Fact]
    public void The_higher_tables_are_a_proposal_that_a_region_must_have_taken_over()
    {
        var eva = Passing.Opened(Passing.Eva.With("coord.escalationClosedLevel", "2"));

        Assert.Equal("ESCALATION_NOT_IN_REGION", eva.Forbidden(Open(3)).Type);
        eva.Do(Open(2));
    }

    [Fact]
    public void A_client_who_knocks_himself_first_uses_the_regular_ways()
    {
        var eva = Passing.Opened(InARegionWithTables);

        var refused = eva.Forbidden(Open(1, "client"));
        eva.Do(at => ACase.Fact(at, "coord.regularOptionsExhausted", Value.Of(true)));
        eva.Settle().Do(Open(1, "client"));

        Assert.Equal("EVENT_STOPPED", refused.Type);
        Assert.Contains("VWS-60", refused.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_told_at_once()
    {
        var eva = Passing.Opened(InARegionWithTables);

        var refused = Assert.IsType<CaseError.Invalid>(eva.Refuses(at => new CaseCommand.OpenEscalation(5, "buur", "niemand", eva.Day.AddDays(1)) { At = at }));

        Assert.Equal(["by", "on", "level", "opener"], refused.Faults.Select(fault => fault.Field));
        Assert.Equal("ESCALATION_NOT_OPEN", eva.Forbidden(Close(solved: true)).Type);
    }

    private static Func<Moment, CaseCommand> Open(int level, string opener = "provider") => at => new CaseCommand.OpenEscalation(level, opener, "ggz-a") { At = at };

    private static Func<Moment, CaseCommand> Close(bool solved) => at => new CaseCommand.CloseEscalation(solved, "ggz-a") { At = at };
}
