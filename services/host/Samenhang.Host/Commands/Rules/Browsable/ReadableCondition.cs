using System.Xml.Linq;
using Samenhang.Language;
using Samenhang.Rules;
using static Samenhang.Host.Commands.Rules.Browsable.Tags;

namespace Samenhang.Host.Commands.Rules.Browsable;

/// <summary>A condition as nested lines: what must be true together, what instead of each other, and each term with the Dutch name of its fact.</summary>
internal sealed class ReadableCondition(Vocabulary vocabulary, Voice voice)
{
    /// <summary>The condition as it was written, and as lines.</summary>
    public IEnumerable<object?> Show(string? condition) => condition is null
        ? [voice["rulebook.always"]]
        : [List([Line(ConditionOutline.Of(condition))]), Tag("p", $"{voice["rulebook.asWritten"]}: ", Tag("code", condition))];

    private object?[] Line(ConditionOutline part) => part.Kind switch
    {
        ConditionKind.All => Joined(voice["condition.all"], part),
        ConditionKind.Any => Joined(voice["condition.any"], part),
        ConditionKind.Not => Joined(voice["condition.not"], part),
        ConditionKind.Some => Joined(voice.Say("condition.some", part.Text), part),
        ConditionKind.None => Joined(voice.Say("condition.none", part.Text), part),
        ConditionKind.Term => Term(part),
    };

    private object?[] Joined(string word, ConditionOutline part) => [word, List(part.Parts.Select(Line))];

    private object?[] Term(ConditionOutline term) =>
        term.Comparison is { } comparison && vocabulary.FactById.TryGetValue(comparison.Fact, out var fact)
            ? [Dutch($"{fact.LabelNl}: {Compared(comparison)}"), " ", Tag("code", term.Text)]
            : [Tag("code", term.Text)];

    private string Compared(ConditionComparison comparison)
    {
        var values = comparison.Values.Select(Value).ToList();
        var either = string.Join(" of ", values);
        return comparison.Operator switch
        {
            "=" => either,
            "!=" => $"niet {either}",
            "in" => either,
            "contains" => $"ook {either}",
            "intersects" => values.Count > 1 ? $"een of meer van {string.Join(", ", values)}" : $"ook {either}",
            "subsetOf" => $"niets anders dan {string.Join(", ", values)}",
            "<" => $"minder dan {either}",
            "<=" => $"hoogstens {either}",
            ">" => $"meer dan {either}",
            ">=" => $"minstens {either}",
            var other => $"{other} {either}",
        };
    }

    private string Value(string written) => written switch
    {
        "true" => "ja",
        "false" => "nee",
        _ => vocabulary.InDutch(Samenhang.Language.Value.Of(written)),
    };
}
