using System.Text.Json;
using Samenhang.Language;
using Samenhang.Rules;
using Spectre.Console;

namespace Samenhang.Host.Commands.Explain;

/// <summary>The tree of one answer: each clause with its truth, each condition with the facts it read, and what would change the answer.</summary>
internal sealed class ExplanationText(IAnsiConsole console, Vocabulary vocabulary, Voice voice)
{
    /// <summary>Writes the tree.</summary>
    public void Write(RowExplanation explanation)
    {
        var answer = explanation.Answer;
        var root = new Tree($"[bold]{answer.NeedId.EscapeMarkup()} × {answer.Scheme.EscapeMarkup()}[/]: {Terminal.Markup(answer.Outcome, voice)}{(answer.Reason is null ? "" : $" ({answer.Reason.EscapeMarkup()})")}");
        root.AddNode(voice.Of(answer.Explanation).EscapeMarkup());
        // What carried the answer comes first; the order of the rules means nothing.
        foreach (var clause in explanation.Clauses.OrderBy(clause => answer.RuleIds.Contains(clause.Clause.Rule.Id) ? 0 : 1))
        {
            // A rule that carried the answer did so by its true clauses; without one it carried by what failed or stayed unknown.
            var others = explanation.Clauses.Where(other => other.Clause.Rule == clause.Clause.Rule);
            Add(root, clause, carried: answer.RuleIds.Contains(clause.Clause.Rule.Id) && (clause.Truth == Truth.True || !others.Any(other => other.Truth == Truth.True)));
        }

        if (explanation.Policies.Count > 0)
        {
            var policies = root.AddNode(voice["explain.policies"].EscapeMarkup());
            foreach (var use in explanation.Policies)
            {
                policies.AddNode($"{use.Tenant}: {use.What} = {use.Value} ({use.Validity}; {use.Source})".EscapeMarkup());
            }
        }

        if (answer.MissingFacts.Count > 0)
        {
            var missing = root.AddNode(voice["explain.missing"].EscapeMarkup());
            foreach (var id in answer.MissingFacts)
            {
                missing.AddNode($"{id.EscapeMarkup()}: {vocabulary.FactById[id].QuestionNl.EscapeMarkup()}");
            }
        }

        if (explanation.Changes.Count > 0)
        {
            var changes = root.AddNode(voice["explain.changes"].EscapeMarkup());
            foreach (var group in explanation.Changes.GroupBy(change => change.Outcome))
            {
                var would = changes.AddNode($"{Terminal.Markup(group.Key, voice)} {voice["explain.if"].EscapeMarkup()}");
                foreach (var change in group)
                {
                    would.AddNode(voice.Say("explain.change", change.Fact + (change.Item is null ? "" : "@" + change.Item), change.To, Known(change.From)).EscapeMarkup());
                }
            }
        }

        console.Write(root);
    }

    private void Add(Tree root, ClauseTrace clause, bool carried)
    {
        var rule = clause.Clause.Rule;
        var effect = JsonNamingPolicy.CamelCase.ConvertName(clause.Clause.Effect.ToString());
        var node = root.AddNode($"{Terminal.Markup(clause.Truth, voice)} [bold]{rule.Id.EscapeMarkup()}[/] {effect}: {rule.Title.EscapeMarkup()}{(carried ? $" [green]({voice["explain.carried"].EscapeMarkup()})[/]" : "")}");
        node.AddNode($"[grey]{voice.Say("explain.source", rule.Document, rule.Lines).EscapeMarkup()}[/]");
        if (!clause.InForce)
        {
            node.AddNode(voice.Say("explain.notInForce", rule.Validity).EscapeMarkup());
        }

        if (clause.Condition is { } condition)
        {
            Add(node, condition);
        }
        else
        {
            node.AddNode(voice["explain.always"].EscapeMarkup());
        }
    }

    private void Add(TreeNode parent, TraceNode trace)
    {
        var node = parent.AddNode($"{Terminal.Markup(trace.Truth, voice)} {trace.Text.EscapeMarkup()}");

        // A node with parts repeats the facts of its parts; they are told where they were read.
        if (trace.Parts.Count == 0)
        {
            foreach (var use in trace.Facts)
            {
                node.AddNode($"[grey]{$"{use.Fact}{(use.Item is null ? "" : "@" + use.Item)} = {Known(use.Value)}".EscapeMarkup()}[/]");
            }
        }

        foreach (var part in trace.Parts)
        {
            Add(node, part);
        }
    }

    private string Known(Value value) => value.IsKnown ? value.ToString() : voice["truth.unknown"];
}
