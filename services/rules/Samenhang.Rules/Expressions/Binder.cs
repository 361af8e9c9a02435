using System.Collections.Frozen;
using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules.Expressions;

/// <summary>In what surroundings an expression is read.</summary>
internal enum ScopeKind
{
    Case,
    Need,
    Provision,
    Party,

    /// <summary>A coverage clause: a need, with the provisions of one scheme.</summary>
    Row,
}

/// <summary>An expression of which every name and type was checked, ready to be read in any case.</summary>
internal sealed class Compiled<T>(string text, T node, int slots)
    where T : Node
{
    internal string Text => text;

    internal T Node => node;

    internal Scope ScopeFor(CaseContext context, object? item, RowContext? row = null)
    {
        var scope = new Scope(context, slots) { Row = row };
        if (slots > 0)
        {
            scope.Slots[0] = item;
        }

        return scope;
    }

    /// <summary>How many variables it uses; a scope with at least as many can be shared.</summary>
    internal int Slots => slots;
}

/// <summary>
/// Gives every name in an expression its meaning, checks every type, and lifts atoms that read facts of a lower level.
/// A fault is found here, when the list is read, and never at run time.
/// </summary>
internal sealed partial class Binder
{
    private const int ItemSlot = 0;

    private readonly Vocabulary vocabulary;
    private readonly ItemFields fields;
    private readonly IReadOnlyDictionary<string, Definition> definitions;
    private readonly string text;
    private readonly ScopeKind scopeKind;
    private readonly Dictionary<string, (ItemTerm Item, ItemKind Kind)> variables = [];
    private readonly Stack<List<Lift>> frames = new();
    private readonly HashSet<string> opened = [];
    private int slots;
    private int quantifiers;

    private Binder(Vocabulary vocabulary, ItemFields fields, IReadOnlyDictionary<string, Definition> definitions, string text, ScopeKind scope)
    {
        this.vocabulary = vocabulary;
        this.fields = fields;
        this.definitions = definitions;
        this.text = text;
        scopeKind = scope;
        slots = scope == ScopeKind.Case ? 0 : 1;
        var (name, kind) = scope switch
        {
            ScopeKind.Need or ScopeKind.Row => ("need", ItemKind.Need),
            ScopeKind.Provision => ("p", ItemKind.Provision),
            ScopeKind.Party => ("a", ItemKind.Party),
            ScopeKind.Case => ("", default(ItemKind)),
        };
        if (name.Length > 0)
        {
            variables[name] = (new SlotItem(ItemSlot), kind);
        }
    }

    /// <exception cref="ExpressionException">The text is no predicate of the language.</exception>
    internal static Compiled<Predicate> Predicate(string text, ScopeKind scope, Lexicon lexicon)
    {
        var binder = new Binder(lexicon.Vocabulary, lexicon.Fields, lexicon.Definitions, text, scope);
        var node = binder.BindPredicate(Parser.Parse(text));
        return new(text, node, binder.slots);
    }

    /// <exception cref="ExpressionException">The text is no value of the type.</exception>
    internal static Compiled<Term> Term(string text, ScopeKind scope, TermType type, Lexicon lexicon)
    {
        var binder = new Binder(lexicon.Vocabulary, lexicon.Fields, lexicon.Definitions, text, scope);
        var syntax = Parser.Parse(text);
        if (type.Kind == ValueKind.Bool && syntax is not Syntax.Word)
        {
            return new(text, new TruthTerm(binder.BindPredicate(syntax)), binder.slots);
        }

        var (node, found) = binder.BindTerm(syntax, type);
        binder.Expect(syntax, found, type);
        return new(text, node, binder.slots);
    }

