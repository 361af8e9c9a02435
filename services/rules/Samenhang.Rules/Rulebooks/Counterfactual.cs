using Samenhang.Language;

namespace Samenhang.Rules;

/// <summary>Finds the single facts that would change an answer, by trying the values that each can have.</summary>
internal static class Counterfactual
{
    internal static IReadOnlyList<Change> Find(Rulebook rulebook, Case view, Coverage answer, IReadOnlyList<ClauseTrace> clauses)
    {
        var changes = new List<Change>();
        var read = clauses.Where(clause => clause.InForce).SelectMany(clause => clause.Clause.Facts)
            .SelectMany(fact => fact.DerivedFrom.Select(id => rulebook.Vocabulary.FactById.GetValueOrDefault(id)).OfType<FactDefinition>().Append(fact))
            .Distinct().OrderBy(fact => fact.Index);
        foreach (var fact in read)
        {
            var now = ValueIn(view, fact, answer.NeedId);
            foreach (var value in Candidates(fact).Where(value => value != now))
            {
                var changed = rulebook.AnswerOne(With(view, fact, value, answer), answer.NeedId, answer.Scheme);
                if (changed is not null && changed.Outcome != answer.Outcome && changed.Outcome != Outcome.Undetermined)
                {
                    changes.Add(new(fact.Id, fact.Level == FactLevel.Client ? null : answer.NeedId, now, value, changed.Outcome));
                }
            }
        }

        return changes;
    }

    private static IEnumerable<Value> Candidates(FactDefinition fact) => fact.Type switch
    {
        FactType.Bool => [Value.Of(true), Value.Of(false)],
        FactType.Enum when fact.Values is not null => fact.Values.Order(StringComparer.Ordinal).Select(code => Value.Of(code)),
        _ => [],
    };

    private static Value ValueIn(Case view, FactDefinition fact, string needId)
    {
        var own = fact.Level switch
        {
            FactLevel.Need => view.Needs.First(need => need.Id == needId).Facts[fact],
            FactLevel.Provision => view.Provisions.Where(p => p.NeedIds.Contains(needId)).Select(p => p.Facts[fact]).FirstOrDefault(value => value.IsKnown),
            _ => default,
        };
        return own.IsKnown ? own : view.Facts[fact];
    }

    private static Case With(Case view, FactDefinition fact, Value value, Coverage answer) => fact.Level switch
    {
        FactLevel.Need => view with { Needs = [.. view.Needs.Select(need => need.Id == answer.NeedId ? need with { Facts = need.Facts.With(fact, value) } : need)] },
        FactLevel.Provision when view.Provisions.Any(p => p.NeedIds.Contains(answer.NeedId)) => view with
        {
            Provisions = [.. view.Provisions.Select(p => p.NeedIds.Contains(answer.NeedId) ? p with { Facts = p.Facts.With(fact, value) } : p)],
        },
        _ => view with { Facts = view.Facts.With(fact, value) },
    };
}
