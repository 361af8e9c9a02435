using System.Collections;

namespace Samenhang.Language;

/// <summary>The known facts of one item of a case. A fact that is not in the set is unknown; an unknown value is never stored.</summary>
public sealed class FactSet : IReadOnlyCollection<KeyValuePair<FactDefinition, Value>>
{
    // Ordered by the index of the fact: a look-up halves, and everything made from the set comes in the same order each time.
    private readonly KeyValuePair<FactDefinition, Value>[] facts;

    /// <summary>Takes the known values of the pairs.</summary>
    /// <exception cref="ArgumentException">A fact stands twice.</exception>
    public FactSet(IEnumerable<KeyValuePair<FactDefinition, Value>> facts)
    {
        this.facts = [.. facts.Where(fact => fact.Value.IsKnown).OrderBy(fact => fact.Key.Index)];
        for (var i = 1; i < this.facts.Length; i++)
        {
            if (this.facts[i].Key == this.facts[i - 1].Key)
            {
                throw new ArgumentException($"The fact {this.facts[i].Key} stands twice.", nameof(facts));
            }
        }
    }

    private FactSet(KeyValuePair<FactDefinition, Value>[] ordered) => facts = ordered;

    /// <summary>Nothing is known.</summary>
    public static FactSet Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => facts.Length;

    /// <summary>The value, unknown when the set does not hold the fact.</summary>
    public Value this[FactDefinition fact]
    {
        get
        {
            var (low, high) = (0, facts.Length - 1);
            while (low <= high)
            {
                var middle = (low + high) >> 1;
                var order = facts[middle].Key.Index - fact.Index;
                if (order == 0)
                {
                    return facts[middle].Value;
                }

                (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
            }

            return default;
        }
    }

    /// <summary>The same set with one value changed; an unknown value takes the fact out.</summary>
    public FactSet With(FactDefinition fact, Value value)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var place = 0;
        while (place < facts.Length && facts[place].Key.Index < fact.Index)
        {
            place++;
        }

        var after = place < facts.Length && facts[place].Key == fact ? place + 1 : place;
        return value.IsKnown
            ? new([.. facts.AsSpan(0, place), new(fact, value), .. facts.AsSpan(after)])
            : after == place ? this : new([.. facts.AsSpan(0, place), .. facts.AsSpan(after)]);
    }

    /// <summary>The facts for which the predicate holds.</summary>
    public FactSet Where(Func<FactDefinition, bool> predicate)
    {
        var count = 0;
        foreach (var pair in facts)
        {
            count += predicate(pair.Key) ? 1 : 0;
        }

        if (count == facts.Length || count == 0)
        {
            return count == 0 ? Empty : this;
        }

        var kept = new KeyValuePair<FactDefinition, Value>[count];
        foreach (var pair in facts)
        {
            if (predicate(pair.Key))
            {
                kept[^count--] = pair;
            }
        }

        return new(kept);
    }

    /// <summary>In the order of the vocabulary.</summary>
    public IEnumerator<KeyValuePair<FactDefinition, Value>> GetEnumerator() => facts.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
