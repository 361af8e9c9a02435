using System.Globalization;
using System.Text;
using Samenhang.Language;
using Samenhang.Rules.Evaluation;
using Samenhang.Rules.Expressions;
using Samenhang.Rules.Policies;

namespace Samenhang.Rules;

/// <summary>Where a finding is raised: on a need, a provision, a party, or (all null) on the case.</summary>
public readonly record struct FindingItem(string? Need, string? Provision, string? Party)
{
    /// <summary>The case itself.</summary>
    public static FindingItem Case => default;

    internal static FindingItem Of(object? item) => item switch
    {
        Language.Need need => new(need.Id, null, null),
        Provision provision => new(null, provision.Id, null),
        Language.Party party => new(null, null, party.Id),
        _ => default,
    };
}

/// <summary>A finding whose condition is true.</summary>
/// <param name="Flag">What is found.</param>
/// <param name="Item">On what.</param>
/// <param name="RuleIds">The rules it rests on.</param>
/// <param name="Facts">The facts that it saw.</param>
/// <param name="Explanation">What is found and what was seen, in plain language.</param>
public sealed record Finding(Flag Flag, FindingItem Item, IReadOnlyList<string> RuleIds, IReadOnlyList<FactUse> Facts, Sentence Explanation);

/// <summary>A finding that cannot be ruled out: its condition is unknown.</summary>
/// <param name="flag">What may be the matter.</param>
/// <param name="item">On what.</param>
/// <param name="find">Finds the facts that would decide it.</param>
public sealed class UndecidedFinding(Flag flag, FindingItem item, Func<IReadOnlyList<FactUse>> find)
{
    private IReadOnlyList<FactUse>? missing;

    /// <summary>What may be the matter.</summary>
    public Flag Flag => flag;

    /// <summary>On what.</summary>
    public FindingItem Item => item;

    /// <summary>The facts that would decide it. Found when asked: most cases leave many findings open that nobody will ask about.</summary>
    public IReadOnlyList<FactUse> MissingFacts => missing ??= find();
}

/// <summary>What the findings say about a case.</summary>
public sealed record FindingResult(IReadOnlyList<Finding> Raised, IReadOnlyList<UndecidedFinding> Undecided)
{
    /// <summary>The events that must be stopped, in the order of the list.</summary>
    public IReadOnlyList<BlockedEvent> Blocked { get; init; } = [];
}

/// <summary>The conditions of all findings, and of the events that must be stopped, compiled. Pure and safe for use by many threads.</summary>
public sealed class FindingBook
{
    // The service whose findings they are.
    private const string Casemanager = "casemanager";

    private readonly DerivedFacts derived;
    private readonly PolicySet policies;
    private readonly CompiledFlag[] flags;
    private readonly BlockList blocks;
    // The place of the more general finding that a finding refines, or -1.
    private readonly int[] general;
    private readonly int slots;
    // The place of a finding whose condition is turned around, or -1.
    private readonly int negated;

    private FindingBook(DerivedFacts derived, PolicySet policies, CompiledFlag[] flags, BlockList blocks, int negated = -1)
    {
        this.derived = derived;
        this.policies = policies;
        this.flags = flags;
        this.blocks = blocks;
        this.negated = negated;
        slots = flags.Select(flag => flag.Condition.Slots).Append(blocks.Slots).Append(1).Max();
        general = [.. flags.Select(flag => Array.FindIndex(flags, other => other.Flag.Id == flag.Flag.Refines))];
    }

    /// <summary>The condition of a finding, read for every item of its scope.</summary>
    /// <param name="case">The whole case.</param>
    /// <param name="coverage">The answers of all domains.</param>
    public FindingResult Evaluate(Case @case, IReadOnlyList<Coverage> coverage) => Evaluate(@case, coverage, null);

    /// <summary>The same findings under other policies; nothing is compiled anew.</summary>
    public FindingBook With(PolicySet policies) => policies == this.policies ? this : new(derived, policies, flags, blocks, negated);

