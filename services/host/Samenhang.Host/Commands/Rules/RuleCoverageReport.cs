using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Samenhang.Host.Commands.Rules;

/// <summary>The report of <c>run rules --coverage</c>: all rules for programs; totals and what is missing for people.</summary>
internal static class RuleCoverageReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly (string Key, Func<RuleCoverage, bool> Counts)[] Columns =
    [
        ("coverage.named", _ => true),
        ("coverage.clauses", rule => rule.Carrier == Carrier.Clauses),
        ("coverage.note", rule => rule.Carrier == Carrier.Note),
        ("coverage.flag", rule => rule.Carrier == Carrier.Flag),
        ("coverage.other", rule => rule.Carrier == Carrier.OtherService),
        ("coverage.nothing", rule => rule.Carrier == Carrier.Nothing),
        ("coverage.decides", rule => rule.Exercise != Exercise.None),
        ("coverage.bothWays", rule => rule.Exercise == Exercise.BothWays),
        ("coverage.oneWay", rule => rule.Exercise == Exercise.OneWay),
        ("coverage.never", rule => rule.Exercise == Exercise.Never),
    ];

    /// <summary>One JSON array with a rule in a service (id) or a finding (flag) on each line, so that both a parser and grep can read it.</summary>
    public static void WriteJson(List<RuleCoverage> rules, List<FindingCoverage> findings, TextWriter output) =>
        output.WriteLine($"[\n{string.Join(",\n", rules.Select(Line).Concat(findings.Select(Line)))}\n]");

    /// <summary>What is not carried, what is not exercised both ways, and the totals.</summary>
    public static void WriteText(List<RuleCoverage> rules, List<FindingCoverage> findings, IAnsiConsole console, Voice voice)
    {
        foreach (var rule in rules.Where(rule => rule.Carrier == Carrier.Nothing))
        {
            console.MarkupLineInterpolated($"{rule.Service} {rule.Catalogue.Id}: {voice["coverage.isNotCarried"]}");
        }

        foreach (var rule in rules.Where(rule => rule.Exercise is Exercise.OneWay or Exercise.Never))
        {
            foreach (var clause in rule.Clauses.Where(clause => !clause.IsBothWays))
            {
                var (key, cases) = (clause.True.Count, clause.NotTrue.Count) switch
                {
                    (0, 0) => ("coverage.clauseNever", clause.True),
                    (0, _) => ("coverage.clauseNeverTrue", clause.NotTrue),
                    _ => ("coverage.clauseAlwaysTrue", clause.True),
                };
                console.MarkupLineInterpolated($"{rule.Service} {rule.Catalogue.Id}: {voice.Say(key, clause.Number, string.Join(", ", cases))}");
            }
        }

        foreach (var finding in findings.Where(finding => !finding.IsBothWays))
        {
            var key = (finding.Hits.Count, finding.NearMisses.Count) switch
            {
                (0, 0) => "coverage.findingNever",
                (0, _) => "coverage.findingNoHit",
                _ => "coverage.findingNoNearMiss",
            };
            console.MarkupLineInterpolated($"{finding.Flag.Id}: {voice.Say(key, string.Join(", ", finding.Hits.Concat(finding.NearMisses)))}");
        }

        console.Write(Totals(rules, voice));
        var decides = rules.Count(rule => rule.Exercise != Exercise.None);
        var bothWays = rules.Count(rule => rule.Exercise == Exercise.BothWays);
        console.MarkupLineInterpolated($"{voice.Say("coverage.totalCarried", rules.Count(rule => rule.Carrier != Carrier.Nothing), rules.Count)}");
        console.MarkupLineInterpolated($"{voice.Say("coverage.totalExercised", bothWays, decides, decides == 0 ? 100 : 100 * bothWays / decides)}");
        var (hit, missed, both) = (findings.Count(finding => finding.Hits.Count > 0), findings.Count(finding => finding.NearMisses.Count > 0), findings.Count(finding => finding.IsBothWays));
        console.MarkupLineInterpolated($"{voice.Say("coverage.totalFindings", findings.Count, hit, missed, both, findings.Count == 0 ? 100 : 100 * both / findings.Count)}");
    }

    private static Table Totals(List<RuleCoverage> rules, Voice voice)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(voice["rules.service"].EscapeMarkup());
        foreach (var (key, _) in Columns)
        {
            table.AddColumn(voice[key].EscapeMarkup(), column => column.RightAligned());
        }

        foreach (var service in rules.GroupBy(rule => rule.Service))
        {
            table.AddRow([service.Key, .. Columns.Select(column => service.Count(column.Counts).ToString(CultureInfo.InvariantCulture))]);
        }

        return table;
    }

    private static string Line(FindingCoverage finding) => JsonSerializer.Serialize(new { Flag = finding.Flag.Id, finding.Flag.Rules, finding.Hits, finding.NearMisses }, Options);

    private static string Line(RuleCoverage rule) => JsonSerializer.Serialize(
        new
        {
            rule.Catalogue.Id,
            rule.Service,
            rule.Carrier,
            File = rule.Entry is { } entry ? $"services/{rule.Service}/rulebook/{Path.GetFileName(entry.File)}" : null,
            rule.Entry?.Line,
            rule.Flags,
            rule.Exercise,
            Clauses = rule.Clauses.Select(clause => new { clause.Number, clause.Clause.Effect, Condition = clause.Clause.When, clause.True, clause.NotTrue }),
        },
        Options);
}
