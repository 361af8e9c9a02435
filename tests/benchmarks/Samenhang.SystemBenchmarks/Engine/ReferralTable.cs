using Samenhang.Language;
using Samenhang.Rules;
using Samenhang.Rules.Evaluation;
using Samenhang.Rules.Expressions;

namespace Samenhang.SystemBenchmarks.Engine;

/// <summary>Who may refer to which level (referrers.json): a decision table of referrer and level with conditions on policy and consent.</summary>
internal sealed class ReferralTable
{
    private const string By = "referral.by";
    private const string ToLevel = "referral.toLevel";

    private readonly DerivedFacts _derived;
    private readonly ParameterSet _parameters;
    private readonly Compiled<Predicate> _allowed;

    public ReferralTable(Vocabulary vocabulary, RulebookSet rulebooks, int inputs)
    {
        (_derived, _parameters) = (rulebooks.Derived, rulebooks.Policies.Law);
        _allowed = Binder.Predicate("referrerAllowed(p)", ScopeKind.Provision, _derived.Lexicon);
        var translation = new ConditionTranslation();
        var lines = new List<(IReadOnlyList<Formula.Literal>, string)>();
        foreach (var (referrer, level, when) in vocabulary.ReferrerAcceptance.SelectMany(a => a.To.Select(to => (a.Referrer, to.Key, to.Value))))
        {
            foreach (var (isTrue, answer) in new[] { (true, "yes"), (false, "no") })
            {
                var condition = when == "true" ? (isTrue ? Always : null) : when == "false" ? (isTrue ? null : Always)
                    : translation.Where(Binder.Predicate(when, ScopeKind.Provision, _derived.Lexicon).Node, isTrue);
                Formula.Literal[] key = [new("by", Comparison.Equal, referrer), new("level", Comparison.Equal, level)];
                lines.AddRange((condition?.ToLines() ?? []).Select(line => ((IReadOnlyList<Formula.Literal>)[.. key, .. line], answer)));
            }
        }

        Lines = lines.Count;
        var model = Models.AddTable(lines);
        Cases = Invent(vocabulary, inputs);
        foreach (var @case in Cases)
        {
            var scope = ScopeOf(@case);
            var read = translation.Read(scope, translation.Inputs.Keys);
            read["by"] = ConditionTranslation.Plain(scope.Context.Stated(vocabulary.FactById[By], @case.Provisions[0]));
            read["level"] = ConditionTranslation.Plain(scope.Context.Stated(vocabulary.FactById[ToLevel], @case.Provisions[0]));
            Models.AddDecision([(model, read)]);
        }
    }

    public IReadOnlyList<Case> Cases { get; }

    public int Lines { get; }

    public EngineModels Models { get; } = new();

    private static Formula Always => new Formula.All([]);

    /// <summary>The answers as the other engines give them.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Answers() =>
        [.. Cases.Select(@case => _allowed.Node.Test(ScopeOf(@case)) switch { Truth.True => ["yes"], Truth.False => ["no"], _ => (IReadOnlyList<string>)[] })];

    /// <summary>The answer alone, for all inputs.</summary>
    public int Decide()
    {
        var yes = 0;
        for (var i = 0; i < Cases.Count; i++)
        {
            yes += _allowed.Node.Test(ScopeOf(Cases[i])) == Truth.True ? 1 : 0;
        }

        return yes;
    }

    /// <summary>The answer with what it was found from, and what is missing for it.</summary>
    public int Explain()
    {
        var parts = 0;
        for (var i = 0; i < Cases.Count; i++)
        {
            var scope = ScopeOf(Cases[i]);
            var trace = _allowed.Node.Trace(scope);
            var missing = new FactUses();
            _allowed.Node.Missing(scope, missing);
            parts += trace.Facts.Count + missing.Count;
        }

        return parts;
    }

    private Scope ScopeOf(Case @case) => _allowed.ScopeFor(new CaseContext(@case, _derived, _parameters, []), @case.Provisions[0]);

    private static List<Case> Invent(Vocabulary vocabulary, int count)
    {
        var random = new Random(9999);
        var levels = vocabulary.ReferrerAcceptance.SelectMany(a => a.To.Keys).Distinct().Order(StringComparer.Ordinal).ToArray();
        var referrers = vocabulary.ReferrerAcceptance.Select(a => a.Referrer).ToArray();
        var kind = vocabulary.Needs["psych-treatment"];
        var scheme = vocabulary.Schemes["ggz"];
        var cases = new List<Case>();
        for (var n = 0; n < count; n++)
        {
            var facts = new List<KeyValuePair<FactDefinition, Value>>();
            void Add(string fact, Value value) => facts.Add(new(vocabulary.FactById[fact], random.Next(5) == 0 ? default : value));
            Add(By, Value.Of(referrers[random.Next(referrers.Length)]));
            Add(ToLevel, Value.Of(levels[random.Next(levels.Length)]));
            Add("policy.referrers", Value.SetOf(referrers.Where(_ => random.Next(2) == 0)));
            Add("referral.gpConsent", Value.Of(random.Next(2) == 0));
            cases.Add(new()
            {
                Id = $"referral-{n}",
                AsOf = new(2016, 10, 1),
                Rulebooks = ["001"],
                Options = random.Next(2) == 0 ? [] : ["VWS-B04", "VWS-B08"],
                Needs = [new("n1", kind, FactSet.Empty)],
                Provisions = [new() { Id = "p1", Scheme = scheme, Domain = "zvw", Status = "requested", NeedIds = ["n1"], Facts = new(facts) }],
            });
        }

        return cases;
    }
}
