using System.Collections.Immutable;
using Samenhang.Casemanager.Domain.Cases;

namespace Samenhang.Casemanager.Domain.Questions;

/// <summary>The questions to which somebody answered that he does not know. Immutable.</summary>
public sealed class QuestionRegister
{
    private readonly ImmutableDictionary<(string Fact, ItemKind On, string? ItemId), QuestionLeftOpen> leftOpen;

    private QuestionRegister(ImmutableDictionary<(string, ItemKind, string?), QuestionLeftOpen> leftOpen) => this.leftOpen = leftOpen;

    /// <summary>No such question.</summary>
    public static QuestionRegister Empty { get; } = new(ImmutableDictionary<(string, ItemKind, string?), QuestionLeftOpen>.Empty);

    /// <summary>The register after one more change.</summary>
    public QuestionRegister After(QuestionChange change) => change switch
    {
        QuestionLeftOpen open => new(leftOpen.SetItem((open.Fact, open.On, open.ItemId), open)),
        _ => throw new InvalidOperationException($"{change?.GetType().Name} is no change of a question."),
    };

    /// <summary>The register after facts became known: what somebody did not know before says nothing when the fact is asked again.</summary>
    public QuestionRegister After(IEnumerable<PlacedFact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return leftOpen.IsEmpty ? this : new(leftOpen.RemoveRange(facts.Where(fact => fact.Value.IsKnown).Select(fact => (fact.Fact, fact.On, fact.ItemId))));
    }

    /// <summary>
    /// Who did not know a fact, of those of whom it is still asked: for all items at once, or for each of them. Null when an item is left
    /// for which nobody said so.
    /// </summary>
    /// <param name="fact">The fact.</param>
    /// <param name="askedOf">Of whom it is asked now.</param>
    /// <param name="on">On which kind of item it stands.</param>
    /// <param name="items">The items for which it is asked.</param>
    internal string? NotKnownTo(string fact, string askedOf, ItemKind on, IReadOnlyCollection<string> items)
    {
        if (leftOpen.IsEmpty)
        {
            return null;
        }

        if (Standing(ItemKind.Case, null) is { } all)
        {
            return all.By;
        }

        var each = items.Select(item => Standing(on, item)).ToList();
        return each.Count > 0 && each.TrueForAll(said => said is not null) ? each[0]!.By : null;

        QuestionLeftOpen? Standing(ItemKind kind, string? item) =>
            leftOpen.TryGetValue((fact, kind, item), out var said) && said.AskedOf == askedOf ? said : null;
    }
}
