using System.Collections.Concurrent;
using Samenhang.Language;
using Samenhang.Rules.Evaluation;
using Samenhang.Rules.Policies;

namespace Samenhang.Rules;

/// <summary>
/// The rules of one service, ready to answer. A pure function of the case that it is shown, the reference day and the parameters;
/// safe for use by many threads.
/// </summary>
public sealed class Rulebook
{
    private readonly DerivedFacts derived;
    private readonly ConcurrentDictionary<(NeedKind Kind, Scheme Scheme), Clause[]> plans;
    private readonly ConcurrentDictionary<NeedKind, Scheme[]> namedSchemes;
    private readonly Clause[] clauses;
    private readonly int slots;
    private readonly Clause? negated;

    internal Rulebook(string service, IReadOnlyList<Rule> rules, IReadOnlyList<RuleFile> files, DerivedFacts derived, PolicySet policies, string version)
    {
        Service = service;
        Rules = rules;
        Files = files;
        Policies = policies;
        RulesVersion = version;
        Version = VocabularyLoader.VersionOf(version, policies.Version);
        this.derived = derived;
        plans = new();
        namedSchemes = new();
        clauses = [.. rules.SelectMany(rule => rule.Clauses)];
        slots = clauses.SelectMany(clause => new[] { clause.Condition?.Slots ?? 1, clause.Contract?.Slots ?? 1 }).DefaultIfEmpty(1).Max();
    }

    private Rulebook(Rulebook same, PolicySet policies, Clause? negated)
    {
        Service = same.Service;
        Rules = same.Rules;
        Files = same.Files;
        Policies = policies;
        RulesVersion = negated is null ? same.RulesVersion : $"{same.RulesVersion} without {negated.Rule.Id}";
        Version = VocabularyLoader.VersionOf(RulesVersion, policies.Version);
        derived = same.derived;
        plans = same.plans;
        namedSchemes = same.namedSchemes;
        clauses = same.clauses;
        slots = same.slots;
        this.negated = negated;
    }

    /// <summary>The service whose rulebook it is.</summary>
    public string Service { get; }

    /// <summary>The rules, in the order of their identifiers.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>The files that it was read from, by name.</summary>
    public IReadOnlyList<RuleFile> Files { get; }

    /// <summary>The dated numbers that it reads, and the policies of municipalities and insurers.</summary>
    public PolicySet Policies { get; }

    /// <summary>A hash over the rulebook's files and the vocabulary.</summary>
    public string RulesVersion { get; }

    /// <summary>A hash over all that answers follow from: the rules, the vocabulary, the numbers and the policies.</summary>
    public string Version { get; }

    /// <summary>The same rules under other policies; nothing is compiled anew.</summary>
    public Rulebook With(PolicySet policies) => policies == Policies ? this : new(this, policies, negated);

    /// <summary>Answers every row of the case: for each need the schemes that a provision names, that a rule names for it, or that an answer suggests.</summary>
    /// <param name="view">What the service may see of the case.</param>
    /// <param name="suggested">Rows that another service's answer suggests: need and scheme.</param>
    public IReadOnlyList<Coverage> Assess(Case view, IEnumerable<(string NeedId, string Scheme)>? suggested = null) => Assess(view, suggested, null);

    /// <param name="view">What the service may see of the case.</param>
    /// <param name="suggested">Rows that another service's answer suggests.</param>
    /// <param name="parameters">Where to note the parameters that are read; null = nowhere.</param>
    internal IReadOnlyList<Coverage> Assess(Case view, IEnumerable<(string NeedId, string Scheme)>? suggested, SortedDictionary<string, Value>? parameters)
    {
        ArgumentNullException.ThrowIfNull(view);
        var context = ContextOf(view, parameters);
        var answers = new List<Coverage>();
        var asked = suggested?.ToLookup(row => row.NeedId, row => row.Scheme);
        foreach (var need in context.Case.Needs)
        {
            var rows = SchemesFor(context, need, asked?[need.Id] ?? []);
            for (var i = 0; i < rows.Count; i++)
            {
                if (Answer(context, need, rows[i]) is not { } answer)
                {
                    continue;
                }

                answers.Add(answer);
                foreach (var scheme in answer.Suggests)
                {
                    if (derived.Vocabulary.Schemes[scheme] is var other && Owns(other) && !rows.Contains(other))
                    {
                        rows.Add(other);
                    }
                }
            }
        }

        return answers;
    }

