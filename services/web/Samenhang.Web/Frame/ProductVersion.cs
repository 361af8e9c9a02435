using System.Reflection;

namespace Samenhang.Web.Frame;

/// <summary>The version of the program, as the footer tells it.</summary>
internal static class ProductVersion
{
    /// <summary>The version, without the commit.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        var whole = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var plus = whole.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? whole : $"{whole[..plus]} ({whole[(plus + 1)..Math.Min(whole.Length, plus + 9)]})";
    }
}
