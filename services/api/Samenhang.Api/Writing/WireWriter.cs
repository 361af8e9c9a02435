using Samenhang.Language;
using Wire = Samenhang.Protos.Common.V1;

namespace Samenhang.Api.Writing;

/// <summary>Writes the language as the contracts say it.</summary>
public static class WireWriter
{
    /// <summary>A day.</summary>
    public static Samenhang.Protos.Types.Date ToWire(this DateOnly day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };

    /// <summary>A day, or nothing.</summary>
    public static Samenhang.Protos.Types.Date? ToWire(this DateOnly? day) => day?.ToWire();

    /// <summary>A sentence.</summary>
    public static Wire.Sentence ToWire(this Sentence sentence) => new() { Nl = sentence.Nl, En = sentence.En };

    /// <summary>A value of a fact; without content when it is unknown.</summary>
    public static Wire.FactValue ToWire(this Value value, FactType? type = null) => value.Kind switch
    {
        ValueKind.Unknown => new Wire.FactValue(),
        ValueKind.Bool => new Wire.FactValue { BoolValue = value.Truth == Truth.True },
        ValueKind.Number => new Wire.FactValue { DecimalValue = value.ToString() },
        ValueKind.Date => new Wire.FactValue { DateValue = value.Date.ToWire() },
        ValueKind.Code when type == FactType.String => new Wire.FactValue { TextValue = value.Code },
        ValueKind.Code => new Wire.FactValue { CodeValue = value.Code },
        ValueKind.Set => new Wire.FactValue { CodeSetValue = new Wire.CodeSet { Codes = { value.Set } } },
    };

    /// <summary>Facts, in the order of the vocabulary.</summary>
    public static IEnumerable<Wire.Fact> ToWire(this FactSet facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Select(fact => new Wire.Fact { FactId = fact.Key.Id, Value = fact.Value.ToWire(fact.Key.Type) });
    }

