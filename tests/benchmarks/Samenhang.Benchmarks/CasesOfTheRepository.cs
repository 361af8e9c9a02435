using System.Reflection;
using Samenhang.Casemanager.Domain;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules;

namespace Samenhang.Benchmarks;

/// <summary>The repository's own case files and rulebooks: a benchmark measures what a user would run.</summary>
internal static class CasesOfTheRepository
{
    private static readonly string Root = typeof(CasesOfTheRepository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string VocabularyFolder => Path.Combine(Root, "services", "language", "vocabulary");

    /// <summary>All cases without variants, from the smallest file to the largest.</summary>
    public static IReadOnlyList<CaseFile> BySize(Vocabulary vocabulary)
    {
        var reader = new CaseFileReader(vocabulary);
        return [.. Directory.GetFiles(Path.Combine(Root, "tests", "cases"), "*.json", SearchOption.AllDirectories)
            .Select(path => ((CaseFileReading.Read)reader.ReadFile(path)).File)
            .OrderBy(file => SizeOf(file.Case)).ThenBy(file => file.Id, StringComparer.Ordinal)];
    }

    public static RulebookSet Rulebooks(Vocabulary vocabulary) => RulebookSet.Load(vocabulary, VocabularyFolder, Services.Asked.Append(Services.Casemanager)
        .ToDictionary(service => service, service => Path.Combine(Root, "services", service, "rulebook")));

    /// <summary>A whole round: views, five rulebooks, findings.</summary>
    public static Func<Case, CaseAssessment> Round(Vocabulary vocabulary)
    {
        var rulebooks = Rulebooks(vocabulary);
        var assessor = CaseAssessor.With(vocabulary, rulebooks.ByService[Services.Casemanager], rulebooks.Findings);
        var services = Services.Asked.ToDictionary(service => service, service => CaseAssessor.Answer(rulebooks.ByService[service]));
        return @case => assessor.Assess(@case, services);
    }

    /// <summary>Everything that a case holds: facts on every level and the items of its lists.</summary>
    private static int SizeOf(Case @case) =>
        @case.Facts.Count + @case.Needs.Sum(n => 1 + n.Facts.Count) + @case.Provisions.Sum(p => 1 + p.Facts.Count) + @case.Parties.Sum(p => 1 + p.Facts.Count)
        + @case.Consents.Count + @case.Events.Count + @case.Evidence.Count;
}
