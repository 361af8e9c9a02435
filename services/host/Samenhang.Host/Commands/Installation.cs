using Samenhang.Language;
using Samenhang.Rules;
using Samenhang.Rules.Policies;

namespace Samenhang.Host.Commands;

/// <summary>
/// Where vocabulary and rulebooks are read from: the repository's own folders, so that an edit of a rule needs no build.
/// </summary>
internal sealed class Installation(string root)
{
    /// <summary>The services that have a rulebook.</summary>
    private static readonly string[] Services = ["zvw", "gemeente", "uwv", "employer", "casemanager"];

    /// <summary>The repository.</summary>
    public string Root => root;

    /// <summary>The folder of the vocabulary.</summary>
    public string VocabularyFolder => Path.Combine(root, "services", "language", "vocabulary");

    /// <summary>The folder of the municipalities and insurers with a policy of their own.</summary>
    public string TenantsFolder => Path.Combine(root, "services", "language", "tenants");

    /// <summary>The folder of our own case files.</summary>
    public string CasesFolder => Path.Combine(root, "tests", "cases");

    /// <summary>Finds the repository: SAMENHANG_HOME, else the nearest folder above the program that holds the vocabulary.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static Installation Find(Func<string, string?> environment)
    {
        if (environment("SAMENHANG_HOME") is { Length: > 0 } home)
        {
            return new(home);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "services", "language", "vocabulary")))
            {
                return new(folder.FullName);
            }
        }

        throw new DirectoryNotFoundException("SAMENHANG_HOME: services/language/vocabulary");
    }

    /// <summary>Reads and checks the vocabulary.</summary>
    public Vocabulary LoadVocabulary() => VocabularyLoader.Load(VocabularyFolder);

    /// <summary>Reads and checks the rulebooks, and the policies of the tenants.</summary>
    public RulebookSet LoadRulebooks(Vocabulary vocabulary) => RulebookSet.Load(
        vocabulary, VocabularyFolder, Services.ToDictionary(service => service, service => Path.Combine(root, "services", service, "rulebook")),
        PolicySet.Load(vocabulary, VocabularyFolder, TenantsFolder));
}
