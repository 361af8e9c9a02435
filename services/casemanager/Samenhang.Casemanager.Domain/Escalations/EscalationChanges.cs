using Samenhang.Casemanager.Domain.Cases;

namespace Samenhang.Casemanager.Domain.Escalations;

/// <summary>Something that became of the search for help at higher tables. Part of the log of a case.</summary>
public abstract record EscalationChange : CaseChange
{
    private protected EscalationChange()
    {
    }
}

/// <summary>A table took the case up.</summary>
/// <param name="Level">1 to 4.</param>
/// <param name="Opener">Who asked for it: provider, insurer or client (coord.escalationOpener).</param>
/// <param name="On">The day.</param>
/// <param name="By">Who recorded it: a party id, role or service.</param>
/// <param name="Text">Why, or null.</param>
/// <param name="At">When it was recorded.</param>
public sealed record EscalationOpened(int Level, string Opener, DateOnly On, string By, string? Text, DateTimeOffset At) : EscalationChange;

/// <summary>A table is done with the case.</summary>
/// <param name="Level">1 to 4.</param>
/// <param name="Solved">Whether help was found.</param>
/// <param name="On">The day.</param>
/// <param name="By">Who recorded it: a party id, role or service.</param>
/// <param name="Text">What came of it, or null.</param>
/// <param name="At">When it was recorded.</param>
public sealed record EscalationClosed(int Level, bool Solved, DateOnly On, string By, string? Text, DateTimeOffset At) : EscalationChange;
