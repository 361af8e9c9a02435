namespace Samenhang.Rules.Tests.Expressions;

/// <summary>Kleene's logic: unknown is never false.</summary>
public sealed class WhatIsUnknown
{
    private static readonly Case Nobody = Given.Case("");

    [Theory]
    [InlineData("work.sickListed", Truth.Unknown)]
    [InlineData("not work.sickListed", Truth.Unknown)]
    [InlineData("work.sickListed and false", Truth.False)]
    [InlineData("work.sickListed and true", Truth.Unknown)]
    [InlineData("work.sickListed or true", Truth.True)]
    [InlineData("work.sickListed or false", Truth.Unknown)]
    [InlineData("benefit.type = WW", Truth.Unknown)]
    [InlineData("not (benefit.type = WW)", Truth.Unknown)]
    [InlineData("benefit.type != WW", Truth.True)]
    [InlineData("benefit.type in {WW}", Truth.Unknown)]
    [InlineData("work.adviceClass contains work-adaptation", Truth.Unknown)]
    [InlineData("isEmpty(work.adviceClass)", Truth.Unknown)]
    [InlineData("nonEmpty(work.adviceClass)", Truth.Unknown)]
    [InlineData("known(benefit.type)", Truth.False)]
    [InlineData("unknown(benefit.type)", Truth.True)]
    [InlineData("proven(work.sickListed)", Truth.False)]
    [InlineData("work.sickWeek + 1 > 3", Truth.Unknown)]
    [InlineData("1 / 0 > 3", Truth.Unknown)]
    [InlineData("coalesce(benefit.type, WW) = WW", Truth.True)]
    [InlineData("between(work.sickWeek, 1, 5)", Truth.Unknown)]
    public void In_an_empty_case(string condition, Truth truth) => Assert.Equal(truth, Given.Truth(condition, Nobody));

    [Theory]
    [InlineData("isEmpty(work.adviceClass)", Truth.True)]
    [InlineData("nonEmpty(work.adviceClass)", Truth.False)]
    [InlineData("size(work.adviceClass) = 0", Truth.True)]
    [InlineData("work.adviceClass contains work-adaptation", Truth.False)]
    [InlineData("work.adviceClass subsetOf {work-adaptation}", Truth.True)]
    [InlineData("benefit.type = none", Truth.True)]
    [InlineData("known(benefit.type)", Truth.True)]
    public void The_empty_set_and_none_are_known(string condition, Truth truth) =>
        Assert.Equal(truth, Given.Truth(condition, Given.Case(""" "facts": { "work.adviceClass": [], "benefit.type": "none" } """)));

    [Fact]
    public void A_null_is_unknown() =>
        Assert.Equal(Truth.Unknown, Given.Truth("benefit.type = WW", Given.Case(""" "facts": { "benefit.type": null } """)));

    [Theory]
    [InlineData("work.adviceClass intersects {work-adaptation, organisation-measure}", Truth.True)]
    [InlineData("work.adviceClass contains {work-adaptation, organisation-measure}", Truth.False)]
    [InlineData("work.adviceClass subsetOf {work-adaptation, organisation-measure}", Truth.True)]
    [InlineData("size(work.adviceClass) = 1", Truth.True)]
    public void Sets_are_compared(string condition, Truth truth) =>
        Assert.Equal(truth, Given.Truth(condition, Given.Case(""" "facts": { "work.adviceClass": ["work-adaptation"] } """)));

    [Fact]
    public void A_number_beyond_reckoning_is_unknown_and_no_crash() =>
        Assert.Equal(Truth.Unknown, Given.Truth("work.sickWeek * 79228162514264337593543950335 > 3", Given.Case(""" "facts": { "work.firstSickDay": "2016-04-04" } """)));

    [Fact]
    public void A_day_beyond_the_calendar_is_its_last_day() =>
        Assert.Equal(Truth.True, Given.Truth("addMonths(9999-12-31, 12) = 9999-12-31 and addMonths(0001-01-01, -12) = 0001-01-01", Nobody));

    [Fact]
    public void A_field_of_evidence_of_another_kind_is_unknown_and_no_crash()
    {
        var letter = Given.Case(""" "evidence": [ { "type": "referral-letter", "date": "2016-09-01", "fields": { "pages": "two" } } ] """);
        Assert.Equal(Truth.Unknown, Given.Truth("some(d: d.pages > 1)", letter));
        Assert.Equal(Truth.Unknown, Given.Truth("some(d: d.pages + 1 > 1)", letter));
    }

    [Theory]
    [InlineData("work.sickListed = true and benefit.type = WW", "work.sickListed,benefit.type")]
    [InlineData("work.sickListed = true or benefit.type = WW", "work.sickListed,benefit.type")]
    [InlineData("(work.sickListed = true and false) or benefit.type = WW", "benefit.type")]
    [InlineData("work.sickListed = true or true", "")]
    [InlineData("benefit.type != WW", "")]
    public void Only_facts_that_keep_it_open_are_missing(string condition, string missing) =>
        Assert.Equal(missing, string.Join(',', Given.Missing(condition, Nobody)));
}
