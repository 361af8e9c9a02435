using System.Collections.Frozen;
using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules.Expressions;

/// <summary>Whether the referrer of a provision may refer to its level: the condition that referrers.json has for the two; unknown where it has none.</summary>
internal sealed class ReferrerAccepted(ItemTerm provision, FactTerm by, FactTerm level, FrozenDictionary<(string Referrer, string Level), Compiled<Predicate>> conditions) : Predicate
{
    // A scheme of another level has no list of its own: then the level that was referred to counts.
    private static readonly FrozenSet<string> GgzLevels = FrozenSet.ToFrozenSet(["gbggz", "sggz"]);

    internal override IReadOnlyList<Node> Parts { get; } = [by, level];

    internal override IEnumerable<FactDefinition> Facts => base.Facts.Concat(conditions.Values.SelectMany(condition => condition.Node.Facts)).Distinct();

    internal override IEnumerable<string> Parameters => conditions.Values.SelectMany(condition => condition.Node.Parameters).Distinct();

    internal override Truth Test(Scope scope) => Find(scope, out var own)?.Node.Test(own) ?? Truth.Unknown;

    internal override void Reads(Scope scope, FactUses into)
    {
        base.Reads(scope, into);
        Find(scope, out var own)?.Node.Reads(own, into);
    }

    internal override void Missing(Scope scope, FactUses into)
    {
        if (Find(scope, out var own) is { } condition)
        {
            condition.Node.Missing(own, into);
        }
        else
        {
            base.Missing(scope, into);
        }
    }

    private Compiled<Predicate>? Find(Scope scope, out Scope own)
    {
        own = scope;
        if (provision.Item(scope) is not Provision p || by.Get(scope) is not { IsKnown: true } referrer)
        {
            return null;
        }

        var to = p.Scheme.Level is { } ofScheme && GgzLevels.Contains(ofScheme) ? ofScheme : level.Get(scope) is { IsKnown: true } stated ? stated.Code : null;
        if (to is null || !conditions.TryGetValue((referrer.Code, to), out var condition))
        {
            return null;
        }

        own = condition.ScopeFor(scope.Context, p);
        return condition;
    }
}
