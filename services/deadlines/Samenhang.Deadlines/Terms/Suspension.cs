namespace Samenhang.Deadlines.Terms;

/// <summary>Days on which a term stands still (Awb 4:15 and the like).</summary>
/// <param name="From">The first day that does not count.</param>
/// <param name="To">The last day that does not count; null = until it is resumed.</param>
/// <param name="By">Who stopped it: a party id, role or service.</param>
/// <param name="Reason">Why.</param>
public sealed record Suspension(DateOnly From, DateOnly? To, string By, string Reason)
{
    /// <summary>Whether the term stands still on the day.</summary>
    public bool Contains(DateOnly day) => day >= From && (To is null || day <= To);
}
