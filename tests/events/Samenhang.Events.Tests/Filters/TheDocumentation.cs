using System.Text;
using System.Text.RegularExpressions;
using Samenhang.Events.Filters;

namespace Samenhang.Events.Tests.Filters;

/// <summary>What docs/events.md shows is what the code takes.</summary>
public sealed partial class TheDocumentation
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "events.md"));

    [Fact]
    public void Shows_filters_of_every_dialect_that_are_taken_as_they_stand()
    {
        var examples = Examples().Matches(Text).Select(match => match.Groups["json"].Value).ToList();
        Assert.All(examples, example => Assert.Empty(EventFilterSet.Parse(example).Faults));
        Assert.All((string[])["exact", "prefix", "suffix", "all", "any", "not", "sql"], dialect => Assert.Contains(examples, example => example.Contains($"\"{dialect}\":", StringComparison.Ordinal)));
    }

    [Fact]
    public void Shows_an_event_that_may_be_sent_and_that_the_filters_which_name_it_pass()
    {
        var @event = CloudEventJson.Read(Encoding.UTF8.GetBytes(Event().Match(Text).Groups["json"].Value)).Value!;
        Assert.Empty(NlGovProfile.Default.Check(@event));
        Assert.All(Examples().Matches(Text), example => Assert.True(EventFilterSet.Parse(example.Groups["json"].Value).Value!.Matches(@event)));
    }

    [Fact]
    public void Names_the_limits_that_hold()
    {
        var limits = EventFilterLimits.Default;
        Assert.Equal((256, 8, 32, 2048, 4096), (limits.Filters, limits.Depth, limits.Attributes, limits.ValueLength, Events.Cesql.CesqlExpression.LongestText));
        Assert.Contains("256 filters, 8 deep, 32 attributes each", Text, StringComparison.Ordinal);
        Assert.Contains("values of 2,048 characters and expressions of 4,096", Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("```json filters\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();

    [GeneratedRegex("```json\n(?<json>\\{.*?)```", RegexOptions.Singleline)]
    private static partial Regex Event();
}
