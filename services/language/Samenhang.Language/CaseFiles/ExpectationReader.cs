using System.Globalization;
using System.Text.Json;

namespace Samenhang.Language.CaseFiles;

/// <summary>Reads what a case file expects.</summary>
internal sealed class ExpectationReader(Vocabulary vocabulary, NameLists names, FieldReader fields, CaseReader cases, CaseFileOptions options)
{
    private readonly FactReader facts = new(vocabulary, names, fields);

    /// <summary>The expectations; meaningless when faults were reported. Null when there are none.</summary>
    /// <param name="expect">The value of <c>expect</c>, or null.</param>
    /// <param name="ids">The items of the case that it speaks of.</param>
    public Expectation? Read(PlacedJson? expect, CaseReader.Ids ids)
    {
        if (expect is null or { Kind: JsonValueKind.Null })
        {
            return null;
        }

        fields.Faults.Enter("expect");
        Expectation? result = null;
        if (fields.IsObject(expect, "coverage", "facts", "flags", "notFlags", "flagsExact", "responsible", "coordinator", "casemanager", "tasks", "blocked", "suggested", "notSuggested", "notes"))
        {
            cases.CheckReference(expect, "coordinator", ids.Parties);
            fields.Texts(expect, "notes");
            result = new()
            {
                Coverage = List(expect, "coverage", item => Coverage(item, ids)),
                Facts = facts.Pairs(expect, FactLevel.Client, FactLevel.Need, FactLevel.Provision, FactLevel.Party),
                Flags = List(expect, "flags", item => Flag(item, ids)),
                NotFlags = List(expect, "notFlags", item => Flag(item, ids)),
                FlagsExact = fields.Bool(expect, "flagsExact") ?? false,
                Responsible = List(expect, "responsible", item => Responsible(item, ids)),
                Coordinator = fields.Text(expect, "coordinator"),
                Casemanager = Casemanager(expect),
                Tasks = List(expect, "tasks", item => Task(item, ids)),
                Blocked = expect["blocked"] is null ? null : List(expect, "blocked", Blocked),
                Suggested = List(expect, "suggested", item => Suggestion(item, ids)),
                NotSuggested = List(expect, "notSuggested", item => Suggestion(item, ids)),
            };
        }

        fields.Faults.Leave();
        return result;
    }

    private List<T> List<T>(PlacedJson expect, string key, Func<PlacedJson, T?> read)
        where T : class => fields.List(expect, key, options.MaxItems, read);

    private ExpectedCoverage? Coverage(PlacedJson item, CaseReader.Ids ids)
    {
        if (!fields.IsObject(item, "need", "scheme", "outcome", "paymentMode", "payer", "strength", "contested", "indicative", "rules", "missingFacts", "modal", "product", "reason"))
        {
            return null;
        }

        var need = Need(item, ids);
        var scheme = fields.RequiredCode(item, "scheme", names.Schemes);
        var outcome = fields.RequiredCode(item, "outcome", names.Outcomes);
        var strength = fields.Code(item, "strength", names.Strengths);
        var rules = fields.List(item, "rules", options.MaxItems, RuleId);
        if (item["rules"] is null or { Kind: JsonValueKind.Null } or { Kind: JsonValueKind.Array, Items.Count: 0 })
        {
            fields.Faults.Add(item.Offset, new("Deze rij noemt geen regels ('rules').", "This row names no rules ('rules')."));
        }

        var row = new ExpectedCoverage
        {
            Need = need ?? "",
            Scheme = scheme ?? "",
            Outcome = Enum.GetValues<Outcome>().FirstOrDefault(value => value.Code() == outcome),
            PaymentMode = fields.Code(item, "paymentMode", names.PaymentModes),
            Payer = fields.Text(item, "payer"),
            Strength = strength is null ? null : Enum.GetValues<Strength>().First(value => value.Code() == strength),
            Contested = fields.Bool(item, "contested"),
            Indicative = fields.Bool(item, "indicative"),
            Modal = fields.Code(item, "modal", names.Modals),
            Product = fields.Text(item, "product"),
            Reason = fields.Code(item, "reason", names.Reasons),
            MissingFacts = fields.Codes(item, "missingFacts", names.Facts),
            Rules = rules,
        };
        return need is null || scheme is null || outcome is null ? null : row;
    }

