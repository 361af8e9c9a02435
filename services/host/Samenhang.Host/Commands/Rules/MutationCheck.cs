using Samenhang.Casemanager.Domain;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Host.Commands.Assess;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules;

namespace Samenhang.Host.Commands.Rules;

/// <summary>A clause of a rule that decides, and the first expectation that breaks when its condition is turned around.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Number">Its place in the rule, from 1.</param>
/// <param name="BrokenBy">The case whose expectation breaks; null when nothing notices.</param>
internal sealed record Mutant(Clause Clause, int Number, string? BrokenBy);

/// <summary>A finding, and the first hit and near miss that break when its condition is turned around.</summary>
/// <param name="Flag">The finding.</param>
/// <param name="HitBrokenBy">The case that expects it and no longer gets it; null when none does.</param>
/// <param name="NearMissBrokenBy">The case that excludes it and now gets it; null when none does: where the condition is unknown, so is its opposite.</param>
internal sealed record FindingMutant(Flag Flag, string? HitBrokenBy, string? NearMissBrokenBy)
{
    /// <summary>Whether cases notice it on both sides.</summary>
    public bool IsNoticed => HitBrokenBy is not null && NearMissBrokenBy is not null;
}

/// <summary>
/// Turns the condition of a clause or a finding around and looks whether a case file notices: a rule whose opposite passes all cases is not tested,
/// however often it was run.
/// </summary>
internal sealed class MutationCheck
{
    private readonly Vocabulary vocabulary;
    private readonly RulebookSet rulebooks;
    private readonly CaseFile[] files;
    private readonly Dictionary<Clause, int[]> reaching;

    /// <summary>Takes the case files; those that expect nothing are left out.</summary>
    public MutationCheck(IEnumerable<CaseFile> files, Vocabulary vocabulary, RulebookSet rulebooks)
    {
        this.vocabulary = vocabulary;
        this.rulebooks = rulebooks;
        this.files = [.. files];
        reaching = this.files.AsParallel().AsOrdered().Select((file, index) => (index, Clauses: Reached(file))).ToList()
            .SelectMany(run => run.Clauses.Select(clause => (clause, run.index)))
            .GroupBy(run => run.clause, run => run.index).ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>The rules that decide, in the order of their service and identifier.</summary>
    public static IReadOnlyList<Rule> Deciding(RulebookSet rulebooks) =>
        [.. rulebooks.ByService.Values.SelectMany(book => book.Rules).Where(rule => rule.Decides)];

    /// <summary>The mutants of a rule: one for each clause that does more than inform.</summary>
    public IReadOnlyList<Mutant> Of(Rule rule) =>
        [.. rule.Clauses.Select((clause, place) => (clause, Number: place + 1)).Where(mutant => mutant.clause.Effect != Effect.Informs)
            .Select(mutant => new Mutant(mutant.clause, mutant.Number, BrokenBy(mutant.clause)))];

    /// <summary>The mutant of a finding, tried on the cases that name it.</summary>
    public FindingMutant Of(Flag flag)
    {
        var assessor = new CaseFileAssessor(vocabulary, rulebooks.Negating(flag));
        var mutant = new FindingMutant(flag, null, null);
        foreach (var run in files.Where(file => FindingCoverage.Names(file, flag.Id)).SelectMany(file => assessor.Assess(file, file.Id)))
        {
            mutant = mutant with
            {
                HitBrokenBy = mutant.HitBrokenBy ?? BrokenIn(run, new() { Flags = [.. (run.Expect?.Flags ?? []).Where(named => named.Id == flag.Id)] }),
                NearMissBrokenBy = mutant.NearMissBrokenBy ?? BrokenIn(run, new() { NotFlags = [.. (run.Expect?.NotFlags ?? []).Where(named => named.Id == flag.Id)] }),
            };
            if (mutant.IsNoticed)
            {
                break;
            }
        }

        return mutant;
    }

    private string? BrokenBy(Clause clause)
    {
        if (!reaching.TryGetValue(clause, out var cases))
        {
            return null;
        }

        var assessor = new CaseFileAssessor(vocabulary, rulebooks.Negating(clause));
        return cases.Select(index => files[index])
            .SelectMany(file => assessor.Assess(file, file.Id))
            .Select(run => run.Expect is { } expect ? BrokenIn(run, expect) : null)
            .FirstOrDefault(broken => broken is not null);
    }

    private static string? BrokenIn(AssessedCase run, Expectation expect) =>
        ExpectationCheck.Of(run.Plan, run.Facts, run.Case, expect).Any(item => !item.Holds) ? $"{run.CaseId} {run.Variant}".Trim() : null;

    private HashSet<Clause> Reached(CaseFile file)
    {
        var reached = new HashSet<Clause>();
        AnswerQuestion Watched(string service)
        {
            var rulebook = rulebooks.ByService[service];
            var answer = CaseAssessor.Answer(rulebook);
            return question =>
            {
                var rows = answer(question);
                reached.UnionWith(rulebook.Truths(question.View, rows.Select(row => (row.NeedId, row.Scheme))).Select(way => way.Clause));
                return rows;
            };
        }

        var assessor = new CaseAssessor(vocabulary, Watched(Services.Casemanager), rulebooks.Findings.Evaluate);
        var answerers = Services.Asked.ToDictionary(service => service, Watched);
        foreach (var @case in file.Variants.Select(variant => variant.Case).Prepend(file.Case))
        {
            assessor.Assess(@case, answerers);
        }

        return reached;
    }
}
