using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Households;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Households;

/// <summary>A closed list flows from case to case, with the consent of who gives, and is taken back when the link or the consent ends.</summary>
public class WhatAHouseholdTells
{
    private const string Overloaded = "informalCarer.overloaded";
    private const string Children = "household.minorChildren";

    private static readonly DateOnly Today = new(2016, 10, 1);
    private static readonly HouseholdFlows Flows = HouseholdFlows.Load(VocabularyLoader.DefaultFolder, SampleCases.Vocabulary);

    private readonly ACase simon = ACase.Opened(SampleCases.Simon).Settle();
    private readonly ACase carer = Somebody("carer", ("client.overloadedAsCarer", "true"));
    private readonly ACase child = Somebody("child", ("client.birthDate", "2010-05-05"));

    [Fact]
    public void Who_is_cared_for_hears_that_the_carer_is_overloaded()
    {
        Consent(carer);

        Assert.Equal([KeyValuePair.Create(Overloaded, Value.Of(true))], Told());
    }

    [Fact]
    public void Nothing_flows_without_consent()
    {
        Assert.Empty(Told());
    }

    [Theory]
    [InlineData("client", "gemeente", "social", null, null)]
    [InlineData("client", "household", "medical", null, null)]
    [InlineData("employer", "household", "social", null, null)]
    [InlineData("client", "household", "social", "2016-10-02", null)]
    [InlineData("client", "household", "social", null, "2016-09-30")]
    public void A_consent_to_another_of_another_for_other_data_or_days_is_none(string from, string to, string category, string? first, string? last)
    {
        Consent(carer, new Consent(from, to, [category], first is null ? null : SampleCases.Day(first), last is null ? null : SampleCases.Day(last), null));

        Assert.Empty(Told());
    }

    [Fact]
    public void A_consent_opens_one_direction()
    {
        Consent(carer);

        Assert.Empty(Told("carer", Relations("informal-carer")));
    }

    [Fact]
    public void Only_who_is_cared_for_hears_of_the_carer_whichever_side_said_so()
    {
        Consent(carer);

        Assert.Empty(Told(relations: Relations("partner")));
        Assert.Empty(Told(relations: Relations("cared-for")));
        var saidByTheOther = new HouseholdChange[]
        {
            new HouseholdCreated("h", "casemanager", default),
            new MemberJoined("m1", "carer", [], Today, "casemanager", default),
            new MemberJoined("m2", "simon", [new("cared-for", "m1")], Today, "casemanager", default),
        }.Aggregate(HouseholdState.None, HouseholdState.Evolve);
        Assert.Single(Told(household: saidByTheOther));
    }

    [Theory]
    [InlineData("1998-10-01", false)] // Eighteen today.
    [InlineData("1998-10-02", true)]
    [InlineData("2016-10-01", true)]
    [InlineData("2016-10-02", false)] // Not born yet.
    public void Children_count_until_they_are_eighteen(string born, bool counts)
    {
        var minor = Somebody("minor", ("client.birthDate", born));
        Consent(minor);
        Consent(child);
        var household = HouseholdState.Evolve(Household(Relations("partner")), new MemberJoined("m4", "minor", [new("child", "m1")], Today, "casemanager", default));

        var told = HouseholdNews.For("simon", Flows, [household], States(minor), Today);

        Assert.Equal(Value.Of(counts ? 2 : 1), told[Children]);
    }

    [Fact]
    public void A_child_in_two_households_of_the_same_case_counts_once()
    {
        Consent(child);

        Assert.Equal(Value.Of(1), HouseholdNews.For("simon", Flows, [Household(Relations("partner")), Household(Relations("partner"))], States(), Today)[Children]);
    }

    [Fact]
    public void A_link_holds_from_its_first_day_until_the_day_of_leaving()
    {
        Consent(carer);
        var left = HouseholdState.Evolve(Household(Relations("informal-carer")), new MemberLeft("m2", Today.AddDays(3), "casemanager", default));

        Assert.Empty(HouseholdNews.For("simon", Flows, [left], States(), Today.AddDays(-1)));
        Assert.Single(HouseholdNews.For("simon", Flows, [left], States(), Today.AddDays(2)));
        Assert.Empty(HouseholdNews.For("simon", Flows, [left], States(), Today.AddDays(3)));
    }

    [Fact]
    public void The_case_hears_once_and_asks_again()
    {
        Consent(carer);
        var round = simon.State.Round;

        var changes = simon.Do(at => new CaseCommand.HearHousehold(Told()) { At = at });
        var again = simon.Do(at => new CaseCommand.HearHousehold(Told()) { At = at });

        Assert.IsType<HouseholdHeard>(changes[0]);
        Assert.Equal(round + 1, simon.State.Round);
        Assert.Empty(again);
        Assert.Equal(Value.Of(true), Known(Overloaded));
    }

