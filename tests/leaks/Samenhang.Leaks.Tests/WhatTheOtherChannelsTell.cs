using Samenhang.Leaks.Tests.Planted;

namespace Samenhang.Leaks.Tests;

/// <summary>Logs, traces and metrics go to who keeps the system running: they tell of nobody.</summary>
[Collection(OnePlantedSystem.Name)]
public sealed class WhatTheOtherChannelsTell(PlantedSystem system)
{
    [Fact]
    public void The_log_tells_nothing_that_was_planted()
    {
        Assert.NotEmpty(system.Log.Lines);
        Assert.Empty(system.Log.Lines.SelectMany(line => Told($"{line.Text} {line.Cause}").Select(what => $"{line.EventName}: {what}")).Distinct());
    }

    [Theory]
    [InlineData("trace")]
    [InlineData("metric")]
    public void No_name_or_tag_tells_anything_that_was_planted(string channel)
    {
        var heard = system.Heard.Heard.Where(one => one.Channel == channel).ToList();

        Assert.True(heard.Count > 50, $"{heard.Count} names and tags");
        Assert.Empty(heard.SelectMany(one => Told(one.Text).Select(what => $"{one.Text}: {what}")));
    }

    private IEnumerable<string> Told(string text) => system.Secrets.LeakedTo(null, Secrets.Words(text)).Concat(text.Contains(RichCase.Bsn, StringComparison.Ordinal) ? ["the BSN"] : []);
}
