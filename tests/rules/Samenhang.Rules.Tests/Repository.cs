using System.Reflection;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules.Tests;

/// <summary>The repository that these tests were built from: its vocabulary and rulebooks, loaded once, and its case files.</summary>
internal static class Repository
{
    private static readonly string[] Services = ["zvw", "gemeente", "uwv", "employer", "casemanager"];
    private static readonly Lazy<Vocabulary> LoadedVocabulary = new(() => VocabularyLoader.Load(VocabularyFolder));
    private static readonly Lazy<DerivedFacts> LoadedDerived = new(() => DerivedFacts.Load(Vocabulary, Path.Combine(VocabularyFolder, "derived.yaml")));
    private static readonly Lazy<RulebookSet> LoadedRulebooks = new(() => RulebookSet.Load(Derived, RuleFiles));
    private static readonly Lazy<IReadOnlyList<(string Name, Case Case)>> LoadedCases = new(ReadCases);

    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string VocabularyFolder => Path.Combine(Root, "services", "language", "vocabulary");

    public static string TenantsFolder => Path.Combine(Root, "services", "language", "tenants");

    public static Vocabulary Vocabulary => LoadedVocabulary.Value;

    public static DerivedFacts Derived => LoadedDerived.Value;

    /// <summary>The real rulebooks.</summary>
    public static RulebookSet Rulebooks => LoadedRulebooks.Value;

    public static IReadOnlyDictionary<string, IReadOnlyList<RuleFile>> RuleFiles =>
        Services.ToDictionary(service => service, service => RuleFile.ReadFolder(Path.Combine(Root, "services", service, "rulebook")));

    /// <summary>Every case of the case files, variants too.</summary>
    public static IReadOnlyList<(string Name, Case Case)> Cases => LoadedCases.Value;

    private static List<(string, Case)> ReadCases()
    {
        var reader = new CaseFileReader(Vocabulary);
        return
        [
            .. Directory.GetFiles(Path.Combine(Root, "tests", "cases"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(path => reader.ReadFile(path) is CaseFileReading.Read read ? read.File : throw new InvalidDataException(path))
                .SelectMany(file => file.Variants.Select(variant => ($"{file.Id}/{variant.Id}", variant.Case)).Prepend((file.Id, file.Case))),
        ];
    }
}
