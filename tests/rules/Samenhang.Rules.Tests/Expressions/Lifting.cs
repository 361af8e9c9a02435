namespace Samenhang.Rules.Tests.Expressions;

/// <summary>An atom that reads a fact of a lower level than its scope is true if it is true for some item.</summary>
public sealed class Lifting
{
    private static readonly Case ThreeNeeds = Given.Case("""
        "needs": [
          { "id": "n1", "kind": "psych-treatment", "facts": { "health.dsmDisorder": "confirmed", "health.classification": "disorder" } },
          { "id": "n2", "kind": "housing", "facts": { "health.dsmDisorder": "none" } },
          { "id": "n3", "kind": "income" } ],
        "provisions": [
          { "id": "p1", "scheme": "sggz", "domain": "zvw", "status": "running", "needIds": ["n1"], "facts": { "referral.by": "huisarts" } },
          { "id": "p2", "scheme": "gbggz", "domain": "zvw", "status": "refused", "needIds": ["n1", "n2"], "facts": { "referral.by": "self", "referral.toLevel": "gbggz" } },
          { "id": "p3", "scheme": "gp-care", "domain": "zvw", "status": "running", "needIds": [] } ]
        """);

    [Theory]
    [InlineData("health.dsmDisorder = confirmed", Truth.True, "true for one need")]
    [InlineData("health.dsmDisorder = suspected", Truth.Unknown, "n3 may be suspected")]
    [InlineData("known(health.dsmDisorder)", Truth.True, "known for one")]
    [InlineData("unknown(health.dsmDisorder)", Truth.True, "unknown for one")]
    [InlineData("health.dsmDisorder != confirmed", Truth.True, "n2 differs, and n3 is not known to be")]
    [InlineData("not (health.dsmDisorder = confirmed)", Truth.False, "not stands outside the atom")]
    [InlineData("health.classification = disorder and health.dsmDisorder = none", Truth.True, "each atom by itself: not the same need")]
    [InlineData("some(n: health.classification@n = disorder and health.dsmDisorder@n = none)", Truth.Unknown, "the same need: n2 and n3 are open")]
    [InlineData("referral.by = self and referral.toLevel = gbggz", Truth.True, "provisions")]
    public void Over_the_case(string condition, Truth truth, string why) => Assert.True(truth == Given.Truth(condition, ThreeNeeds), why);

    [Theory]
    [InlineData("referral.by = self", "n1", Truth.True)]
    [InlineData("referral.by = huisarts", "n2", Truth.False)]
    [InlineData("referral.by = huisarts", "n3", Truth.False)]
    [InlineData("known(referral.by)", "n3", Truth.False)]
    [InlineData("unknown(referral.by)", "n3", Truth.False)]
    [InlineData("referral.by != huisarts", "n3", Truth.False)]
    [InlineData("health.dsmDisorder = none", "n2", Truth.True)]
    [InlineData("health.dsmDisorder = none", "n3", Truth.Unknown)]
    public void Over_the_provisions_of_a_need_and_none_is_false(string condition, string need, Truth truth) =>
        Assert.Equal(truth, Given.Truth(condition, ThreeNeeds, need));

    [Theory]
    [InlineData("health.dsmDisorder = confirmed", "p2", Truth.True)]
    [InlineData("need(p).kind = housing", "p2", Truth.True)]
    [InlineData("need(p).kind = psych-treatment and need(p).kind = housing", "p2", Truth.True)]
    [InlineData("need(p).kind = housing and health.dsmDisorder = none", "p1", Truth.False)]
    [InlineData("need(p).kind = housing", "p3", Truth.False)]
    [InlineData("health.dsmDisorder = confirmed", "p3", Truth.False)]
    [InlineData("p.needId = n1", "p2", Truth.True)]
    [InlineData("p.needId = n3", "p2", Truth.False)]
    public void Over_the_needs_of_a_provision(string condition, string provision, Truth truth) =>
        Assert.Equal(truth, Given.Truth(condition, ThreeNeeds, provision));

