using System.Collections.Frozen;
using Samenhang.Language;

namespace Samenhang.Rules.Expressions;

/// <summary>What kind of item a variable stands for.</summary>
internal enum ItemKind
{
    Need,
    Provision,
    Party,
    Event,
    Evidence,
    Coverage,
}

/// <summary>The type of a term: the kind of its values and, for codes, the list they come from.</summary>
/// <param name="Kind">The kind; Unknown when only the case can tell (a field of evidence).</param>
/// <param name="Codes">The closed list, or null.</param>
/// <param name="List">What the list is called in an error.</param>
internal sealed record TermType(ValueKind Kind, FrozenSet<string>? Codes = null, string List = "")
{
    internal static readonly TermType Any = new(ValueKind.Unknown);
    internal static readonly TermType Bool = new(ValueKind.Bool);
    internal static readonly TermType Number = new(ValueKind.Number);
    internal static readonly TermType Date = new(ValueKind.Date);
    internal static readonly TermType Text = new(ValueKind.Code);
    internal static readonly TermType Texts = new(ValueKind.Set);

    internal static TermType Of(FactDefinition fact) => fact.Type switch
    {
        FactType.Bool => Bool,
        FactType.Int or FactType.Decimal => Number,
        FactType.Date => Date,
        FactType.Set => new(ValueKind.Set, fact.Values, fact.Id),
        _ => new(ValueKind.Code, fact.Values, fact.Id),
    };

    internal static TermType Of(Value value) => new(value.Kind);

    internal string Name => Kind switch
    {
        ValueKind.Bool => "true or false",
        ValueKind.Number => "a number",
        ValueKind.Date => "a day",
        ValueKind.Code => "a code",
        ValueKind.Set => "a set",
        _ => "a value",
    };
}

/// <summary>The lists of codes that fields of items come from.</summary>
internal sealed class ItemFields
{
    internal static readonly FrozenSet<string> Services = FrozenSet.ToFrozenSet(["zvw", "gemeente", "uwv", "employer", "casemanager", "none"]);
    internal static readonly FrozenSet<string> Goals = FrozenSet.ToFrozenSet(["treat", "cope", "participate", "coordinate", "income", "care", "stay", "support"]);
    internal static readonly FrozenSet<string> Outcomes = Enum.GetValues<Outcome>().Select(outcome => outcome.Code()).ToFrozenSet();
    private static readonly FrozenSet<string> Strengths = Enum.GetValues<Strength>().Select(strength => strength.Code()).ToFrozenSet();

    private readonly Dictionary<(ItemKind, string), (TermType Type, Func<object, Value> Read)> fields = [];

