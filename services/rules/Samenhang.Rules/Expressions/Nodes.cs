using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules.Expressions;

/// <summary>A bound part of an expression: every name in it is known and every type agrees.</summary>
internal abstract class Node
{
    /// <summary>The text as the writer wrote it.</summary>
    internal string Source { get; set; } = "";

    /// <summary>The parts it is made of.</summary>
    internal virtual IReadOnlyList<Node> Parts => [];

    /// <summary>Adds every fact that is read in this scope, with its value.</summary>
    internal virtual void Reads(Scope scope, FactUses into)
    {
        // By place, as everywhere on the way of an evaluation: an enumerator for each part would be most of what a finding costs.
        for (var i = 0; i < Parts.Count; i++)
        {
            Parts[i].Reads(scope, into);
        }
    }

    /// <summary>All fact definitions that can be read, whatever the case.</summary>
    internal virtual IEnumerable<FactDefinition> Facts => Parts.SelectMany(part => part.Facts);

    /// <summary>All parameters that can be read, whatever the case.</summary>
    internal virtual IEnumerable<string> Parameters => Parts.SelectMany(part => part.Parameters);

    /// <summary>Whether a parameter that is read here has no value on the reference day.</summary>
    internal bool LacksParameter(Scope scope)
    {
        foreach (var id in Parameters)
        {
            if (!scope.Context.Parameter(id).IsKnown)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A part that is true, false or unknown.</summary>
internal abstract class Predicate : Node
{
    internal abstract Truth Test(Scope scope);

    /// <summary>Adds the unknown facts that keep this predicate unknown; adds nothing when it is known.</summary>
    internal virtual void Missing(Scope scope, FactUses into)
    {
        if (Test(scope) != Truth.Unknown)
        {
            return;
        }

        foreach (var part in Parts)
        {
            if (part is Predicate predicate)
            {
                predicate.Missing(scope, into);
            }
            else
            {
                var reads = new FactUses();
                part.Reads(scope, reads);
                into.AddUnknown(reads);
            }
        }
    }

    /// <summary>What was found, part by part.</summary>
    internal virtual TraceNode Trace(Scope scope)
    {
        var inner = Parts.OfType<Predicate>().ToList();
        var reads = new FactUses();
        if (inner.Count == 0)
        {
            Reads(scope, reads);
        }

        return new(Source, Test(scope), reads.All, [.. inner.Select(part => part.Trace(scope))]);
    }
}

/// <summary>A part that has a value.</summary>
internal abstract class Term : Node
{
    internal abstract Value Get(Scope scope);
}

/// <summary>A part that stands for an item of the case.</summary>
internal abstract class ItemTerm : Node
{
    internal abstract object? Item(Scope scope);
}

internal sealed class Constant(Value value) : Term
{
    internal Value Value => value;

    internal override Value Get(Scope scope) => value;
}

internal sealed class AsOf : Term
{
    internal override Value Get(Scope scope) => Value.Of(scope.Context.Case.AsOf);
}

internal sealed class ParameterTerm(string id) : Term
{
    internal override IEnumerable<string> Parameters => [id];

    internal override Value Get(Scope scope) => scope.Context.Parameter(id);
}

/// <summary>The scheme of the row that a clause is read for.</summary>
internal sealed class RowScheme : Term
{
    internal override Value Get(Scope scope) => Value.Of(scope.Row!.Scheme.Id);
}

internal sealed class SlotItem(int slot) : ItemTerm
{
    internal int Slot => slot;

    internal override object? Item(Scope scope) => scope.Slots[slot];
}

/// <summary>An item that follows from others, such as the provider of a provision.</summary>
internal sealed class FoundItem(Func<Scope, object?> find) : ItemTerm
{
    internal override object? Item(Scope scope) => find(scope);
}

/// <summary>A fact on an item, or of the client when there is none.</summary>
internal sealed class FactTerm(FactDefinition fact, ItemTerm? on, bool absentIsUnknown = false) : Term
{
    internal FactDefinition Fact => fact;

    internal override IEnumerable<FactDefinition> Facts => [fact];

    internal override Value Get(Scope scope)
    {
        var item = on?.Item(scope);
        return absentIsUnknown && item is null ? default : scope.Context.Fact(fact, item);
    }

    internal override void Reads(Scope scope, FactUses into)
    {
        var item = on?.Item(scope);
        into.Add(fact, ItemId(item), absentIsUnknown && item is null ? default : scope.Context.Fact(fact, item));
    }

    private string? ItemId(object? item) => fact.Level == FactLevel.Client ? null : item switch
    {
        Need need => need.Id,
        Provision provision => provision.Id,
        Party party => party.Id,
        _ => null,
    };
}

/// <summary>A need-level fact read through a provision: its own value, else that of the need, else the case's.</summary>
internal sealed class NeedFactOfProvision(FactDefinition fact, ItemTerm provision, ItemTerm need) : Term
{
    internal override IEnumerable<FactDefinition> Facts => [fact];

    internal override Value Get(Scope scope)
    {
        var own = (provision.Item(scope) as Provision)?.Facts[fact] ?? default;
        return own.IsKnown ? own : scope.Context.Fact(fact, need.Item(scope));
    }

    internal override void Reads(Scope scope, FactUses into) =>
        into.Add(fact, (need.Item(scope) as Need)?.Id, Get(scope));
}

/// <summary>A need-level fact in a row: a provision of the row may carry its own value.</summary>
internal sealed class NeedFactOfRow(FactDefinition fact, ItemTerm need) : Term
{
    internal override IEnumerable<FactDefinition> Facts => [fact];

    internal override Value Get(Scope scope)
    {
        if (scope.Row is { } row)
        {
            foreach (var provision in row.Provisions)
            {
                if (provision.Facts[fact] is { IsKnown: true } own)
                {
                    return own;
                }
            }
        }

        return scope.Context.Fact(fact, need.Item(scope));
    }

    internal override void Reads(Scope scope, FactUses into) =>
        into.Add(fact, (need.Item(scope) as Need)?.Id, Get(scope));
}

/// <summary>A field of an item.</summary>
internal sealed class FieldTerm(ItemTerm item, Func<object, Value> read) : Term
{
    internal override IReadOnlyList<Node> Parts { get; } = [item];

    internal override Value Get(Scope scope) => item.Item(scope) is { } found ? read(found) : default;
}

/// <summary>A value made from others by a function.</summary>
internal sealed class Computed(IReadOnlyList<Node> parts, Func<Scope, Value> compute) : Term
{
    internal override IReadOnlyList<Node> Parts { get; } = parts;

    internal override Value Get(Scope scope) => compute(scope);
}

/// <summary>A truth used as a value, for example in <c>hbEligible(p) = false</c>.</summary>
internal sealed class TruthTerm(Predicate predicate) : Term
{
    internal override IReadOnlyList<Node> Parts { get; } = [predicate];

    internal override Value Get(Scope scope) => Value.Of(predicate.Test(scope));
}

/// <summary>A truth found by a function.</summary>
internal sealed class Found(IReadOnlyList<Node> parts, Func<Scope, Truth> find) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = parts;

    internal override Truth Test(Scope scope) => find(scope);
}

internal sealed class BooleanFact(Term term) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = [term];

    internal override Truth Test(Scope scope) => term.Get(scope).Truth;
}

internal sealed class AndNode(Predicate[] parts) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = parts;

