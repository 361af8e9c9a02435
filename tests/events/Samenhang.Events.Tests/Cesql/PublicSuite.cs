namespace Samenhang.Events.Tests.Cesql;

/// <summary>
/// The conformance suite that the CloudEvents project publishes with CESQL, read from where it was put: it is not part of this repository.
/// <c>CESQL_CONFORMANCE</c> names the folder; see the README beside this file.
/// </summary>
public sealed class PublicSuite
{
    /// <summary>How many cases the suite holds at the commit that the README names.</summary>
    private const int Cases = 275;

    [WithTheSuite]
    public void All_its_cases_hold()
    {
        var cases = Directory.EnumerateFiles(WithTheSuiteAttribute.Folder!, "*.yaml").Order(StringComparer.Ordinal).SelectMany(CesqlCase.ReadAll).ToList();
        Assert.Equal("", string.Join(Environment.NewLine, cases.Select(each => (Case: each, Fault: each.Fault())).Where(each => each.Fault is not null).Select(each => $"{each.Case}: {each.Fault}")));
        Assert.Equal(Cases, cases.Count);
    }
}

/// <summary>A fact that needs the public suite, and says so where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WithTheSuiteAttribute : FactAttribute
{
    public WithTheSuiteAttribute()
    {
        if (Folder is null)
        {
            Skip = "CESQL_CONFORMANCE names no folder with the public conformance suite.";
        }
    }

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("CESQL_CONFORMANCE") is { Length: > 0 } folder ? folder : null;
}
