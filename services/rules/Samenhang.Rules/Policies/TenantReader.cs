using System.Globalization;
using System.Text.RegularExpressions;
using Samenhang.Language;
using Samenhang.Rules.Reading;

namespace Samenhang.Rules.Policies;

/// <summary>Reads the file of a tenant and checks every name, type and date in it against the vocabulary.</summary>
internal sealed partial class TenantReader(Vocabulary vocabulary, List<RuleFault> faults)
{
    internal Tenant? Read(RuleFile file)
    {
        if (YamlDocument.Read(file, faults) is not { Root: var root })
        {
            return null;
        }

        root.Allow("id", "kind", "name", "parameters", "facts", "options", "areas", "contacts", "initiatives");
        var id = root.Required("id");
        if (id is not null && !IdForm().IsMatch(id))
        {
            root.Fault("id", $"{id} is no id; write small letters, digits and dashes, at most 40");
        }
        else if (id is not null && file.Name != id + ".yaml")
        {
            root.Fault("id", $"the file of {id} must be called {id}.yaml");
        }

        var name = root.Required("name");
        if (root.Required("kind") is not { } word || !vocabulary.TenantKinds.TryGetValue(word, out var kind))
        {
            if (root.Optional("kind") is { } wrong)
            {
                root.Fault("kind", $"{wrong} is no kind of tenant{Spelling.Hint(wrong, vocabulary.TenantKinds.Keys)}");
            }

            return null;
        }

        var parameters = Dated(root, "parameters", entry => Parameter(entry, kind), parameter => parameter.Id, parameter => parameter.Validity);
        var facts = Dated(root, "facts", entry => Fact(entry, kind), fact => fact.Fact.Id, fact => fact.Validity);
        var options = Dated(root, "options", entry => Option(entry, kind), option => option.Option, option => option.Validity);
        var reader = new RegionReader(vocabulary);
        var region = new RegionFacts(
            Dated(root, "areas", RegionReader.Area, area => area.Kind, area => area.Validity),
            Dated(root, "contacts", reader.Contact, contact => contact.Id, contact => contact.Validity),
            Dated(root, "initiatives", reader.Initiative, initiative => initiative.Id, initiative => initiative.Validity));
        return id is null || name is null ? null : new(id, kind, name, parameters, facts, options, file.Digest) { Region = region };
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();

    private Parameter? Parameter(YamlEntry entry, TenantKind kind)
    {
        entry.Allow("id", "value", "valid", "source");
        var (validity, source) = DatedSource(entry);
        if (entry.Required("id") is not { } id)
        {
            return null;
        }

        if (!vocabulary.Parameters.TryGetValue(id, out var law))
        {
            entry.Fault("id", $"{id} is no parameter{Spelling.Hint(id, vocabulary.Parameters.Keys)}");
            return null;
        }

        if (!law.Any(period => period.Overridable))
        {
            entry.Fault("id", $"{id} may not be overridden");
            return null;
        }

        if (!kind.Sets(id))
        {
            entry.Fault("id", $"{id} is not for a tenant of kind {kind.Id} to decide");
            return null;
        }

        // Where the text gives no value, the unit tells the kind.
        var expected = law.Select(period => period.Value.Kind).FirstOrDefault(value => value != ValueKind.Unknown);
        expected = expected != ValueKind.Unknown ? expected : law[0].Unit == "date" ? ValueKind.Date : ValueKind.Number;
        var value = Value(entry, expected, null);
        return value.IsKnown ? new(id, value, law[0].Unit, validity, Overridable: true, source, "", law[0].Rules) : null;
    }

    private TenantFact? Fact(YamlEntry entry, TenantKind kind)
    {
        entry.Allow("id", "value", "valid", "source");
        var (validity, source) = DatedSource(entry);
        if (entry.Required("id") is not { } id)
        {
            return null;
        }

        if (!vocabulary.FactById.TryGetValue(id, out var fact))
        {
            entry.Fault("id", $"{id} is no fact{Spelling.Hint(id, vocabulary.FactById.Keys)}");
            return null;
        }

        if (!kind.States(id))
        {
            entry.Fault("id", $"{id} is not for a tenant of kind {kind.Id} to state");
            return null;
        }

        if (fact.DerivedFrom.Count > 0)
        {
            entry.Fault("id", $"{id} follows from other facts; state those");
            return null;
        }

        var value = Value(entry, KindOf(fact), fact);
        return value.IsKnown ? new(fact, value, validity, source) : null;
    }

    private TenantOption? Option(YamlEntry entry, TenantKind kind)
    {
        entry.Allow("id", "valid", "source");
        var (validity, source) = DatedSource(entry);
        if (entry.Required("id") is not { } id)
        {
            return null;
        }

        if (!vocabulary.Options.Contains(id))
        {
            entry.Fault("id", $"{id} is no option{Spelling.Hint(id, vocabulary.Options)}");
            return null;
        }

        if (!kind.SwitchesOn(id))
        {
            entry.Fault("id", $"{id} is not for a tenant of kind {kind.Id} to switch on");
            return null;
        }

        return new(id, validity, source);
    }

    private static ValueKind KindOf(FactDefinition fact) => fact.Type switch
    {
        FactType.Bool => ValueKind.Bool,
        FactType.Int or FactType.Decimal => ValueKind.Number,
        FactType.Date => ValueKind.Date,
        FactType.Set => ValueKind.Set,
        FactType.Enum or FactType.String => ValueKind.Code,
    };

    private static Value Value(YamlEntry entry, ValueKind kind, FactDefinition? fact)
    {
        if (kind == ValueKind.Set)
        {
            if (!entry.Keys.Contains("value"))
            {
                entry.Fault("value", "value is missing");
                return default;
            }

            var members = entry.Texts("value");
            return members.All(member => IsListed(entry, member, fact)) ? Language.Value.SetOf(members) : default;
        }

        if (entry.Required("value") is not { } text)
        {
            return default;
        }

        switch (kind)
        {
            case ValueKind.Bool when text is "true" or "false":
                return Language.Value.Of(text == "true");
            case ValueKind.Number when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && (fact is not { Type: FactType.Int } || number == Math.Truncate(number)):
                return Language.Value.Of(number);
            case ValueKind.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                return Language.Value.Of(day);
            case ValueKind.Code:
                return IsListed(entry, text, fact) ? Language.Value.Of(text) : default;
            default:
                var needed = kind switch
                {
                    ValueKind.Bool => "true or false",
                    ValueKind.Date => "a day, written 2016-12-31",
                    _ when fact is { Type: FactType.Int } => "a whole number",
                    _ => "a number",
                };
                entry.Fault("value", $"{text} must be {needed}");
                return default;
        }
    }

    private static bool IsListed(YamlEntry entry, string code, FactDefinition? fact)
    {
        if (fact?.Values is not { } codes || codes.Contains(code))
        {
            return true;
        }

        entry.Fault("value", $"{code} is no value of {fact.Id}{Spelling.Hint(code, codes)}");
        return false;
    }

    internal static (Period Validity, string Source) DatedSource(YamlEntry entry)
    {
        var validity = entry.Required("valid") is null ? default : entry.Period("valid");
        if (validity is { From: null, To: not null })
        {
            entry.Fault("valid", "a policy begins on a day; write 2016-01-01.. or 2016-01-01..2016-12-31");
        }

        return (validity, entry.Required("source") ?? "");
    }

    /// <summary>The entries of a list; of one thing only one on a day.</summary>
    private static List<T> Dated<T>(YamlEntry root, string list, Func<YamlEntry, T?> read, Func<T, string> id, Func<T, Period> validity)
        where T : class
    {
        var items = new List<(T Item, YamlEntry Entry)>();
        foreach (var entry in root.List(list))
        {
            if (read(entry) is not { } item)
            {
                continue;
            }

            if (items.Find(other => id(other.Item) == id(item) && validity(other.Item).Overlaps(validity(item))) is { Entry: { } earlier })
            {
                entry.Fault("valid", $"{id(item)} stands already in line {earlier.Line} for these days");
            }

            items.Add((item, entry));
        }

        return items.ConvertAll(one => one.Item);
    }
}