    /// <summary>Whether a finding can come up in a case at all: all documents of one of its rules are loaded there.</summary>
    /// <param name="flag">The finding.</param>
    /// <param name="case">The case.</param>
    public bool TakesPart(Flag flag, Case @case)
    {
        ArgumentNullException.ThrowIfNull(flag);
        ArgumentNullException.ThrowIfNull(@case);
        return flags[PlaceOf(flag)].Documents.TakePartIn(@case);
    }

    /// <summary>The same findings with the condition of one of them turned around: a fault that the tests of the rules must notice.</summary>
    internal FindingBook Negating(Flag flag) => new(derived, policies, flags, blocks, PlaceOf(flag));

    private int PlaceOf(Flag flag) => Array.FindIndex(flags, compiled => compiled.Flag.Id == flag.Id);

    internal PolicySet Policies => policies;

    internal Vocabulary Vocabulary => derived.Vocabulary;

    internal string DerivedVersion => derived.Version;

    internal string BlocksVersion => blocks.Version;

    /// <param name="case">The whole case.</param>
    /// <param name="coverage">The answers of all domains.</param>
    /// <param name="readParameters">Where to note the parameters that are read; null = nowhere.</param>
    internal FindingResult Evaluate(Case @case, IReadOnlyList<Coverage> coverage, SortedDictionary<string, Value>? readParameters)
    {
        ArgumentNullException.ThrowIfNull(@case);
        var policy = policies.For(@case, Casemanager);
        @case = policy.Case;
        var context = new CaseContext(@case, derived, policy.Parameters, coverage) { ReadParameters = readParameters };
        var scope = new Scope(context, slots);
        var takesPart = new bool[flags.Length];
        var raised = new List<(int Flag, object? Item)>();
        var undecided = new List<(int Flag, object? Item)>();
        for (var flag = 0; flag < flags.Length; flag++)
        {
            takesPart[flag] = flags[flag].Documents.TakePartIn(@case);
            if (!takesPart[flag])
            {
                continue;
            }

            switch (flags[flag].Flag.Scope)
            {
                case FlagScope.Case:
                    Test(flag, null);
                    break;
                case FlagScope.Need:
                    foreach (var need in @case.Needs)
                    {
                        Test(flag, need);
                    }

                    break;
                case FlagScope.Provision:
                    foreach (var provision in @case.Provisions)
                    {
                        Test(flag, provision);
                    }

                    break;
                case FlagScope.Party:
                    foreach (var party in @case.Parties)
                    {
                        Test(flag, party);
                    }

                    break;
            }
        }

        var refined = Refined(raised, takesPart);
        var text = new StringBuilder();
        return new(
            [.. raised.Where(found => !IsRefined(found)).Select(found => ToFinding(flags[found.Flag], found.Item, scope, text))],
            [.. undecided.Where(open => !IsRefined(open)).Select(open => ToUndecided(flags[open.Flag], open.Item, context))])
        {
            Blocked = [.. blocks.In(@case, scope)],
        };

        bool IsRefined((int Flag, object? Item) found) =>
            refined.TryGetValue(found.Flag, out var items) && items.Exists(item => item is null || found.Item is null || ReferenceEquals(item, found.Item));

        void Test(int flag, object? item)
        {
            scope.Slots[0] = item;
            var truth = flags[flag].Condition.Node.Test(scope);
            switch (flag == negated ? truth.Not() : truth)
            {
                case Truth.True:
                    raised.Add((flag, item));
                    break;
                case Truth.Unknown:
                    undecided.Add((flag, item));
                    break;
            }
        }
    }

    /// <summary>
    /// The findings that a more special one stands for, and on which items (null: the case, which counts for every item). The chain
    /// is followed only over findings that take part.
    /// </summary>
    private Dictionary<int, List<object?>> Refined(List<(int Flag, object? Item)> raised, bool[] takesPart)
    {
        var refined = new Dictionary<int, List<object?>>();
        foreach (var (flag, item) in raised)
        {
            for (var next = general[flag]; next >= 0 && next != flag && takesPart[next]; next = general[next])
            {
                if (!refined.TryGetValue(next, out var items))
                {
                    refined[next] = items = [];
                }

                if (items.Exists(known => ReferenceEquals(known, item)))
                {
                    break;
                }

                items.Add(item);
            }
        }

        return refined;
    }

