using System.Globalization;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Samenhang.Fuzz.Tests;

/// <summary>How much is tried: little by default, and as much as the variables of the environment say.</summary>
internal static class Sizes
{
    /// <summary>The start of all choices by chance.</summary>
    public static int Seed { get; } = Of("SAMENHANG_FUZZ_SEED", 9999);

    /// <summary>A number from the environment.</summary>
    public static int Of(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    /// <summary>A number as the tests write it.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
