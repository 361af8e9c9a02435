using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules.Expressions;

/// <summary>
/// = and !=. "=" with an unknown side is unknown; "!=" means "not known to be": it is true when a side is unknown, unless that is a
/// parameter outside its validity, which leaves whatever reads it unknown.
/// </summary>
internal sealed class Equality(Term left, Term right, bool negated) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = [left, right];

    internal bool Negated => negated;

    internal override Truth Test(Scope scope)
    {
        var (a, b) = (left.Get(scope), right.Get(scope));
        return a.IsKnown && b.IsKnown ? Kleene.Known(Same(a, b) != negated)
            : negated && !left.LacksParameter(scope) && !right.LacksParameter(scope) ? Truth.True : Truth.Unknown;
    }

    /// <summary>A set on one side (the needs of a provision) is equal to a code that it holds, and to a set that shares a member.</summary>
    internal static bool Same(Value a, Value b) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Set, ValueKind.Code) => a.Contains(b.Code),
        (ValueKind.Code, ValueKind.Set) => b.Contains(a.Code),
        (ValueKind.Set, ValueKind.Set) => a.Set.Any(b.Contains),
        _ => a.Equals(b),
    };
}

/// <summary>&lt;, &lt;=, &gt;, &gt;= on numbers and days; unknown if a side is unknown, or (a field of evidence) neither number nor day.</summary>
internal sealed class Ordering(Term left, string operation, Term right) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = [left, right];

    internal string Operation => operation;

    internal override Truth Test(Scope scope)
    {
        var (a, b) = (left.Get(scope), right.Get(scope));
        int? compared = (a.Kind, b.Kind) switch
        {
            (ValueKind.Number, ValueKind.Number) => a.Number.CompareTo(b.Number),
            (ValueKind.Date, ValueKind.Date) => a.Date.CompareTo(b.Date),
            _ => null,
        };
        if (compared is not { } order)
        {
            return Truth.Unknown;
        }

        return Kleene.Known(operation switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        });
    }
}

/// <summary>in: unknown if the value is unknown, or if it is not found and a member is unknown.</summary>
internal sealed class Membership(Term value, Term[] members) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = [value, .. members];

    internal override Truth Test(Scope scope)
    {
        var sought = value.Get(scope);
        if (!sought.IsKnown)
        {
            return Truth.Unknown;
        }

        var result = Truth.False;
        foreach (var member in members)
        {
            var candidate = member.Get(scope);
            // A list of the vocabulary can hold numbers (par('ww.talkMonths')); its members are texts.
            var listed = candidate.Kind == ValueKind.Set && sought.Kind is ValueKind.Number ? candidate.Contains(sought.ToString()) : Equality.Same(sought, candidate);
            if (candidate.IsKnown && listed)
            {
                return Truth.True;
            }

            result = candidate.IsKnown ? result : Truth.Unknown;
        }

        return result;
    }
}

/// <summary>contains, intersects, subsetOf: unknown if a side is unknown.</summary>
internal sealed class SetComparison(Term left, string operation, Term[] members) : Predicate
{
    // Most sets are written out in the condition and are read once.
    private readonly List<string>? fixedMembers = Array.TrueForAll(members, member => member is Constant) ? [.. members.Select(member => ((Constant)member).Value.ToString())] : null;

    internal override IReadOnlyList<Node> Parts { get; } = [left, .. members];

    internal string Operation => operation;

    internal override Truth Test(Scope scope)
    {
        var set = left.Get(scope);
        if (!set.IsKnown)
        {
            return Truth.Unknown;
        }

        if ((fixedMembers ?? Read(scope)) is not { } right)
        {
            return Truth.Unknown;
        }

        return Kleene.Known(operation switch
        {
            "contains" => right.TrueForAll(set.Contains),
            "intersects" => right.Exists(set.Contains),
            _ => set.Set.All(right.Contains),
        });
    }

    private List<string>? Read(Scope scope)
    {
        var right = new List<string>();
        foreach (var member in members)
        {
            var value = member.Get(scope);
            if (!value.IsKnown)
            {
                return null;
            }

            if (value.Kind == ValueKind.Set)
            {
                right.AddRange(value.Set);
            }
            else
            {
                right.Add(value.ToString());
            }
        }

        return right;
    }
}

/// <summary>The needs of a provision as one value: <c>p.needId = n.id</c> means that the provision serves the need.</summary>
internal sealed class NeedIdsTerm(ItemTerm provision) : Term
{
    internal override IReadOnlyList<Node> Parts { get; } = [provision];

    internal override Value Get(Scope scope) => provision.Item(scope) is Provision p ? Value.SetOf(p.NeedIds) : default;

    internal IReadOnlyList<string>? Ids(Scope scope) => (provision.Item(scope) as Provision)?.NeedIds;
}

/// <summary>= and != with the needs of a provision on the left: it serves the need, or shares one with another provision.</summary>
internal sealed class ServesNeed(NeedIdsTerm left, Term right, bool negated) : Predicate
{
    internal override IReadOnlyList<Node> Parts { get; } = [left, right];

    internal override Truth Test(Scope scope)
    {
        var mine = left.Ids(scope);
        bool? same = null;
        if (mine is not null && right is NeedIdsTerm other && other.Ids(scope) is { } theirs)
        {
            same = mine.Any(theirs.Contains);
        }
        else if (mine is not null && right is not NeedIdsTerm && right.Get(scope) is { Kind: ValueKind.Code } need)
        {
            same = mine.Contains(need.Code);
        }

        return negated ? Kleene.Known(same != true) : same is { } known ? Kleene.Known(known) : Truth.Unknown;
    }
}
