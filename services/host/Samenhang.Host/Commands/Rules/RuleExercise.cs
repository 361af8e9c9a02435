using Samenhang.Casemanager.Domain;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules;

namespace Samenhang.Host.Commands.Rules;

/// <summary>Which cases made the condition of a clause true in some row, and which left it not true (false or unknown) in some row.</summary>
internal sealed class RuleExercise
{
    /// <summary>As many cases are named each way.</summary>
    private const int Named = 3;

    private readonly Vocabulary vocabulary;
    private readonly RulebookSet rulebooks;
    private readonly Dictionary<(Clause Clause, bool True), List<string>> cases = [];

    private RuleExercise(Vocabulary vocabulary, RulebookSet rulebooks)
    {
        this.vocabulary = vocabulary;
        this.rulebooks = rulebooks;
    }

    /// <summary>Runs the whole round of every case and variant, and looks at each row that a service answers.</summary>
    public static RuleExercise Over(IEnumerable<CaseFile> files, Vocabulary vocabulary, RulebookSet rulebooks)
    {
        var exercise = new RuleExercise(vocabulary, rulebooks);
        var runs = files.SelectMany(file => file.Variants.Select(variant => (Name: $"{file.Id} {variant.Id}", variant.Case)).Prepend((Name: file.Id, file.Case)));
        foreach (var (name, reached) in runs.AsParallel().AsOrdered().Select(run => (run.Name, exercise.Reached(run.Case))))
        {
            exercise.Note(name, reached);
        }

        return exercise;
    }

    /// <summary>The first cases that took the clause this way.</summary>
    public IReadOnlyList<string> Cases(Clause clause, bool isTrue) => cases.GetValueOrDefault((clause, isTrue)) ?? [];

    private void Note(string name, HashSet<(Clause, bool)> reached)
    {
        foreach (var way in reached)
        {
            if (!cases.TryGetValue(way, out var names))
            {
                cases[way] = names = [];
            }

            if (names.Count < Named)
            {
                names.Add(name);
            }
        }
    }

    private HashSet<(Clause Clause, bool True)> Reached(Case @case)
    {
        var reached = new HashSet<(Clause, bool)>();
        AnswerQuestion Watched(string service)
        {
            var rulebook = rulebooks.ByService[service];
            var answer = CaseAssessor.Answer(rulebook);
            return question =>
            {
                var rows = answer(question);
                reached.UnionWith(rulebook.Truths(question.View, rows.Select(row => (row.NeedId, row.Scheme))).Select(way => (way.Clause, way.Truth == Truth.True)));
                return rows;
            };
        }

        new CaseAssessor(vocabulary, Watched(Services.Casemanager), rulebooks.Findings.Evaluate).Assess(@case, Services.Asked.ToDictionary(service => service, Watched));
        return reached;
    }
}
