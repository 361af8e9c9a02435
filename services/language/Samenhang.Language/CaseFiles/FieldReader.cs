using System.Globalization;
using System.Text.Json;

namespace Samenhang.Language.CaseFiles;

/// <summary>Reads the members of JSON objects and reports what is wrong with them. A null member counts as absent.</summary>
internal sealed class FieldReader(FaultLog faults)
{
    public FaultLog Faults { get; } = faults;

    /// <summary>Whether the value is an object; reports every key that is not among the allowed ones.</summary>
    public bool IsObject(PlacedJson value, params ReadOnlySpan<string> allowed)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            Faults.Add(value.Offset, CaseTexts.NotOfKind(new("een object", "an object"), Found(value)));
            return false;
        }

        foreach (var member in value.Members)
        {
            if (!allowed.Contains(member.Name))
            {
                Faults.Enter(member.Name);
                Faults.Add(member.Offset, CaseTexts.UnknownKey(member.Name), Spelling.Nearest(member.Name, allowed.ToArray()));
                Faults.Leave();
            }
        }

        return true;
    }

    /// <summary>The members of an object that maps names to values; none when absent.</summary>
    public IReadOnlyList<PlacedMember> Map(PlacedJson holder, string key)
    {
        if (Present(holder, key) is not { } value)
        {
            return [];
        }

        if (value.Kind == JsonValueKind.Object)
        {
            return value.Members;
        }

        Wrong(key, value, new("een object", "an object"));
        return [];
    }

    /// <summary>Reads each item of an array, at most <paramref name="limit"/>; nothing when absent.</summary>
    public List<T> List<T>(PlacedJson holder, string key, int limit, Func<PlacedJson, T?> read)
        where T : class
    {
        var result = new List<T>();
        if (Present(holder, key) is not { } value)
        {
            return result;
        }

        if (value.Kind != JsonValueKind.Array)
        {
            Wrong(key, value, new("een lijst", "a list"));
            return result;
        }

        Faults.Enter(key);
        if (value.Items.Count > limit)
        {
            Faults.Add(value.Offset, new($"Deze lijst heeft {value.Items.Count} items; er mogen er {limit} zijn.", $"This list holds {value.Items.Count} items; {limit} are allowed."));
        }

        for (var i = 0; i < Math.Min(value.Items.Count, limit); i++)
        {
            Faults.Enter(i);
            if (read(value.Items[i]) is { } item)
            {
                result.Add(item);
            }

            Faults.Leave();
        }

        Faults.Leave();
        return result;
    }

    /// <summary>A text, or null when absent or wrong.</summary>
    public string? Text(PlacedJson holder, string key)
    {
        if (Present(holder, key) is not { } value)
        {
            return null;
        }

        if (value.Kind == JsonValueKind.String)
        {
            return value.Text;
        }

        Wrong(key, value, new("een tekst", "a text"));
        return null;
    }

    /// <summary>A text that may not be absent or empty.</summary>
    public string? RequiredText(PlacedJson holder, string key)
    {
        Require(holder, key);
        var text = Text(holder, key);
        if (text is "")
        {
            Wrong(key, holder[key]!, new("een tekst", "a text"));
        }

        return text;
    }

    /// <summary>Reports when the key is absent or null.</summary>
    public void Require(PlacedJson holder, string key)
    {
        if (Present(holder, key) is null)
        {
            Faults.Add(holder.Offset, CaseTexts.Missing(key));
        }
    }

    /// <summary>True or false, or null when absent or wrong.</summary>
    public bool? Bool(PlacedJson holder, string key)
    {
        if (Present(holder, key) is not { } value)
        {
            return null;
        }

        if (value.Kind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.Kind == JsonValueKind.True;
        }

        Wrong(key, value, new("true of false", "true or false"));
        return null;
    }

    /// <summary>A name of a list, or null when absent or wrong.</summary>
    public string? Code(PlacedJson holder, string key, NameList list)
    {
        var text = Text(holder, key);
        if (text is null)
        {
            return null;
        }

        Faults.Enter(key);
        var known = Known(holder[key]!, text, list);
        Faults.Leave();
        return known ? text : null;
    }

    /// <summary>A name of a list that may not be absent.</summary>
    public string? RequiredCode(PlacedJson holder, string key, NameList list)
    {
        Require(holder, key);
        return Code(holder, key, list);
    }

    /// <summary>A list of names; what is wrong in it is left out.</summary>
    public List<string> Codes(PlacedJson holder, string key, NameList list, int limit = 200) =>
        List(holder, key, limit, item => AsText(item) is { } text && Known(item, text, list) ? text : null);

    /// <summary>A list of texts.</summary>
    public List<string> Texts(PlacedJson holder, string key, int limit = 200) => List(holder, key, limit, AsText);

    /// <summary>A day, or null when absent or wrong.</summary>
    public DateOnly? Date(PlacedJson holder, string key)
    {
        if (Present(holder, key) is not { } value)
        {
            return null;
        }

        Faults.Enter(key);
        var day = AsDate(value);
        Faults.Leave();
        return day;
    }

    /// <summary>Reports an end that lies before its beginning.</summary>
    public void InOrder(PlacedJson holder, string earlier, DateOnly? from, string later, DateOnly? to)
    {
        if (from is { } first && to is { } last && last < first)
        {
            Faults.Enter(later);
            Faults.Add(holder[later]!.Offset, CaseTexts.Before(later, last, earlier, first));
            Faults.Leave();
        }
    }

    /// <summary>Whether the list holds the name; reports when it does not.</summary>
    public bool Known(PlacedJson at, string name, NameList list)
    {
        if (list.Names.Contains(name))
        {
            return true;
        }

        Faults.Add(at.Offset, CaseTexts.UnknownName(list.Noun, name), Spelling.Nearest(name, list.Names));
        return false;
    }

    /// <summary>The value as a day, or null after a report.</summary>
    public DateOnly? AsDate(PlacedJson value)
    {
        if (value.Kind != JsonValueKind.String)
        {
            Faults.Add(value.Offset, CaseTexts.NotOfKind(new("een datum (\"jjjj-mm-dd\")", "a date (\"yyyy-mm-dd\")"), Found(value)));
            return null;
        }

        var text = value.Text!;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && PlausibleDays.Contain(day))
        {
            return day;
        }

        if (text.Length == 10 && text[4] == '-' && text[7] == '-' && text.Count(char.IsAsciiDigit) == 8)
        {
            Faults.Add(value.Offset, day == default
                ? CaseTexts.ImpossibleDate(text)
                : PlausibleDays.Refusal(day));
        }
        else
        {
            // 1-10-2016, 01/10/2016, 2016/10/01, 2016-10-01T00:00:00 are what people write.
            string[] forms = ["d-M-yyyy", "d/M/yyyy", "d.M.yyyy", "yyyy/M/d", "yyyy-M-d", "yyyyMMdd", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'"];
            var meant = DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var other)
                ? other.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
            Faults.Add(value.Offset, CaseTexts.BadDate(text), meant);
        }

        return null;
    }

    /// <summary>The value as a text, or null after a report.</summary>
    public string? AsText(PlacedJson value)
    {
        if (value.Kind == JsonValueKind.String)
        {
            return value.Text;
        }

        Faults.Add(value.Offset, CaseTexts.NotOfKind(new("een tekst", "a text"), Found(value)));
        return null;
    }

    /// <summary>The value as a number, or null after a report.</summary>
    public decimal? AsNumber(PlacedJson value, Sentence wanted)
    {
        if (value.Kind != JsonValueKind.Number)
        {
            Faults.Add(value.Offset, CaseTexts.NotOfKind(wanted, Found(value)));
            return null;
        }

        if (decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Faults.Add(value.Offset, new($"Het getal {CaseTexts.Short(value.Text!)} is te groot.", $"The number {CaseTexts.Short(value.Text!)} is too large."));
        return null;
    }

    /// <summary>The value as it stands in the file, for a message.</summary>
    public static string Found(PlacedJson value) => value.Kind switch
    {
        JsonValueKind.Object => "{…}",
        JsonValueKind.Array => "[…]",
        JsonValueKind.String => $"\"{CaseTexts.Short(value.Text!)}\"",
        JsonValueKind.Number => CaseTexts.Short(value.Text!),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    private static PlacedJson? Present(PlacedJson holder, string key) => holder[key] is { Kind: not JsonValueKind.Null } value ? value : null;

    private void Wrong(string key, PlacedJson value, Sentence wanted)
    {
        Faults.Enter(key);
        Faults.Add(value.Offset, CaseTexts.NotOfKind(wanted, Found(value)));
        Faults.Leave();
    }
}
