using System.Reflection;

namespace Samenhang.Interop.Tests;

/// <summary>Where the sources stand that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string Protos => Path.Combine(Root, "protos");

    public static string Node => Path.Combine(Root, "tests", "interop", "node");

    public static string Docs => Path.Combine(Root, "docs");

    public static string MunicipalityExample => Path.Combine(Root, "tests", "interop", "Samenhang.Interop.Municipality");

    public static string Python => Path.Combine(Root, "tests", "interop", "python");
}
