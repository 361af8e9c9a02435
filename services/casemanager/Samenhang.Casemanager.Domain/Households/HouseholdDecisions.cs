using System.Globalization;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Households;

/// <summary>What becomes of a request about a household: its changes, or why there are none.</summary>
public sealed record HouseholdDecision(IReadOnlyList<HouseholdChange> Changes, CaseError? Error)
{
    /// <summary>It happens.</summary>
    public static HouseholdDecision Accepted(params IReadOnlyList<HouseholdChange> changes) => new(changes, null);

    /// <summary>It does not happen.</summary>
    public static HouseholdDecision Refused(CaseError error) => new([], error);
}

/// <summary>Decides who belongs to a household, from its state and nothing else. Consent is no matter of belonging: it decides what flows.</summary>
public sealed class HouseholdDecisions(Vocabulary vocabulary, HouseholdFlows flows)
{
    /// <summary>Makes a household of one.</summary>
    public HouseholdDecision Create(HouseholdState state, string householdId, string caseId, DateOnly from, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(state);
        var faults = new List<FieldFault>();
        Who(by, faults);
        return state.Id is not null ? Forbidden("HOUSEHOLD_EXISTS", "Dit huishouden bestaat al.", "This household exists already.")
            : faults.Count > 0 ? Invalid(faults)
            : HouseholdDecision.Accepted(new HouseholdCreated(householdId, by, at), new MemberJoined("m1", caseId, [], from, by, at));
    }

    /// <summary>Takes a member in, with at least one relation to somebody who belongs to it.</summary>
    public HouseholdDecision Join(HouseholdState state, string caseId, IReadOnlyList<HouseholdRelation> relations, DateOnly from, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(relations);
        if (state.Id is null)
        {
            return HouseholdDecision.Refused(new CaseError.NoSuchItem("household"));
        }

        var faults = new List<FieldFault>();
        Who(by, faults);
        if (relations.Count == 0)
        {
            faults.Add(new("relations", new Sentence("Noem wat dit lid van een ander lid is.", "Say what this member is of another member.")));
        }

        foreach (var (relation, i) in relations.Select((relation, i) => (relation, i)))
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"relations[{i}]");
            if (!flows.Inverses.ContainsKey(relation.Code))
            {
                faults.Add(new($"{path}.relation", new Sentence("Deze relatie is onbekend.", $"Unknown relation{Spelling.Hint(relation.Code, flows.Inverses.Keys)}.")));
            }

            if (state.Find(relation.Of) is not { Until: null })
            {
                faults.Add(new($"{path}.of_member_id", new Sentence("Het huishouden heeft dit lid niet.", "The household has no such member.")));
            }
        }

        return faults.Count > 0 ? Invalid(faults)
            : state.Members.Any(member => member.CaseId == caseId && member.Until is null)
                ? Forbidden("MEMBER_EXISTS", "Deze casus hoort al bij het huishouden.", "This case belongs to the household already.")
            : HouseholdDecision.Accepted(new MemberJoined($"m{state.Joined + 1}", caseId, relations, from, by, at));
    }

    /// <summary>Lets a member go.</summary>
    public HouseholdDecision Leave(HouseholdState state, string memberId, DateOnly on, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Id is null || state.Find(memberId) is not { } member)
        {
            return HouseholdDecision.Refused(new CaseError.NoSuchItem(state.Id is null ? "household" : "member"));
        }

        var faults = new List<FieldFault>();
        Who(by, faults);
        if (on < member.From)
        {
            faults.Add(new("on", new Sentence("De dag van vertrek ligt voor de eerste dag.", "The day of leaving lies before the first day.")));
        }

        return faults.Count > 0 ? Invalid(faults)
            : member.Until is not null ? Forbidden("MEMBER_LEFT", "Dit lid is al weg.", "This member has left already.")
            : HouseholdDecision.Accepted(new MemberLeft(memberId, on, by, at));
    }

    // The parties of one case mean nothing in a household: only roles and services.
    private void Who(string by, List<FieldFault> faults)
    {
        if (!vocabulary.PartyRoles.ContainsKey(by) && !Services.Asked.Contains(by) && by != Services.Casemanager)
        {
            faults.Add(new("by", new Sentence("Dit is geen rol en geen domein.", "This is no role and no domain.")));
        }
    }

    private static HouseholdDecision Invalid(IReadOnlyList<FieldFault> faults) => HouseholdDecision.Refused(new CaseError.Invalid(faults));

    private static HouseholdDecision Forbidden(string type, string nl, string en) =>
        HouseholdDecision.Refused(new CaseError.Forbidden(type, new Sentence(nl, en)));
}
