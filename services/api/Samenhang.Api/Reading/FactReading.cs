using System.Collections.Frozen;
using System.Globalization;
using Samenhang.Language;
using Wire = Samenhang.Protos.Common.V1;

namespace Samenhang.Api.Reading;

/// <summary>Reads facts and values, and checks each against the type, the codes and the level that the vocabulary gives it.</summary>
public static class FactReading
{
    /// <summary>The facts of one item; a fact without a value is unknown and left out.</summary>
    public static FactSet Facts(this RequestReader reader, string field, IReadOnlyList<Wire.Fact> facts, params FactLevel[] levels)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(facts);
        var read = reader.Items(field, facts, (path, fact) => reader.Fact(path, fact, levels)).OfType<(FactDefinition Fact, Value Value)>().ToList();
        reader.Unique(field, facts.Select(fact => fact.FactId), "fact_id");
        return new FactSet(read.DistinctBy(fact => fact.Fact).Select(fact => KeyValuePair.Create(fact.Fact, fact.Value)));
    }

    /// <summary>One fact with its value, which is unknown when none was given; null when it is wrong.</summary>
    public static (FactDefinition Fact, Value Value)? Fact(this RequestReader reader, string field, Wire.Fact? fact, params FactLevel[] levels)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (fact is null)
        {
            reader.Add(field, "Dit veld moet ingevuld zijn.", "This field must be filled in.");
            return null;
        }

        if (!reader.Vocabulary.FactById.TryGetValue(fact.FactId, out var definition))
        {
            var shown = RequestReader.Shown(fact.FactId);
            var nearest = Spelling.Nearest(shown, reader.Vocabulary.FactById.Keys);
            reader.Add($"{field}.fact_id", $"Het feit '{shown}' bestaat niet{(nearest is null ? "" : $"; bedoelde u '{nearest}'?")}",
                $"The fact '{shown}' does not exist{(nearest is null ? "" : $"; did you mean '{nearest}'?")}");
            return null;
        }

        if (!levels.Contains(definition.Level))
        {
            reader.Add($"{field}.fact_id", $"{definition.Id} hoort hier niet: het is een feit van {LevelNl(definition.Level)}.",
                $"{definition.Id} does not belong here: it is a fact of {LevelEn(definition.Level)}.");
        }

        return (definition, reader.ValueOf($"{field}.value", fact.Value, definition));
    }

    /// <summary>The parameters of a case.</summary>
    public static FrozenDictionary<string, Value> Parameters(this RequestReader reader, string field, IReadOnlyList<Wire.ParameterValue> parameters)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(parameters);
        reader.Unique(field, parameters.Select(parameter => parameter.ParameterId), "parameter_id");
        return reader.Items(field, parameters, (path, parameter) =>
        {
            reader.Code($"{path}.parameter_id", parameter.ParameterId, reader.Vocabulary.Parameters.Keys);
            return KeyValuePair.Create(parameter.ParameterId, reader.AnyValue($"{path}.value", parameter.Value));
        }).DistinctBy(pair => pair.Key).ToFrozenDictionary();
    }

    /// <summary>A value of whatever type.</summary>
    public static Value AnyValue(this RequestReader reader, string field, Wire.FactValue? value)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return value?.ValueCase switch
        {
            Wire.FactValue.ValueOneofCase.BoolValue => Value.Of(value.BoolValue),
            Wire.FactValue.ValueOneofCase.DecimalValue => reader.Number($"{field}.decimal_value", value.DecimalValue),
            Wire.FactValue.ValueOneofCase.DateValue => reader.Day($"{field}.date_value", value.DateValue) is { } day ? Value.Of(day) : Value.Unknown,
            Wire.FactValue.ValueOneofCase.CodeValue => Value.Of(reader.Text($"{field}.code_value", value.CodeValue, 200)),
            Wire.FactValue.ValueOneofCase.TextValue => Value.Of(reader.Text($"{field}.text_value", value.TextValue)),
            Wire.FactValue.ValueOneofCase.CodeSetValue => Value.SetOf(reader.Items($"{field}.code_set_value.codes", value.CodeSetValue.Codes,
                (path, code) => reader.Text(path, code, 200) ?? "").Where(code => code.Length > 0)),
            _ => Value.Unknown,
        };
    }

    private static Value ValueOf(this RequestReader reader, string field, Wire.FactValue? value, FactDefinition fact)
    {
        if (value is null || value.ValueCase == Wire.FactValue.ValueOneofCase.None)
        {
            return Value.Unknown;
        }

        var (wanted, member, nl) = fact.Type switch
        {
            FactType.Bool => (Wire.FactValue.ValueOneofCase.BoolValue, "bool_value", "ja of nee"),
            FactType.Int or FactType.Decimal => (Wire.FactValue.ValueOneofCase.DecimalValue, "decimal_value", "een getal"),
            FactType.Date => (Wire.FactValue.ValueOneofCase.DateValue, "date_value", "een datum"),
            FactType.Enum => (Wire.FactValue.ValueOneofCase.CodeValue, "code_value", "een code"),
            FactType.Set => (Wire.FactValue.ValueOneofCase.CodeSetValue, "code_set_value", "een lijst van codes"),
            FactType.String => (Wire.FactValue.ValueOneofCase.TextValue, "text_value", "een tekst"),
        };
        if (value.ValueCase != wanted)
        {
            reader.Add(field, $"{fact.Id} vraagt {nl} ({member}).", $"{fact.Id} wants {member}.");
            return Value.Unknown;
        }

        var read = reader.AnyValue(field, value);
        switch (read.Kind)
        {
            case ValueKind.Number when fact.Type == FactType.Int && read.Number != decimal.Truncate(read.Number):
                reader.Add($"{field}.decimal_value", $"{fact.Id} vraagt een geheel getal.", $"{fact.Id} wants a whole number.");
                break;
            case ValueKind.Code when fact.Values is { } codes && fact.Type == FactType.Enum:
                reader.Code($"{field}.code_value", read.Code, codes);
                break;
            case ValueKind.Set when fact.Values is { } codes:
                reader.Codes($"{field}.code_set_value.codes", value.CodeSetValue.Codes, codes);
                break;
        }

        return read;
    }

    private static Value Number(this RequestReader reader, string field, string text)
    {
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (text.Length <= 40 && decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number))
        {
            return Value.Of(number);
        }

        reader.Add(field, $"'{RequestReader.Shown(text)}' is geen getal; schrijf het als 12 of 0.5.", $"'{RequestReader.Shown(text)}' is no number; write it as 12 or 0.5.");
        return Value.Unknown;
    }

    private static string LevelNl(FactLevel level) => level switch
    {
        FactLevel.Client => "de cliënt",
        FactLevel.Need => "een behoefte",
        FactLevel.Provision => "een voorziening",
        FactLevel.Party => "een partij",
    };

    private static string LevelEn(FactLevel level) => level switch
    {
        FactLevel.Client => "the client",
        FactLevel.Need => "a need",
        FactLevel.Provision => "a provision",
        FactLevel.Party => "a party",
    };
}
