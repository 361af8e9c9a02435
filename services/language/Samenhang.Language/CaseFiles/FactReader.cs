using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Samenhang.Language.CaseFiles;

/// <summary>Reads facts, parameters and fields of evidence: values whose type the vocabulary gives, or that have none.</summary>
internal sealed class FactReader(Vocabulary vocabulary, NameLists names, FieldReader fields)
{
    private static readonly Sentence WholeNumber = new("een geheel getal", "a whole number");
    private static readonly Sentence AnyNumber = new("een getal", "a number");

    /// <summary>The facts of one item of the case; null is unknown and leaves the fact out.</summary>
    public FactSet Facts(PlacedJson holder, params ReadOnlySpan<FactLevel> levels) => new(Pairs(holder, levels));

    /// <summary>The facts with their values, unknown ones included.</summary>
    public List<KeyValuePair<FactDefinition, Value>> Pairs(PlacedJson holder, params ReadOnlySpan<FactLevel> levels)
    {
        var facts = new List<KeyValuePair<FactDefinition, Value>>();
        var members = fields.Map(holder, "facts");
        fields.Faults.Enter("facts");
        foreach (var member in members)
        {
            fields.Faults.Enter(member.Name);
            if (!vocabulary.FactById.TryGetValue(member.Name, out var fact))
            {
                fields.Faults.Add(member.Offset, CaseTexts.UnknownName(names.Facts.Noun, member.Name), Spelling.Nearest(member.Name, names.Facts.Names));
            }
            else
            {
                if (!levels.Contains(fact.Level))
                {
                    fields.Faults.Add(member.Offset, WrongLevel(fact));
                }

                facts.Add(new(fact, ValueOf(fact, member.Value)));
            }

            fields.Faults.Leave();
        }

        fields.Faults.Leave();
        return facts;
    }

    /// <summary>The parameters that hold for this case only.</summary>
    public FrozenDictionary<string, Value> Parameters(PlacedJson holder)
    {
        var parameters = new Dictionary<string, Value>();
        var members = fields.Map(holder, "parameters");
        fields.Faults.Enter("parameters");
        foreach (var member in members)
        {
            fields.Faults.Enter(member.Name);
            if (vocabulary.Parameters.TryGetValue(member.Name, out var periods))
            {
                parameters[member.Name] = ParameterOf(periods[0], member.Value);
            }
            else
            {
                fields.Faults.Add(member.Offset, CaseTexts.UnknownName(names.Parameters.Noun, member.Name), Spelling.Nearest(member.Name, names.Parameters.Names));
            }

            fields.Faults.Leave();
        }

        fields.Faults.Leave();
        return parameters.ToFrozenDictionary();
    }

