using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Samenhang.Host.Commands.Rules.Browsable;
using Samenhang.Language;
using Samenhang.Rules;
using Spectre.Console;
using Rule = Samenhang.Rules.Rule;

namespace Samenhang.Host.Commands.Rules;

/// <summary><c>run rules</c>: every rule that the rulebooks carry.</summary>
internal static class RulesCommand
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The command with its options.</summary>
    public static Command Create(TextWriter output, TextWriter error, Func<string, string?> environment, Voice voice)
    {
        var format = Formats.Option(voice, "rules.formatOption", "rules.formatUnknown", Formats.Text, Formats.Json, Formats.Html);
        var folder = FolderOption(voice);
        var coverage = new Option<bool>("--coverage") { Description = voice["coverage.option"] };
        var mutation = new Option<bool>("--mutation") { Description = voice["mutation.option"] };
        var check = new Option<bool>("--check") { Description = voice["coverage.check"] };
        var paths = new Argument<string[]>(voice["coverage.paths"]) { Arity = ArgumentArity.ZeroOrMore, Description = voice["coverage.pathsHelp"] };
        var command = new Command("rules", voice["help.rules"]) { format, folder, coverage, mutation, check, paths };
        command.Validators.Add(result =>
        {
            if (result.GetValue(folder) is not null && result.GetValue(format) != Formats.Html)
            {
                result.AddError(voice["rules.outNeedsHtml"]);
            }

            if (result.GetValue(coverage) && result.GetValue(format) == Formats.Html)
            {
                result.AddError(voice.Say("format.unknown", Formats.Html));
            }

            if (!result.GetValue(coverage) && (result.GetValue(mutation) ? result.GetValue(check) : result.GetValue(paths) is { Length: > 0 }))
            {
                result.AddError(voice["coverage.only"]);
            }

            if (result.GetValue(mutation) && (result.GetValue(coverage) || result.GetValue(format) is Formats.Json or Formats.Html))
            {
                result.AddError(voice["mutation.alone"]);
            }
        });
        command.SetAction(parsed =>
        {
            var installation = Installation.Find(environment);
            var json = parsed.GetValue(format) == Formats.Json;
            var terminal = Terminal.On(output, environment);
            var vocabulary = installation.LoadVocabulary();
            if (parsed.GetValue(coverage) || parsed.GetValue(mutation))
            {
                return !RuleCases.TryRead(parsed.GetValue(paths) ?? [], installation, vocabulary, error, voice, out var cases, out var code) ? code
                    : parsed.GetValue(mutation) ? MutationRun.Run(installation, vocabulary, cases, output, voice)
                    : CoverageRun.Run(installation, vocabulary, cases, output, terminal, voice, json, parsed.GetValue(check));
            }

            var rulebooks = installation.LoadRulebooks(vocabulary);
            if (parsed.GetValue(check))
            {
                // What is wrong has been told by the reading, and there was an end of it.
                output.WriteLine(voice.Say("rules.checked", rulebooks.ByService.Values.Sum(book => book.Rules.Count), vocabulary.Parameters.Count, rulebooks.Policies.Tenants.Count));
                return ExitCode.Good;
            }

            var rules = rulebooks.ByService.Values.SelectMany(book => book.Rules)
                .OrderBy(rule => rule.Id, RuleIdOrder.Natural).ThenBy(rule => rule.Service, StringComparer.Ordinal).ToList();
            if (parsed.GetValue(format) == Formats.Html)
            {
                return WritePages(rules, installation, vocabulary, parsed.GetValue(folder), output, voice);
            }

            if (json)
            {
                var flags = vocabulary.Flags.SelectMany(flag => flag.Rules.Select(rule => (Rule: rule, Flag: flag.Id))).ToLookup(pair => pair.Rule, pair => pair.Flag);
                WriteJson(rules, flags, output);
            }
            else
            {
                WriteTable(rules, terminal.Live(), voice);
            }

            return ExitCode.Good;
        });
        return command;
    }

    private static Option<string> FolderOption(Voice voice)
    {
        var option = new Option<string>("--out") { Description = voice["rules.out"], HelpName = voice["rules.outFolder"] };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && File.Exists(token.Value))
            {
                result.AddError(voice.Say("rules.outIsFile", token.Value));
            }
        });
        return option;
    }

    /// <summary>The pages are written also when a case file has faults; those are then listed, because a rule may miss a case by them.</summary>
    private static int WritePages(List<Rule> rules, Installation installation, Vocabulary vocabulary, string? folder, TextWriter output, Voice voice)
    {
        var target = Path.GetFullPath(folder ?? Path.Combine(installation.Root, "artifacts", "rulebook"));
        var cases = ProvingCases.Read(Path.Combine(installation.Root, "tests", "cases"), installation.Root, vocabulary, out var faults);
        var pages = new RulebookPages(rules, vocabulary, voice);
        pages.Write(target, cases);
        foreach (var fault in faults)
        {
            output.WriteLine(voice.Of(new Sentence(fault.LineNl, fault.LineEn)));
        }

        output.WriteLine(voice.Say("rules.written", pages.Count, rules.Select(rule => rule.Id).Distinct().Count(), Path.Combine(target, PageFrame.Index)));
        return faults.Count == 0 ? ExitCode.Good : ExitCode.Failed;
    }

    /// <summary>One JSON array with a rule on each line, so that both a parser and grep can read it.</summary>
    private static void WriteJson(List<Rule> rules, ILookup<string, string> flags, TextWriter output)
    {
        output.WriteLine("[");
        for (var i = 0; i < rules.Count; i++)
        {
            output.WriteLine(Line(rules[i], flags[rules[i].Id]) + (i < rules.Count - 1 ? "," : ""));
        }

        output.WriteLine("]");
    }

    private static string Line(Rule rule, IEnumerable<string> flags)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("title", rule.Title);
            json.WriteString("source", rule.Document);
            json.WriteString("lines", rule.Lines);
            json.WriteString("strength", Strength(rule));
            json.WriteStartObject("validity");
            json.WriteString("from", rule.Validity.From is { } from ? $"{from:yyyy-MM-dd}" : null);
            json.WriteString("to", rule.Validity.To is { } to ? $"{to:yyyy-MM-dd}" : null);
            json.WriteString("basis", rule.Basis);
            json.WriteEndObject();
            json.WriteString("service", rule.Service);
            Texts(json, "needs", rule.Clauses.SelectMany(clause => clause.NeedSelectors).Distinct());
            Texts(json, "schemes", rule.Clauses.SelectMany(clause => clause.SchemePatterns).Distinct());
            Texts(json, "flags", flags);
            json.WriteString("condition", Condition(rule));
            json.WriteBoolean("decides", rule.Decides);
            json.WriteBoolean("indicative", rule.Indicative);
            json.WriteString("option", rule.Option);
            json.WriteString("note", rule.Note);
            json.WriteStartArray("clauses");
            foreach (var clause in rule.Clauses)
            {
                json.WriteStartObject();
                json.WriteString("effect", Code(clause.Effect));
                Texts(json, "schemes", clause.SchemePatterns);
                Texts(json, "needs", clause.NeedSelectors);
                json.WriteString("condition", clause.When);
                json.WriteString("nl", clause.Says.Nl);
                json.WriteString("en", clause.Says.En);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("file", $"services/{rule.Service}/rulebook/{Path.GetFileName(rule.File)}");
            json.WriteNumber("line", rule.Line);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>The condition of a rule with one clause; of several, each with its effect before it. Null when it has none.</summary>
    private static string? Condition(Rule rule) => rule.Clauses.Count switch
    {
        0 => null,
        1 => rule.Clauses[0].When ?? "true",
        _ => string.Join("; ", rule.Clauses.Select(clause => $"{Code(clause.Effect)} [{string.Join(", ", clause.SchemePatterns)}]: {clause.When ?? "true"}")),
    };

    private static void WriteTable(List<Rule> rules, IAnsiConsole console, Voice voice)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var key in new[] { "rules.id", "rules.service", "rules.strength", "rules.validity", "rules.title", "rules.source", "rules.schemes" })
        {
            table.AddColumn(voice[key].EscapeMarkup());
        }

        foreach (var rule in rules)
        {
            string[] cells =
            [
                rule.Id, rule.Service, Strength(rule), rule.Validity.ToString(), rule.Title, $"{rule.Document} {rule.Lines}",
                string.Join(", ", rule.Clauses.SelectMany(clause => clause.SchemePatterns).Distinct()),
            ];
            table.AddRow([.. cells.Select(text => text.EscapeMarkup())]);
        }

        console.Write(table);
        console.MarkupLineInterpolated($"{voice.Say("rules.count", rules.Count, rules.Select(rule => rule.Id).Distinct().Count())}");
    }

    private static void Texts(Utf8JsonWriter json, string key, IEnumerable<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static string Code(Effect effect) => JsonNamingPolicy.CamelCase.ConvertName(effect.ToString());

    /// <summary>OpenQuestion → open-question, as the vocabulary spells it.</summary>
    private static string Strength(Rule rule) => JsonNamingPolicy.KebabCaseLower.ConvertName(rule.Strength.ToString());
}
