using System.Text.RegularExpressions;
using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules;

/// <summary>Fills the facts in braces into a sentence: <c>Je bent {work.sickWeek} weken ziek.</c></summary>
internal static partial class SentenceTemplate
{
    internal static IEnumerable<string> FactsIn(Sentence sentence) =>
        Braces().Matches(sentence.Nl + sentence.En).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>Fills a sentence for the row that the scope stands on.</summary>
    internal static Sentence Fill(Sentence sentence, Scope scope) =>
        sentence.Nl.Contains('{', StringComparison.Ordinal) || sentence.En.Contains('{', StringComparison.Ordinal)
            ? new(Fill(sentence.Nl, scope, scope.Context.Vocabulary.InDutch), Fill(sentence.En, scope, scope.Context.Vocabulary.InEnglish))
            : sentence;

    private static string Fill(string text, Scope scope, Func<Value, string> say) =>
        Braces().Replace(text, match => say(ValueIn(scope, scope.Context.Vocabulary.FactById[match.Groups[1].Value])));

    /// <summary>A fact of a provision is that of the first provision of the row that has it.</summary>
    private static Value ValueIn(Scope scope, FactDefinition fact)
    {
        if (fact.Level == FactLevel.Provision)
        {
            foreach (var provision in scope.Row!.Provisions)
            {
                if (scope.Context.Fact(fact, provision) is { IsKnown: true } own)
                {
                    return own;
                }
            }
        }

        return scope.Context.Fact(fact, scope.Row!.Need);
    }

    [GeneratedRegex(@"\{([A-Za-z0-9.]+)\}")]
    private static partial Regex Braces();
}