    /// <summary>Shows how a row is decided: each clause, its truth, the facts it read, and what would change the answer.</summary>
    /// <returns>Null when the rulebook says nothing about the row.</returns>
    public RowExplanation? Explain(Case view, string needId, string schemeId)
    {
        var policy = Policies.For(view, Service);
        var parameters = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        var context = new CaseContext(policy.Case, derived, policy.Parameters, []) { ReadParameters = parameters };
        if (context.NeedById(needId) is not { } need || !derived.Vocabulary.Schemes.TryGetValue(schemeId, out var scheme) || Answer(context, need, scheme) is not { } answer)
        {
            return null;
        }

        var scope = ScopeFor(context, need, scheme);
        var traces = new List<ClauseTrace>();
        foreach (var clause in Plan(need.Kind, scheme).Where(clause => IsLoaded(clause.Rule, policy.Case)))
        {
            var condition = clause.Condition?.Node.Trace(scope);
            traces.Add(new(clause, IsOn(clause.Rule, policy.Case) ? condition?.Truth ?? Truth.True : Truth.False, clause.Rule.Validity.Contains(view.AsOf), condition));
        }

        return new(answer, traces, Counterfactual.Find(this, policy.Case, answer, traces))
        {
            Policies = policy.Uses(view, traces.SelectMany(trace => trace.Condition?.AllFacts ?? []).Select(use => use.Fact).ToHashSet(), parameters.Keys.ToHashSet()),
        };
    }

    /// <summary>
    /// The truth of every clause in these rows, without the trees of an explanation: what a report over many cases asks. Only clauses
    /// that count are among them: document loaded, rule and scheme in force on the reference day, proposal switched on.
    /// </summary>
    /// <param name="view">What the service may see of the case.</param>
    /// <param name="rows">The rows: need and scheme.</param>
    public IEnumerable<(Clause Clause, Truth Truth)> Truths(Case view, IEnumerable<(string NeedId, string Scheme)> rows)
    {
        ArgumentNullException.ThrowIfNull(view);
        var context = ContextOf(view);
        return
            from row in rows
            let need = context.NeedById(row.NeedId)
            let scheme = derived.Vocabulary.Schemes[row.Scheme]
            where need is not null && scheme.Validity.Contains(view.AsOf)
            let scope = ScopeFor(context, need, scheme)
            from clause in Plan(need.Kind, scheme)
            where IsLoaded(clause.Rule, view) && IsOn(clause.Rule, context.Case) && clause.Rule.Validity.Contains(view.AsOf)
            select (clause, TruthOf(clause, scope));
    }

    /// <summary>The same rulebook with the condition of one clause turned around: a fault that the tests of the rules must notice.</summary>
    internal Rulebook Negating(Clause clause) => new(this, Policies, clause);

    /// <summary>The one row that a need and a scheme make, or null when no rule speaks of it.</summary>
    internal Coverage? AnswerOne(Case view, string needId, string schemeId)
    {
        var context = ContextOf(view);
        return context.NeedById(needId) is { } need ? Answer(context, need, derived.Vocabulary.Schemes[schemeId]) : null;
    }

    internal Vocabulary Vocabulary => derived.Vocabulary;

    internal string DerivedVersion => derived.Version;

    internal CaseContext ContextOf(Case view, SortedDictionary<string, Value>? parameters = null)
    {
        var policy = Policies.For(view, Service);
        return new(policy.Case, derived, policy.Parameters, []) { ReadParameters = parameters };
    }