    /// <summary>Checks a named predicate by itself, so that a fault in it is found where it stands, used or not.</summary>
    /// <exception cref="ExpressionException">A name or type in it is wrong.</exception>
    internal static void Check(Definition definition, Lexicon lexicon)
    {
        var binder = new Binder(lexicon.Vocabulary, lexicon.Fields, lexicon.Definitions, definition.Text, ScopeKind.Case);
        binder.opened.Add(definition.Name);
        binder.variables[definition.Variable] = (new SlotItem(binder.slots++), VariableKind(definition.Body, definition.Variable));
        binder.BindPredicate(definition.Body);
    }

    private Predicate BindPredicate(Syntax syntax)
    {
        var node = syntax switch
        {
            Syntax.Or or => new OrNode([.. or.Parts.Select(BindPredicate)]),
            Syntax.And and => new AndNode([.. and.Parts.Select(BindPredicate)]),
            Syntax.Not not => new NotNode(BindPredicate(not.Inner)),
            Syntax.Quantifier quantifier => BindQuantifier(quantifier),
            Syntax.Compare compare => Atom(() => BindCompare(compare)),
            Syntax.Call { Name: "proven" } call => new ProvenNode(BindPredicate(Arguments(call, 1)[0])),
            Syntax.Call call => Atom(() => BindCall(call) switch
            {
                Predicate predicate => predicate,
                Typed { Type.Kind: ValueKind.Bool } typed => new BooleanFact(typed.Term),
                _ => throw Fault(call, $"{call.Name}(…) gives a value; compare it with something"),
            }),
            Syntax.Word { Text: "true" } => new Found([], _ => Truth.True),
            Syntax.Word { Text: "false" } => new Found([], _ => Truth.False),
            Syntax.Fact or Syntax.Field => Atom(() =>
            {
                var (term, type) = BindTerm(syntax, null);
                return type.Kind is ValueKind.Bool ? new BooleanFact(term) : throw Fault(syntax, $"{Text(syntax)} is {type.Name}; compare it with something");
            }),
            _ => throw Fault(syntax, $"{Text(syntax)} is no condition"),
        };
        node.Source = Text(syntax);
        return node;
    }

    /// <summary>Binds one atom and lifts it over the items of every lower level that it reads.</summary>
    private Predicate Atom(Func<Predicate> bind)
    {
        frames.Push([]);
        var atom = bind();
        foreach (var lift in frames.Pop())
        {
            atom = new Lifted(atom, lift.Source, lift.Slot, [.. lift.Reads], lift.AbsentIsUnknown);
        }

        return atom;
    }

    private QuantifierNode BindQuantifier(Syntax.Quantifier quantifier)
    {
        var kinds = quantifier.Variables.Select(name => VariableKind(quantifier, name)).Distinct().ToList();
        if (kinds.Count != 1)
        {
            throw Fault(quantifier, "the variables of one quantifier must be items of one list");
        }

        return Within(quantifier, quantifier.Variables, kinds[0], own =>
        {
            var body = BindPredicate(quantifier.Body);
            return new QuantifierNode(quantifier.None, SourceOf(kinds[0]), own, body, Guards(quantifier, body));
        });
    }

    /// <summary>
    /// For each of several variables the parts of the body that speak of it alone, such as <c>e.type=relapse</c>: where one is false, the
    /// other variables need not be looked at. Two variables over hundreds of events are else tens of thousands of pairs.
    /// </summary>
    private Predicate[][] Guards(Syntax.Quantifier quantifier, Predicate body)
    {
        if (quantifier.Variables.Count < 2 || quantifier.Body is not Syntax.And and || body is not AndNode)
        {
            return [];
        }

        return [.. quantifier.Variables.Select(name => and.Parts
            .Select((part, i) => part is Syntax.Compare { Left: Syntax.Fact { At: null } field, Right: var right } && field.Id.StartsWith(name + '.', StringComparison.Ordinal) && IsConstant(right) ? body.Parts[i] as Predicate : null)
            .OfType<Predicate>().ToArray())];
    }

    private bool IsConstant(Syntax syntax) => syntax switch
    {
        Syntax.Word word => !variables.ContainsKey(word.Text),
        Syntax.Quoted or Syntax.Number or Syntax.Day => true,
        Syntax.SetOf set => set.Members.All(IsConstant),
        _ => false,
    };

