using Samenhang.Host.Commands.Assess;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules;

namespace Samenhang.Host.Commands.Rules;

/// <summary>A finding, with cases that expect it and cases in which it must not come up.</summary>
/// <param name="Flag">The finding.</param>
/// <param name="Hits">Cases that expect it, and where it comes up.</param>
/// <param name="NearMisses">Cases of its own documents that expect that it does not come up, and where it does not.</param>
internal sealed record FindingCoverage(Flag Flag, IReadOnlyList<string> Hits, IReadOnlyList<string> NearMisses)
{
    /// <summary>As many cases are named each way.</summary>
    private const int Named = 3;

    /// <summary>Whether the cases say of it both when it comes up and when it does not.</summary>
    public bool IsBothWays => Hits.Count > 0 && NearMisses.Count > 0;

    /// <summary>Every finding of the vocabulary, in its order.</summary>
    /// <param name="files">The cases; what expects nothing of a finding says nothing about it.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="rulebooks">The rulebooks.</param>
    public static List<FindingCoverage> Over(IEnumerable<CaseFile> files, Vocabulary vocabulary, RulebookSet rulebooks)
    {
        var assessor = new CaseFileAssessor(vocabulary, rulebooks);
        var flags = vocabulary.Flags.ToDictionary(flag => flag.Id);
        var said = files.Where(SaysSomething).AsParallel().AsOrdered().SelectMany(file => assessor.Assess(file, file.Id).SelectMany(Said)).ToList();
        var (hits, misses) = (CasesOf(said, isHit: true), CasesOf(said, isHit: false));
        return [.. vocabulary.Flags.Select(flag => new FindingCoverage(flag, [.. hits[flag.Id].Distinct().Take(Named)], [.. misses[flag.Id].Distinct().Take(Named)]))];

        // An expectation that does not hold, or of a finding that no loaded document could raise, exercises nothing.
        IEnumerable<(string Flag, bool IsHit, string Case)> Said(AssessedCase run)
        {
            var name = $"{run.CaseId} {run.Variant}".TrimEnd();
            return
            [
                .. (run.Expect?.Flags ?? []).Where(flag => Holds(run, new() { Flags = [flag] })).Select(flag => (flag.Id, true, name)),
                .. (run.Expect?.NotFlags ?? []).Where(flag => rulebooks.Findings.TakesPart(flags[flag.Id], run.Case) && Holds(run, new() { NotFlags = [flag] }))
                    .Select(flag => (flag.Id, false, name)),
            ];
        }
    }

    /// <summary>Whether a case, or a variant of it, expects something of a finding.</summary>
    /// <param name="file">The case.</param>
    /// <param name="flag">The finding; null = of any.</param>
    public static bool Names(CaseFile file, string? flag) => file.Variants.Select(variant => variant.Expect).Prepend(file.Expect)
        .Any(expect => expect is not null && expect.Flags.Concat(expect.NotFlags).Any(named => flag is null || named.Id == flag));

    private static bool SaysSomething(CaseFile file) => Names(file, null);

    private static bool Holds(AssessedCase run, Expectation one) => ExpectationCheck.Of(run.Plan, run.Facts, run.Case, one).All(item => item.Holds);

    private static ILookup<string, string> CasesOf(List<(string Flag, bool IsHit, string Case)> said, bool isHit) =>
        said.Where(one => one.IsHit == isHit).ToLookup(one => one.Flag, one => one.Case);
}
