using Samenhang.Casemanager.Domain.Reports;

namespace Samenhang.Casemanager.Domain.Tests.Reports;

/// <summary>No person can be found in a report, not by its numbers and not by reckoning with them.</summary>
public class SmallNumbers
{
    private const int Threshold = 10;

    [Fact]
    public void No_number_is_under_the_threshold_and_none_that_is_follows_from_the_others() => Properties.HoldForAnySeed(seed =>
    {
        var counted = Random(seed);

        var lines = SmallCounts.Of(SteeringMeasure.BlindSpot, counted, Threshold).ToList();

        Assert.All(lines, line => Assert.True(line.Cases is null or 0 or >= Threshold, $"{line}"));
        foreach (var hidden in Sums(counted).Where(sum => sum.Cases < Threshold))
        {
            Assert.False(Follows(hidden.Members, Told(lines, counted), counted.Count), $"{hidden.Cases} cases follow from the report");
        }
    });

    [Fact]
    public void The_lines_of_a_level_add_up_to_the_line_above() => Properties.HoldForAnySeed(seed =>
    {
        var counted = Random(seed);

        var lines = SmallCounts.Of(SteeringMeasure.BlindSpot, counted, Threshold).ToList();

        var total = lines[0];
        Assert.Equal((GroupKind.All, GroupKind.All), (total.Region.Kind, total.Organisation.Kind));
        if (total.Cases is null)
        {
            Assert.Single(lines);
            return;
        }

        Assert.Equal(counted.Sum(group => group.Cases), total.Cases);
        var regions = lines.Skip(1).Where(line => line.Organisation.Kind == GroupKind.All).ToList();
        Assert.Equal(total.Cases, regions.Sum(line => line.Cases));
        Assert.All(regions.Where(line => line.Region.Kind != GroupKind.Others), region =>
            Assert.Equal(region.Cases, lines.Where(line => line.Region == region.Region && line.Organisation.Kind != GroupKind.All).Sum(line => line.Cases)));
    });

    [Fact]
    public void One_small_organisation_takes_the_next_smallest_with_it()
    {
        CountedGroup[] counted = [new("gm1", "Aan de Dijk", 4, []), new("gm1", "De Brug", 11, []), new("gm1", "Het Huis", 30, [])];

        var lines = SmallCounts.Of(SteeringMeasure.BlindSpot, counted, Threshold);

        Assert.Equal(
            ["All/All 45", "gm1/All 45", "gm1/Het Huis 30", "gm1/Others 15"],
            lines.Select(line => $"{line.Region.Name ?? $"{line.Region.Kind}"}/{line.Organisation.Name ?? $"{line.Organisation.Kind}"} {line.Cases}"));
    }

    [Fact]
    public void Of_too_few_only_that_there_are_some_is_told()
    {
        Assert.Null(Assert.Single(SmallCounts.Of(SteeringMeasure.Waiting, [new("gm1", "De Brug", 9, [120])], Threshold)).Cases);
        Assert.Equal(0, Assert.Single(SmallCounts.Of(SteeringMeasure.Waiting, [], Threshold)).Cases);
    }

    [Fact]
    public void Half_of_them_waits_for_so_long_and_of_a_few_it_is_not_told()
    {
        CountedGroup Waiting(int known) => new("gm1", "De Brug", 12, [.. Enumerable.Range(100, known)]);

        Assert.All(SmallCounts.Of(SteeringMeasure.Waiting, [Waiting(11)], Threshold), line => Assert.Equal(105, line.MedianWaitingDays));
        Assert.All(SmallCounts.Of(SteeringMeasure.Waiting, [Waiting(9)], Threshold), line => Assert.Null(line.MedianWaitingDays));
    }

    [Fact]
    public void As_a_file_a_name_is_no_formula_and_breaks_no_line()
    {
        var report = new SteeringReport
        {
            Period = ReportPeriod.OfQuarter(2024, 1), CountedTo = new DateOnly(2024, 3, 31), SmallestCount = Threshold, StalledDays = 42,
            Lines =
            [
                new(SteeringMeasure.Waiting, ReportGroup.Of("gm1"), ReportGroup.Of("=\"De\" Brug,\nnoord"), 12, 120),
                new(SteeringMeasure.StalledPlan, ReportGroup.All, ReportGroup.All, null, null),
            ],
        };

        Assert.Equal(
            [
                SteeringCsv.Header,
                "2024-01-01,2024-03-31,2024-03-31,waiting,named,\"gm1\",named,\"'=\"\"De\"\" Brug, noord\",12,120",
                "2024-01-01,2024-03-31,2024-03-31,stalled-plan,all,,all,,<10,",
                "",
            ],
            SteeringCsv.Of(report).Split("\r\n"));
    }

    /// <summary>At most three regions with at most four organisations, most of them small.</summary>
    private static List<CountedGroup> Random(int seed)
    {
#pragma warning disable CA5394 // No secret: a test wants the same numbers for the same seed.
        var random = new Random(seed);
        string?[] regions = ["gm1", "gm2", null];
        string?[] organisations = ["De Brug", "Het Huis", "Huisarts", null];
        return [.. from region in regions from organisation in organisations where random.Next(3) > 0 select new CountedGroup(region, organisation, random.Next(1, random.Next(2) == 0 ? 6 : 30), [])];
#pragma warning restore CA5394
    }

    /// <summary>Everything that somebody may want to know: each organisation in a region, and each region.</summary>
    private static IEnumerable<(int[] Members, int Cases)> Sums(List<CountedGroup> counted) =>
        counted.Select((group, i) => (new[] { i }, group.Cases))
            .Concat(counted.Select((group, i) => (group, i)).GroupBy(one => one.group.Region).Select(region => (region.Select(one => one.i).ToArray(), region.Sum(one => one.group.Cases))));

    /// <summary>Which organisations each line adds up. A reader knows who is who: "others" are those without a line.</summary>
    private static List<int[]> Told(List<ReportLine> lines, List<CountedGroup> counted)
    {
        var regions = lines.Where(line => line.Organisation.Kind == GroupKind.All).Select(line => line.Region).ToHashSet();
        return [.. lines.Where(line => line.Cases is not null).Select(line => counted.Select((group, i) => (group, i)).Where(one =>
        {
            var (region, organisation) = (ReportGroup.Of(one.group.Region), ReportGroup.Of(one.group.Organisation));
            var named = lines.Any(other => other.Region == line.Region && other.Organisation == organisation);
            return (line.Region.Kind == GroupKind.All || line.Region == region || (line.Region.Kind == GroupKind.Others && !regions.Contains(region)))
                && (line.Organisation.Kind == GroupKind.All || line.Organisation == organisation || (line.Organisation.Kind == GroupKind.Others && !named));
        }).Select(one => one.i).ToArray())];
    }

    /// <summary>Whether a sum is a linear combination of the sums that were told, by elimination.</summary>
    private static bool Follows(int[] wanted, List<int[]> told, int size)
    {
        double[] Row(int[] members) => [.. Enumerable.Range(0, size).Select(i => members.Contains(i) ? 1.0 : 0.0)];
        var rows = told.ConvertAll(Row);
        var target = Row(wanted);
        for (var column = 0; column < size; column++)
        {
            if (rows.Find(row => Math.Abs(row[column]) > 1e-9) is not { } pivot)
            {
                continue;
            }

            rows.Remove(pivot);
            foreach (var row in rows.Append(target))
            {
                var factor = row[column] / pivot[column];
                for (var i = 0; i < size; i++)
                {
                    row[i] -= factor * pivot[i];
                }
            }
        }

        return target.All(value => Math.Abs(value) < 1e-9);
    }
}