    /// <summary>Parameters of a case, by name.</summary>
    public static IEnumerable<Wire.ParameterValue> ToWire(this IReadOnlyDictionary<string, Value> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new Wire.ParameterValue { ParameterId = pair.Key, Value = pair.Value.ToWire() });
    }

    /// <summary>A need.</summary>
    public static Wire.Need ToWire(this Need need)
    {
        ArgumentNullException.ThrowIfNull(need);
        return new Wire.Need { NeedId = need.Id, Kind = need.Kind.Id, Facts = { need.Facts.ToWire() } };
    }

    /// <summary>A provision.</summary>
    public static Wire.Provision ToWire(this Provision provision)
    {
        ArgumentNullException.ThrowIfNull(provision);
        return new Wire.Provision
        {
            ProvisionId = provision.Id,
            Scheme = provision.Scheme.Id,
            Domain = WireCodes.Domain(provision.Domain),
            Status = WireCodes.Status(provision.Status),
            NeedIds = { provision.NeedIds },
            ProviderId = provision.ProviderId ?? "",
            Payer = provision.Payer ?? "",
            RequestedOn = provision.RequestedOn.ToWire(),
            From = provision.From.ToWire(),
            To = provision.To.ToWire(),
            Product = provision.Product ?? "",
            Goal = provision.Goal ?? "",
            Facts = { provision.Facts.ToWire() },
        };
    }

    /// <summary>A party.</summary>
    public static Wire.Party ToWire(this Party party)
    {
        ArgumentNullException.ThrowIfNull(party);
        return new Wire.Party
        {
            PartyId = party.Id,
            Role = party.Role,
            Profession = party.Profession ?? "",
            Organisation = party.Organisation ?? "",
            Domain = WireCodes.Domain(party.Service),
            ProvisionIds = { party.ProvisionIds },
            Facts = { party.Facts.ToWire() },
        };
    }

    /// <summary>A consent.</summary>
    public static Wire.Consent ToWire(this Consent consent)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return new Wire.Consent
        {
            From = consent.From,
            To = consent.To,
            Categories = { consent.Categories },
            ValidFrom = consent.ValidFrom.ToWire(),
            ValidTo = consent.ValidTo.ToWire(),
            WithdrawnOn = consent.WithdrawnOn.ToWire(),
        };
    }

    /// <summary>An event.</summary>
    public static Wire.CaseEvent ToWire(this CaseEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return new Wire.CaseEvent
        {
            Type = happened.Type,
            Date = happened.Date.ToWire(),
            PartyId = happened.Party ?? "",
            ProvisionId = happened.Provision ?? "",
            NeedId = happened.Need ?? "",
            From = happened.From ?? "",
            To = happened.To ?? "",
            Category = happened.Category ?? "",
            AcknowledgedOn = happened.AcknowledgedOn.ToWire(),
            AcknowledgedBy = happened.AcknowledgedBy ?? "",
        };
    }

    /// <summary>A document.</summary>
    public static Wire.Evidence ToWire(this Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var wire = new Wire.Evidence { Type = evidence.Type, Date = evidence.Date.ToWire(), By = evidence.By ?? "" };
        foreach (var (name, value) in evidence.Fields.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            wire.Fields.Add(name, value.ToWire());
        }

        return wire;
    }

    /// <summary>What a domain may see of a case, under its own name for it.</summary>
    public static Wire.CaseView ToWire(this Case view, string pseudonym)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new Wire.CaseView
        {
            CasePseudonym = pseudonym,
            AsOf = view.AsOf.ToWire(),
            Rulebooks = { view.Rulebooks.Order(StringComparer.Ordinal) },
            Tenant = view.Tenant ?? "",
            Insurer = view.Insurer ?? "",
            Options = { view.Options.Order(StringComparer.Ordinal) },
            Parameters = { view.Parameters.ToWire() },
            Facts = { view.Facts.ToWire() },
            Needs = { view.Needs.Select(ToWire) },
            Provisions = { view.Provisions.Select(ToWire) },
            Parties = { view.Parties.Select(ToWire) },
            Consents = { view.Consents.Select(ToWire) },
            Events = { view.Events.Select(ToWire) },
            Evidence = { view.Evidence.Select(ToWire) },
            OpenLists = { view.Open.Order(StringComparer.Ordinal) },
        };
    }

    /// <summary>A place in a document.</summary>
    public static Wire.RuleSource ToWire(this RuleSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Wire.RuleSource { RuleId = source.RuleId, Title = source.Title, Document = source.Document, Lines = source.Lines, OptionId = source.Option ?? "" };
    }

    /// <summary>An answer.</summary>
    public static Wire.Coverage ToWire(this Coverage coverage)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        return new Wire.Coverage
        {
            NeedId = coverage.NeedId,
            Scheme = coverage.Scheme,
            Product = coverage.Product ?? "",
            Domain = WireCodes.Domain(coverage.Service),
            Outcome = (Wire.Outcome)(coverage.Outcome + 1),
            PaymentMode = coverage.PaymentMode ?? "",
            Payer = coverage.Payer ?? "",
            FallbackPayer = coverage.FallbackPayer ?? "",
            Strength = coverage.Strength is { } strength ? (Wire.Strength)(strength + 1) : Wire.Strength.Unspecified,
            Modal = coverage.Modal ?? "",
            ContestedBy = { coverage.ContestedBy },
            Indicative = coverage.Indicative,
            LegalRisk = coverage.LegalRisk,
            Responsible = coverage.Responsible ?? "",
            OpenConditions = { coverage.OpenConditions.Select(ToWire) },
            MissingFacts = { coverage.MissingFacts },
            Reason = coverage.Reason ?? "",
            Rules = { coverage.RuleIds.Select(rule => coverage.Sources.FirstOrDefault(s => s.RuleId == rule)?.ToWire() ?? new Wire.RuleSource { RuleId = rule }) },
            ValidAt = coverage.ValidAt.ToWire(),
            Explanation = coverage.Explanation.ToWire(),
            Suggests = { coverage.Suggests },
        };
    }

    /// <summary>An answer of a domain, as the casemanager reads it.</summary>
    public static Coverage ToCoverage(this Wire.Coverage wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new Coverage
        {
            NeedId = wire.NeedId,
            Scheme = wire.Scheme,
            Product = NullIfEmpty(wire.Product),
            Service = WireCodes.Service(wire.Domain) ?? "none",
            Outcome = (Outcome)(wire.Outcome - 1),
            PaymentMode = NullIfEmpty(wire.PaymentMode),
            Payer = NullIfEmpty(wire.Payer),
            FallbackPayer = NullIfEmpty(wire.FallbackPayer),
            Strength = wire.Strength == Wire.Strength.Unspecified ? null : (Strength)(wire.Strength - 1),
            Modal = NullIfEmpty(wire.Modal),
            ContestedBy = [.. wire.ContestedBy],
            Indicative = wire.Indicative,
            LegalRisk = wire.LegalRisk,
            Responsible = NullIfEmpty(wire.Responsible),
            OpenConditions = [.. wire.OpenConditions.Select(ToSentence)],
            MissingFacts = [.. wire.MissingFacts],
            Reason = NullIfEmpty(wire.Reason),
            RuleIds = [.. wire.Rules.Select(rule => rule.RuleId)],
            Sources = [.. wire.Rules.Select(rule => new RuleSource(rule.RuleId, rule.Title, rule.Document, rule.Lines, rule.OptionId.Length == 0 ? null : rule.OptionId))],
            ValidAt = wire.ValidAt.ToDay(),
            Explanation = wire.Explanation.ToSentence(),
            Suggests = [.. wire.Suggests],
        };
    }

    /// <summary>A sentence.</summary>
    public static Sentence ToSentence(this Wire.Sentence? wire) => wire is null ? Sentence.None : new Sentence(wire.Nl, wire.En);

    /// <summary>A day that one of our own services wrote; nobody else's input.</summary>
    public static DateOnly ToDay(this Samenhang.Protos.Types.Date date)
    {
        ArgumentNullException.ThrowIfNull(date);
        return new DateOnly(date.Year, date.Month, date.Day);
    }

    /// <summary>What was read for an answer.</summary>
    public static Wire.FactUse ToWire(this FactUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        return new Wire.FactUse { FactId = use.Fact, ItemId = use.Item ?? "", Value = use.Value.IsKnown ? use.Value.ToWire() : null };
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
