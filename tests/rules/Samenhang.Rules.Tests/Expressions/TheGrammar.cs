namespace Samenhang.Rules.Tests.Expressions;

/// <summary>How a text is cut and bound: @ and fields, unary minus, * /, + -, comparison, not, and, or.</summary>
public sealed class TheGrammar
{
    private static readonly Case Someone = Given.Case(""" "facts": { "work.sickListed": true, "client.birthDate": "1974-03-02", "benefit.type": "WW" } """);

    [Theory]
    [InlineData("1 + 2 * 3 = 7")]
    [InlineData("(1 + 2) * 3 = 9")]
    [InlineData("10 - 4 - 3 = 3")]
    [InlineData("12 / 3 / 2 = 2")]
    [InlineData("-2 + 3 = 1")]
    [InlineData("2 - -3 = 5")]
    [InlineData("1.5 * 2 = 3")]
    [InlineData("not 1 = 2")]
    [InlineData("not (true and false)")]
    [InlineData("not not true")]
    [InlineData("(1 = 1) = true")]
    [InlineData("benefit.type in {WW, ZW}")]
    [InlineData("benefit.type = 'WW'")]
    [InlineData("client.birthDate = 1974-03-02")]
    [InlineData("work.sickListed")]
    [InlineData("proven(benefit.type = ZW) = false")]
    public void Holds(string condition) => Assert.Equal(Truth.True, Given.Truth(condition, Someone));

    [Theory]
    [InlineData("true or true and false", "and binds stronger than or")]
    [InlineData("not false or true", "not binds stronger than or")]
    [InlineData("not (not false and true and false)", "not binds stronger than and")]
    public void Binds(string condition, string why) => Assert.True(Given.Truth(condition, Someone) == Truth.True, why);

    [Fact]
    public void A_hyphen_inside_a_word_belongs_to_the_word() =>
        Assert.Contains("client.age-1 is no fact", Given.FaultIn("client.age-1 > 3"), StringComparison.Ordinal);

    [Theory]
    [InlineData("1 < 2 < 3", "do not chain")]
    [InlineData("1 <", "expected a fact, a value or '('")]
    [InlineData("(1 = 1", "expected ')'")]
    [InlineData("benefit.type = 'WW", "not closed")]
    [InlineData("1 = 1 benefit.type", "expected the end")]
    [InlineData("1 ? 2", "has no meaning here")]
    [InlineData("work.firstSickDay", "compare it with something")]
    [InlineData("asOf", "is no condition")]
    [InlineData("work.sickListd", "did you mean work.sickListed?")]
    [InlineData("benefit.type = WWW", "did you mean WW?")]
    [InlineData("benefit.type > WW", "cannot be compared")]
    [InlineData("work.sickListed = 3", "cannot be compared")]
    [InlineData("par('wvp.uwvReportWek') = 1", "did you mean wvp.uwvReportWeek?")]
    [InlineData("knwon(benefit.type)", "did you mean known?")]
    [InlineData("some(p: p.stauts = running)", "did you mean status?")]
    [InlineData("some(p: p.scheme = gp-kare)", "did you mean gp-care?")]
    [InlineData("some(x: x.id = y)", "is no variable")]
    [InlineData("some(p: some(p: active(p)))", "already stands for something")]
    [InlineData("some(p, n: active(p))", "items of one list")]
    [InlineData("some(p: referral.by = huisarts)", "inside a quantifier write on which")]
    [InlineData("days(benefit.type, asOf) > 3", "a day is needed here")]
    [InlineData("event('crisis', after=benefit.type)", "a day is needed here")]
    [InlineData("event('crisis', by=asOf)", "event has no argument by=")]
    [InlineData("option('VWS-B99')", "not in the list of options")]
    [InlineData("some(p: kind(p) = provisoin)", "did you mean provision?")]
    [InlineData("count(distinct health.dsmDisorder@p over p: active(p)) > 1", "can have several values")]
    public void Is_refused(string condition, string because) => Assert.Contains(because, Given.FaultIn(condition), StringComparison.Ordinal);
}
