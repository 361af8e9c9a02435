using System.Globalization;
using System.Text.RegularExpressions;
using Samenhang.Language;
using Samenhang.Rules.Reading;

namespace Samenhang.Rules.Policies;

/// <summary>Reads what a tenant's file tells of its region: areas, contact points and initiatives.</summary>
internal sealed partial class RegionReader(Vocabulary vocabulary)
{
    private const int LongestText = 200;

    // Who is a client or somebody near to one is no contact point of an organisation.
    private static readonly string[] Persons = ["client", "relative", "informal-carer", "representative", "volunteer", "helper"];

    internal static DomainArea? Area(YamlEntry entry)
    {
        entry.Allow("id", "code", "name", "valid", "source");
        var (validity, source) = TenantReader.DatedSource(entry);
        var kind = Listed(entry, "id", DomainArea.Kinds, "region of a domain");
        var (code, name) = (Text(entry, "code"), Text(entry, "name"));
        return kind is null || code is null || name is null ? null : new(kind, code, name, validity, source);
    }

    internal ContactPoint? Contact(YamlEntry entry)
    {
        entry.Allow("id", "organisation", "service", "role", "reach", "valid", "source");
        var (validity, source) = TenantReader.DatedSource(entry);
        var (id, organisation, reach) = (Text(entry, "id"), Text(entry, "organisation"), Text(entry, "reach"));
        var service = Listed(entry, "service", ["zvw", "gemeente", "uwv", "employer", "casemanager"], "service");
        var role = Listed(entry, "role", [.. vocabulary.PartyRoles.Keys.Except(Persons)], "role of an organisation");
        return id is null || organisation is null || reach is null || service is null || role is null ? null
            : new(id, organisation, service, role, reach, validity, source);
    }

    internal Initiative? Initiative(YamlEntry entry)
    {
        entry.Allow("id", "name", "needs", "capacity", "per", "valid", "source");
        var (validity, source) = TenantReader.DatedSource(entry);
        var (id, name) = (Text(entry, "id"), Text(entry, "name"));
        var needs = entry.Texts("needs");
        foreach (var need in needs.Where(need => !vocabulary.Needs.ContainsKey(need)))
        {
            entry.Fault("needs", $"{need} is no need{Spelling.Hint(need, vocabulary.Needs.Keys)}");
        }

        // Not known must be said: a capacity that was forgotten would look the same.
        int? capacity = null;
        string? per = null;
        if (entry.Required("capacity") is { } text and not "unknown")
        {
            per = Listed(entry, "per", Policies.Initiative.Periods, "period of a capacity");
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                capacity = number;
            }
            else
            {
                entry.Fault("capacity", $"{text} must be a whole number, or unknown");
            }
        }
        else if (entry.Optional("per") is not null)
        {
            entry.Fault("per", "per says nothing while the capacity is unknown");
        }

        return id is null || name is null ? null : new(id, name, needs, capacity, per, validity, source);
    }

    private static string? Listed(YamlEntry entry, string name, IReadOnlyCollection<string> known, string what)
    {
        if (entry.Required(name) is not { } code)
        {
            return null;
        }

        if (known.Contains(code))
        {
            return code;
        }

        entry.Fault(name, $"{code} is no {what}{Spelling.Hint(code, known)}");
        return null;
    }

    /// <summary>A text of one line in which no person is named.</summary>
    private static string? Text(YamlEntry entry, string name)
    {
        if (entry.Required(name) is not { } text)
        {
            return null;
        }

        if (text.Length is 0 or > LongestText)
        {
            entry.Fault(name, $"{name} must have 1 to {LongestText} characters");
        }
        else if (Person().IsMatch(text))
        {
            entry.Fault(name, $"{name} seems to name a person; name a role or an organisation");
        }

        return text;
    }

    [GeneratedRegex(@"\b(mevr(ouw)?|mw|dhr|de heer|drs|dr|mr|ir|prof)\b\.? ?\p{Lu}", RegexOptions.CultureInvariant)]
    private static partial Regex Person();
}
