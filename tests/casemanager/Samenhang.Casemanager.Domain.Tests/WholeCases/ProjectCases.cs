using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Tests.WholeCases;

/// <summary>The case files of the project with their variants, and the rulebooks of the project that answer them.</summary>
internal static class ProjectCases
{
    private static readonly RulebookSet Books = RulebookSet.Load(
        SampleCases.Vocabulary, VocabularyLoader.DefaultFolder,
        Services.Asked.Append(Services.Casemanager).ToDictionary(s => s, s => Path.Combine(AppContext.BaseDirectory, "rulebooks", s)));

    private static readonly PlanAssembler Plans = new(SampleCases.Vocabulary);

    /// <summary>The casemanager's side of a round.</summary>
    public static CaseAssessor Assessor { get; } = CaseAssessor.With(SampleCases.Vocabulary, Books.ByService[Services.Casemanager], Books.Findings);

    /// <summary>The rulebooks of the services that are asked.</summary>
    public static Dictionary<string, AnswerQuestion> Domains { get; } = Services.Asked.ToDictionary(s => s, s => CaseAssessor.Answer(Books.ByService[s]));

    /// <summary>Where the files stand.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "cases"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Each case and each variant.</summary>
    public static IReadOnlyList<(string Folder, string Id, Case Case, Expectation? Expect)> All { get; } =
        [.. from path in Paths
            let file = ((CaseFileReading.Read)new CaseFileReader(SampleCases.Vocabulary).ReadFile(path)).File
            let folder = Path.GetFileName(Path.GetDirectoryName(path))!
            from item in file.Variants.Select(v => (folder, $"{file.Id}/{v.Id}", v.Case, v.Expect)).Prepend((folder, file.Id, file.Case, file.Expect))
            select item];

    /// <summary>The plan of one whole round.</summary>
    public static Plan Plan(Case @case) => Plans.Make(Assessor.Assess(@case, Domains), 1);
}
