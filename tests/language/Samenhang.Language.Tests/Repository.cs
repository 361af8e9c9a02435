using System.Reflection;

namespace Samenhang.Language.Tests;

/// <summary>The repository that these tests were built from: its vocabulary, loaded once, and its case files.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    private static readonly Lazy<Vocabulary> Loaded = new(() => VocabularyLoader.Load(Path.Combine(Root, "services", "language", "vocabulary")));

    public static Vocabulary Vocabulary => Loaded.Value;

    public static string Cases => Path.Combine(Root, "tests", "cases");
}
