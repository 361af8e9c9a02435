using System.Globalization;

namespace Samenhang.Resilience.Tests;

/// <summary>How large the tests are: small by default, and as large as the variables of the environment say.</summary>
internal static class Sizes
{
    /// <summary>The start of all choices by chance, so that a run can be had again.</summary>
    public static int Seed { get; } = Of("SAMENHANG_FAULTS_SEED", 9999);

    /// <summary>A number from the environment.</summary>
    public static int Of(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    /// <summary>How long a number of cases may take until all of them have their plans.</summary>
    public static TimeSpan TimeFor(int cases) => TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(500 * cases);

    /// <summary>A number as the tests write it.</summary>
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