    /// <summary>The fields of a document: names and types are its own. A text in the form of a day is a day.</summary>
    public FrozenDictionary<string, Value> Fields(PlacedJson holder)
    {
        var result = new Dictionary<string, Value>();
        var members = fields.Map(holder, "fields");
        fields.Faults.Enter("fields");
        foreach (var member in members)
        {
            fields.Faults.Enter(member.Name);
            result[member.Name] = member.Value.Kind switch
            {
                JsonValueKind.True or JsonValueKind.False => Value.Of(member.Value.Kind == JsonValueKind.True),
                JsonValueKind.Number => fields.AsNumber(member.Value, AnyNumber) is { } number ? Value.Of(number) : Value.Unknown,
                JsonValueKind.String when DateOnly.TryParseExact(member.Value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => Value.Of(day),
                JsonValueKind.String => Value.Of(member.Value.Text),
                JsonValueKind.Array => SetOf(member.Value, null),
                JsonValueKind.Null => Value.Unknown,
                _ => Reject(member.Value),
            };
            fields.Faults.Leave();
        }

        fields.Faults.Leave();
        return result.ToFrozenDictionary();
    }

    private Value ValueOf(FactDefinition fact, PlacedJson value)
    {
        if (value.Kind == JsonValueKind.Null)
        {
            return Value.Unknown;
        }

        switch (fact.Type)
        {
            case FactType.Bool:
                if (value.Kind is JsonValueKind.True or JsonValueKind.False)
                {
                    return Value.Of(value.Kind == JsonValueKind.True);
                }

                fields.Faults.Add(value.Offset, CaseTexts.NotOfKind(new("true of false", "true or false"), FieldReader.Found(value)));
                return Value.Unknown;
            case FactType.Int:
                var whole = fields.AsNumber(value, WholeNumber);
                if (whole is { } number && number != decimal.Truncate(number))
                {
                    fields.Faults.Add(value.Offset, CaseTexts.NotOfKind(WholeNumber, FieldReader.Found(value)));
                }

                return whole is { } known ? Value.Of(known) : Value.Unknown;
            case FactType.Decimal:
                return fields.AsNumber(value, AnyNumber) is { } amount ? Value.Of(amount) : Value.Unknown;
            case FactType.Date:
                return fields.AsDate(value) is { } day ? Value.Of(day) : Value.Unknown;
            case FactType.Set:
                if (value.Kind == JsonValueKind.Array)
                {
                    return SetOf(value, fact);
                }

                fields.Faults.Add(value.Offset, CaseTexts.NotOfKind(new("een lijst", "a list"), FieldReader.Found(value)));
                return Value.Unknown;
            default:
                return fields.AsText(value) is { } code && (fact.Values is null || Allowed(value, code, fact)) ? Value.Of(code) : Value.Unknown;
        }
    }

    private Value SetOf(PlacedJson array, FactDefinition? fact)
    {
        var codes = new List<string>();
        for (var i = 0; i < array.Items.Count; i++)
        {
            fields.Faults.Enter(i);
            if (fields.AsText(array.Items[i]) is { } member && (fact?.Values is null || Allowed(array.Items[i], member, fact)))
            {
                codes.Add(member);
            }

            fields.Faults.Leave();
        }

        return Value.SetOf(codes);
    }

    private bool Allowed(PlacedJson at, string code, FactDefinition fact)
    {
        if (fact.Values!.Contains(code))
        {
            return true;
        }

        var some = string.Join(", ", fact.Values.Order(StringComparer.Ordinal).Take(12)) + (fact.Values.Count > 12 ? ", …" : "");
        fields.Faults.Add(at.Offset, new(
            $"'{CaseTexts.Short(code)}' is geen waarde van {fact.Id}; wel: {some}.",
            $"'{CaseTexts.Short(code)}' is no value of {fact.Id}; allowed: {some}."), Spelling.Nearest(code, fact.Values));
        return false;
    }

    /// <summary>A parameter of the case has the type that the list gives it; where the list leaves it open, any single value goes.</summary>
    private Value ParameterOf(Parameter parameter, PlacedJson value)
    {
        if (value.Kind == JsonValueKind.Null)
        {
            return Value.Unknown;
        }

        if (parameter.Unit.StartsWith("date", StringComparison.Ordinal))
        {
            return fields.AsDate(value) is { } day ? Value.Of(day) : Value.Unknown;
        }

        if (parameter.Value.Kind is ValueKind.Number or ValueKind.Unknown)
        {
            return fields.AsNumber(value, AnyNumber) is { } number ? Value.Of(number) : Value.Unknown;
        }

        return fields.AsText(value) is { } text ? Value.Of(text) : Value.Unknown;
    }

    private Value Reject(PlacedJson value)
    {
        fields.Faults.Add(value.Offset, CaseTexts.NotOfKind(new("een enkele waarde of een lijst", "a single value or a list"), FieldReader.Found(value)));
        return Value.Unknown;
    }

    private static Sentence WrongLevel(FactDefinition fact) => fact.Level switch
    {
        FactLevel.Client => new($"{fact.Id} hoort bij de cliënt: zet het bij de feiten van de casus.", $"{fact.Id} belongs to the client: put it with the facts of the case."),
        FactLevel.Need => new($"{fact.Id} hoort bij een behoefte: zet het daar, of bij de feiten van de casus.", $"{fact.Id} belongs to a need: put it there, or with the facts of the case."),
        FactLevel.Provision => new($"{fact.Id} hoort bij een voorziening: zet het daar, of bij de feiten van de casus.", $"{fact.Id} belongs to a provision: put it there, or with the facts of the case."),
        FactLevel.Party => new($"{fact.Id} hoort bij een partij: zet het daar, of bij de feiten van de casus.", $"{fact.Id} belongs to a party: put it there, or with the facts of the case."),
    };
}
