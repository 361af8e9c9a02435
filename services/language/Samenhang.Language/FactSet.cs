using System.Collections;

namespace Samenhang.Language;

/// <summary>The known facts of one item of a case. A fact that is not in the set is unknown; an unknown value is never stored.</summary>
public sealed class FactSet : IReadOnlyCollection<KeyValuePair<FactDefinition, Value>>
{
    private readonly Dictionary<FactDefinition, Value> values;

    /// <summary>Takes the known values of the pairs.</summary>
    public FactSet(IEnumerable<KeyValuePair<FactDefinition, Value>> facts) =>
        values = facts.Where(fact => fact.Value.IsKnown).ToDictionary(fact => fact.Key, fact => fact.Value);

    /// <summary>Nothing is known.</summary>
    public static FactSet Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => values.Count;

    /// <summary>The value, unknown when the set does not hold the fact.</summary>
    public Value this[FactDefinition fact] => values.GetValueOrDefault(fact);

    /// <summary>The same set with one value changed; an unknown value takes the fact out.</summary>
    public FactSet With(FactDefinition fact, Value value) =>
        new(values.Where(pair => pair.Key != fact).Append(new(fact, value)));

    /// <summary>The facts for which the predicate holds.</summary>
    public FactSet Where(Func<FactDefinition, bool> predicate) => new(values.Where(pair => predicate(pair.Key)));

    /// <summary>In the order of the vocabulary, so that everything made from it is the same each time.</summary>
    public IEnumerator<KeyValuePair<FactDefinition, Value>> GetEnumerator() => values.OrderBy(pair => pair.Key.Index).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
