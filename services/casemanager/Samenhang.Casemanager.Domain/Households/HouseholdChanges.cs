namespace Samenhang.Casemanager.Domain.Households;

/// <summary>Something that changed in a household. A stream of its own, apart from the cases of its members.</summary>
public abstract record HouseholdChange
{
    private protected HouseholdChange()
    {
    }
}

/// <summary>A household was made.</summary>
/// <param name="HouseholdId">The identifier.</param>
/// <param name="By">Who did it: a role or service.</param>
/// <param name="At">When.</param>
public sealed record HouseholdCreated(string HouseholdId, string By, DateTimeOffset At) : HouseholdChange;

/// <summary>Somebody belongs to the household.</summary>
/// <param name="MemberId">The name inside the household, which tells nothing.</param>
/// <param name="CaseId">The case of this member.</param>
/// <param name="Relations">What the member is of others; empty for the first.</param>
/// <param name="From">The first day.</param>
/// <param name="By">Who recorded it: a role or service.</param>
/// <param name="At">When.</param>
public sealed record MemberJoined(string MemberId, string CaseId, IReadOnlyList<HouseholdRelation> Relations, DateOnly From, string By, DateTimeOffset At) : HouseholdChange;

/// <summary>Somebody belongs to the household no more.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="On">The first day without.</param>
/// <param name="By">Who recorded it: a role or service.</param>
/// <param name="At">When.</param>
public sealed record MemberLeft(string MemberId, DateOnly On, string By, DateTimeOffset At) : HouseholdChange;

/// <summary>The case of somebody who belongs or belonged to the household was erased: the household knows that person no more.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="At">When.</param>
public sealed record MemberForgotten(string CaseId, DateTimeOffset At) : HouseholdChange;

/// <summary>What a member is of another.</summary>
/// <param name="Code">A relation of households.json, for example <c>informal-carer</c>.</param>
/// <param name="Of">The other member.</param>
public sealed record HouseholdRelation(string Code, string Of);
