namespace Samenhang.Rules.Tests.Expressions;

public sealed class QuantifiersAndCounts
{
    /// <summary>Two running provisions of one scheme, of which one has no known referrer, and one refused.</summary>
    private static readonly Case Care = Given.Case("""
        "needs": [ { "id": "n1", "kind": "psych-treatment", "facts": { "health.dsmDisorder": "confirmed" } }, { "id": "n2", "kind": "housing" } ],
        "parties": [ { "id": "a1", "role": "huisarts", "organisation": "west" }, { "id": "a2", "role": "poh-ggz", "organisation": "west" }, { "id": "a3", "role": "regiebehandelaar" } ],
        "provisions": [
          { "id": "p1", "scheme": "sggz", "domain": "zvw", "status": "running", "needIds": ["n1"], "facts": { "referral.by": "huisarts" } },
          { "id": "p2", "scheme": "sggz", "domain": "zvw", "status": "running", "needIds": ["n2"] },
          { "id": "p3", "scheme": "wmo-begeleiding", "domain": "gemeente", "status": "refused", "needIds": ["n2"], "facts": { "referral.by": "self" } } ]
        """);

    [Theory]
    [InlineData("some(p: p.status = running)", Truth.True)]
    [InlineData("some(p: p.status = granted)", Truth.False)]
    [InlineData("none(p: p.status = granted)", Truth.True)]
    [InlineData("some(p: referral.by@p = huisarts)", Truth.True)]
    [InlineData("some(p: referral.by@p = bedrijfsarts)", Truth.Unknown)]
    [InlineData("none(p: referral.by@p = bedrijfsarts)", Truth.Unknown)]
    [InlineData("some(p: p.status = refused and referral.by@p = bedrijfsarts)", Truth.False)]
    [InlineData("some(p, q: p.scheme = q.scheme)", Truth.True)]
    [InlineData("some(p, q: p.scheme = wmo-begeleiding and q.scheme = wmo-begeleiding)", Truth.False)]
    [InlineData("some(p, q, r: p.scheme = sggz and q.scheme = sggz and r.scheme = sggz)", Truth.False)]
    [InlineData("some(n: n.kind = housing and some(p: p.needId = n.id and p.status = refused))", Truth.True)]
    [InlineData("some(p, q: p.needId = q.needId)", Truth.True)]
    [InlineData("some(e: e.type = crisis)", Truth.False)]
    [InlineData("some(p, q: p.status = running and q.status = refused and referral.by@q = self)", Truth.True)]
    [InlineData("some(p, q: q.status = refused and p.status = running and referral.by@p = bedrijfsarts)", Truth.Unknown)]
    [InlineData("some(p, q: p.status = refused and q.status = refused)", Truth.False)]
    [InlineData("none(p, q: p.status in {granted, claimed} and referral.by@q = bedrijfsarts)", Truth.True)]
    [InlineData("some(p, q: p.status != running and q.scheme = sggz and p.needId = q.needId)", Truth.True)]
    public void Look_at_each_item(string condition, Truth truth) => Assert.Equal(truth, Given.Truth(condition, Care));

    [Theory]
    [InlineData("count(p: p.status = running) = 2", Truth.True)]
    [InlineData("count(p: referral.by@p = huisarts) >= 1", Truth.True)]
    [InlineData("count(p: referral.by@p = huisarts) >= 2", Truth.Unknown)]
    [InlineData("count(p: referral.by@p = huisarts) >= 3", Truth.False)]
    [InlineData("count(p: referral.by@p = huisarts) < 3", Truth.True)]
    [InlineData("count(p: referral.by@p = huisarts) = 1", Truth.Unknown)]
    [InlineData("count(p: referral.by@p = huisarts) = 3", Truth.False)]
    [InlineData("count(p: referral.by@p = huisarts) != 3", Truth.True)]
    [InlineData("2 <= count(p: p.status = running)", Truth.True)]
    [InlineData("3 > count(p: referral.by@p = huisarts)", Truth.True)]
    [InlineData("2 > count(p: referral.by@p = huisarts)", Truth.Unknown)]
    [InlineData("count(p: p.status = running) > work.sickWeek", Truth.Unknown)]
    [InlineData("count(distinct p.scheme over p: p.id != none) = 2", Truth.True)]
    [InlineData("count(distinct referral.by@p over p: p.id != none) >= 2", Truth.True)]
    [InlineData("count(distinct referral.by@p over p: p.id != none) = 3", Truth.Unknown)]
    [InlineData("count(distinct a.organisation over a: known(a.organisation)) = 1", Truth.True)]
    public void Count_between_bounds(string condition, Truth truth) => Assert.Equal(truth, Given.Truth(condition, Care));

    [Fact]
    public void A_count_misses_the_facts_of_the_items_that_may_count() =>
        Assert.Equal(["referral.by@p2"], Given.Missing("count(p: referral.by@p = huisarts) >= 2", Care));

    [Fact]
    public void What_is_false_for_one_variable_misses_no_facts_of_the_others() =>
        Assert.Equal(["referral.by@p2"], Given.Missing("some(p, q: p.status = refused and q.status = running and referral.by@q = bedrijfsarts)", Care));
}
