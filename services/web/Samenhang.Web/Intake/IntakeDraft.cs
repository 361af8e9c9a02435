using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Types;

namespace Samenhang.Web.Intake;

/// <summary>An answer of an intake, as it was given.</summary>
/// <param name="Kind">How the fact is given.</param>
/// <param name="Text">true, a number, a day, a code, codes with bars between; empty = whoever was asked does not know.</param>
public sealed record IntakeAnswer(AnswerKind Kind, string Text)
{
    /// <summary>The value; null when it is not known.</summary>
    public FactValue? Value => Text.Length == 0 ? null : Kind switch
    {
        AnswerKind.Bool => new FactValue { BoolValue = Text == "true" },
        AnswerKind.Int or AnswerKind.Decimal => new FactValue { DecimalValue = Text.Replace(',', '.') },
        AnswerKind.Date => new FactValue { DateValue = IntakeDraft.Day(Text) },
        AnswerKind.Code => new FactValue { CodeValue = Text },
        AnswerKind.CodeSet => new FactValue { CodeSetValue = new CodeSet { Codes = { Text.Split('|') } } },
        AnswerKind.Text or AnswerKind.Unspecified => new FactValue { TextValue = Text },
    };
}

/// <summary>
/// An intake that is not finished. It holds no BSN: that is asked on the last page and goes from there to the vault, so that it is kept
/// nowhere on the way.
/// </summary>
public sealed record IntakeDraft
{
    /// <summary>Whose it is: nobody else gets it.</summary>
    public required string Subject { get; init; }

    /// <summary>When it was last saved.</summary>
    public DateTimeOffset SavedAt { get; init; }

    /// <summary>The id under which the case is opened, once.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>A title for the worklist.</summary>
    public string Title { get; init; } = "";

    /// <summary>The municipality; empty = none that has a file.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The insurer; empty = none that has a file.</summary>
    public string Insurer { get; init; } = "";

    /// <summary>The day for which it is judged, yyyy-MM-dd; empty = today.</summary>
    public string AsOf { get; init; } = "";

    /// <summary>The kinds of needs, in the order in which they stand in the list.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The answers by fact.</summary>
    public IReadOnlyDictionary<string, IntakeAnswer> Answers { get; init; } = new Dictionary<string, IntakeAnswer>();

    /// <summary>The case as it would be opened. What is not known is left out: unknown is never false.</summary>
    public OpenCaseRequest ToRequest() => new()
    {
        RequestId = RequestId,
        Title = Title,
        Tenant = Tenant,
        Insurer = Insurer,
        AsOf = Day(AsOf),
        Facts = { Known.Select(answer => new Fact { FactId = answer.Key, Value = answer.Value.Value }) },
        Needs = { Needs.Select((kind, place) => new Need { NeedId = $"n{place + 1}", Kind = kind }) },

        // An intake asks for none of these; that it names none does not mean that there are none.
        OpenLists = { "provisions", "consents", "parties", "events", "evidence" },
    };

    /// <summary>The answers that say something, in the order in which they are sent.</summary>
    public IEnumerable<KeyValuePair<string, IntakeAnswer>> Known => Answers.Where(answer => answer.Value.Text.Length > 0).OrderBy(answer => answer.Key, StringComparer.Ordinal);

    /// <summary>The fields of the pages for a field of the contract.</summary>
    public string? FieldOf(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var inside = field.StartsWith("case.", StringComparison.Ordinal) ? field["case.".Length..] : field;
        if (inside.StartsWith("facts[", StringComparison.Ordinal) && int.TryParse(inside.AsSpan(6, inside.IndexOf(']', StringComparison.Ordinal) - 6), out var place))
        {
            return Known.Skip(place).Select(answer => FactAnswers.FieldOf(answer.Key)).FirstOrDefault();
        }

        return inside.StartsWith("needs", StringComparison.Ordinal) ? "needs" : inside;
    }

    /// <summary>A day of a form; null when there is none or it is no day.</summary>
    public static Date? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? new Date { Year = day.Year, Month = day.Month, Day = day.Day } : null;
}
