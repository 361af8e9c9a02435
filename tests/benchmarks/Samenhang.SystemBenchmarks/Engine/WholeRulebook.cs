using Samenhang.Casemanager.Domain;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;
using Samenhang.Rules;
using Samenhang.Rules.Expressions;

namespace Samenhang.SystemBenchmarks.Engine;

/// <summary>
/// All five rulebooks over a case: a decision is every row (need and scheme) of every service. For the other engines each set of clauses
/// that count for a row is a model of its own, so that they too look only at what can matter; they answer which clauses are true.
/// </summary>
internal sealed class WholeRulebook
{
    private readonly bool _alike;
    private readonly IReadOnlyList<IReadOnlyList<Asked>> _cases;
    private readonly List<IReadOnlyList<string>> _answers = [];
    private readonly Dictionary<string, Model> _models = [];

    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="rulebooks">The rulebooks.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="alike">Only the clauses that the others can express wholly, so that all three do the same; else all.</param>
    public WholeRulebook(Vocabulary vocabulary, RulebookSet rulebooks, IReadOnlyList<Case> cases, bool alike)
    {
        _alike = alike;
        var assessor = CaseAssessor.With(vocabulary, rulebooks.ByService[Services.Casemanager], rulebooks.Findings);
        var all = new List<IReadOnlyList<Asked>>();
        foreach (var @case in cases)
        {
            var questions = new List<Asked>();
            var evaluations = new List<(int, Dictionary<string, object?>)>();
            IReadOnlyList<Coverage>? zvw = null;
            foreach (var service in Services.Asked.Append(Services.Casemanager))
            {
                var rulebook = rulebooks.ByService[service];
                var question = service == Services.Casemanager ? new ServiceQuestion(ZvwTitle.Fill(@case, zvw, vocabulary), []) : assessor.QuestionFor(service, @case, zvw);
                var coverage = CaseAssessor.Answer(rulebook)(question);
                zvw ??= coverage;
                IReadOnlyList<(string NeedId, string Scheme)> rows = [.. coverage.Select(row => (row.NeedId, row.Scheme)).Distinct()];
                questions.Add(new(rulebook, question, [.. rows.Select(row => Translate(vocabulary, rulebook, question.View, row, evaluations))]));
            }

            all.Add(questions);
            Models.AddDecision(evaluations);
        }

        _cases = all;
    }

    public EngineModels Models { get; } = new();

    /// <summary>How many rows and clauses the decisions hold together; how many comparisons the others make, and how many answers of ours they were given.</summary>
    public (int Rows, int Clauses, int Compared, int Given) Counts { get; private set; }

    /// <summary>Which clauses are true, for each row of each case.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Answers() => _answers;

    /// <summary>The full answers: outcome, payer, open conditions, missing facts, rules with their lines, sentences in two languages.</summary>
    public int Answer()
    {
        var rows = 0;
        foreach (var asked in _cases.SelectMany(@case => @case))
        {
            rows += asked.Rulebook.Assess(asked.Question.View, asked.Question.Suggested.Select(row => (row.NeedId, row.Scheme))).Count;
        }

        return rows;
    }

    /// <summary>What the other engines answer: the truth of each clause. Facts are looked up and worked out.</summary>
    public int Decide()
    {
        var yes = 0;
        foreach (var @case in _cases)
        {
            foreach (var asked in @case)
            {
                var context = asked.Rulebook.ContextOf(asked.Question.View);
                foreach (var row in asked.Decided)
                {
                    var scope = asked.Rulebook.ScopeFor(context, context.NeedById(row.NeedId)!, row.Scheme);
                    foreach (var condition in row.Conditions)
                    {
                        yes += condition is null || condition.Node.Test(scope) == Truth.True ? 1 : 0;
                    }
                }
            }
        }

        return yes;
    }

    private Row Translate(
        Vocabulary vocabulary, Rulebook rulebook, Case view, (string NeedId, string Scheme) row, List<(int, Dictionary<string, object?>)> evaluations)
    {
        var truths = rulebook.Truths(view, [row]).ToList();
        var name = $"{rulebook.Service}|{string.Join('|', truths.Select(one => $"{one.Clause.Rule.Id}/{one.Clause.Rule.Clauses.ToList().IndexOf(one.Clause)}"))}";
        if (!_models.TryGetValue(name, out var model))
        {
            var translation = new ConditionTranslation();
            var formulas = truths
                .Select(one => (one.Clause, Formula: one.Clause.Condition is { } condition ? translation.Where(condition.Node, isTrue: true) : new Formula.All([])))
                .Where(one => !_alike || one.Formula.Literals.All(literal => !ConditionTranslation.IsGiven(literal.Key))).ToList();
            var literals = formulas.SelectMany(one => one.Formula.Literals).Select(literal => literal.Key).ToList();
            _models[name] = model = new(
                Models.AddConditions([.. formulas.Select(one => one.Formula)]), translation, [.. literals.Distinct()], [.. formulas.Select(one => one.Clause)],
                literals.Count, literals.Count(ConditionTranslation.IsGiven));
        }

        var context = rulebook.ContextOf(view);
        var scheme = vocabulary.Schemes[row.Scheme];
        var scope = rulebook.ScopeFor(context, context.NeedById(row.NeedId)!, scheme);
        evaluations.Add((model.Number, model.Translation.Read(scope, model.Keys)));
        var truthOf = truths.ToDictionary(one => one.Clause, one => one.Truth);
        _answers.Add([.. model.Clauses.Select((clause, n) => (Truth: truthOf[clause], Name: $"c{n}")).Where(one => one.Truth == Truth.True).Select(one => one.Name).Order(StringComparer.Ordinal)]);
        Counts = (Counts.Rows + 1, Counts.Clauses + model.Clauses.Count, Counts.Compared + model.Literals - model.Given, Counts.Given + model.Given);
        return new(row.NeedId, scheme, [.. model.Clauses.Select(clause => clause.Condition)]);
    }

    private sealed record Model(int Number, ConditionTranslation Translation, string[] Keys, IReadOnlyList<Clause> Clauses, int Literals, int Given);

    private sealed record Row(string NeedId, Scheme Scheme, Compiled<Predicate>?[] Conditions);

    private sealed record Asked(Rulebook Rulebook, ServiceQuestion Question, IReadOnlyList<Row> Decided);
}
