using Samenhang.Messages.Cases;

namespace Samenhang.Zvw.Claims;

/// <summary>A line of a bill.</summary>
/// <param name="Scheme">The scheme of what is billed; null = that of the trajectory.</param>
/// <param name="Product">The product code on the bill, or null.</param>
/// <param name="Facts">All else that it says, as facts of the provision.</param>
public sealed record BillLine(string? Scheme, string? Product, IReadOnlyList<KnownFact> Facts);

/// <summary>A line of a bill as it came in.</summary>
/// <param name="Number">Counts the lines of a path, from 1.</param>
/// <param name="Content">What it says.</param>
/// <param name="Corrections">How often it was replaced.</param>
/// <param name="IsWithdrawn">Whether it was taken back.</param>
public sealed record ReportedLine(int Number, BillLine Content, int Corrections = 0, bool IsWithdrawn = false);
