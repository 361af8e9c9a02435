using System.Collections.Frozen;
using Samenhang.Language;
using Samenhang.Rules.Expressions;
using Samenhang.Rules.Reading;

namespace Samenhang.Rules.Evaluation;

/// <summary>A derived fact's value on an item (null: the client), and what a case supplied instead when that differs.</summary>
public sealed record DerivedFact(FactDefinition Fact, string? Item, Value Value, Value Supplied)
{
    /// <summary>Whether the supplied value differs from what the sources give.</summary>
    public bool Conflicts => Supplied.IsKnown && Value.IsKnown && Supplied != Value;
}

/// <summary>The facts that follow from others, and the named predicates, as derived.yaml defines them.</summary>
public sealed class DerivedFacts
{
    private readonly Definition?[] definitions;
    private readonly FrozenDictionary<string, (Compiled<Predicate>? If, LawWhen Then)[]> laws;

    private DerivedFacts(Vocabulary vocabulary, Lexicon lexicon, Definition?[] definitions, FrozenDictionary<string, (Compiled<Predicate>? If, LawWhen Then)[]> laws, string version)
    {
        Vocabulary = vocabulary;
        Lexicon = lexicon;
        this.definitions = definitions;
        this.laws = laws;
        Version = version;
    }

    /// <summary>The vocabulary they are defined in.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>A hash over the definitions.</summary>
    public string Version { get; }

    internal Lexicon Lexicon { get; }

    /// <summary>Reads and checks derived.yaml.</summary>
    /// <exception cref="RulebookException">A definition is wrong; all faults at once, with file and line.</exception>
    public static DerivedFacts Load(Vocabulary vocabulary, string path)
    {
        var faults = new List<RuleFault>();
        var fields = new ItemFields(vocabulary);
        var document = YamlDocument.Read(path, faults);
        var named = new Dictionary<string, Expressions.Definition>();
        var lexicon = new Lexicon(vocabulary, fields, named);
        document?.Root.Allow("facts", "predicates");
        foreach (var entry in document?.List("predicates") ?? [])
        {
            entry.Allow("name", "of", "is");
            if (entry.Required("name") is { } name && entry.Required("of") is { } variable && entry.Required("is") is { } body)
            {
                entry.Try("is", () => named[name] = new(name, variable, body, Parser.Parse(body)));
            }
        }

        foreach (var entry in document?.List("predicates") ?? [])
        {
            if (entry.Optional("name") is { } name && named.TryGetValue(name, out var definition))
            {
                entry.Try("is", () => Binder.Check(definition, lexicon));
            }
        }

        var definitions = new Definition?[vocabulary.Facts.Count];
        foreach (var entry in document?.List("facts") ?? [])
        {
            entry.Allow("fact", "is", "when", "cases");
            if (entry.Required("fact") is not { } id)
            {
                continue;
            }

            if (!vocabulary.FactById.TryGetValue(id, out var fact))
            {
                entry.Fault("fact", $"{id} is no fact{Spelling.Hint(id, vocabulary.FactById.Keys)}");
                continue;
            }

            definitions[fact.Index] = Define(fact, entry, lexicon);
        }

        var laws = new Dictionary<string, (Compiled<Predicate>?, LawWhen)[]>();
        foreach (var scheme in vocabulary.Schemes.Values.Where(scheme => scheme.LawWhen.Count > 0))
        {
            try
            {
                laws[scheme.Id] = [.. scheme.LawWhen.Select(when => (when.If == "else" ? null : Binder.Predicate(when.If, ScopeKind.Case, lexicon), when))];
            }
            catch (ExpressionException e)
            {
                faults.Add(new("schemes.json", 0, $"{scheme.Id}: lawWhen: {e.Message}"));
            }
        }

        return faults.Count == 0
            ? new(vocabulary, lexicon, definitions, laws.ToFrozenDictionary(), document!.Version)
            : throw new RulebookException(faults);
    }

    /// <summary>Every derived fact that the case gives a value, on every item it can stand on.</summary>
    public IReadOnlyList<DerivedFact> Of(Case @case, ParameterSet parameters)
    {
        var context = new CaseContext(@case, this, parameters, []);
        return [.. All(context).Where(fact => fact.Value.IsKnown)];
    }

    internal Definition? DefinitionOf(FactDefinition fact) => definitions[fact.Index];

    internal IEnumerable<DerivedFact> Conflicts(CaseContext context) => All(context).Where(fact => fact.Conflicts);

    internal LawWhen? LawOf(Scheme scheme, CaseContext context)
    {
        if (scheme.LawWhen.Count == 0)
        {
            return null;
        }

        foreach (var (condition, then) in laws[scheme.Id])
        {
            if (condition is null || condition.Node.Test(condition.ScopeFor(context, null)) == Truth.True)
            {
                return then;
            }
        }

        return null;
    }

    private static Definition Define(FactDefinition fact, YamlEntry entry, Lexicon lexicon)
    {
        var scope = fact.Level == FactLevel.Need ? ScopeKind.Need : ScopeKind.Case;
        var type = TermType.Of(fact);
        var cases = new List<(Compiled<Predicate>? When, Compiled<Term> Is)>();
        void Add(YamlEntry from)
        {
            if (from != entry)
            {
                from.Allow("when", "is");
            }

            Compiled<Predicate>? when = null;
            if (from.Optional("when") is { } condition)
            {
                from.Try("when", () => when = Binder.Predicate(condition, scope, lexicon));
            }

            if (from.Required("is") is { } value)
            {
                from.Try("is", () => cases.Add((when, Binder.Term(value, scope, type, lexicon))));
            }
        }

        var list = entry.List("cases");
        if (list.Count == 0)
        {
            Add(entry);
        }

        foreach (var one in list)
        {
            Add(one);
        }

        return new(fact, [.. cases]);
    }

    private IEnumerable<DerivedFact> All(CaseContext context)
    {
        foreach (var definition in definitions)
        {
            if (definition is null)
            {
                continue;
            }

            if (definition.Fact.Level == FactLevel.Need)
            {
                foreach (var need in context.Case.Needs)
                {
                    yield return new(definition.Fact, need.Id, context.Fact(definition.Fact, need), context.Stated(definition.Fact, need));
                }
            }
            else
            {
                yield return new(definition.Fact, null, context.Fact(definition.Fact, null), context.Stated(definition.Fact, null));
            }
        }
    }

    /// <summary>Cases in order: the first whose condition is true gives the value; an unknown condition leaves it unknown.</summary>
    internal sealed class Definition(FactDefinition fact, (Compiled<Predicate>? When, Compiled<Term> Is)[] cases)
    {
        internal FactDefinition Fact => fact;

        internal IEnumerable<FactDefinition> Sources => cases.SelectMany(c => (c.When?.Node.Facts ?? []).Concat(c.Is.Node.Facts)).Distinct().Where(source => source != fact);

        internal Value Compute(CaseContext context, object? item)
        {
            foreach (var (when, value) in cases)
            {
                var truth = when?.Node.Test(when.ScopeFor(context, item)) ?? Truth.True;
                if (truth == Truth.True)
                {
                    return value.Node.Get(value.ScopeFor(context, item));
                }

                if (truth == Truth.Unknown)
                {
                    return default;
                }
            }

            return default;
        }
    }
}