    private CountTerm BindCount(Syntax.Count count)
    {
        var kind = VariableKind(count, count.Variable);
        return Within(count, [count.Variable], kind, own =>
        {
            frames.Push([]);
            var distinct = count.Distinct is null ? null : BindTerm(count.Distinct, null).Term;
            if (frames.Pop().Count > 0)
            {
                throw Fault(count.Distinct!, $"{Text(count.Distinct!)} can have several values; count something that each item has once");
            }

            return new CountTerm(SourceOf(kind), own[0], BindPredicate(count.Body), distinct);
        });
    }

    private T Within<T>(Syntax syntax, IReadOnlyList<string> names, ItemKind kind, Func<int[], T> bind)
    {
        var own = new int[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            if (variables.ContainsKey(names[i]))
            {
                throw Fault(syntax, $"the variable {names[i]} already stands for something here");
            }

            own[i] = slots++;
            variables[names[i]] = (new SlotItem(own[i]), kind);
        }

        quantifiers++;
        var result = bind(own);
        quantifiers--;
        foreach (var name in names)
        {
            variables.Remove(name);
        }

        return result;
    }

    private static ItemKind VariableKind(Syntax at, string name) => name switch
    {
        "p" or "q" or "r" => ItemKind.Provision,
        "n" or "m" => ItemKind.Need,
        "a" or "b" => ItemKind.Party,
        "e" or "f" => ItemKind.Event,
        "d" => ItemKind.Evidence,
        "c" => ItemKind.Coverage,
        _ => throw Fault(at, $"{name} is no variable; use p, q, r (provisions), n, m (needs), a, b (parties), e, f (events), d (evidence) or c (answers)"),
    };

    private static ItemSource SourceOf(ItemKind kind) => kind switch
    {
        ItemKind.Provision => new("provisions", scope => scope.Context.Case.Provisions),
        ItemKind.Need => new("needs", scope => scope.Context.Case.Needs),
        ItemKind.Party => new("parties", scope => scope.Context.Case.Parties),
        ItemKind.Event => new("events", scope => scope.Context.Case.Events),
        ItemKind.Evidence => new("evidence", scope => scope.Context.Case.Evidence),
        ItemKind.Coverage => new("coverage", scope => scope.Context.Coverage),
    };

    private Predicate BindCompare(Syntax.Compare compare)
    {
        if (compare.Left is Syntax.Count count)
        {
            var (number, numberType) = BindTerm(compare.Right, TermType.Number);
            Expect(compare.Right, numberType, TermType.Number);
            return compare.Operator is "=" or "!=" or "<" or "<=" or ">" or ">="
                ? new CountComparison(BindCount(count), compare.Operator, number)
                : throw Fault(compare, $"a count cannot stand before {compare.Operator}");
        }

        if (compare.Right is Syntax.Count mirrored && (compare.Operator is "=" or "!=" or "<" or "<=" or ">" or ">="))
        {
            var (number, numberType) = BindTerm(compare.Left, TermType.Number);
            Expect(compare.Left, numberType, TermType.Number);
            return new CountComparison(BindCount(mirrored), Mirror(compare.Operator), number);
        }

        var (left, leftType) = BindTerm(compare.Left, null);
        switch (compare.Operator)
        {
            case "in":
                return new Membership(left, BindMembers(compare.Right, leftType));
            case "contains" or "intersects" or "subsetOf":
                if (leftType.Kind is not (ValueKind.Set or ValueKind.Unknown))
                {
                    throw Fault(compare.Left, $"{Text(compare.Left)} is {leftType.Name}; {compare.Operator} needs a set");
                }

                return new SetComparison(left, compare.Operator, BindMembers(compare.Right, leftType));
            default:
                var (right, rightType) = BindTerm(compare.Right, leftType);
                CheckComparable(compare, leftType, rightType);
                return compare.Operator is "=" or "!=" && (left as NeedIdsTerm ?? right as NeedIdsTerm) is { } served
                    ? new ServesNeed(served, served == left ? right : left, compare.Operator == "!=")
                    : compare.Operator is "=" or "!="
                    ? new Equality(left, right, compare.Operator == "!=")
                    : new Ordering(left, compare.Operator, right);
        }
    }

