using Samenhang.Language;
using Samenhang.Language.CaseFiles;

namespace Samenhang.Host.Commands.Rules;

/// <summary><c>run rules --coverage</c>: what carries each rule of the catalogue, and which case exercises it, and each finding, both ways.</summary>
internal static class CoverageRun
{
    /// <summary>Runs the cases and writes the report.</summary>
    /// <param name="installation">Where catalogue and rulebooks stand.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="output">Where the report goes.</param>
    /// <param name="terminal">How it looks there.</param>
    /// <param name="voice">The language.</param>
    /// <param name="json">For programs instead of people.</param>
    /// <param name="check">Whether a rule that nothing carries is a failure.</param>
    /// <returns>A value of <see cref="ExitCode"/>.</returns>
    public static int Run(
        Installation installation, Vocabulary vocabulary, IReadOnlyList<CaseFile> cases, TextWriter output, Terminal terminal, Voice voice, bool json, bool check)
    {
        var rulebooks = installation.LoadRulebooks(vocabulary);
        var rules = RuleCoverage.Of(RuleCatalogue.Read(installation.VocabularyFolder), vocabulary, rulebooks, RuleExercise.Over(cases, vocabulary, rulebooks));
        var findings = FindingCoverage.Over(cases, vocabulary, rulebooks);
        if (json)
        {
            RuleCoverageReport.WriteJson(rules, findings, output);
        }
        else
        {
            RuleCoverageReport.WriteText(rules, findings, terminal.Live(), voice);
        }

        return check && rules.Exists(rule => rule.Carrier == Carrier.Nothing) ? ExitCode.Failed : ExitCode.Good;
    }
}
