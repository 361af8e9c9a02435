using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Questions;

/// <summary>
/// What must be asked: each missing fact that can still change an answer, or decide a finding of weight, once, the most decisive
/// first. For a fact that is derived its unknown sources are asked; what only serves the control of bills comes last, and after that
/// what those who were asked do not know.
/// </summary>
/// <remarks>
/// The order is greedy: next comes the question that settles most of what waits for nothing else, given the answers to the questions
/// before it. So whoever stops after a few has decided as much as a few questions can.
/// </remarks>
public sealed class QuestionList(Vocabulary vocabulary)
{
    // An urgent finding that still waits for more facts than this is far from certain; its questions are not urgent themselves.
    private const int NearlyDecided = 2;

    private readonly LawfulSource sources = new(vocabulary, new DomainViews(vocabulary));

    /// <summary>The questions of an assessment.</summary>
    /// <param name="assessment">What a round found out.</param>
    /// <param name="notKnown">The questions that somebody could not answer; null = none.</param>
    public IReadOnlyList<PlanQuestion> Of(CaseAssessment assessment, QuestionRegister? notKnown = null)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        var waiting = new Dictionary<FactDefinition, Waiting>();
        foreach (var row in assessment.Coverage)
        {
            var decision = new Pending(row.MissingFacts.Any(IsAskedOfNobody));
            foreach (var missing in row.MissingFacts)
            {
                foreach (var asked in ToAsk(missing, assessment.Case))
                {
                    var w = For(asked, missing);
                    w.Rows.Add((row.NeedId, row.Scheme));
                    decision.WaitsFor(w);
                }
            }
        }

        foreach (var open in assessment.Findings.Undecided.Where(f => f.Flag.Severity >= Severity.Attention))
        {
            var facts = open.MissingFacts.Select(f => f.Fact).Distinct().ToList();
            var decision = new Pending(facts.Exists(IsAskedOfNobody));
            foreach (var missing in facts)
            {
                foreach (var asked in ToAsk(missing, assessment.Case))
                {
                    var w = For(asked, missing);
                    w.Flags.Add(open.Flag.Id);
                    decision.WaitsFor(w);
                    w.Urgent |= open.Flag.Severity == Severity.Urgent && facts.Count <= NearlyDecided;
                    if (open.Item.Need is { } need)
                    {
                        w.FlagNeeds.Add(need);
                    }
                }
            }
        }

        foreach (var w in waiting.Values)
        {
            w.DecidesAlone = w.DecidesNow;
            w.AskedOf = sources.For(w.Fact, w.Needs, assessment.Case);
            var (on, items) = PlacesOf(w, assessment.Case);
            w.NotKnownTo = notKnown?.NotKnownTo(w.Fact.Id, w.AskedOf, on, items);
        }

        return [.. InOrder([.. waiting.Values])
            .Select(w => new PlanQuestion
            {
                Fact = w.Fact.Id,
                QuestionNl = w.Fact.QuestionNl,
                AskedOf = w.AskedOf,
                Priority = w.Urgent ? QuestionPriority.High : w.Fact.ClaimsOnly || w.Rows.Count == 0 ? QuestionPriority.Low : QuestionPriority.Normal,
                NeedIds = [.. w.Needs],
                Schemes = [.. w.Rows.Select(r => r.Scheme).Distinct().Order(StringComparer.Ordinal)],
                Flags = [.. w.Flags],
                Settles = [.. w.Settles],
                DecidesAlone = w.DecidesAlone,
                NotKnownTo = w.NotKnownTo,
            })];

