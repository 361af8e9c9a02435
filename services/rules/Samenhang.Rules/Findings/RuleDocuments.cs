using Samenhang.Language;

namespace Samenhang.Rules;

/// <summary>The documents that something rests on, one list for each of its rules.</summary>
internal sealed class RuleDocuments(Vocabulary vocabulary, IReadOnlyList<string> rules)
{
    private readonly string[][] perRule = [.. rules.Select(rule => vocabulary.DocumentsOf(rule).ToArray())];

    /// <summary>Whether all documents of one of the rules are loaded in a case, or there are no rules.</summary>
    internal bool TakePartIn(Case @case)
    {
        foreach (var documents in perRule)
        {
            var all = true;
            foreach (var document in documents)
            {
                all &= @case.Rulebooks.Contains(document);
            }

            if (all)
            {
                return true;
            }
        }

        return perRule.Length == 0;
    }
}
