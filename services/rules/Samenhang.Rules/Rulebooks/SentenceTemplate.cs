using System.Text.RegularExpressions;
using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules;

/// <summary>Fills the facts in braces into a sentence: <c>Je bent {work.sickWeek} weken ziek.</c></summary>
internal static partial class SentenceTemplate
{
    internal static IEnumerable<string> FactsIn(Sentence sentence) =>
        Braces().Matches(sentence.Nl + sentence.En).Select(match => match.Groups[1].Value).Distinct();

    internal static Sentence Fill(Sentence sentence, CaseContext context, Need need) =>
        sentence.Nl.Contains('{', StringComparison.Ordinal) || sentence.En.Contains('{', StringComparison.Ordinal)
            ? new(Fill(sentence.Nl, context, need, "onbekend"), Fill(sentence.En, context, need, "unknown"))
            : sentence;

    private static string Fill(string text, CaseContext context, Need need, string unknown) => Braces().Replace(text, match =>
    {
        var value = context.Fact(context.Vocabulary.FactById[match.Groups[1].Value], need);
        return value.IsKnown ? value.ToString() : unknown;
    });

    [GeneratedRegex(@"\{([A-Za-z0-9.]+)\}")]
    private static partial Regex Braces();
}
