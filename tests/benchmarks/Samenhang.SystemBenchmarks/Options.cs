using System.Globalization;

namespace Samenhang.SystemBenchmarks;

/// <summary>Options as <c>--name=number</c>.</summary>
internal static class Options
{
    public static int Number(string[] options, string name, int otherwise)
        => options.FirstOrDefault(option => option.StartsWith($"--{name}=", StringComparison.Ordinal)) is { } given
            ? int.Parse(given[(name.Length + 3)..], CultureInfo.InvariantCulture)
            : otherwise;
}
