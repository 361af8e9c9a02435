namespace Samenhang.Leaks.Tests;

/// <summary>What is told to somebody who may not know it, and is not mended yet. It must become empty.</summary>
internal static class KnownLeaks
{
    private static readonly (string Call, string Begins)[] Known = [];

    /// <summary>Whether it is one of them.</summary>
    public static bool Has(Made made, string leak) => Known.Any(known => known.Call == made.Call.ToString() && leak.StartsWith(known.Begins, StringComparison.Ordinal));
}
