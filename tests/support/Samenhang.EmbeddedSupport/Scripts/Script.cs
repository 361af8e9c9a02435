using System.Globalization;
using System.Text.RegularExpressions;

namespace Samenhang.EmbeddedSupport.Scripts;

/// <summary>One call of a step.</summary>
/// <param name="Service">The service, without its package.</param>
/// <param name="Method">Its method.</param>
/// <param name="Fields">The fields of the request.</param>
/// <param name="Keeps">The name under which later calls may use a field of the reply; null = none.</param>
/// <param name="Path">That field, with dots.</param>
/// <param name="Refusal">The status and the type of the violation with which it must be refused; null = it must succeed.</param>
internal sealed record ScriptCall(string Service, string Method, Words.Fields Fields, string? Keeps, string? Path, string? Refusal);

/// <summary>One step: a day, what happens in words, the calls, and what must have come out.</summary>
internal sealed record ScriptStep(string Title, DateOnly Day, IReadOnlyList<ScriptCall> Calls, string Expected, int FirstExpectedLine, int LastExpectedLine)
{
    /// <summary>The versions of the plan that must be there on the day, before the first call, and after each call; empty when nothing is written yet.</summary>
    public IReadOnlyList<int> Versions => [.. Script.Numbers().Matches(Expected.Split('\n')[0]).Select(number => int.Parse(number.Value, CultureInfo.InvariantCulture))];
}

/// <summary>
/// A story as a Markdown text. A heading "## 3. 2016-09-05 …" begins a step; a block that is indented by four spaces holds its calls; quoted
/// lines ("> ") tell what came out.
/// </summary>
internal sealed partial class Script
{
    private readonly List<string> lines;

    private Script(List<string> lines, IReadOnlyList<ScriptStep> steps)
    {
        this.lines = lines;
        Steps = steps;
    }

    public IReadOnlyList<ScriptStep> Steps { get; }

    public static Script Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd().Split('\n').ToList();
        var begins = Enumerable.Range(0, lines.Count).Where(i => Heading().IsMatch(lines[i])).ToList();
        return new(lines, [.. begins.Select((begin, i) => Step(lines, begin, i + 1 < begins.Count ? begins[i + 1] : lines.Count))]);
    }

    /// <summary>The same text with other outcomes.</summary>
    public string With(IReadOnlyList<string> outcomes)
    {
        var all = lines.ToList();
        foreach (var (step, outcome) in Steps.Zip(outcomes).Reverse())
        {
            var quoted = outcome.Split('\n').Select(line => "> " + line);
            if (step.FirstExpectedLine < 0)
            {
                var end = step.LastExpectedLine;
                while (all[end - 1].Length == 0)
                {
                    end--;
                }

                all.InsertRange(end, quoted.Prepend(string.Empty));
            }
            else
            {
                all.RemoveRange(step.FirstExpectedLine, step.LastExpectedLine - step.FirstExpectedLine + 1);
                all.InsertRange(step.FirstExpectedLine, quoted);
            }
        }

        return string.Join('\n', all) + "\n";
    }

    [GeneratedRegex(@"^## (\d+)\. (\d{4}-\d{2}-\d{2}) (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\d+")]
    internal static partial Regex Numbers();

    [GeneratedRegex(@"^(\w+)\.(\w+) (\{.*)$", RegexOptions.Singleline)]
    private static partial Regex Call();

    [GeneratedRegex(@"^(?:keeps (\w+) = ([\w.]+))?(?:is refused: (.+))?$")]
    private static partial Regex AfterCall();

    private static ScriptStep Step(List<string> lines, int begin, int end)
    {
        var heading = Heading().Match(lines[begin]);
        var calls = new List<string>();
        var expected = new List<int>();
        for (var i = begin + 1; i < end; i++)
        {
            if (lines[i].StartsWith("    ", StringComparison.Ordinal))
            {
                var text = lines[i][4..];
                if (char.IsWhiteSpace(text[0]))
                {
                    calls[^1] += " " + text.Trim();
                }
                else
                {
                    calls.Add(text);
                }
            }
            else if (lines[i].StartsWith("> ", StringComparison.Ordinal))
            {
                expected.Add(i);
            }
        }

        var day = DateOnly.ParseExact(heading.Groups[2].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(
            lines[begin][3..], day, [.. calls.Select(Parse)], string.Join('\n', expected.Select(i => lines[i][2..])),
            expected.Count > 0 ? expected[0] : -1, expected.Count > 0 ? expected[^1] : end);
    }

    private static ScriptCall Parse(string text)
    {
        var call = Call().Match(text);
        var (fields, rest) = call.Success ? Words.Read(call.Groups[3].Value) : throw new FormatException($"This is no call: {text}");
        var after = AfterCall().Match(rest);
        return after.Success
            ? new(call.Groups[1].Value, call.Groups[2].Value, fields, Given(after.Groups[1]), Given(after.Groups[2]), Given(after.Groups[3]))
            : throw new FormatException($"What stands behind the call is not known: {rest}");
    }

    private static string? Given(Group group) => group.Success ? group.Value : null;
}
