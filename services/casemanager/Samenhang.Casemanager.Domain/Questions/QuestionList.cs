using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Questions;

/// <summary>
/// What must be asked: each missing fact that can still change an answer, or decide a finding of weight, once, the most decisive
/// first. For a fact that is derived its unknown sources are asked; what only serves the control of bills comes last.
/// </summary>
public sealed class QuestionList(Vocabulary vocabulary)
{
    // An urgent finding that still waits for more facts than this is far from certain; its questions are not urgent themselves.
    private const int NearlyDecided = 2;

    private readonly LawfulSource sources = new(vocabulary, new DomainViews(vocabulary));

    /// <summary>The questions of an assessment.</summary>
    public IReadOnlyList<PlanQuestion> Of(CaseAssessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        var waiting = new Dictionary<FactDefinition, Waiting>();
        foreach (var row in assessment.Coverage)
        {
            foreach (var missing in row.MissingFacts)
            {
                foreach (var asked in ToAsk(missing, assessment.Case))
                {
                    var w = For(asked, missing);
                    w.Rows.Add((row.NeedId, row.Scheme));
                }
            }
        }

        foreach (var open in assessment.Findings.Undecided.Where(f => f.Flag.Severity >= Severity.Attention))
        {
            var facts = open.MissingFacts.Select(f => f.Fact).Distinct().ToList();
            foreach (var missing in facts)
            {
                foreach (var asked in ToAsk(missing, assessment.Case))
                {
                    var w = For(asked, missing);
                    w.Flags.Add(open.Flag.Id);
                    w.Urgent |= open.Flag.Severity == Severity.Urgent && facts.Count <= NearlyDecided;
                    if (open.Item.Need is { } need)
                    {
                        w.FlagNeeds.Add(need);
                    }
                }
            }
        }

        return [.. waiting.Values
            .OrderBy(w => w.Fact.ClaimsOnly)
            .ThenByDescending(w => w.Urgent)
            .ThenByDescending(w => w.Rows.Count)
            .ThenByDescending(w => w.Flags.Count)
            .ThenBy(w => w.Fact.Index)
            .Select(w => new PlanQuestion
            {
                Fact = w.Fact.Id,
                QuestionNl = w.Fact.QuestionNl,
                AskedOf = sources.For(w.Fact, w.Needs, assessment.Case),
                Priority = w.Urgent ? QuestionPriority.High : w.Fact.ClaimsOnly || w.Rows.Count == 0 ? QuestionPriority.Low : QuestionPriority.Normal,
                NeedIds = [.. w.Needs],
                Schemes = [.. w.Rows.Select(r => r.Scheme).Distinct().Order(StringComparer.Ordinal)],
                Flags = [.. w.Flags],
                Settles = [.. w.Settles],
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
            if (!seen.Add(id) || !vocabulary.FactById.TryGetValue(id, out var fact) || fact.Id.StartsWith("coverage.", StringComparison.Ordinal))
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

        public SortedSet<string> Needs => new(Rows.Select(r => r.Need).Concat(FlagNeeds), StringComparer.Ordinal);
    }
}
