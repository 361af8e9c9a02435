using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Date = Samenhang.Protos.Types.Date;

namespace Samenhang.EmbeddedSupport.Scripts;

/// <summary>
/// Makes a request of the words of a script. Days, enums and facts may be written short: "today", "YES", { work.sickListed: yes }, and
/// { n1/health.severity: light } for a fact of a need. A word that begins with $ stands for something that the story knows.
/// </summary>
internal sealed partial class RequestBuilder(DateOnly today, Func<string, string> named)
{
    public IMessage Build(MessageDescriptor type, Words.Fields words)
    {
        var message = (IMessage)Activator.CreateInstance(type.ClrType)!;
        foreach (var (name, value) in words.Items)
        {
            Set(message, type.FindFieldByName(name) ?? throw new FormatException($"{type.Name} has no field {name}."), value);
        }

        return message;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^-?\d+(\.\d+)?$")]
    private static partial Regex Number();

    private void Set(IMessage message, FieldDescriptor field, Words value)
    {
        if (field.IsMap)
        {
            var map = (IDictionary)field.Accessor.GetValue(message);
            foreach (var (key, item) in ((Words.Fields)value).Items)
            {
                map.Add(key, One(field.MessageType.FindFieldByNumber(2), item));
            }
        }
        else if (field.IsRepeated)
        {
            var list = (IList)field.Accessor.GetValue(message);
            foreach (var item in Many(field, value))
            {
                list.Add(item);
            }
        }
        else
        {
            field.Accessor.SetValue(message, One(field, value));
        }
    }

    private IEnumerable<object> Many(FieldDescriptor field, Words value) => value switch
    {
        Words.Fields facts when field.FieldType == FieldType.Message && field.MessageType.ClrType == typeof(Fact) => facts.Items.Select(fact => FactOf(fact.Name, fact.Value)),
        Words.Fields facts when field.FieldType == FieldType.Message && field.MessageType.ClrType == typeof(RecordedFact) => facts.Items.Select(fact => RecordedOf(fact.Name, fact.Value)),
        Words.Row row => row.Items.Select(item => One(field, item)),
        _ => [One(field, value)],
    };

    private object One(FieldDescriptor field, Words value) => (field.FieldType, value) switch
    {
        (FieldType.Message, Words.Text text) when field.MessageType.ClrType == typeof(Date) => DateOf(text.Value),
        (FieldType.Message, _) when field.MessageType.ClrType == typeof(FactValue) => ValueOf(value),
        (FieldType.Message, Words.Fields fields) => Build(field.MessageType, fields),
        (FieldType.String, Words.Text text) => Known(text.Value),
        (FieldType.Bool, Words.Text text) => IsYes(text.Value),
        (FieldType.Int32, Words.Text text) => int.Parse(text.Value, CultureInfo.InvariantCulture),
        (FieldType.Int64, Words.Text text) => long.Parse(text.Value, CultureInfo.InvariantCulture),
        (FieldType.Double, Words.Text text) => double.Parse(text.Value, CultureInfo.InvariantCulture),
        (FieldType.Enum, Words.Text text) => EnumOf(field.EnumType, text.Value),
        _ => throw new FormatException($"{field.FullName} cannot be {value}."),
    };

    private string Known(string text) => text.StartsWith('$') ? named(text[1..]) : text;

    private static bool IsYes(string text) => text switch
    {
        "yes" => true,
        "no" => false,
        _ => throw new FormatException($"yes or no was expected, not {text}."),
    };

    // The shortest name that ends so is meant: PRACTITIONER is not GENERAL_PRACTITIONER.
    private static object EnumOf(EnumDescriptor type, string word) =>
        type.Values.Where(value => value.Name == word || value.Name.EndsWith("_" + word, StringComparison.Ordinal)).MinBy(value => value.Name.Length) is { } found
            ? Enum.ToObject(type.ClrType, found.Number)
            : throw new FormatException($"{type.Name} has no value {word}.");

    private Date DateOf(string text)
    {
        var day = text == "today" ? today : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new Date { Year = day.Year, Month = day.Month, Day = day.Day };
    }

    private Fact FactOf(string id, Words value) => value is Words.Text { Value: "unknown" } ? new() { FactId = id } : new() { FactId = id, Value = ValueOf(value) };

    private RecordedFact RecordedOf(string name, Words value) => name.Split('/') switch
    {
        [var need, var id] => new() { NeedId = need, Fact = FactOf(id, value) },
        _ => new() { Fact = FactOf(name, value) },
    };

    private FactValue ValueOf(Words value) => value switch
    {
        Words.Row row => new() { CodeSetValue = new CodeSet { Codes = { row.Items.Cast<Words.Text>().Select(item => item.Value) } } },
        Words.Text { Value: "yes" or "no" } text => new() { BoolValue = IsYes(text.Value) },
        Words.Text { Value: "today" } => new() { DateValue = DateOf("today") },
        Words.Text text when Day().IsMatch(text.Value) => new() { DateValue = DateOf(text.Value) },
        Words.Text text when Number().IsMatch(text.Value) => new() { DecimalValue = text.Value },
        Words.Text text => new() { CodeValue = text.Value },
        _ => throw new FormatException($"No fact has the value {value}."),
    };
}
