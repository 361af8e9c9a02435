using System.Globalization;
using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules;

/// <summary>Says in plain language why a row is what it is.</summary>
internal static class RowSentence
{
    internal static Sentence Of(Verdict verdict, IReadOnlyList<WeighedClause> weighed, IReadOnlyList<FactDefinition> missing, IReadOnlyList<Clause> informs, Scope scope)
    {
        var label = scope.Row!.Scheme.LabelNl;
        var day = scope.Context.Case.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Sentence About(string nl, string en) => new($"{label}: {nl}", $"{label}: {en}");
        IEnumerable<Sentence> Said(IEnumerable<Clause> clauses) => clauses.Where(clause => clause.Effect != Effect.Awaits).Select(clause => SentenceTemplate.Fill(clause.Says, scope));
        return verdict switch
        {
            { Reason: "missing-facts" } => Missing(verdict, weighed, missing, scope),
            { Reason: "rule-version" } => About($"dit is niet te bepalen. De regel die dit zou beslissen, geldt niet op {day}.", $"this cannot be decided. The rule that would decide it does not hold on {day}."),
            { Ground: Ground.NoScheme } => new($"De regeling {label} bestaat niet op {day}.", $"The scheme {scope.Row.Scheme.Id} does not exist on {day}."),
            { Ground: Ground.NoTitle } when verdict.By.All(clause => clause.Rule.Option is { } option && !scope.Context.Case.Options.Contains(option)) =>
                Sentence.Join([About("dit is een voorstel dat hier niet is ingevoerd.", "this is a proposal that is not in use here."), .. Said(informs)]),
            { Ground: Ground.NoTitle } => Sentence.Join([About("aan de voorwaarden is niet voldaan.", "the conditions are not met."), .. Said(informs)]),
            { Ground: Ground.Silence } => Sentence.Join([About("de regels zeggen hier niets over.", "the rules say nothing about this."), .. Said(informs)]),
            { Ground: Ground.Refused } => Sentence.Join([About("dit is afgewezen.", "this was refused."), .. Said(informs)]),
            { Ground: Ground.NoContract } => Sentence.Join([About("er is geen contract met de betaler.", "there is no contract with the payer."), .. Said(informs)]),
            _ => Sentence.Join([.. Said(verdict.By), .. verdict.OpenConditions, .. Said(informs)]),
        };
    }

    private static Sentence Missing(Verdict verdict, IReadOnlyList<WeighedClause> weighed, IReadOnlyList<FactDefinition> missing, Scope scope)
    {
        var label = scope.Row!.Scheme.LabelNl;
        var parameters = weighed.Where(clause => clause.Truth == Truth.Unknown && verdict.By.Contains(clause.Clause))
            .SelectMany(clause => clause.Clause.Condition?.Node.Parameters ?? []).Distinct().Where(id => !scope.Context.Parameter(id).IsKnown).ToList();
        var nl = new List<string>();
        var en = new List<string>();
        if (missing.Count > 0)
        {
            nl.Add($"Nog niet bekend: {string.Join("; ", missing.Select(fact => fact.LabelNl))}.");
            en.Add($"Not known yet: {string.Join("; ", missing.Select(fact => fact.Id))}.");
        }

        if (parameters.Count > 0)
        {
            nl.Add($"Op deze dag ligt niet vast: {string.Join("; ", parameters)}.");
            en.Add($"Not fixed on this day: {string.Join("; ", parameters)}.");
        }

        if (nl.Count == 0)
        {
            nl.Add("Het dossier kan onvolledig zijn.");
            en.Add("The file may be incomplete.");
        }

        return new($"{label}: dit is nog niet te bepalen. {string.Join(' ', nl)}", $"{label}: this cannot be decided yet. {string.Join(' ', en)}");
    }
}
