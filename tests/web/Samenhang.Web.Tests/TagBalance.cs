using System.Text.RegularExpressions;

namespace Samenhang.Web.Tests;

/// <summary>Whether each element of a page is closed where it should be, and no id stands twice.</summary>
internal static partial class TagBalance
{
    private static readonly HashSet<string> Void = ["meta", "link", "br", "hr", "img", "input", "col", "wbr"];

    /// <summary>What is wrong, in words; empty when nothing is.</summary>
    public static IReadOnlyList<string> FaultsOf(string page)
    {
        var faults = new List<string>();
        if (!page.TrimStart().StartsWith("<!DOCTYPE html>", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add("no doctype");
        }

        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(page))
        {
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            if (tag.Groups["end"].Length == 0)
            {
                if (!Void.Contains(name))
                {
                    open.Push(name);
                }
            }
            else if (!open.TryPop(out var expected) || expected != name)
            {
                faults.Add($"</{name}> where </{expected}> was due, at {tag.Index}");
                return faults;
            }
        }

        faults.AddRange(open.Select(name => $"<{name}> is not closed"));
        faults.AddRange(Id().Matches(page).GroupBy(match => match.Groups[1].Value).Where(group => group.Count() > 1).Select(group => $"id {group.Key} stands {group.Count()} times"));
        return faults;
    }

    [GeneratedRegex(@"<(?<end>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)(\s[^<>]*)?>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\sid=""([^""]+)""")]
    private static partial Regex Id();
}
