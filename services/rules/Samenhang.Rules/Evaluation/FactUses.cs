using Samenhang.Language;

namespace Samenhang.Rules.Evaluation;

/// <summary>The facts that were read, each once, in the order of reading. Few enough that looking through them is cheaper than hashing.</summary>
internal sealed class FactUses
{
    private readonly List<FactUse> uses = [];

    internal int Count => uses.Count;

    internal void Add(FactDefinition fact, string? item, Value value)
    {
        foreach (var use in uses)
        {
            if (ReferenceEquals(use.Fact, fact.Id) && use.Item == item)
            {
                return;
            }
        }

        uses.Add(new(fact.Id, item, value));
    }

    internal void Add(FactUse use)
    {
        if (!uses.Contains(use))
        {
            uses.Add(use);
        }
    }

    /// <summary>Takes over what is not known of other uses.</summary>
    internal void AddUnknown(FactUses others)
    {
        foreach (var use in others.uses)
        {
            if (!use.Value.IsKnown)
            {
                Add(use);
            }
        }
    }

    internal IReadOnlyList<FactUse> All => uses;

    internal IReadOnlyList<FactUse> Known => uses.FindAll(use => use.Value.IsKnown);
}
