using System.Globalization;
using Samenhang.Events.Filters;

namespace Samenhang.Events.Tests.Filters;

/// <summary>The dialects of the Subscriptions API, as a subscriber writes them.</summary>
public sealed class TheDialects
{
    private static readonly CloudEvent Event = new()
    {
        Id = "01",
        Source = "urn:nld:oin:00000099000000001000:systeem:zvw",
        Type = "nl.samenhang.plan.vastgesteld.v1",
        Subject = "plan-7",
        Time = DateTimeOffset.Parse("2026-01-31T08:00:00+01:00", CultureInfo.InvariantCulture),
        Extensions = EventExtensions.Of(("aantal", AttributeValue.Of(3)), ("spoed", AttributeValue.Of(true)), ("soort", AttributeValue.Of("vast"))),
    };

    [Theory]
    [InlineData("""[{"exact":{"type":"nl.samenhang.plan.vastgesteld.v1"}}]""", true)]
    [InlineData("""[{"exact":{"type":"nl.samenhang.plan.vastgesteld.V1"}}]""", false)]
    [InlineData("""[{"exact":{"type":"nl.samenhang.plan.vastgesteld.v1","subject":"plan-7"}}]""", true)]
    [InlineData("""[{"exact":{"type":"nl.samenhang.plan.vastgesteld.v1","subject":"plan-8"}}]""", false)]
    [InlineData("""[{"exact":{"afwezig":"x"}}]""", false)]
    [InlineData("""[{"exact":{"aantal":"3","spoed":"true"}}]""", true)]
    [InlineData("""[{"exact":{"time":"2026-01-31T08:00:00+01:00","specversion":"1.0"}}]""", true)]
    [InlineData("""[{"prefix":{"type":"nl.samenhang."}}]""", true)]
    [InlineData("""[{"prefix":{"type":"nl.samenhang.","subject":"case-"}}]""", false)]
    [InlineData("""[{"prefix":{"afwezig":"x"}}]""", false)]
    [InlineData("""[{"prefix":{"soort":"VAST"}}]""", false)]
    [InlineData("""[{"suffix":{"type":".v1","subject":"7"}}]""", true)]
    [InlineData("""[{"suffix":{"type":".v2"}}]""", false)]
    [InlineData("""[{"suffix":{"afwezig":"x"}}]""", false)]
    [InlineData("""[{"all":[{"prefix":{"type":"nl."}},{"suffix":{"type":".v1"}}]}]""", true)]
    [InlineData("""[{"all":[{"prefix":{"type":"nl."}},{"suffix":{"type":".v2"}}]}]""", false)]
    [InlineData("""[{"any":[{"prefix":{"type":"be."}},{"suffix":{"type":".v1"}}]}]""", true)]
    [InlineData("""[{"any":[{"prefix":{"type":"be."}},{"suffix":{"type":".v2"}}]}]""", false)]
    [InlineData("""[{"not":{"prefix":{"type":"be."}}}]""", true)]
    [InlineData("""[{"not":{"not":{"prefix":{"type":"be."}}}}]""", false)]
    [InlineData("""[{"sql":"aantal > 2 AND type LIKE '%.v1'"}]""", true)]
    [InlineData("""[{"sql":"aantal"}]""", false)]
    [InlineData("""[{"sql":"afwezig = 'x'"}]""", false)]
    [InlineData("""[{"sql":"NOT EXISTS afwezig"}]""", true)]
    [InlineData("""[{"sql":"1 / 0 = 0"}]""", false)]
    [InlineData("""[{"not":{"sql":"afwezig = 'x'"}}]""", true)]
    [InlineData("""[{"exact":{"soort":"vast"}},{"exact":{"subject":"plan-8"}}]""", false)]
    [InlineData("""[{"exact":{"soort":"vast"}},{"exact":{"subject":"plan-7"}}]""", true)]
    [InlineData("[]", true)]
    [InlineData("null", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    public void Pass_what_was_asked(string? filters, bool passes)
    {
        var parsed = EventFilterSet.Parse(filters);
        Assert.True(parsed.Succeeded, string.Join("; ", parsed.Faults));
        Assert.Equal(passes, parsed.Value.Matches(Event));

        // What is written again is what was read.
        var again = EventFilterSet.Parse(parsed.Value.ToJson());
        Assert.Equal(parsed.Value, again.Value);
        Assert.Equal(passes, again.Value!.Matches(Event));
        Assert.Equal(string.IsNullOrEmpty(filters) || filters == "null" ? "[]" : filters, parsed.Value.ToJson());
    }

    [Fact]
    public void Are_refused_with_every_fault_and_its_path()
    {
        const string filters = """
            [
              {"regex": {"type": "x"}},
              {"exact": {"type": "", "subject": 3, "": "x", "Type": "x", "data": "x"}},
              {"exact": {}},
              {},
              {"prefix": {"type": "x"}, "suffix": {"type": "y"}},
              {"all": []},
              {"any": {"exact": {"type": "x"}}},
              {"all": [{"exact": {"id": "1"}}, {"any": [{"not": {"prefix": {"type": null}}}]}]},
              {"not": [{"exact": {"id": "1"}}]},
              {"sql": "type LIKE 5"},
              {"sql": "ONBEKEND(type) = 'x'"},
              {"sql": true},
              "exact",
              {"suffix": "type"}
            ]
            """;
        var parsed = EventFilterSet.Parse(filters);
        Assert.False(parsed.Succeeded);
        Assert.Equal(
            [
                "filters[0]", "filters[1].exact.type", "filters[1].exact.subject", "filters[1].exact", "filters[1].exact", "filters[1].exact", "filters[2].exact", "filters[3]", "filters[4]",
                "filters[5].all", "filters[6].any", "filters[7].all[1].any[0].not.prefix.type", "filters[8].not", "filters[9].sql", "filters[10].sql", "filters[11].sql", "filters[12]", "filters[13].suffix",
            ],
            parsed.Faults.Select(fault => fault.Field));
        Assert.All(parsed.Faults, fault => Assert.True(fault.DescriptionEn.Length > 5 && fault.DescriptionNl.Length > 5));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("3")]
    [InlineData("\"exact\"")]
    [InlineData("""{"exact":{"type":"x"}}""")]
    [InlineData("""[{"exact":{"type":"x","type":"y"}}]""")]
    [InlineData("""[{"exact":{"type":"x"},"exact":{"type":"y"}}]""")]
    [InlineData("""[{"exact":{"type":"\ud800"}}]""")]
    [InlineData("""[{"\ud800":{"type":"x"}}]""")]
    [InlineData("""[{"exact":{"\ud800":"x"}}]""")]
    [InlineData("""[{"sql":"\ud800"}]""")]
    [InlineData("""[{"exact":{"type":"x"}},]""")]
    public void Are_refused_when_they_are_no_list_of_filters(string filters) => Assert.NotEmpty(EventFilterSet.Parse(filters).Faults);

    [Fact]
    public void Have_a_limit_in_depth_number_and_length()
    {
        static string Nots(int depth) => "[" + string.Concat(Enumerable.Repeat("{\"not\":", depth)) + "{\"exact\":{\"id\":\"1\"}}" + new string('}', depth) + "]";
        static string List(int count) => "[" + string.Join(',', Enumerable.Repeat("{\"exact\":{\"id\":\"1\"}}", count)) + "]";
        static string Value(int length) => "[{\"exact\":{\"id\":\"" + new string('x', length) + "\"}}]";
        static string Attributes(int count) => "[{\"exact\":{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"a{i}\":\"x\"")) + "}}]";

        Assert.True(EventFilterSet.Parse(Nots(7)).Succeeded);
        Assert.Equal("filters[0].not.not.not.not.not.not.not.not", Assert.Single(EventFilterSet.Parse(Nots(8)).Faults).Field);
        Assert.NotEmpty(EventFilterSet.Parse(Nots(2000)).Faults);
        Assert.True(EventFilterSet.Parse(List(256)).Succeeded);
        Assert.Equal("filters[256]", Assert.Single(EventFilterSet.Parse(List(400)).Faults).Field);
        Assert.True(EventFilterSet.Parse(Value(2048)).Succeeded);
        Assert.Single(EventFilterSet.Parse(Value(2049)).Faults);
        Assert.True(EventFilterSet.Parse(Attributes(32)).Succeeded);
        Assert.Single(EventFilterSet.Parse(Attributes(33)).Faults);
        Assert.Single(EventFilterSet.Parse(new string(' ', 70_000) + "[]").Faults);
    }

    [Fact]
    public void Are_refused_when_a_name_stands_twice_also_in_JSON_that_was_parsed_leniently()
    {
        using var document = System.Text.Json.JsonDocument.Parse("""[{"exact":{"id":"1","id":"2"}},{"exact":{"id":"1"},"exact":{"id":"2"}}]""");
        Assert.Equal(["filters[0].exact.id", "filters[1]"], EventFilterSet.Parse(document.RootElement).Faults.Select(fault => fault.Field));
    }

    [Fact]
    public void Read_the_same_from_parsed_JSON()
    {
        using var document = System.Text.Json.JsonDocument.Parse("""{"filters":[{"exact":{"id":"01"}}]}""");
        Assert.True(EventFilterSet.Parse(document.RootElement.GetProperty("filters")).Value!.Matches(Event));
        Assert.Equal(EventFilterSet.Everything, EventFilterSet.Parse(default(System.Text.Json.JsonElement)).Value);
    }
}