        Waiting For(FactDefinition asked, string missing)
        {
            if (!waiting.TryGetValue(asked, out var w))
            {
                waiting[asked] = w = new Waiting(asked);
            }

            w.Settles.Add(missing);
            return w;
        }
    }

    private static IEnumerable<Waiting> InOrder(List<Waiting> left)
    {
        while (left.Count > 0)
        {
            var next = left.Min(ByWeight)!;
            left.Remove(next);
            next.Answer();
            yield return next;
        }
    }

    private static readonly Comparer<Waiting> ByWeight = Comparer<Waiting>.Create((x, y) =>
        (x.NotKnownTo is not null, x.Fact.ClaimsOnly, !x.Urgent, -x.DecidesNow, -x.Rows.Count, -x.Flags.Count, x.Fact.Index)
            .CompareTo((y.NotKnownTo is not null, y.Fact.ClaimsOnly, !y.Urgent, -y.DecidesNow, -y.Rows.Count, -y.Flags.Count, y.Fact.Index)));

    /// <summary>On which items the fact is asked: those of its level that belong to the needs that wait, and on which it is not known.</summary>
    private static (ItemKind On, IReadOnlyCollection<string> Items) PlacesOf(Waiting w, Case @case)
    {
        var needs = w.Needs;
        return w.Fact.Level switch
        {
            FactLevel.Client => (ItemKind.Case, []),
            FactLevel.Need => (ItemKind.Need, [.. @case.Needs.Where(n => needs.Contains(n.Id) && !n.Facts[w.Fact].IsKnown).Select(n => n.Id)]),
            FactLevel.Provision => (ItemKind.Provision, [.. @case.Provisions.Where(p => p.NeedIds.Any(needs.Contains) && !p.Facts[w.Fact].IsKnown).Select(p => p.Id)]),
            FactLevel.Party => (ItemKind.Party, [.. @case.Parties.Where(p => !p.Facts[w.Fact].IsKnown).Select(p => p.Id)]),
        };
    }

    /// <summary>The answer of zvw is no question to a person: what waits for it is not decided by questions alone.</summary>
    private static bool IsAskedOfNobody(string fact) => fact.StartsWith("coverage.", StringComparison.Ordinal);

    /// <summary>
    /// The fact itself; for a derived fact its source when just one is unknown. The answer of zvw is no question to a person: what zvw
    /// misses is asked for itself.
    /// </summary>
    private HashSet<FactDefinition> ToAsk(string missing, Case @case)
    {
        var result = new HashSet<FactDefinition>();
        Add(missing, []);
        return result;

        void Add(string id, HashSet<string> seen)
        {
            if (!seen.Add(id) || !vocabulary.FactById.TryGetValue(id, out var fact) || IsAskedOfNobody(fact.Id))
            {
                return;
            }

            var unknown = fact.DerivedFrom.Where(s => vocabulary.FactById.TryGetValue(s, out var source) && !IsKnown(source, @case)).ToList();
            // One unknown source is asked for itself (a birth date rather than an age); several are one question too many: then the fact itself.
            if (unknown.Count != 1)
            {
                result.Add(fact);
                return;
            }

            Add(unknown[0], seen);
        }
    }

    /// <summary>Known for everyone it could stand on: at case level, or on each item of its level.</summary>
    private static bool IsKnown(FactDefinition fact, Case @case)
    {
        if (@case.Facts[fact].IsKnown)
        {
            return true;
        }

        var items = fact.Level switch
        {
            FactLevel.Client => [],
            FactLevel.Need => @case.Needs.Select(n => n.Facts).ToList(),
            FactLevel.Provision => [.. @case.Provisions.Select(p => p.Facts)],
            FactLevel.Party => [.. @case.Parties.Select(p => p.Facts)],
        };
        return items.Count > 0 && items.All(facts => facts[fact].IsKnown);
    }

    private sealed class Waiting(FactDefinition fact)
    {
        public FactDefinition Fact => fact;

        public HashSet<(string Need, string Scheme)> Rows { get; } = [];

        public SortedSet<string> Flags { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> FlagNeeds { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> Settles { get; } = new(StringComparer.Ordinal);

        public bool Urgent { get; set; }

        public string AskedOf { get; set; } = "";

        public string? NotKnownTo { get; set; }

        /// <summary>How many answers and findings wait for this fact and for nothing else.</summary>
        public int DecidesAlone { get; set; }

        /// <summary>The same, given the answers to the questions before it.</summary>
        public int DecidesNow { get; set; }

        public List<Pending> Decisions { get; } = [];

        public void Answer()
        {
            foreach (var decision in Decisions)
            {
                decision.Answered(this);
            }
        }

        public SortedSet<string> Needs => new(Rows.Select(r => r.Need).Concat(FlagNeeds), StringComparer.Ordinal);
    }
    /// <summary>A row or finding that waits for facts; it keeps count for the one that would settle it.</summary>
    /// <param name="waitsForMore">Whether it also waits for what nobody is asked for.</param>
    private sealed class Pending(bool waitsForMore)
    {
        private readonly HashSet<Waiting> left = [];

        public void WaitsFor(Waiting fact)
        {
            if (left.Contains(fact))
            {
                return;
            }

            Count(-1);
            left.Add(fact);
            fact.Decisions.Add(this);
            Count(+1);
        }

        public void Answered(Waiting fact)
        {
            Count(-1);
            left.Remove(fact);
            Count(+1);
        }

        private void Count(int change)
        {
            if (left.Count == 1 && !waitsForMore)
            {
                left.First().DecidesNow += change;
            }
        }
    }
}
