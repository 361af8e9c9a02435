using System.Globalization;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules;

namespace Samenhang.Host.Commands.Rules;

/// <summary><c>run rules --mutation</c>: turns each clause and each finding around and names those that no case notices.</summary>
internal static class MutationRun
{
    /// <summary>Checks the rules and writes the report.</summary>
    /// <param name="installation">Where the rulebooks stand.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="cases">The case files that must notice.</param>
    /// <param name="output">Where the report goes.</param>
    /// <param name="voice">The language.</param>
    /// <returns>A value of <see cref="ExitCode"/>: failed when something goes unnoticed.</returns>
    public static int Run(Installation installation, Vocabulary vocabulary, IReadOnlyList<CaseFile> cases, TextWriter output, Voice voice)
    {
        var rulebooks = installation.LoadRulebooks(vocabulary);
        var check = new MutationCheck(cases, vocabulary, rulebooks);
        var rules = MutationCheck.Deciding(rulebooks).AsParallel().AsOrdered().Select(rule => (Rule: rule, Mutants: check.Of(rule))).ToList();
        foreach (var (rule, mutants) in rules)
        {
            foreach (var mutant in mutants.Where(mutant => mutant.BrokenBy is null))
            {
                output.WriteLine($"{rule.Service} {rule.Id}: {voice.Say("mutation.unnoticed", mutant.Number)}");
            }
        }

        var whole = rules.Count(rule => rule.Mutants.All(mutant => mutant.BrokenBy is not null));
        var all = rules.Sum(rule => rule.Mutants.Count);
        var noticed = rules.Sum(rule => rule.Mutants.Count(mutant => mutant.BrokenBy is not null));
        output.WriteLine(voice.Say("mutation.clauses", noticed, all, Percent(noticed, all)));
        output.WriteLine(voice.Say("mutation.rules", whole, rules.Count, Percent(whole, rules.Count)));
        var findings = vocabulary.Flags.AsParallel().AsOrdered().Select(check.Of).ToList();
        foreach (var mutant in findings.Where(mutant => !mutant.IsNoticed))
        {
            output.WriteLine($"{mutant.Flag.Id}: {voice[mutant.HitBrokenBy is null ? "mutation.findingNotMissed" : "mutation.findingNotNoticed"]}");
        }

        var found = findings.Count(mutant => mutant.IsNoticed);
        output.WriteLine(voice.Say("mutation.findings", found, findings.Count, Percent(found, findings.Count)));
        return noticed == all && found == findings.Count ? ExitCode.Good : ExitCode.Failed;
    }

    private static string Percent(int part, int whole) => (100.0 * part / Math.Max(whole, 1)).ToString("0", CultureInfo.InvariantCulture);
}