    private static bool IsLoaded(Rule rule, Case view)
    {
        // By place: this is asked for every clause of every row, and an enumerator each would be most of what a row costs.
        for (var i = 0; i < rule.Books.Count; i++)
        {
            if (!view.Rulebooks.Contains(rule.Books[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOn(Rule rule, Case view) => rule.Option is null || view.Options.Contains(rule.Option);

    private Truth TruthOf(Clause clause, Scope scope)
    {
        var truth = clause.Condition?.Node.Test(scope) ?? Truth.True;
        return ReferenceEquals(clause, negated) ? truth.Not() : truth;
    }

    private bool Owns(Scheme scheme) => scheme.Service == Service || (scheme.Service == "none" && Service == "casemanager");

    private List<Scheme> SchemesFor(CaseContext context, Need need, IEnumerable<string> suggested)
    {
        var rows = new List<Scheme>();
        void Add(Scheme scheme)
        {
            if (Owns(scheme) && !rows.Contains(scheme))
            {
                rows.Add(scheme);
            }
        }

        var own = context.ProvisionsOf(need);
        for (var i = 0; i < own.Count; i++)
        {
            Add(own[i].Scheme);
        }

        foreach (var scheme in namedSchemes.GetOrAdd(need.Kind, NamedSchemes))
        {
            if (!rows.Contains(scheme) && Array.Exists(Plan(need.Kind, scheme), clause => MakesRow(clause, need.Kind, scheme) && IsLoaded(clause.Rule, context.Case)))
            {
                rows.Add(scheme);
            }
        }

        foreach (var scheme in suggested)
        {
            Add(derived.Vocabulary.Schemes[scheme]);
        }

        return rows;
    }

    private Scheme[] NamedSchemes(NeedKind kind) =>
        [.. clauses.SelectMany(clause => clause.NamedSchemes.Where(scheme => MakesRow(clause, kind, scheme))).Distinct().OrderBy(scheme => scheme.Id, StringComparer.Ordinal)];

    private static bool MakesRow(Clause clause, NeedKind kind, Scheme scheme) =>
        clause.Effect is Effect.NotApplicable or Effect.Excludes or Effect.LeavesOpen or Effect.Covers && clause.Names(kind) && clause.NamedSchemes.Contains(scheme);

    private Clause[] Plan(NeedKind kind, Scheme scheme) =>
        plans.GetOrAdd((kind, scheme), key => [.. clauses.Where(clause => clause.Speaks(key.Kind) && clause.Speaks(key.Scheme, derived.Vocabulary))]);

    internal Scope ScopeFor(CaseContext context, Need need, Scheme scheme)
    {
        var own = context.ProvisionsOf(need);
        var provisions = new List<Provision>(own.Count);
        foreach (var provision in own)
        {
            if (provision.Scheme == scheme || RowSchemes.Covers(scheme.Id, provision.Scheme, derived.Vocabulary))
            {
                provisions.Add(provision);
            }
        }

        var scope = new Scope(context, slots) { Row = new(need, scheme, provisions) };
        scope.Slots[0] = need;
        return scope;
    }

    private Coverage? Answer(CaseContext context, Need need, Scheme scheme)
    {
        var plan = Plan(need.Kind, scheme);
        var view = context.Case;
        List<Clause>? inForce = null;
        List<Clause>? outside = null;
        foreach (var clause in plan)
        {
            if (!IsLoaded(clause.Rule, view))
            {
                continue;
            }

            if (clause.Rule.Validity.Contains(view.AsOf))
            {
                (inForce ??= []).Add(clause);
            }
            else
            {
                (outside ??= []).Add(clause);
            }
        }

        if (inForce is null && outside is null)
        {
            return null;
        }

        var scope = ScopeFor(context, need, scheme);
        if (!scheme.Validity.Contains(view.AsOf))
        {
            return NotInForce(scope, [.. inForce ?? [], .. outside ?? []]);
        }

        IReadOnlyList<WeighedClause> weighed = Weigh(inForce ?? [], scope);
        var hasRules = weighed.Any(c => c.Effect != Effect.Informs);
        var verdict = hasRules ? RowDecision.Weigh(weighed, scope) : null;
        if (outside is not null && (verdict is null || verdict.IsDefault))
        {
            var other = Weigh(outside, scope);
            if (other.Exists(c => c.Effect != Effect.Informs))
            {
                var would = RowDecision.Weigh(other, scope);
                if (verdict is null || !would.IsDefault)
                {
                    verdict = new(Outcome.Undetermined, "rule-version", would.By, []);
                }
            }
        }

        return verdict is null ? null : ToCoverage(verdict, weighed, scope);
    }

    /// <summary>
    /// The truth of every clause, and whether an exception switches it off: that follows from the exception's own condition, so that the
    /// order of the rules does not matter. Of a proposal that is off, only the titles stay, as titles that failed.
    /// </summary>
    private List<WeighedClause> Weigh(List<Clause> clauses, Scope scope)
    {
        var weighed = new List<WeighedClause>(clauses.Count);
        List<WeighedClause>? exceptions = null;
        foreach (var clause in clauses)
        {
            var isOn = IsOn(clause.Rule, scope.Context.Case);
            if (isOn || clause.Effect == Effect.Covers)
            {
                var own = new WeighedClause(clause, !isOn ? Truth.False : TruthOf(clause, scope), Truth.False);
                weighed.Add(own);
                if (clause.ExceptionTo.Count > 0 && own.Own != Truth.False)
                {
                    (exceptions ??= []).Add(own);
                }
            }
        }

        if (exceptions is null)
        {
            return weighed;
        }

        for (var i = 0; i < weighed.Count; i++)
        {
            var switchedOff = Truth.False;
            foreach (var exception in exceptions)
            {
                if (exception.Clause.ExceptionTo.Contains(weighed[i].Clause.Rule.Id))
                {
                    switchedOff = switchedOff.Or(exception.Own);
                }
            }

            if (switchedOff != Truth.False)
            {
                weighed[i] = weighed[i] with { SwitchedOff = switchedOff };
            }
        }

        weighed.RemoveAll(clause => clause is { Effect: Effect.Requires, SwitchedOff: Truth.True });
        return weighed;
    }

    private static IEnumerable<WeighedClause> ExceptionsTo(Clause clause, IReadOnlyList<WeighedClause> weighed) =>
        weighed.Where(other => other.Clause.ExceptionTo.Contains(clause.Rule.Id));

    private Coverage NotInForce(Scope scope, IReadOnlyList<Clause> about)
    {
        var deciding = about.Where(clause => clause.Effect != Effect.Informs).ToList();
        return ToCoverage(new(Outcome.NotApplicable, null, deciding.Count > 0 ? deciding : about, [], Ground.NoScheme), [], scope);
    }

    private Coverage ToCoverage(Verdict verdict, IReadOnlyList<WeighedClause> weighed, Scope scope)
    {
        var row = scope.Row!;
        var view = scope.Context.Case;
        var informs = new List<Clause>();
        var said = new List<Clause>();
        foreach (var clause in weighed)
        {
            if (clause.Effect == Effect.Informs && clause.Truth == Truth.True)
            {
                informs.Add(clause.Clause);
            }
            else if (Spoke(clause, verdict))
            {
                said.Add(clause.Clause);
            }
        }

        said.AddRange(informs);
        var opposing = informs.FindAll(clause => clause.Rule.Strength is RuleStrength.Opinion or RuleStrength.Proposal);
        var carried = new List<Rule>(verdict.By.Count + informs.Count);
        foreach (var clause in verdict.By)
        {
            AddOnce(carried, clause.Rule);
        }

        foreach (var clause in informs)
        {
            if (clause.Rule.Strength is not (RuleStrength.Opinion or RuleStrength.Proposal))
            {
                AddOnce(carried, clause.Rule);
            }
        }

        T? First<T>(Func<Clause, T?> read)
            where T : class
        {
            foreach (var clause in said)
            {
                if (read(clause) is { } found)
                {
                    return found;
                }
            }

            return null;
        }

        var pays = verdict.Outcome is Outcome.Covered or Outcome.Conditional;
        var missing = verdict.Reason == "missing-facts" ? MissingFacts(verdict, weighed, scope) : [];
        return new Coverage
        {
            NeedId = row.Need.Id,
            Scheme = row.Scheme.Id,
            Service = Service,
            Product = First(clause => clause.Product),
            Outcome = verdict.Outcome,
            PaymentMode = First(clause => clause.PaymentMode) ?? (pays ? row.Scheme.PaymentMode : null),
            Payer = First(clause => clause.Payer) ?? (pays ? scope.Context.PayerOf(row.Scheme) : null),
            FallbackPayer = First(clause => clause.FallbackPayer),
            Strength = verdict.Reason is null ? WeakestOf(verdict.By, view) : null,
            Modal = First(clause => clause.Modal),
            ContestedBy = opposing.Count == 0 ? [] : [.. opposing.Select(clause => clause.Rule.Id).Distinct()],
            Indicative = verdict.By.Any(clause => clause.Rule.Indicative),
            LegalRisk = said.Exists(clause => clause.LegalRisk),
            Responsible = First(clause => clause.Responsible) ?? (verdict.Reason == "missing-facts" ? WouldBeResponsible(verdict, weighed) : null),
            OpenConditions = verdict.OpenConditions,
            MissingFacts = [.. missing.Select(fact => fact.Id)],
            Reason = verdict.Reason,
            RuleIds = carried.ConvertAll(rule => rule.Id),
            Sources = carried.ConvertAll(rule => rule.Source),
            ValidAt = view.AsOf,
            Explanation = RowSentence.Of(verdict, weighed, missing, informs, scope),
            Suggests = said.Exists(clause => clause.Suggests.Count > 0) ? [.. said.SelectMany(clause => clause.Suggests).Distinct()] : [],
        };
    }

    /// <summary>
    /// The clauses of a verdict whose condition holds (of a requirement: fails). What failed or is not known carries the answer, but its
    /// payer, product or other schemes to look at are not said.
    /// </summary>
    private static bool Spoke(WeighedClause clause, Verdict verdict) =>
        (clause.Truth == Truth.True || clause.Effect == Effect.Awaits || (clause is { Effect: Effect.Requires, Truth: Truth.False } && verdict.Outcome == Outcome.NotCovered))
        && verdict.By.Contains(clause.Clause);

    private static void AddOnce(List<Rule> rules, Rule rule)
    {
        if (!rules.Contains(rule))
        {
            rules.Add(rule);
        }
    }

    /// <summary>While a title is not known to hold or fail: who would be responsible under it, and so is the one to look at it.</summary>
    private static string? WouldBeResponsible(Verdict verdict, IReadOnlyList<WeighedClause> weighed) =>
        weighed.Where(clause => clause.Truth == Truth.Unknown && verdict.By.Contains(clause.Clause)).Select(clause => clause.Clause.Responsible).FirstOrDefault(role => role is not null);

    /// <summary>That of the weakest rule; proposals that are off count only where nothing else carried the answer.</summary>
    private static Strength? WeakestOf(IReadOnlyList<Clause> by, Case view)
    {
        var on = by.Where(clause => IsOn(clause.Rule, view)).ToList();
        return by.Count == 0 ? null : (on.Count > 0 ? on : by).Min(clause => StrengthOf(clause.Rule));
    }

    private static Strength StrengthOf(Rule rule) => rule.Strength switch
    {
        RuleStrength.Hard => Strength.Hard,
        RuleStrength.Interpretation => Strength.Interpretation,
        RuleStrength.Proposal => Strength.Proposal,
        _ => Strength.Opinion,
    };

    /// <summary>The unknown facts of the clauses that can still change the outcome, and of the exceptions that may switch these off.</summary>
    private static IReadOnlyList<FactDefinition> MissingFacts(Verdict verdict, IReadOnlyList<WeighedClause> weighed, Scope scope)
    {
        var missing = new FactUses();
        foreach (var clause in weighed)
        {
            if (clause.Truth != Truth.Unknown || !verdict.By.Contains(clause.Clause))
            {
                continue;
            }

            clause.Clause.Condition?.Node.Missing(scope, missing);
            if (clause.SwitchedOff == Truth.Unknown)
            {
                foreach (var exception in ExceptionsTo(clause.Clause, weighed))
                {
                    exception.Clause.Condition?.Node.Missing(scope, missing);
                }
            }
        }

        return [.. missing.All.Select(use => scope.Context.Vocabulary.FactById[use.Fact]).Distinct().OrderBy(fact => fact.Index)];
    }
}
