using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Samenhang.Api.Reading;
using Samenhang.Api.Writing;
using Samenhang.Language;
using Samenhang.Messages.Cases;

namespace Samenhang.Zvw.Paths;

/// <summary>
/// The fields of a message that each hold one fact. A field that was left out is a fact that is not known; so each must be optional,
/// a text or a day.
/// </summary>
public sealed class FactFields
{
    private const string Eurocents = "_eurocents";
    private readonly IReadOnlyList<(FieldDescriptor Field, string Fact)> fields;

    /// <summary>Names the fields.</summary>
    /// <param name="message">The message.</param>
    /// <param name="facts">Per field, by its number, the fact that it holds.</param>
    public FactFields(MessageDescriptor message, IReadOnlyDictionary<int, string> facts)
    {
        ArgumentNullException.ThrowIfNull(message);
        fields = [.. facts.Select(pair => (message.FindFieldByNumber(pair.Key), pair.Value))];
    }

    /// <summary>The facts that a message tells, each checked against the vocabulary.</summary>
    public IReadOnlyList<KnownFact> Read(RequestReader reader, string path, IMessage? message)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var known = new List<KnownFact>();
        if (message is null)
        {
            return known;
        }

        foreach (var (field, fact) in fields)
        {
            if (Read(reader, $"{path}.{field.Name}", field, message, reader.Vocabulary.FactById[fact]) is { } value)
            {
                known.Add(new(fact, value));
            }
        }

        return known;
    }

    /// <summary>Fills the fields of a message.</summary>
    public TMessage Write<TMessage>(IEnumerable<KnownFact> facts, TMessage into)
        where TMessage : IMessage
    {
        ArgumentNullException.ThrowIfNull(facts);
        var byFact = facts.ToDictionary(known => known.Fact, known => known.Value);
        foreach (var (field, fact) in fields)
        {
            if (byFact.TryGetValue(fact, out var value) && value.ToValue() is { IsKnown: true } known)
            {
                field.Accessor.SetValue(into, field.FieldType switch
                {
                    FieldType.Bool => known.Truth == Truth.True,
                    FieldType.Int32 => (int)known.Number,
                    FieldType.Int64 => (long)(known.Number * 100),
                    FieldType.Message => known.Date.ToWire(),
                    _ => known.Kind == ValueKind.Number ? known.Number.ToString(CultureInfo.InvariantCulture) : known.Code,
                });
            }
        }

        return into;
    }

    private static KnownValue? Read(RequestReader reader, string path, FieldDescriptor field, IMessage message, FactDefinition fact)
    {
        var given = field.HasPresence && !field.Accessor.HasValue(message) ? null : field.Accessor.GetValue(message);
        switch (given)
        {
            case null or "":
                return null;
            case bool truth:
                return new KnownValue { Bool = truth };
            case int or long:
                var number = Convert.ToDecimal(given, CultureInfo.InvariantCulture);
                if (number < 0)
                {
                    Negative(reader, path);
                }

                return new KnownValue { Number = field.Name.EndsWith(Eurocents, StringComparison.Ordinal) ? number / 100 : number };
            case Samenhang.Protos.Types.Date day:
                return reader.Day(path, day) is { } read ? new KnownValue { Day = read } : null;
            case string text when fact.Type is FactType.Decimal or FactType.Int:
                return Number(reader, path, text) is { } parsed ? new KnownValue { Number = parsed } : null;
            case string code when fact.Type == FactType.Enum:
                return new KnownValue { Code = reader.Code(path, code, fact.Values!) };
            default:
                throw new InvalidOperationException($"{field.FullName} cannot hold {fact.Id}.");
        }
    }

    /// <summary>A number in decimal notation, at least 0; null when it is wrong.</summary>
    internal static decimal? Number(RequestReader reader, string path, string text)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            reader.Add(path, "Dit is geen getal; schrijf het als 12 of 0.5.", "This is no number; write it as 12 or 0.5.");
            return null;
        }

        if (number < 0)
        {
            Negative(reader, path);
        }

        return number;
    }

    internal static void Negative(RequestReader reader, string path) =>
        reader.Add(path, "Dit getal mag niet onder nul zijn.", "This number may not be below zero.");
}
