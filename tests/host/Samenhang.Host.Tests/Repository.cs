using System.Reflection;
using Samenhang.Language;

namespace Samenhang.Host.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    private static readonly Lazy<Vocabulary> Loaded = new(() => VocabularyLoader.Load(Path.Combine(Root, "services", "language", "vocabulary")));

    public static Vocabulary Vocabulary => Loaded.Value;

    /// <summary>A file or folder below tests/cases.</summary>
    public static string Cases(params string[] path) => Path.Combine([Root, "tests", "cases", .. path]);
}