    internal override Truth Test(Scope scope)
    {
        var result = Truth.True;
        foreach (var part in parts)
        {
            result = result.And(part.Test(scope));
            if (result == Truth.False)
            {
                return result;
            }
        }

        return result;
    }
}

internal sealed class OrNode(Predicate[] parts) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = parts;

    internal override Truth Test(Scope scope)
    {
        var result = Truth.False;
        foreach (var part in parts)
        {
            result = result.Or(part.Test(scope));
            if (result == Truth.True)
            {
                return result;
            }
        }

        return result;
    }
}

internal sealed class NotNode(Predicate inner) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = [inner];

    internal override Truth Test(Scope scope) => inner.Test(scope).Not();
}

/// <summary>True if the inner predicate is known to be true, else false; never unknown.</summary>
internal sealed class ProvenNode(Predicate inner) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = [inner];

    internal override Truth Test(Scope scope) => Kleene.Known(inner.Test(scope) == Truth.True);
}

/// <summary>The items over which a quantifier or a lifted atom runs.</summary>
internal sealed record ItemSource(string List, Func<Scope, IReadOnlyList<object>> Items)
{
    /// <summary>Whether the case's list may miss items.</summary>
    internal bool IsOpen(Scope scope) => scope.Context.Case.Open.Count > 0 && scope.Context.Case.Open.Contains(List);
}