    private ExpectedFlag? Flag(PlacedJson item, CaseReader.Ids ids)
    {
        if (item.Kind == JsonValueKind.String)
        {
            return fields.Known(item, item.Text!, names.Flags) ? new(item.Text!, null, null, null) : null;
        }

        if (!fields.IsObject(item, "id", "need", "provision", "party"))
        {
            return null;
        }

        cases.CheckReference(item, "need", ids.Needs);
        cases.CheckReference(item, "provision", ids.Provisions);
        cases.CheckReference(item, "party", ids.Parties);
        return fields.RequiredCode(item, "id", names.Flags) is { } id
            ? new(id, fields.Text(item, "need"), fields.Text(item, "provision"), fields.Text(item, "party"))
            : null;
    }

    private ExpectedResponsible? Responsible(PlacedJson item, CaseReader.Ids ids) =>
        fields.IsObject(item, "need", "role") && Both(Need(item, ids), fields.RequiredCode(item, "role", names.Roles)) is var (need, role)
            ? new(need, role)
            : null;

    private ExpectedCasemanager? Casemanager(PlacedJson expect)
    {
        if (expect["casemanager"] is not { Kind: not JsonValueKind.Null } value)
        {
            return null;
        }

        fields.Faults.Enter("casemanager");
        ExpectedCasemanager? result = null;
        if (fields.IsObject(value, "role", "profession", "scheme", "exactlyOne"))
        {
            var schemes = value["scheme"]?.Kind == JsonValueKind.Array
                ? fields.Codes(value, "scheme", names.Schemes)
                : fields.Code(value, "scheme", names.Schemes) is { } scheme ? [scheme] : [];
            result = new(fields.Code(value, "role", names.Roles), fields.Code(value, "profession", names.Professions), schemes, fields.Bool(value, "exactlyOne"));
        }

        fields.Faults.Leave();
        return result;
    }

    private ExpectedTask? Task(PlacedJson item, CaseReader.Ids ids)
    {
        if (!fields.IsObject(item, "owner", "deadline", "contains", "fact"))
        {
            return null;
        }

        var owner = fields.Text(item, "owner");
        if (owner is not null && !names.Roles.Names.Contains(owner) && !names.Services.Names.Contains(owner))
        {
            cases.CheckReference(item, "owner", ids.Parties);
        }

        var deadline = fields.Text(item, "deadline");
        if (deadline is not null && !DateOnly.TryParseExact(deadline, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            fields.Code(item, "deadline", names.Deadlines);
        }

        var fact = fields.Code(item, "fact", names.Facts);
        var contains = fields.Text(item, "contains");
        if (item["fact"] is null && item["contains"] is null)
        {
            fields.Faults.Add(item.Offset, new("Een taak heeft 'contains' of 'fact' nodig.", "A task needs 'contains' or 'fact'."));
        }

        return new(owner, deadline, fact, contains);
    }

    private string? Blocked(PlacedJson item) =>
        fields.IsObject(item, "event") ? fields.RequiredCode(item, "event", names.Events) : null;

    private ExpectedSuggestion? Suggestion(PlacedJson item, CaseReader.Ids ids)
    {
        if (!fields.IsObject(item, "need", "schemes"))
        {
            return null;
        }

        fields.Require(item, "schemes");
        var need = Need(item, ids);
        var schemes = fields.Codes(item, "schemes", names.Schemes);
        return need is null ? null : new(need, schemes);
    }

    private string? Need(PlacedJson item, CaseReader.Ids ids)
    {
        fields.Require(item, "need");
        cases.CheckReference(item, "need", ids.Needs);
        return fields.Text(item, "need");
    }

    /// <summary>A rule's prefix says which document it stands in; whether that document has this number, the rulebooks know.</summary>
    private string? RuleId(PlacedJson item)
    {
        if (fields.AsText(item) is not { } id)
        {
            return null;
        }

        if (vocabulary.DocumentsOf(id).Count > 0)
        {
            return id;
        }

        fields.Faults.Add(item.Offset, CaseTexts.UnknownName(new("De regel", "rule"), id));
        return null;
    }

    private static (string, string)? Both(string? one, string? other) => one is null || other is null ? null : (one, other);
}