    private static string Mirror(string operation) => operation switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => operation,
    };

    private Term[] BindMembers(Syntax syntax, TermType type)
    {
        var member = type.Kind == ValueKind.Set ? type with { Kind = ValueKind.Code } : type;
        if (syntax is Syntax.SetOf set)
        {
            return [.. set.Members.Select(one =>
            {
                var (term, found) = BindTerm(one, member);
                Expect(one, found, member);
                return term;
            })];
        }

        var (whole, wholeType) = BindTerm(syntax, member);
        return wholeType.Kind is ValueKind.Set or ValueKind.Unknown || wholeType.Kind == member.Kind
            ? [whole]
            : throw Fault(syntax, $"{Text(syntax)} is {wholeType.Name}; a set is needed here");
    }

    private void CheckComparable(Syntax.Compare compare, TermType left, TermType right)
    {
        var ordering = compare.Operator is not ("=" or "!=");
        if (left.Kind == ValueKind.Unknown || right.Kind == ValueKind.Unknown)
        {
            return;
        }

        var agree = left.Kind == right.Kind ||
            (!ordering && ((left.Kind, right.Kind) is (ValueKind.Set, ValueKind.Code) or (ValueKind.Code, ValueKind.Set)) && (left.List.Length == 0 || right.List.Length == 0));
        if (!agree || (ordering && left.Kind is not (ValueKind.Number or ValueKind.Date)))
        {
            throw Fault(compare, $"{Text(compare.Left)} is {left.Name} and {Text(compare.Right)} is {right.Name}; they cannot be compared with {compare.Operator}");
        }
    }

    private (Term Term, TermType Type) BindTerm(Syntax syntax, TermType? expected)
    {
        var (term, type) = syntax switch
        {
            Syntax.Number number => (new Constant(Value.Of(number.Value)), TermType.Number),
            Syntax.Day day => (new Constant(Value.Of(day.Value)), TermType.Date),
            Syntax.Quoted quoted => (new Constant(Value.Of(CheckCode(quoted, quoted.Value, expected))), TermType.Text),
            Syntax.Word word => BindWord(word, expected),
            Syntax.Fact fact => BindFact(fact),
            Syntax.Field field => BindField(field, field.Of, field.Name),
            Syntax.Minus minus => BindArithmetic(minus, [minus.Inner], values => -values[0]),
            Syntax.Arithmetic sum => BindArithmetic(sum, [sum.Left, sum.Right], sum.Operator switch
            {
                '+' => values => values[0] + values[1],
                '-' => values => values[0] - values[1],
                '*' => values => values[0] * values[1],
                _ => values => values[1] == 0 ? null : values[0] / values[1],
            }),
            Syntax.Count count => (BindCount(count), TermType.Number),
            Syntax.Call call => BindCall(call) switch
            {
                Predicate predicate => (new TruthTerm(predicate), TermType.Bool),
                Typed typed => (typed.Term, typed.Type),
                _ => throw Fault(call, $"{call.Name}(…) gives an item; name one of its fields"),
            },
            Syntax.Compare or Syntax.And or Syntax.Or or Syntax.Not or Syntax.Quantifier => (new TruthTerm(BindPredicate(syntax)), TermType.Bool),
            _ => throw Fault(syntax, $"{Text(syntax)} is no value"),
        };
        term.Source = Text(syntax);
        return (term, type);
    }

    private (Term, TermType) BindWord(Syntax.Word word, TermType? expected)
    {
        if (word.Text == "asOf")
        {
            return (new AsOf(), TermType.Date);
        }

        if (word.Text is "true" or "false" && expected?.Kind is not ValueKind.Code)
        {
            return (new Constant(Value.Of(word.Text == "true")), TermType.Bool);
        }

        if (variables.ContainsKey(word.Text) && expected?.Codes?.Contains(word.Text) != true)
        {
            throw Fault(word, $"{word.Text} stands for an item; name one of its fields");
        }

        return expected?.Kind is null or ValueKind.Code or ValueKind.Set or ValueKind.Unknown
            ? (new Constant(Value.Of(CheckCode(word, word.Text, expected))), expected is { Kind: ValueKind.Code } ? expected : TermType.Text)
            : throw Fault(word, $"{word.Text} is no {expected.Name[2..]}");
    }

    private static string CheckCode(Syntax at, string code, TermType? expected) =>
        expected?.Codes is { } codes && !codes.Contains(code)
            ? throw Fault(at, $"{code} is not in the list of {expected.List}{Spelling.Hint(code, codes)}")
            : code;

    private (Term, TermType) BindArithmetic(Syntax syntax, Syntax[] operands, Func<decimal[], decimal?> compute)
    {
        var terms = operands.Select(operand =>
        {
            var (term, type) = BindTerm(operand, TermType.Number);
            Expect(operand, type, TermType.Number);
            return term;
        }).ToArray();
        return (new Computed(terms, scope =>
        {
            var values = new decimal[terms.Length];
            for (var i = 0; i < terms.Length; i++)
            {
                if (terms[i].Get(scope) is not { Kind: ValueKind.Number } value)
                {
                    return default;
                }

                values[i] = value.Number;
            }

            try
            {
                return compute(values) is { } result ? Value.Of(result) : default;
            }
            catch (OverflowException)
            {
                // No number of a case is that large on purpose; what nobody can compute is unknown.
                return default;
            }
        }), TermType.Number);
    }

    private (Term, TermType) BindFact(Syntax.Fact syntax)
    {
        var dot = syntax.Id.IndexOf('.', StringComparison.Ordinal);
        var first = syntax.Id[..dot];
        if (variables.TryGetValue(first, out var variable) && syntax.At is null)
        {
            return FieldOf(syntax, variable.Item, variable.Kind, syntax.Id[(dot + 1)..]);
        }

        if (scopeKind == ScopeKind.Row && syntax is { Id: "row.scheme", At: null })
        {
            return (new RowScheme(), new(ValueKind.Code, vocabulary.Schemes.Keys.ToFrozenSet(), "schemes"));
        }

        if (!vocabulary.FactById.TryGetValue(syntax.Id, out var fact))
        {
            throw Fault(syntax, $"{syntax.Id} is no fact{Spelling.Hint(syntax.Id, vocabulary.FactById.Keys)}");
        }

        var term = syntax.At is null ? FactOfScope(syntax, fact) : FactOf(syntax, fact, syntax.At);
        return (term, TermType.Of(fact));
    }

    private Term FactOfScope(Syntax at, FactDefinition fact)
    {
        var item = new SlotItem(ItemSlot);
        switch (fact.Level, scopeKind)
        {
            case (FactLevel.Client, _):
                return new FactTerm(fact, null);
            case (FactLevel.Need, ScopeKind.Row):
                return new NeedFactOfRow(fact, item);
            case (FactLevel.Need, ScopeKind.Need) or (FactLevel.Provision, ScopeKind.Provision) or (FactLevel.Party, ScopeKind.Party):
                return new FactTerm(fact, item);
            case (FactLevel.Need, ScopeKind.Provision):
                return NeedFactThrough(fact, item, "p");
            case (FactLevel.Party, ScopeKind.Provision):
                return new FactTerm(fact, new FoundItem(scope => scope.Context.ProviderOf((Provision)scope.Slots[ItemSlot]!)));
        }

        if (quantifiers > 0)
        {
            throw Fault(at, $"{fact.Id} is a fact of a {LevelName(fact.Level)}; inside a quantifier write on which: {fact.Id}@{(fact.Level == FactLevel.Need ? "n" : fact.Level == FactLevel.Provision ? "p" : "a")}");
        }

        var lift = (fact.Level, scopeKind) switch
        {
            (FactLevel.Provision, ScopeKind.Row) => LiftOver("provisions of the row", new("provisions", scope => scope.Row!.Provisions), absentIsUnknown: true),
            (FactLevel.Provision, ScopeKind.Need) => LiftOver("provisions of the need", new("provisions", scope => scope.Context.ProvisionsOf((Need)scope.Slots[ItemSlot]!))),
            (FactLevel.Provision, _) => LiftOver("provisions", SourceOf(ItemKind.Provision)),
            (FactLevel.Need, _) => LiftOver("needs", SourceOf(ItemKind.Need)),
            _ => LiftOver("parties", SourceOf(ItemKind.Party)),
        };
        return ReadOn(lift, new FactTerm(fact, new SlotItem(lift.Slot)));
    }

    private static T ReadOn<T>(Lift lift, T term)
        where T : Term
    {
        lift.Reads.Add(term);
        return term;
    }

    private Term FactOf(Syntax.Fact syntax, FactDefinition fact, Syntax on)
    {
        var (item, kind) = BindItem(on);
        return (fact.Level, kind) switch
        {
            (FactLevel.Client, _) => new FactTerm(fact, null),
            (FactLevel.Need, ItemKind.Need) when LiftOf(item) is { } lift => ReadOn(lift, new FactTerm(fact, item)),
            (FactLevel.Need, ItemKind.Need) or (FactLevel.Provision, ItemKind.Provision) or (FactLevel.Party, ItemKind.Party) => new FactTerm(fact, item),
            (FactLevel.Need, ItemKind.Provision) => NeedFactThrough(fact, item, Text(on)),
            (FactLevel.Party, ItemKind.Provision) => new FactTerm(fact, new FoundItem(scope => item.Item(scope) is Provision p ? scope.Context.ProviderOf(p) : null)),
            _ => throw Fault(syntax, $"{fact.Id} is a fact of a {LevelName(fact.Level)}; {Text(on)} is none"),
        };
    }

    private NeedFactOfProvision NeedFactThrough(FactDefinition fact, ItemTerm provision, string name)
    {
        var lift = LiftOverNeedsOf(provision, name);
        return ReadOn(lift, new NeedFactOfProvision(fact, provision, new SlotItem(lift.Slot)));
    }

    private Lift LiftOverNeedsOf(ItemTerm provision, string name) =>
        LiftOver("needs of " + name, new("needs", scope => provision.Item(scope) is Provision p ? scope.Context.NeedsOf(p) : []));

    /// <summary>The lift whose item this is; null for a variable or the item of the scope.</summary>
    private Lift? LiftOf(ItemTerm item) => item is SlotItem slot && frames.Count > 0 ? frames.Peek().Find(lift => lift.Slot == slot.Slot) : null;

    /// <summary>Lets the atom be read for every item of a source; the same source twice in one atom is one item.</summary>
    private Lift LiftOver(string key, ItemSource source, bool absentIsUnknown = false)
    {
        var frame = frames.Peek();
        var lift = frame.Find(known => known.Key == key);
        if (lift is null)
        {
            lift = new(key, source, slots++, [], absentIsUnknown);
            frame.Add(lift);
        }

        return lift;
    }

    private (Term, TermType) BindField(Syntax at, Syntax of, string name)
    {
        var (item, kind) = BindItem(of);
        return FieldOf(at, item, kind, name);
    }

    private (Term, TermType) FieldOf(Syntax at, ItemTerm item, ItemKind kind, string name)
    {
        var field = fields.Find(kind, name);
        return field is { } found
            ? (kind == ItemKind.Provision && name == "needId" ? new NeedIdsTerm(item) : new FieldTerm(item, found.Read), found.Type)
            : throw Fault(at, $"{Text(at)}: there is no field {name}{Spelling.Hint(name, fields.Names(kind))}");
    }

    /// <summary>What stands for an item: a variable, need(p), provider(p) or partyOf(p, 'role').</summary>
    private (ItemTerm Item, ItemKind Kind) BindItem(Syntax syntax)
    {
        switch (syntax)
        {
            case Syntax.Word word when variables.TryGetValue(word.Text, out var variable):
                return variable;
            case Syntax.Call { Name: "need" } call:
                var provision = BindItem(Arguments(call, 1)[0], ItemKind.Provision);
                return (new SlotItem(LiftOverNeedsOf(provision, Text(call.Arguments[0])).Slot), ItemKind.Need);
            case Syntax.Call { Name: "provider" } call:
                var provided = BindItem(Arguments(call, 1)[0], ItemKind.Provision);
                return (new FoundItem(scope => provided.Item(scope) is Provision p ? scope.Context.ProviderOf(p) : null), ItemKind.Party);
            case Syntax.Call { Name: "partyOf" } call:
                var served = BindItem(Arguments(call, 2)[0], ItemKind.Provision);
                var role = Literal(call.Arguments[1], vocabulary.PartyRoles.Keys, "party roles");
                return (new FoundItem(scope => served.Item(scope) is Provision p ? scope.Context.PartyOf(p, role) : null), ItemKind.Party);
            default:
                throw Fault(syntax, $"{Text(syntax)} stands for no item here{(syntax is Syntax.Word w ? Spelling.Hint(w.Text, variables.Keys) : "")}");
        }
    }

    private ItemTerm BindItem(Syntax syntax, params ItemKind[] kinds)
    {
        var (item, kind) = BindItem(syntax);
        return kinds.Contains(kind) ? item : throw Fault(syntax, $"{Text(syntax)} is no {string.Join(" or ", kinds).ToLowerInvariant()}");
    }

    private void Expect(Syntax at, TermType found, TermType expected)
    {
        if (found.Kind != expected.Kind && found.Kind != ValueKind.Unknown && expected.Kind != ValueKind.Unknown)
        {
            throw Fault(at, $"{Text(at)} is {found.Name}; {expected.Name} is needed here");
        }
    }

    private static IReadOnlyList<Syntax> Arguments(Syntax.Call call, int count) =>
        call.Arguments.Count == count && call.Named.Count == 0 ? call.Arguments : throw Fault(call, $"{call.Name} takes {count} argument{(count == 1 ? "" : "s")}");

    private static string Literal(Syntax syntax, IEnumerable<string> known, string list)
    {
        var literal = syntax switch
        {
            Syntax.Quoted quoted => quoted.Value,
            Syntax.Word word => word.Text,
            _ => throw Fault(syntax, "a fixed text is needed here"),
        };
        return known.Contains(literal) ? literal : throw Fault(syntax, $"{literal} is not in the list of {list}{Spelling.Hint(literal, known)}");
    }

    private string Text(Syntax syntax) => syntax.End <= text.Length ? text[syntax.Start..syntax.End] : "";

    private static string LevelName(FactLevel level) => level.ToString().ToLowerInvariant();

    private static ExpressionException Fault(Syntax at, string message) => new(at.Start, message);

    private sealed record Lift(string Key, ItemSource Source, int Slot, List<Term> Reads, bool AbsentIsUnknown);
}

/// <summary>A value with its type, as a function gives it.</summary>
internal sealed class Typed(Term term, TermType type) : Node
{
    internal Term Term => term;

    internal TermType Type => type;
}

/// <summary>A predicate with a name of its own, over one item (derived.yaml).</summary>
internal sealed record Definition(string Name, string Variable, string Text, Syntax Body);

/// <summary>What expressions are written in: the vocabulary, the fields of items, and the named definitions.</summary>
internal sealed record Lexicon(Vocabulary Vocabulary, ItemFields Fields, IReadOnlyDictionary<string, Definition> Definitions);
