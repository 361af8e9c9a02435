using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Households;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Households;

/// <summary>Members come and go; what is wrong is told all at once. The list of what flows is checked when it is read.</summary>
public class WhoBelongsToAHousehold
{
    private static readonly DateOnly Today = new(2016, 10, 1);
    private static readonly HouseholdFlows Flows = HouseholdFlows.Load(VocabularyLoader.DefaultFolder, SampleCases.Vocabulary);
    private static readonly HouseholdDecisions Decisions = new(SampleCases.Vocabulary, Flows);

    private HouseholdState household = HouseholdState.None;

    public WhoBelongsToAHousehold() => Happens(Decisions.Create(household, "h", "mother", Today, "casemanager", default));

    [Fact]
    public void Members_join_with_their_relations_and_leave()
    {
        Happens(Join("child", new HouseholdRelation("child", "m1")));
        Happens(Decisions.Leave(household, "m2", Today.AddDays(5), "casemanager", default));

        Assert.Equal([("m1", "mother", null), ("m2", "child", (DateOnly?)Today.AddDays(5))], household.Members.Select(member => (member.Id, member.CaseId, member.Until)));
        Assert.True(household.Find("m2")!.IsIn(Today.AddDays(4)));
        Assert.False(household.Find("m2")!.IsIn(Today.AddDays(5)));
    }

    [Fact]
    public void Who_left_can_come_back_under_a_new_name()
    {
        Happens(Join("child", new HouseholdRelation("child", "m1")));
        Happens(Decisions.Leave(household, "m2", Today, "casemanager", default));
        Happens(Join("child", new HouseholdRelation("child", "m1")));

        Assert.Equal("m3", household.Members[^1].Id);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var invalid = Assert.IsType<CaseError.Invalid>(Decisions.Join(household, "child", [new("chidl", "m1"), new("child", "m9")], Today, "nobody", default).Error);

        Assert.Equal(["by", "relations[0].relation", "relations[1].of_member_id"], invalid.Faults.Select(fault => fault.Field));
        Assert.Equal(["relations"], Assert.IsType<CaseError.Invalid>(Join("child").Error).Faults.Select(fault => fault.Field));
        Assert.Equal(["on"], Assert.IsType<CaseError.Invalid>(Decisions.Leave(household, "m1", Today.AddDays(-1), "casemanager", default).Error).Faults.Select(fault => fault.Field));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Equal("MEMBER_EXISTS", Forbidden(Join("mother", new HouseholdRelation("partner", "m1"))));
        Assert.IsType<CaseError.NoSuchItem>(Decisions.Leave(household, "m7", Today, "casemanager", default).Error);
        Assert.IsType<CaseError.NoSuchItem>(Decisions.Join(HouseholdState.None, "child", [new("child", "m1")], Today, "casemanager", default).Error);
        Happens(Decisions.Leave(household, "m1", Today, "casemanager", default));
        Assert.Equal("MEMBER_LEFT", Forbidden(Decisions.Leave(household, "m1", Today, "casemanager", default)));
    }

    [Theory]
    [InlineData("""{"to": "household.minorChildren", "from": "client.birthDat", "test": "count-younger-than", "years": 18, "category": "social", "why": "x"}""", "unknown fact client.birthDat")]
    [InlineData("""{"to": "household.minorChildren", "from": "client.age", "test": "count-younger-than", "years": 18, "category": "social", "why": "x"}""", "client.age is no date")]
    [InlineData("""{"to": "household.minorChildren", "from": "client.birthDate", "test": "count-younger-than", "category": "social", "why": "x"}""", "years belong to")]
    [InlineData("""{"to": "client.lvbSuspected", "from": "client.overloadedAsCarer", "test": "is-true", "category": "social", "why": "x"}""", "does not speak of the household")]
    [InlineData("""{"to": "informalCarer.overloaded", "from": "informalCarer.overloaded", "test": "is-true", "category": "social", "why": "x"}""", "comes over a link itself")]
    [InlineData("""{"to": "informalCarer.overloaded", "from": "client.overloadedAsCarer", "test": "is-true", "category": "socail", "why": "x"}""", "unknown category socail")]
    [InlineData("""{"to": "informalCarer.overloaded", "from": "client.overloadedAsCarer", "test": "is-true", "giverIs": "aunt", "category": "social", "why": "x"}""", "unknown relation aunt")]
    [InlineData("""{"to": "informalCarer.overloaded", "from": "client.overloadedAsCarer", "test": "is-true", "category": "social", "why": ""}""", "says no why")]
    [InlineData("""{"to": "informalCarer.overloaded", "from": "client.overloadedAsCarer", "test": "is-false", "category": "social", "why": "x"}""", "households.json(")]
    [InlineData("""{"to": "informalCarer.overloaded", "from": "client.overloadedAsCarer", "test": "is-true", "category": "social", "why": "x", "and": "all"}""", "households.json(")]
    public void A_list_that_is_wrong_is_not_read(string flow, string fault)
    {
        var refused = Assert.Throws<VocabularyException>(() => HouseholdFlows.Read($$"""{"relations": [], "flows": [{{flow}}]}""", SampleCases.Vocabulary));

        Assert.Contains(refused.Faults, told => told.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_relation_needs_one_that_points_back()
    {
        Assert.Throws<VocabularyException>(() => HouseholdFlows.Read("""{"relations": [{"id": "child", "inverse": "parent", "labelNl": "kind van"}], "flows": []}""", SampleCases.Vocabulary));
    }

    private static string Forbidden(HouseholdDecision decision) => Assert.IsType<CaseError.Forbidden>(decision.Error).Type;

    private HouseholdDecision Join(string caseId, params HouseholdRelation[] relations) => Decisions.Join(household, caseId, relations, Today, "casemanager", default);

    private void Happens(HouseholdDecision decision)
    {
        Assert.Null(decision.Error);
        household = decision.Changes.Aggregate(household, HouseholdState.Evolve);
    }
}
