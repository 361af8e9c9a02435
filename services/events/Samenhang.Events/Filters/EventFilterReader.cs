using System.Collections.Immutable;
using System.Text.Json;
using Samenhang.Events.Cesql;

namespace Samenhang.Events.Filters;

/// <summary>Reads filters and names every fault with its path. It never stops at the first, but it does stop at a limit.</summary>
internal sealed class EventFilterReader
{
    private static readonly string[] Dialects = ["exact", "prefix", "suffix", "all", "any", "not", "sql"];

    private readonly EventFilterLimits limits;
    private readonly List<EventFault> faults = [];
    private int read;

    private EventFilterReader(EventFilterLimits limits) => this.limits = limits;

    public static Parsed<EventFilterSet> Read(string? json, EventFilterLimits limits)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return new(EventFilterSet.Everything);
        }

        if (json.Length > limits.Characters)
        {
            return new([new("filters", $"is langer dan {limits.Characters} tekens", $"is longer than {limits.Characters} characters")]);
        }

        // Two JSON levels a filter (its object and what the dialect holds), and some to reach the fault that names the depth.
        if (!StrictJson.TryParse(json, Math.Max(64, limits.Depth * 3), out var document, out var reason))
        {
            return new([new("filters", $"is geen geldige JSON {reason}", $"is not valid JSON {reason}")]);
        }

        using (document)
        {
            return Read(document.RootElement, limits);
        }
    }

    public static Parsed<EventFilterSet> Read(JsonElement json, EventFilterLimits limits)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return new(EventFilterSet.Everything);
        }

        var reader = new EventFilterReader(limits);
        var filters = reader.ReadList("filters", json, 1, mayBeEmpty: true);
        return reader.faults.Count == 0 ? new(new EventFilterSet(filters)) : new(reader.faults);
    }

    private ImmutableArray<EventFilter> ReadList(string path, JsonElement json, int depth, bool mayBeEmpty = false)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            Fault(path, "moet een lijst van filters zijn", "must be a list of filters");
            return [];
        }

        if (json.GetArrayLength() == 0 && !mayBeEmpty)
        {
            Fault(path, "moet ten minste een filter bevatten", "must hold at least one filter");
        }

        var filters = ImmutableArray.CreateBuilder<EventFilter>();
        var index = 0;
        foreach (var element in json.EnumerateArray())
        {
            if (read > limits.Filters)
            {
                break;
            }

            if (ReadOne($"{path}[{index++}]", element, depth) is { } filter)
            {
                filters.Add(filter);
            }
        }

        return filters.ToImmutable();
    }

    private EventFilter? ReadOne(string path, JsonElement json, int depth)
    {
        if (++read > limits.Filters)
        {
            return Fault(path, $"er zijn meer dan {limits.Filters} filters", $"there are more than {limits.Filters} filters");
        }

        if (depth > limits.Depth)
        {
            return Fault(path, $"filters staan dieper dan {limits.Depth} in elkaar", $"filters are nested deeper than {limits.Depth}");
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault(path, "moet een filter zijn: {\"dialect\": …}", "must be a filter: {\"dialect\": …}");
        }

        var dialects = json.EnumerateObject().ToList();
        if (dialects.Count != 1)
        {
            return dialects.Count == 0
                ? Fault(path, "noemt geen dialect", "names no dialect")
                : Fault(path, "noemt meer dan een dialect; gebruik all", "names more than one dialect; use all");
        }

        if (TextOf(() => dialects[0].Name) is not { } dialect || !Dialects.Contains(dialect))
        {
            return Fault(path, "onbekend dialect; gebruik een van: " + string.Join(", ", Dialects), "unknown dialect; use one of: " + string.Join(", ", Dialects));
        }

        var value = dialects[0].Value;
        var within = $"{path}.{dialect}";
        return dialect switch
        {
            "exact" => new EventFilter.Exact(ReadAttributes(within, value)),
            "prefix" => new EventFilter.Prefix(ReadAttributes(within, value)),
            "suffix" => new EventFilter.Suffix(ReadAttributes(within, value)),
            "all" => new EventFilter.All(ReadList(within, value, depth + 1)),
            "any" => new EventFilter.Any(ReadList(within, value, depth + 1)),
            "not" => ReadOne(within, value, depth + 1) is { } negated ? new EventFilter.Not(negated) : null,
            _ => ReadSql(within, value),
        };
    }

    private ImmutableArray<AttributeText> ReadAttributes(string path, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fault(path, "moet attributen met hun waarde noemen", "must name attributes with their values");
            return [];
        }

        var members = json.EnumerateObject().ToList();
        if (members.Count == 0)
        {
            Fault(path, "noemt geen attribuut", "names no attribute");
        }
        else if (members.Count > limits.Attributes)
        {
            Fault(path, $"noemt meer dan {limits.Attributes} attributen", $"names more than {limits.Attributes} attributes");
            return [];
        }

        var attributes = ImmutableArray.CreateBuilder<AttributeText>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            var name = TextOf(() => member.Name);
            if (name is not { Length: > 0 })
            {
                Fault(path, "een naam van een attribuut is leeg", "the name of an attribute is empty");
                continue;
            }

            if (!CloudEventRules.IsName(name) || name == "data")
            {
                Fault(path, "een naam is geen naam van een contextattribuut (kleine letters en cijfers)", "a name is not that of a context attribute (lower-case letters and digits)");
                continue;
            }

            if (!seen.Add(name))
            {
                Fault($"{path}.{name}", "staat er twee keer", "stands there twice");
            }
            else if (member.Value.ValueKind != JsonValueKind.String || TextOf(member.Value.GetString) is not { } text)
            {
                Fault($"{path}.{name}", "moet tekst zijn", "must be text");
            }
            else if (text.Length == 0)
            {
                Fault($"{path}.{name}", "mag niet leeg zijn", "must not be empty");
            }
            else if (text.Length > limits.ValueLength)
            {
                Fault($"{path}.{name}", $"is langer dan {limits.ValueLength} tekens", $"is longer than {limits.ValueLength} characters");
            }
            else
            {
                attributes.Add(new(name, text));
            }
        }

        return attributes.ToImmutable();
    }

    private EventFilter.Sql? ReadSql(string path, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String || TextOf(json.GetString) is not { } text)
        {
            Fault(path, "moet tekst zijn: een CESQL-uitdrukking", "must be text: a CESQL expression");
            return null;
        }

        var parsed = CesqlExpression.Parse(text);
        faults.AddRange(parsed.Faults.Select(fault => fault with { Field = path }));
        if (!parsed.Succeeded)
        {
            return null;
        }

        foreach (var call in parsed.Value.UnknownFunctions)
        {
            Fault(path, $"onbekende functie: {call}", $"unknown function: {call}");
        }

        return new(parsed.Value);
    }

    // A JSON text may hold half a surrogate pair, which is no text: unescaping it throws.
    private static string? TextOf(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private EventFilter? Fault(string path, string dutch, string english)
    {
        faults.Add(new(path, dutch, english));
        return null;
    }
}
