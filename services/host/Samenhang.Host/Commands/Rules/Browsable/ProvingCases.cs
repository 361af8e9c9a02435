using Samenhang.Host.Commands.Assess;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;

namespace Samenhang.Host.Commands.Rules.Browsable;

/// <summary>Which case files expect a rule by name.</summary>
internal static class ProvingCases
{
    /// <summary>Reads the case files of a folder and its folders.</summary>
    /// <param name="folder">The folder; without it no rule has a case.</param>
    /// <param name="root">What the names of the files are relative to.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="faults">What is wrong in files that cannot be used.</param>
    /// <returns>The files by rule.</returns>
    public static ILookup<string, string> Read(string folder, string root, Vocabulary vocabulary, out IReadOnlyList<CaseFileFault> faults)
    {
        var reader = new CaseFileReader(vocabulary);
        var wrong = new List<CaseFileFault>();
        var proves = new List<(string Rule, string File)>();
        foreach (var path in CasePaths.Expand([folder], out _))
        {
            var name = Path.GetRelativePath(root, path).Replace('\\', '/');
            switch (reader.ReadFile(path))
            {
                case CaseFileReading.Read { File: var file }:
                    proves.AddRange(RulesIn(file).Select(rule => (rule, name)));
                    break;
                case CaseFileReading.Faulty faulty:
                    wrong.AddRange(faulty.Faults);
                    break;
            }
        }

        faults = wrong;
        return proves.ToLookup(pair => pair.Rule, pair => pair.File);
    }

    private static IEnumerable<string> RulesIn(CaseFile file) =>
        file.Variants.Select(variant => variant.Expect).Prepend(file.Expect).OfType<Expectation>()
            .SelectMany(expect => expect.Coverage).SelectMany(row => row.Rules).Distinct();
}