/// <summary>
/// An atom that reads a fact of a lower level than its scope: true if it is true for some item, false if it is false for all or
/// there are none, else unknown. Without items a value that stands elsewhere (on the provision itself, at case level) is read.
/// </summary>
/// <param name="atom">The atom.</param>
/// <param name="source">The items.</param>
/// <param name="slot">Where the item in turn stands.</param>
/// <param name="reads">What the atom reads on the item.</param>
/// <param name="absentIsUnknown">Without items the atom is read as it is, not as false.</param>
internal sealed class Lifted(Predicate atom, ItemSource source, int slot, Term[] reads, bool absentIsUnknown) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = [atom];

    internal override Truth Test(Scope scope)
    {
        var items = source.Items(scope);
        var result = Truth.False;
        if (items.Count == 0)
        {
            scope.Slots[slot] = null;
            result = HasValueWithoutItem(scope) ? atom.Test(scope) : Truth.False;
        }

        for (var i = 0; i < items.Count; i++)
        {
            scope.Slots[slot] = items[i];
            result = result.Or(atom.Test(scope));
            if (result == Truth.True)
            {
                return result;
            }
        }

        return source.IsOpen(scope) ? result.Or(Truth.Unknown) : result;
    }

    internal override void Missing(Scope scope, FactUses into)
    {
        if (Test(scope) == Truth.Unknown)
        {
            Each(scope, () => atom.Missing(scope, into));
        }
    }

    internal override void Reads(Scope scope, FactUses into) => Each(scope, () => atom.Reads(scope, into));

    internal override TraceNode Trace(Scope scope)
    {
        var seen = new FactUses();
        Reads(scope, seen);
        return new(Source, Test(scope), seen.All, []);
    }

    private void Each(Scope scope, Action action)
    {
        var items = source.Items(scope);
        if (items.Count == 0)
        {
            scope.Slots[slot] = null;
            if (HasValueWithoutItem(scope))
            {
                action();
            }
        }

        for (var i = 0; i < items.Count; i++)
        {
            scope.Slots[slot] = items[i];
            action();
        }
    }

    private bool HasValueWithoutItem(Scope scope)
    {
        if (absentIsUnknown)
        {
            return true;
        }

        foreach (var read in reads)
        {
            if (read.Get(scope).IsKnown)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>
/// some or none: Kleene over the items; several variables of one list are different items. A guard is a part of the body, which is then a
/// conjunction, that reads one variable: where it is false the body is, whatever the variables after it stand for.
/// </summary>
internal sealed class QuantifierNode(bool none, ItemSource source, int[] slots, Predicate body, Predicate[][] guards) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = [body];

    internal override Truth Test(Scope scope)
    {
        var some = Some(scope, 0, Truth.False);
        if (some != Truth.True && source.IsOpen(scope))
        {
            some = Truth.Unknown;
        }

        return none ? some.Not() : some;
    }

    internal override void Missing(Scope scope, FactUses into)
    {
        if (Test(scope) == Truth.Unknown)
        {
            Each(scope, 0, guarded: true, () => body.Missing(scope, into));
        }
    }

    internal override void Reads(Scope scope, FactUses into) => Each(scope, 0, guarded: false, () => body.Reads(scope, into));

    internal override TraceNode Trace(Scope scope)
    {
        var reads = new FactUses();
        var truth = Test(scope);
        if (Some(scope, 0, Truth.False) == Truth.True)
        {
            body.Reads(scope, reads);
        }
        else
        {
            Reads(scope, reads);
        }

        return new(Source, truth, reads.All, []);
    }

    private Truth Some(Scope scope, int variable, Truth soFar)
    {
        if (variable == slots.Length)
        {
            return soFar.Or(body.Test(scope));
        }

        var items = source.Items(scope);
        for (var i = 0; i < items.Count && soFar != Truth.True; i++)
        {
            if (IsFree(scope, variable, items[i]))
            {
                scope.Slots[slots[variable]] = items[i];
                soFar = IsOut(scope, variable) ? soFar : Some(scope, variable + 1, soFar);
            }
        }

        return soFar;
    }

    private void Each(Scope scope, int variable, bool guarded, Action action)
    {
        if (variable == slots.Length)
        {
            action();
            return;
        }

        var items = source.Items(scope);
        for (var i = 0; i < items.Count; i++)
        {
            if (IsFree(scope, variable, items[i]))
            {
                scope.Slots[slots[variable]] = items[i];
                if (!guarded || !IsOut(scope, variable))
                {
                    Each(scope, variable + 1, guarded, action);
                }
            }
        }
    }

    /// <summary>Whether the body is false for what this variable stands for.</summary>
    private bool IsOut(Scope scope, int variable)
    {
        if (variable < guards.Length)
        {
            foreach (var guard in guards[variable])
            {
                if (guard.Test(scope) == Truth.False)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsFree(Scope scope, int variable, object item)
    {
        for (var i = 0; i < variable; i++)
        {
            if (ReferenceEquals(scope.Slots[slots[i]], item))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>How many items, or distinct values: at least the true ones, at most also the unknown ones.</summary>
internal sealed class CountTerm(ItemSource source, int slot, Predicate body, Term? distinct) : Term
{
    internal override IReadOnlyList<Node> Parts { get; } = distinct is null ? [body] : [body, distinct];

    internal override Value Get(Scope scope)
    {
        var (low, high) = Bounds(scope);
        return low == high ? Value.Of((decimal)low) : default;
    }

    internal override void Reads(Scope scope, FactUses into)
    {
        foreach (var item in source.Items(scope))
        {
            scope.Slots[slot] = item;
            body.Reads(scope, into);
            distinct?.Reads(scope, into);
        }
    }

    /// <summary>What keeps the number open: the unknown facts of the items that may count.</summary>
    internal void Missing(Scope scope, FactUses into)
    {
        foreach (var item in source.Items(scope))
        {
            scope.Slots[slot] = item;
            var truth = body.Test(scope);
            body.Missing(scope, into);
            if (truth != Truth.False && distinct is not null && !distinct.Get(scope).IsKnown)
            {
                var reads = new FactUses();
                distinct.Reads(scope, reads);
                into.AddUnknown(reads);
            }
        }
    }

    internal (int Low, int High) Bounds(Scope scope)
    {
        var sure = 0;
        var perhaps = 0;
        HashSet<Value>? seen = null;
        HashSet<Value>? maybe = null;
        var items = source.Items(scope);
        for (var i = 0; i < items.Count; i++)
        {
            scope.Slots[slot] = items[i];
            var truth = body.Test(scope);
            if (truth == Truth.False)
            {
                continue;
            }

            var value = distinct?.Get(scope) ?? default;
            if (distinct is null)
            {
                (sure, perhaps) = truth == Truth.True ? (sure + 1, perhaps) : (sure, perhaps + 1);
            }
            else if (!value.IsKnown)
            {
                perhaps++;
            }
            else if (truth == Truth.True)
            {
                (seen ??= []).Add(value);
            }
            else
            {
                (maybe ??= []).Add(value);
            }
        }

        if (distinct is not null)
        {
            sure = seen?.Count ?? 0;
            perhaps += maybe?.Count(value => seen?.Contains(value) != true) ?? 0;
        }

        return (sure, source.IsOpen(scope) ? int.MaxValue : sure + perhaps);
    }
}

/// <summary>A comparison of a count with a number: known only if all numbers that the count can be agree.</summary>
internal sealed class CountComparison(CountTerm count, string operation, Term number) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = [count, number];

    internal override void Missing(Scope scope, FactUses into)
    {
        if (Test(scope) == Truth.Unknown)
        {
            count.Missing(scope, into);
            var reads = new FactUses();
            number.Reads(scope, reads);
            into.AddUnknown(reads);
        }
    }

    internal override Truth Test(Scope scope)
    {
        if (number.Get(scope) is not { Kind: ValueKind.Number } value)
        {
            return Truth.Unknown;
        }

        var bound = value.Number;
        var (low, high) = count.Bounds(scope);
        return operation switch
        {
            ">" => Agree(low > bound, high > bound),
            ">=" => Agree(low >= bound, high >= bound),
            "<" => Agree(low < bound, high < bound),
            "<=" => Agree(low <= bound, high <= bound),
            "=" => low == high ? Kleene.Known(low == bound) : bound < low || bound > high ? Truth.False : Truth.Unknown,
            "!=" => low == high ? Kleene.Known(low != bound) : bound < low || bound > high ? Truth.True : Truth.Unknown,
            _ => throw new InvalidOperationException($"A count cannot be compared with {operation}."),
        };
    }

    private static Truth Agree(bool low, bool high) => low == high ? Kleene.Known(low) : Truth.Unknown;
}