    /// <summary>The tree of a finding's condition on an item; null when there is no such finding or item.</summary>
    public TraceNode? Explain(Case @case, IReadOnlyList<Coverage> coverage, string flagId, FindingItem item)
    {
        var flag = Array.Find(flags, flag => flag.Flag.Id == flagId);
        var policy = policies.For(@case, Casemanager);
        @case = policy.Case;
        var context = new CaseContext(@case, derived, policy.Parameters, coverage);
        object? on = flag?.Flag.Scope switch
        {
            FlagScope.Need => @case.Needs.FirstOrDefault(need => need.Id == item.Need),
            FlagScope.Provision => @case.Provisions.FirstOrDefault(p => p.Id == item.Provision),
            FlagScope.Party => @case.Parties.FirstOrDefault(party => party.Id == item.Party),
            _ => null,
        };
        return flag is null || (on is null && flag.Flag.Scope != FlagScope.Case) ? null : flag.Condition.Node.Trace(flag.Condition.ScopeFor(context, on));
    }

    internal static FindingBook Compile(DerivedFacts derived, PolicySet policies, RuleFile? blocks, List<RuleFault> faults)
    {
        var compiled = new List<CompiledFlag>();
        foreach (var flag in derived.Vocabulary.Flags)
        {
            try
            {
                var scope = flag.Scope switch
                {
                    FlagScope.Case => ScopeKind.Case,
                    FlagScope.Need => ScopeKind.Need,
                    FlagScope.Provision => ScopeKind.Provision,
                    FlagScope.Party => ScopeKind.Party,
                };
                compiled.Add(new(flag, Binder.Predicate(flag.Predicate, scope, derived.Lexicon), new(derived.Vocabulary, flag.Rules)));
            }
            catch (ExpressionException e)
            {
                faults.Add(new("flags.json", flag.Line, string.Create(CultureInfo.InvariantCulture, $"{flag.Id}: at {e.Position + 1}: {e.Message}")));
            }
        }

        return new(derived, policies, [.. compiled], blocks is null ? BlockList.Empty : BlockList.Compile(blocks, derived, faults));
    }

    private static Finding ToFinding(CompiledFlag found, object? item, Scope scope, StringBuilder text)
    {
        scope.Slots[0] = item;
        var reads = new FactUses();
        found.Condition.Node.Reads(scope, reads);
        var seen = reads.Known;
        var flag = found.Flag;
        return new(flag, FindingItem.Of(item), flag.Rules, seen, new(
            Sentence(flag.LabelNl, " Gezien: ", seen, use => scope.Context.Vocabulary.FactById[use.Fact].LabelNl, ": ", scope.Context.Vocabulary.InDutch, text),
            Sentence(flag.Meaning, " Seen: ", seen, use => scope.Context.Vocabulary.FactById[use.Fact].Name.En, ": ", scope.Context.Vocabulary.InEnglish, text)));
    }

    /// <summary>What is found, and each fact that was seen with its value; one value on several items is told once.</summary>
    private static string Sentence(string what, string seenAs, IReadOnlyList<FactUse> seen, Func<FactUse, string> name, string equals, Func<Value, string> value, StringBuilder text)
    {
        text.Clear().Append(what).Append('.');
        for (var i = 0; i < seen.Count; i++)
        {
            var isTold = false;
            for (var earlier = 0; earlier < i && !isTold; earlier++)
            {
                isTold = seen[earlier].Fact == seen[i].Fact && seen[earlier].Value == seen[i].Value;
            }

            if (!isTold)
            {
                text.Append(i == 0 ? seenAs : "; ").Append(name(seen[i])).Append(equals).Append(value(seen[i].Value));
            }
        }

        return (seen.Count > 0 ? text.Append('.') : text).ToString();
    }

    private static UndecidedFinding ToUndecided(CompiledFlag open, object? item, CaseContext context) => new(open.Flag, FindingItem.Of(item), () =>
    {
        var missing = new FactUses();
        open.Condition.Node.Missing(open.Condition.ScopeFor(context, item), missing);
        return missing.All;
    });

    private sealed record CompiledFlag(Flag Flag, Compiled<Predicate> Condition, RuleDocuments Documents);
}
