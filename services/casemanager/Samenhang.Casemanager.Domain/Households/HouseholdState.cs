using System.Collections.Immutable;

namespace Samenhang.Casemanager.Domain.Households;

/// <summary>Somebody who belongs, or belonged, to a household.</summary>
/// <param name="Id">The name inside the household.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Relations">What the member is of others.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The first day without, or null.</param>
public sealed record HouseholdMember(string Id, string CaseId, IReadOnlyList<HouseholdRelation> Relations, DateOnly From, DateOnly? Until)
{
    /// <summary>Whether the member belongs to the household on a day.</summary>
    public bool IsIn(DateOnly day) => From <= day && (Until is null || day < Until);
}

/// <summary>What the log of a household says. Immutable.</summary>
public sealed record HouseholdState
{
    private HouseholdState()
    {
    }

    /// <summary>There is none.</summary>
    public static HouseholdState None { get; } = new();

    /// <summary>The identifier; null while it does not exist.</summary>
    public string? Id { get; private init; }

    /// <summary>All who belong or belonged to it, in the order in which they were recorded.</summary>
    public ImmutableList<HouseholdMember> Members { get; private init; } = [];

    /// <summary>How many ever joined, also those that are forgotten: each has a name of its own.</summary>
    public int Joined { get; private init; }

    /// <summary>The state after one more change.</summary>
    public static HouseholdState Evolve(HouseholdState state, HouseholdChange change)
    {
        ArgumentNullException.ThrowIfNull(state);
        return change switch
        {
            HouseholdCreated created => state with { Id = created.HouseholdId },
            MemberJoined joined => state with
            {
                Members = state.Members.Add(new HouseholdMember(joined.MemberId, joined.CaseId, joined.Relations, joined.From, null)), Joined = state.Joined + 1,
            },
            MemberLeft left => state with { Members = [.. state.Members.Select(member => member.Id == left.MemberId ? member with { Until = left.On } : member)] },
            MemberForgotten forgotten => state.Without(forgotten.CaseId),
            _ => throw new InvalidOperationException($"{change?.GetType().Name} is no change of a household."),
        };
    }

    /// <summary>The household as it would be if a case had never belonged to it.</summary>
    public HouseholdState Without(string caseId)
    {
        var gone = Members.Where(member => member.CaseId == caseId).Select(member => member.Id).ToHashSet(StringComparer.Ordinal);
        return this with
        {
            Members = [.. Members.Where(member => !gone.Contains(member.Id))
                .Select(member => member with { Relations = [.. member.Relations.Where(relation => !gone.Contains(relation.Of))] })],
        };
    }

    /// <summary>A member, by the name inside the household.</summary>
    public HouseholdMember? Find(string memberId) => Members.Find(member => member.Id == memberId);
}
