using System.Globalization;
using System.Text;
using Samenhang.Casemanager.Domain;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;
using Spectre.Console;

namespace Samenhang.Host.Commands.Assess;

/// <summary>
/// An assessment made for reading: who covers what, what asks for attention, why, what is asked of whom, which terms run. Also what
/// the program shows for the households of its demonstration.
/// </summary>
internal sealed class AssessmentText(IAnsiConsole console, Vocabulary vocabulary, Voice voice)
{
    private const int MostQuestions = 12;
    private const int Indent = 5;

    /// <summary>Below this width the matrix shows outcomes only; the schemes stand in the reasons under it.</summary>
    private const int RoomForSchemes = 110;

    /// <summary>The columns of the matrix; the casemanager's own rows are those without a domain: own means and informal help.</summary>
    private static readonly string[] Columns = [.. Services.Asked, Services.Casemanager];

    /// <summary>What a reader wants to see first when one domain has several answers for a need.</summary>
    private static readonly Outcome[] BestFirst =
        [Outcome.Covered, Outcome.Conditional, Outcome.Undetermined, Outcome.NotCovered, Outcome.NotApplicable, Outcome.NotThisDomain];

    /// <summary>The whole report of a case.</summary>
    public void Write(AssessedCase assessed)
    {
        var title = assessed.CaseId + (assessed.Variant is null ? "" : " " + voice.Say("assess.variant", assessed.Variant));
        console.Write(new Rule($"[bold]{title.EscapeMarkup()}[/]").LeftJustified().RuleStyle("grey"));
        if (assessed.Title is not null)
        {
            console.MarkupLineInterpolated($"{assessed.Title}");
        }

        console.MarkupLineInterpolated($"{voice.Say("assess.asOf", Day(assessed.Case.AsOf))}");
        Matrix(assessed.Plan);
        Findings(assessed.Plan);
        Blocked(assessed.Plan);
        Why(assessed.Plan);
        Questions(assessed.Plan, assessed.Case);
        Terms(assessed.Plan, assessed.Case);
        console.WriteLine();
    }

    /// <summary>The coverage matrix: needs down, domains across.</summary>
    public void Matrix(Plan plan)
    {
        if (plan.Needs.Count == 0)
        {
            console.MarkupLineInterpolated($"{voice["assess.noNeeds"]}");
            return;
        }

        var table = new Table { Border = TableBorder.Rounded, ShowRowSeparators = true }.AddColumn(Text(voice["assess.need"]));
        foreach (var column in Columns)
        {
            table.AddColumn(Text(voice[(HasRoom ? "domain." : "domain.short.") + column]));
        }

        foreach (var need in plan.Needs)
        {
            var cells = Columns.Select(service => Cell(plan.Coverage.Where(row => row.NeedId == need.Id && row.Service == service)));
            table.AddRow([new Markup($"[bold]{need.Id.EscapeMarkup()}[/] {Text(NeedLabel(need.Kind))}"), .. cells]);
        }

        console.Write(table);
    }

    /// <summary>What asks for attention, the urgent first, each with its next step.</summary>
    public void Findings(Plan plan)
    {
        Heading("assess.findings", plan.Findings.Count);
        foreach (var finding in plan.Findings)
        {
            var item = finding.NeedId ?? finding.ProvisionId ?? finding.PartyId;
            console.MarkupLine($"  {Terminal.Markup(finding.Severity, voice)}  [bold]{Text(voice.Of(finding.Title))}[/]{(item is null ? "" : $" ({item.EscapeMarkup()})")} [grey]{finding.FlagId.EscapeMarkup()}[/]");
            Indented(voice.Of(finding.Explanation));
            Indented(voice.Say("assess.nextStep", voice.Of(finding.SuggestedAction)));
            if (finding.RuleIds.Count > 0)
            {
                Indented(voice.Say("assess.rules", string.Join(", ", finding.RuleIds)));
            }
        }

        foreach (var late in plan.Settled)
        {
            console.MarkupLine($"  [grey]{Text(voice["assess.settled"])}  {Text(voice.Of(late.Title))} {late.FlagId.EscapeMarkup()}[/]");
        }

        foreach (var silent in plan.Silent)
        {
            console.MarkupLine($"  {Terminal.Markup(silent.Severity, voice)}  {Text(voice.Of(silent.Text))}");
        }
    }

    private void Blocked(Plan plan)
    {
        Heading("assess.blocked", plan.Blocked.Count);
        foreach (var blocked in plan.Blocked)
        {
            console.MarkupLine($"  [bold]{blocked.EventType.EscapeMarkup()}[/] [grey]{string.Join(", ", blocked.RuleIds).EscapeMarkup()}[/]");
            Indented(voice.Of(blocked.Explanation));
        }
    }

    private bool HasRoom => console.Profile.Width >= RoomForSchemes;

    private Markup Cell(IEnumerable<Coverage> rows)
    {
        var list = rows.OrderBy(row => Array.IndexOf(BestFirst, row.Outcome)).ToList();
        if (list.Count == 0)
        {
            return new("[grey]·[/]");
        }

        // Which schemes do not exist for this client is no news in a matrix.
        var lines = list[0].Outcome == Outcome.NotApplicable || !HasRoom ? [] : list.Where(row => row.Outcome == list[0].Outcome).Take(3).Select(row => $"\n[grey]{Text(SchemeLabel(row.Scheme))}[/]");
        return new(Terminal.Markup(list[0].Outcome, voice) + string.Concat(lines));
    }

