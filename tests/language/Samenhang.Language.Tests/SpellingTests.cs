namespace Samenhang.Language.Tests;

/// <summary>The name that a writer probably meant.</summary>
public sealed class SpellingTests
{
    private static readonly string[] Known = ["work.sickListed", "work.status", "gp.canTreat", "running", "refused"];

    [Theory]
    [InlineData("work.sickListd", "work.sickListed")]
    [InlineData("Work.SickListed", "work.sickListed")]
    [InlineData("runing", "running")]
    [InlineData("runnign", "running")]
    [InlineData("sickListed", "work.sickListed")]
    [InlineData("canTreat", "gp.canTreat")]
    [InlineData("diagnosis", null)]
    [InlineData("", null)]
    public void A_near_name_is_suggested_and_a_far_one_is_not(string written, string? meant) =>
        Assert.Equal(meant, Spelling.Nearest(written, Known));

    [Fact]
    public void The_order_of_the_known_names_does_not_matter() =>
        Assert.Equal("B04", Assert.Single(new[] { Spelling.Nearest("B4", ["B04", "B14"]), Spelling.Nearest("B4", ["B14", "B04"]) }.Distinct()));

    [Fact]
    public void A_name_of_a_million_letters_costs_nothing() =>
        Assert.Null(Spelling.Nearest(new string('a', 1_000_000), [new string('a', 1_000_001)]));
}