    [Fact]
    public void A_provision_without_needs_is_read_by_its_own_value()
    {
        var loose = Given.Case(""" "provisions": [ { "id": "p1", "scheme": "sggz", "domain": "zvw", "status": "running", "needIds": [], "facts": { "health.dsmDisorder": "confirmed" } } ] """);
        Assert.Equal(Truth.True, Given.Truth("health.dsmDisorder = confirmed", loose, "p1"));
    }

    [Fact]
    public void A_fact_is_looked_up_on_the_provision_then_its_need_then_the_client()
    {
        var layered = Given.Case("""
            "facts": { "health.dsmDisorder": "none" },
            "needs": [ { "id": "n1", "kind": "psych-treatment", "facts": { "health.dsmDisorder": "suspected" } }, { "id": "n2", "kind": "housing" } ],
            "provisions": [ { "id": "p1", "scheme": "sggz", "domain": "zvw", "status": "running", "needIds": ["n1"], "facts": { "health.dsmDisorder": "confirmed" } },
                            { "id": "p2", "scheme": "sggz", "domain": "zvw", "status": "running", "needIds": ["n1"] } ]
            """);
        Assert.Equal(Truth.True, Given.Truth("health.dsmDisorder = confirmed", layered, "p1"));
        Assert.Equal(Truth.True, Given.Truth("health.dsmDisorder = suspected", layered, "p2"));
        Assert.Equal(Truth.True, Given.Truth("health.dsmDisorder = none", layered, "n2"));
    }

    [Fact]
    public void Without_items_a_value_at_case_level_is_read_and_without_that_it_is_false()
    {
        Assert.Equal(Truth.True, Given.Truth("referral.by = self", Given.Case(""" "facts": { "referral.by": "self" } """)));
        Assert.Equal(Truth.False, Given.Truth("referral.by = self", Given.Case("")));
        Assert.Equal(Truth.True, Given.Truth("health.burnOutCriteriaMet", Given.Case("""
            "facts": { "health.overspanningCriteriaMet": true, "health.complaintsSince": "2016-01-01", "health.fatigueForemost": true }
            """)));
    }

    [Theory]
    [InlineData("referral.by = self", Truth.Unknown)]
    [InlineData("referral.by = huisarts", Truth.True)]
    [InlineData("some(p: p.status = refused)", Truth.Unknown)]
    [InlineData("none(p: p.status = refused)", Truth.Unknown)]
    [InlineData("none(p: p.status = running)", Truth.False)]
    [InlineData("count(p: active(p)) >= 1", Truth.True)]
    [InlineData("count(p: active(p)) <= 1", Truth.Unknown)]
    [InlineData("known(latestEnd('sggz'))", Truth.False)]
    public void A_list_that_may_miss_items_may_hold_the_one(string condition, Truth truth) => Assert.Equal(truth, Given.Truth(condition, Given.Case("""
        "open": ["provisions"], "provisions": [ { "id": "p1", "scheme": "sggz", "domain": "zvw", "status": "running", "to": "2016-09-01", "facts": { "referral.by": "huisarts" } } ]
        """)));

    [Fact]
    public void A_lifted_atom_that_is_known_misses_nothing() =>
        Assert.Equal(["benefit.type"], Given.Missing("health.dsmDisorder = confirmed and benefit.type = WW", ThreeNeeds));

    [Fact]
    public void A_party_fact_of_a_provision_is_that_of_its_provider()
    {
        var care = Given.Case("""
            "parties": [ { "id": "a1", "role": "regiebehandelaar", "facts": { "party.inTraining": true } }, { "id": "a2", "role": "huisarts" } ],
            "provisions": [ { "id": "p1", "scheme": "sggz", "domain": "zvw", "status": "running", "providerId": "a1" }, { "id": "p2", "scheme": "gp-care", "domain": "zvw", "status": "running", "providerId": "a2" } ]
            """);
        Assert.Equal(Truth.True, Given.Truth("party.inTraining", care, "p1"));
        Assert.Equal(Truth.Unknown, Given.Truth("party.inTraining", care, "p2"));
    }
}