    private void Why(Plan plan)
    {
        var rows = plan.Coverage.Where(row => row.Outcome is not Outcome.NotApplicable).ToList();
        Heading("assess.why", rows.Count);
        foreach (var row in rows)
        {
            console.MarkupLine($"  [bold]{row.NeedId.EscapeMarkup()}[/] {Text(SchemeLabel(row.Scheme))} [grey]{row.Scheme.EscapeMarkup()}[/]: {Terminal.Markup(row.Outcome, voice)}{Payer(row)}{(row.Contested ? " " + Text(voice.Say("assess.contested", string.Join(", ", row.ContestedBy))) : "")}");
            Indented(voice.Of(row.Explanation));
            if (row.MissingFacts.Count > 0)
            {
                Indented(voice.Say("assess.missing", string.Join(", ", row.MissingFacts)));
            }

            foreach (var source in row.Sources)
            {
                Indented(voice.Say("assess.source", source.RuleId, source.Document, source.Lines));
            }
        }
    }

    private void Questions(Plan plan, Case @case)
    {
        // The most decisive come first; a casemanager asks a dozen things, not fifty. All of them stand in the JSON.
        var first = plan.Questions.Where(question => question.Priority != QuestionPriority.Low).Take(MostQuestions).ToList();
        Heading("assess.questions", plan.Questions.Count);
        foreach (var question in first)
        {
            console.MarkupLine($"  {Text(voice.Say("assess.ask", Who(question.AskedOf, @case)))} {Text(question.QuestionNl)} [grey]{question.Fact.EscapeMarkup()}[/]");
        }

        if (plan.Questions.Count > first.Count)
        {
            console.MarkupLine($"  [grey]{Text(voice.Say("assess.moreQuestions", plan.Questions.Count - first.Count))}[/]");
        }
    }

    private void Terms(Plan plan, Case @case)
    {
        Heading("assess.terms", plan.Deadlines.Count);
        foreach (var term in plan.Deadlines)
        {
            var (colour, key) = term.Status switch
            {
                DeadlineStatus.Running => ("grey", "term.running"),
                DeadlineStatus.Near => ("yellow", "term.near"),
                DeadlineStatus.Due => ("yellow", "term.due"),
                DeadlineStatus.Met => ("green", "term.met"),
                DeadlineStatus.MetLate => ("yellow", "term.metLate"),
                DeadlineStatus.Missed => ("red", "term.missed"),
                DeadlineStatus.Passed => ("grey", "term.passed"),
                DeadlineStatus.Suspended => ("grey", "term.suspended"),
            };
            console.MarkupLine($"  {Day(term.Due)} [{colour}]{Text(voice[key])}[/] {Text(voice.Of(term.Title))}{(term.ItemId is null ? "" : $" ({term.ItemId.EscapeMarkup()})")} [grey]{Text(Who(term.Owner, @case))}[/]");
        }

        foreach (var action in plan.Actions.Where(action => action.Due is not null))
        {
            console.MarkupLine($"  {Day(action.Due!.Value)} {Text(voice["assess.action"])} {Text(voice.Of(action.Text))} [grey]{Text(Who(action.Owner, @case))}[/]");
        }
    }

    private void Heading(string key, int count)
    {
        if (count > 0)
        {
            console.WriteLine();
            console.MarkupLine($"[bold underline]{Text(voice[key])}[/]");
        }
    }

    /// <summary>Wraps by words and leaves no spaces at the end of a line, so that plain text stays plain.</summary>
    private void Indented(string text)
    {
        var width = Math.Max(20, console.Profile.Width - Indent);
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                Flush();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
        {
            Flush();
        }

        void Flush()
        {
            console.WriteLine(new string(' ', Indent) + line);
            line.Clear();
        }
    }

    private string Payer(Coverage row) => row.Payer is null ? "" : " " + Text(voice.Say("assess.payer", row.Payer));

    /// <summary>A party as role and id, a role by its label, a service by its name.</summary>
    private string Who(string owner, Case @case) =>
        @case.Parties.FirstOrDefault(party => party.Id == owner) is { } known ? $"{RoleLabel(known.Role)} ({known.Id})"
        : Columns.Contains(owner) ? voice["domain." + owner]
        : RoleLabel(owner);

    // The vocabulary's labels are Dutch; in English its identifiers serve.
    private string RoleLabel(string role) => voice.Language == "nl" && vocabulary.PartyRoles.TryGetValue(role, out var known) ? known.LabelNl : role;

    private string SchemeLabel(string scheme) => voice.Language == "nl" && vocabulary.Schemes.TryGetValue(scheme, out var known) ? known.LabelNl : scheme;

    private string NeedLabel(string kind) => voice.Language == "nl" && vocabulary.Needs.TryGetValue(kind, out var known) ? known.LabelNl : kind;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(string text) => text.EscapeMarkup();
}
