using Samenhang.Host.Commands.Assess;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;

namespace Samenhang.Host.Commands.Rules;

/// <summary><c>run rules --coverage</c>: what carries each rule of the catalogue, and which case exercises it both ways.</summary>
internal sealed class CoverageRun(TextWriter output, TextWriter error, Terminal terminal, Voice voice)
{
    /// <summary>Reads the cases, runs them and writes the report.</summary>
    /// <param name="installation">Where catalogue and rulebooks stand.</param>
    /// <param name="paths">Case files and folders; none = our own.</param>
    /// <param name="json">For programs instead of people.</param>
    /// <param name="check">Whether a rule that nothing carries is a failure.</param>
    /// <returns>A value of <see cref="ExitCode"/>.</returns>
    public int Run(Installation installation, string[] paths, bool json, bool check)
    {
        var files = CasePaths.Expand(paths.Length > 0 ? paths : [installation.CasesFolder], out var missing);
        if (missing.Count > 0)
        {
            missing.ForEach(path => error.WriteLine(voice.Say("assess.nothingAt", path)));
            error.WriteLine(voice["usage.seeHelp"]);
            return ExitCode.WrongUsage;
        }

        var vocabulary = installation.LoadVocabulary();
        var rulebooks = installation.LoadRulebooks(vocabulary);
        var cases = Read(files, vocabulary);
        if (cases.Count < files.Count)
        {
            return ExitCode.Failed;
        }

        var rules = RuleCoverage.Of(RuleCatalogue.Read(installation.VocabularyFolder), vocabulary, rulebooks, RuleExercise.Over(cases, vocabulary, rulebooks));
        if (json)
        {
            RuleCoverageReport.WriteJson(rules, output);
        }
        else
        {
            RuleCoverageReport.WriteText(rules, terminal.Live(), voice);
        }

        return check && rules.Exists(rule => rule.Carrier == Carrier.Nothing) ? ExitCode.Failed : ExitCode.Good;
    }

    /// <summary>The case files that are whole; the faults of the others are said.</summary>
    private List<CaseFile> Read(List<string> files, Vocabulary vocabulary)
    {
        var reader = new CaseFileReader(vocabulary);
        var cases = new List<CaseFile>();
        foreach (var reading in files.AsParallel().AsOrdered().Select(reader.ReadFile))
        {
            switch (reading)
            {
                case CaseFileReading.Read read:
                    cases.Add(read.File);
                    break;
                case CaseFileReading.Faulty faulty:
                    foreach (var fault in faulty.Faults)
                    {
                        error.WriteLine(voice.Language == "en" ? fault.LineEn : fault.LineNl);
                    }

                    break;
            }
        }

        return cases;
    }
}
