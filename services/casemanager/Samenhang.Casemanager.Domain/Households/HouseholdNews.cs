using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Households;

/// <summary>
/// What the households of a case make known to it: a pure function of the households, the cases of their members and the day. It gives
/// all that holds now, so that it can be worked out again at any time and compared with what the case heard.
/// </summary>
public static class HouseholdNews
{
    // Who may consent for the client to what leaves the client's case.
    private static readonly string[] Consenting = ["client", "representative"];

    /// <summary>The household facts of one case.</summary>
    /// <param name="receiver">The case that hears.</param>
    /// <param name="flows">What may flow.</param>
    /// <param name="households">The households in which the case is or was.</param>
    /// <param name="cases">The cases of all their members.</param>
    /// <param name="today">The day: links and consents hold on it, also for a case with a fixed reference day.</param>
    public static IReadOnlyDictionary<string, Value> For(
        string receiver, HouseholdFlows flows, IReadOnlyCollection<HouseholdState> households, IReadOnlyDictionary<string, CaseState> cases, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(flows);
        ArgumentNullException.ThrowIfNull(households);
        ArgumentNullException.ThrowIfNull(cases);
        var judgedOn = cases[receiver].Opened!.AsOf ?? today;
        var told = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        foreach (var flow in flows.All)
        {
            // A member of two households of the same case counts once.
            var values = Givers(receiver, flow, flows, households, today)
                .Distinct()
                .Where(giver => Consents(cases[giver], flow.Category, today))
                .Select(giver => cases[giver].ToDocument(cases[giver].Opened!.AsOf ?? today).Facts.GetValueOrDefault(flow.From));
            if (Made(flow, values, judgedOn) is { IsKnown: true } value)
            {
                told[flow.To] = value;
            }
        }

        return told;
    }

    private static IEnumerable<string> Givers(
        string receiver, HouseholdFlow flow, HouseholdFlows flows, IReadOnlyCollection<HouseholdState> households, DateOnly today) =>
        from household in households
        from self in household.Members
        where self.CaseId == receiver && self.IsIn(today)
        from other in household.Members
        where other.CaseId != receiver && other.IsIn(today) && (flow.GiverIs is null || Is(flow.GiverIs, other, self, flows))
        select other.CaseId;

    private static bool Is(string relation, HouseholdMember one, HouseholdMember other, HouseholdFlows flows) =>
        one.Relations.Contains(new HouseholdRelation(relation, other.Id)) || other.Relations.Contains(new HouseholdRelation(flows.Inverses[relation], one.Id));

    private static bool Consents(CaseState giver, string category, DateOnly today) => giver.Consents.Any(consent =>
        consent.To == HouseholdFlows.Addressee && consent.Allows(category, today) &&
        (Consenting.Contains(consent.From) || giver.Parties.Any(party => party.Id == consent.From && Consenting.Contains(party.Role))));

    private static Value Made(HouseholdFlow flow, IEnumerable<Value> values, DateOnly day) => flow.Test switch
    {
        HouseholdTest.IsTrue => values.Any(value => value.Truth == Truth.True) ? Value.Of(true) : Value.Unknown,
        HouseholdTest.CountYoungerThan => values.Count(value => value.IsKnown && value.Date <= day && day < value.Date.AddYears(flow.Years!.Value)) is var count and > 0
            ? Value.Of(count)
            : Value.Unknown,
    };
}
