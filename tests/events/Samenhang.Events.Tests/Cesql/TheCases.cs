namespace Samenhang.Events.Tests.Cesql;

/// <summary>Our own cases, each a row in one of the files of <c>cases</c>.</summary>
public sealed class TheCases
{
    private static readonly Dictionary<string, CesqlCase> All = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Cesql", "cases"), "*.yaml")
        .Order(StringComparer.Ordinal).SelectMany(CesqlCase.ReadAll).ToDictionary(each => each.ToString());

    /// <summary>Their texts, for tests that start from a text that is likely to be right.</summary>
    internal static IReadOnlyList<string> Expressions { get; } = [.. All.Values.Select(each => each.Expression)];

    public static TheoryData<string> Names() => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Hold(string name) => Assert.Null(All[name].Fault());

    [Fact]
    public void Are_as_many_as_were_written() => Assert.Equal(573, All.Count);
}
