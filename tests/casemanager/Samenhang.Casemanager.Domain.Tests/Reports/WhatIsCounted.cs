using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Reports;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Reports;

/// <summary>What of a case counts for those who steer: times in which something asked attention, at the organisation that must act.</summary>
public class WhatIsCounted
{
    private static readonly SteeringSpells Spells = new(SampleCases.Vocabulary, moment => DateOnly.FromDateTime(moment.UtcDateTime));

    [Fact]
    public void A_finding_that_comes_back_counts_anew_and_what_a_person_settled_counts_no_more()
    {
        var key = new FindingKey("uncovered.burnout-no-payer", "n1", null, null);
        var register = CaseState.From([
            Raised(key, 1), Treated(key, FindingStatus.Acknowledged, 5), new FindingsClosed([key], 2, At(9)),
            Raised(key, 20), Treated(key, FindingStatus.Overruled, 30),
        ]);

        Assert.Equal(
            [(1, Day(1), Day(9)), (2, Day(20), (DateOnly?)Day(30))],
            Spells.Of(register).Select(spell => (spell.Number, spell.OpenedOn, spell.ClosedOn)));
        Assert.All(Spells.Of(register), spell => Assert.Equal(("uncovered", 3), (spell.Family, spell.Severity)));
    }

    [Fact]
    public void It_counts_at_the_organisation_of_the_party_it_is_about_and_a_person_is_none()
    {
        string? Organisation(PartyEntry party) => Spells.Of(CaseState.From([
            new PartyRecorded(party), Raised(new FindingKey("coordination.central-level", null, null, party.Id), 1)])).Single().Organisation;

        Assert.Equal("De Brug", Organisation(new PartyEntry { Id = "a1", Role = "care-provider", Organisation = " De Brug " }));
        Assert.Equal("Zorgaanbieder", Organisation(new PartyEntry { Id = "a1", Role = "care-provider" }));
        Assert.Null(Organisation(new PartyEntry { Id = "a1", Role = "informal-carer", Organisation = "Mantelzorg aan huis" }));
    }

    [Fact]
    public void A_hand_over_has_no_receiver_until_somebody_takes_it_over()
    {
        HandOverStep Step(HandOverStatus status, int day) => new(status, Day(day), At(day), "gp", null, null);
        var warmth = new HandOverWarmth([], null, null);
        HandOverOffered Offered(string id, int day) => new(new HandOverLife { Id = id, From = "gp", To = "ggz", NeedIds = ["n1"], Warmth = warmth, Steps = [Step(HandOverStatus.Offered, day)] });
        DateOnly?[] ClosedOn(params CaseChange[] changes) =>
            [.. Spells.Of(CaseState.From([new PartyRecorded(new PartyEntry { Id = "gp", Role = "huisarts" }), Offered("h1", 1), .. changes])).Select(spell => spell.ClosedOn)];

        Assert.Equal([null], ClosedOn(new HandOverStepped("h1", Step(HandOverStatus.InformationAsked, 3), warmth)));
        Assert.Equal([Day(4)], ClosedOn(new HandOverStepped("h1", Step(HandOverStatus.Accepted, 4), warmth), new HandOverStepped("h1", Step(HandOverStatus.Started, 8), warmth)));
        Assert.Equal([null], ClosedOn(new HandOverStepped("h1", Step(HandOverStatus.Refused, 5), warmth)));
        Assert.Equal([Day(9), null], ClosedOn(new HandOverStepped("h1", Step(HandOverStatus.Refused, 5), warmth), Offered("h2", 9)));
    }

    [Fact]
    public void What_a_clock_does_is_nobodys_doing()
    {
        Assert.False(SteeringSpells.IsDoneBySomebody(new DayBegan(Day(1))));
        Assert.False(SteeringSpells.IsDoneBySomebody(Raised(new FindingKey("uncovered.burnout-no-payer", "n1", null, null), 1)));
        Assert.True(SteeringSpells.IsDoneBySomebody(Treated(new FindingKey("uncovered.burnout-no-payer", "n1", null, null), FindingStatus.Acknowledged, 1)));
        Assert.True(SteeringSpells.IsDoneBySomebody(new PartyRecorded(new PartyEntry { Id = "a1", Role = "employer" })));
    }

    private static FindingsRaised Raised(FindingKey key, int day) => new([key], 1, At(day));

    private static FindingTreated Treated(FindingKey key, FindingStatus status, int day) => new(key, new FindingStep(status, At(day), "casemanager", null, null, 1));

    private static DateOnly Day(int day) => new DateOnly(2024, 1, 1).AddDays(day);

    private static DateTimeOffset At(int day) => new(Day(day), new TimeOnly(9, 0), TimeSpan.Zero);
}