    [Fact]
    public void A_withdrawn_consent_takes_it_back()
    {
        Consent(carer);
        simon.Do(at => new CaseCommand.HearHousehold(Told()) { At = at });

        Consent(carer, new Consent("client", "household", [], null, null, Today));
        simon.Do(at => new CaseCommand.HearHousehold(Told()) { At = at });

        Assert.Equal(Value.Unknown, Known(Overloaded));
        Assert.Empty(simon.State.Household.Told);
    }

    [Fact]
    public void What_the_case_itself_knew_stands_again_and_what_it_said_later_stays()
    {
        simon.Do(at => ACase.Fact(at, Overloaded, Value.Of(false)));
        simon.Do(at => new CaseCommand.HearHousehold(Overload) { At = at });
        Assert.Equal(Value.Of(true), Known(Overloaded));
        simon.Do(at => new CaseCommand.HearHousehold(Nothing) { At = at });
        Assert.Equal(Value.Of(false), Known(Overloaded));

        simon.Do(at => new CaseCommand.HearHousehold(Overload) { At = at });
        simon.Do(at => ACase.Fact(at, Overloaded, Value.Of(true)));
        simon.Do(at => new CaseCommand.HearHousehold(Nothing) { At = at });
        Assert.Equal(Value.Of(true), Known(Overloaded));
    }

    [Fact]
    public void A_number_of_children_is_never_made_less_than_the_case_itself_knows()
    {
        simon.Do(at => ACase.Fact(at, Children, Value.Of(3)));
        Assert.Empty(simon.Do(at => new CaseCommand.HearHousehold(Count(1)) { At = at }));
        Assert.Equal(Value.Of(3), Known(Children));

        simon.Do(at => new CaseCommand.HearHousehold(Count(4)) { At = at });
        Assert.Equal(Value.Of(4), Known(Children));
        simon.Do(at => new CaseCommand.HearHousehold(Count(2)) { At = at });
        Assert.Equal(Value.Of(3), Known(Children));
    }

    [Fact]
    public void Whatever_stands_in_a_case_only_the_closed_list_can_be_seen_in_another() => Properties.HoldForAnySeed(seed =>
    {
        var whole = SampleCases.WithNeeds(seed) with { Id = "carer" };
        var giver = ACase.Opened(whole);
        var bare = Somebody("carer");
        foreach (var fact in Flows.All.Select(flow => flow.From))
        {
            var known = giver.State.ToDocument(whole.AsOf).Facts.GetValueOrDefault(fact);
            bare.Do(at => ACase.Fact(at, fact, known));
        }

        Consent(giver);
        Consent(bare);
        var states = States();

        var seen = HouseholdNews.For("simon", Flows, [Household(Relations("informal-carer"))], With(giver), Today);
        var least = HouseholdNews.For("simon", Flows, [Household(Relations("informal-carer"))], With(bare), Today);

        Assert.Equal(least, seen);
        Assert.Subset(Flows.All.Select(flow => flow.To).ToHashSet(), seen.Keys.ToHashSet());

        Dictionary<string, CaseState> With(ACase giving) => new(states) { ["carer"] = giving.State };
    });

    private static IReadOnlyDictionary<string, Value> Overload => new Dictionary<string, Value> { [Overloaded] = Value.Of(true) };

    private static IReadOnlyDictionary<string, Value> Nothing => new Dictionary<string, Value>();

    private static Dictionary<string, Value> Count(int children) => new() { [Children] = Value.Of(children) };

    private static ACase Somebody(string id, params (string, string)[] facts) => ACase.Opened(new Case
    {
        Id = id,
        AsOf = Today,
        Rulebooks = SampleCases.Simon.Rulebooks,
        Facts = SampleCases.Facts(facts),
        Needs = [SampleCases.Need("n1", "carer-support")],
    });

    private static void Consent(ACase of, Consent? consent = null) =>
        of.Do(at => new CaseCommand.RecordConsent(consent ?? new Consent("client", "household", ["social"], null, null, null)) { At = at });

    private static HouseholdRelation[] Relations(string carerIs) => [new(carerIs, "m1")];

    /// <summary>Simon, the carer who is so of Simon, and a child.</summary>
    private static HouseholdState Household(HouseholdRelation[] carer) => new HouseholdChange[]
    {
        new HouseholdCreated("h", "casemanager", default),
        new MemberJoined("m1", "simon", [], Today, "casemanager", default),
        new MemberJoined("m2", "carer", carer, Today, "casemanager", default),
        new MemberJoined("m3", "child", [new("child", "m1")], Today, "casemanager", default),
    }.Aggregate(HouseholdState.None, HouseholdState.Evolve);

    private IReadOnlyDictionary<string, Value> Told(string receiver = "simon", HouseholdRelation[]? relations = null, HouseholdState? household = null) =>
        HouseholdNews.For(receiver, Flows, [household ?? Household(relations ?? Relations("informal-carer"))], States(), Today);

    private Dictionary<string, CaseState> States(params ACase[] more) =>
        new[] { simon, carer, child }.Concat(more).ToDictionary(one => one.State.Opened!.CaseId, one => one.State);

    private Value Known(string fact) => simon.State.ToDocument(Today).Facts.GetValueOrDefault(fact);
}