    internal ItemFields(Vocabulary vocabulary)
    {
        var schemes = new TermType(ValueKind.Code, vocabulary.Schemes.Keys.ToFrozenSet(), "schemes");
        var services = new TermType(ValueKind.Code, Services, "services");
        Add<Need>(ItemKind.Need, "id", TermType.Text, n => Value.Of(n.Id));
        Add<Need>(ItemKind.Need, "kind", new(ValueKind.Code, vocabulary.Needs.Keys.ToFrozenSet(), "need kinds"), n => Value.Of(n.Kind.Id));
        Add<Need>(ItemKind.Need, "goal", new(ValueKind.Code, Goals, "goals"), n => Value.Of(n.Kind.Goal));
        Add<Need>(ItemKind.Need, "social", TermType.Bool, n => Value.Of(n.Kind.Social));
        Add<Provision>(ItemKind.Provision, "id", TermType.Text, p => Value.Of(p.Id));
        Add<Provision>(ItemKind.Provision, "scheme", schemes, p => Value.Of(p.Scheme.Id));
        Add<Provision>(ItemKind.Provision, "domain", services, p => Value.Of(p.Domain));
        Add<Provision>(ItemKind.Provision, "status", new(ValueKind.Code, vocabulary.ProvisionStatus, "provision status"), p => Value.Of(p.Status));
        Add<Provision>(ItemKind.Provision, "needId", TermType.Texts, p => Value.SetOf(p.NeedIds));
        Add<Provision>(ItemKind.Provision, "providerId", TermType.Text, p => Value.Of(p.ProviderId));
        Add<Provision>(ItemKind.Provision, "payer", TermType.Text, p => Value.Of(p.Payer));
        Add<Provision>(ItemKind.Provision, "requestedOn", TermType.Date, p => Of(p.RequestedOn));
        Add<Provision>(ItemKind.Provision, "from", TermType.Date, p => Of(p.From));
        Add<Provision>(ItemKind.Provision, "to", TermType.Date, p => Of(p.To));
        Add<Provision>(ItemKind.Provision, "product", TermType.Text, p => Value.Of(p.Product));
        Add<Provision>(ItemKind.Provision, "goal", TermType.Text, p => Value.Of(p.Goal));
        Add<Party>(ItemKind.Party, "id", TermType.Text, a => Value.Of(a.Id));
        Add<Party>(ItemKind.Party, "role", new(ValueKind.Code, vocabulary.PartyRoles.Keys.ToFrozenSet(), "party roles"), a => Value.Of(a.Role));
        Add<Party>(ItemKind.Party, "profession", new(ValueKind.Code, vocabulary.Professions.Keys.ToFrozenSet(), "professions"), a => Value.Of(a.Profession));
        Add<Party>(ItemKind.Party, "organisation", TermType.Text, a => Value.Of(a.Organisation));
        Add<Party>(ItemKind.Party, "service", services, a => Value.Of(a.Service));
        Add<CaseEvent>(ItemKind.Event, "type", new(ValueKind.Code, vocabulary.EventTypes, "event types"), e => Value.Of(e.Type));
        Add<CaseEvent>(ItemKind.Event, "date", TermType.Date, e => Value.Of(e.Date));
        Add<CaseEvent>(ItemKind.Event, "party", TermType.Text, e => Value.Of(e.Party));
        Add<CaseEvent>(ItemKind.Event, "provision", TermType.Text, e => Value.Of(e.Provision));
        Add<CaseEvent>(ItemKind.Event, "need", TermType.Text, e => Value.Of(e.Need));
        Add<CaseEvent>(ItemKind.Event, "from", TermType.Text, e => Value.Of(e.From));
        Add<CaseEvent>(ItemKind.Event, "to", TermType.Text, e => Value.Of(e.To));
        Add<CaseEvent>(ItemKind.Event, "category", new(ValueKind.Code, vocabulary.ConsentCategories, "consent categories"), e => Value.Of(e.Category));
        Add<CaseEvent>(ItemKind.Event, "acknowledgedOn", TermType.Date, e => Of(e.AcknowledgedOn));
        Add<CaseEvent>(ItemKind.Event, "acknowledgedBy", TermType.Text, e => Value.Of(e.AcknowledgedBy));
        Add<Evidence>(ItemKind.Evidence, "type", new(ValueKind.Code, vocabulary.EvidenceTypes, "evidence types"), d => Value.Of(d.Type));
        Add<Evidence>(ItemKind.Evidence, "date", TermType.Date, d => Of(d.Date));
        Add<Evidence>(ItemKind.Evidence, "by", TermType.Text, d => Value.Of(d.By));
        Add<Coverage>(ItemKind.Coverage, "needId", TermType.Text, c => Value.Of(c.NeedId));
        Add<Coverage>(ItemKind.Coverage, "scheme", schemes, c => Value.Of(c.Scheme));
        Add<Coverage>(ItemKind.Coverage, "outcome", new(ValueKind.Code, Outcomes, "outcomes"), c => Value.Of(c.Outcome.Code()));
        Add<Coverage>(ItemKind.Coverage, "reason", new(ValueKind.Code, vocabulary.UndeterminedReasons, "reasons"), c => Value.Of(c.Reason));
        Add<Coverage>(ItemKind.Coverage, "payer", TermType.Text, c => Value.Of(c.Payer));
        Add<Coverage>(ItemKind.Coverage, "paymentMode", new(ValueKind.Code, vocabulary.PaymentModes.Keys.ToFrozenSet(), "payment modes"), c => Value.Of(c.PaymentMode));
        Add<Coverage>(ItemKind.Coverage, "strength", new(ValueKind.Code, Strengths, "strengths"), c => Value.Of(c.Strength?.Code()));
    }

    internal (TermType Type, Func<object, Value> Read)? Find(ItemKind kind, string name) =>
        fields.TryGetValue((kind, name), out var field) ? field
        : kind == ItemKind.Evidence ? (TermType.Any, item => ((Evidence)item).Fields.GetValueOrDefault(name))
        : null;

    internal IEnumerable<string> Names(ItemKind kind) => fields.Keys.Where(key => key.Item1 == kind).Select(key => key.Item2);

    private static Value Of(DateOnly? day) => day is { } known ? Value.Of(known) : default;

    private void Add<T>(ItemKind kind, string name, TermType type, Func<T, Value> read) => fields[(kind, name)] = (type, item => read((T)item));
}
