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

    /// <summary>The first case whose expectation breaks when the condition of a finding is turned around; null when nothing notices.</summary>
    public string? BrokenBy(Flag flag) => BrokenBy(rulebooks.Negating(flag), files.Where(file => FindingCoverage.Names(file, flag.Id)));

    private string? BrokenBy(Clause clause)
    {
        return !reaching.TryGetValue(clause, out var cases) ? null : BrokenBy(rulebooks.Negating(clause), cases.Select(index => files[index]));
    }

    private string? BrokenBy(RulebookSet faulty, IEnumerable<CaseFile> cases)
    {
        var assessor = new CaseFileAssessor(vocabulary, faulty);
        return cases
            .SelectMany(file => assessor.Assess(file, file.Id))
            .FirstOrDefault(run => run.Expect is { } expect && ExpectationCheck.Of(run.Plan, run.Facts, run.Case, expect).Any(item => !item.Holds))
            is { } broken ? $"{broken.CaseId} {broken.Variant}".Trim() : null;
    }

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
