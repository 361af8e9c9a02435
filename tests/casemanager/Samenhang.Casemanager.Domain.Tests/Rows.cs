using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Tests;

/// <summary>Answers and findings, and rulebooks that give them.</summary>
internal static class Rows
{
    public static Coverage Row(string need, string scheme, Outcome outcome, string? responsible = null, string[]? missing = null, string[]? suggests = null, string[]? open = null) => new()
    {
        NeedId = need,
        Scheme = scheme,
        Service = SampleCases.Vocabulary.Schemes[scheme].Service is "none" ? Services.Casemanager : SampleCases.Vocabulary.Schemes[scheme].Service,
        Outcome = outcome,
        Payer = outcome == Outcome.Covered ? SampleCases.Vocabulary.Schemes[scheme].Payer : null,
        Responsible = responsible,
        MissingFacts = missing ?? [],
        Suggests = suggests ?? [],
        OpenConditions = [.. (open ?? []).Select(o => new Sentence(o, o))],
        RuleIds = ["ARB-45"],
        Sources = [new RuleSource("ARB-45", "a rule", "002a", "1-2")],
        ValidAt = new DateOnly(2016, 10, 1),
        Explanation = new Sentence("Daarom.", "Because."),
    };

    public static Flag Flag(string id) => SampleCases.Vocabulary.Flags.Single(f => f.Id == id);

    public static Finding Raised(string flag, string? need = null, string? provision = null, string? party = null) =>
        new(Flag(flag), new FindingItem(need, provision, party), Flag(flag).Rules, [], new Sentence("Dit is gezien.", "This was seen."));

    public static UndecidedFinding Open(string flag, params string[] missing) =>
        new(Flag(flag), FindingItem.Case, () => [.. missing.Select(f => new FactUse(f, null, Value.Unknown))]);

    public static CaseAssessment Assessment(Case @case, IReadOnlyList<Coverage>? rows = null, IReadOnlyList<Finding>? raised = null, IReadOnlyList<UndecidedFinding>? open = null, string[]? silent = null) => new()
    {
        Case = @case,
        Coverage = rows ?? [],
        Findings = new FindingResult(raised ?? [], open ?? []),
        Silent = silent ?? [],
    };

    /// <summary>An assessor whose own rulebook answers the suggested rows only, and which finds nothing but what is given.</summary>
    public static CaseAssessor Assessor(FindOverWhole? find = null, Func<string?, string?, string>? policiesFor = null) => new(
        SampleCases.Vocabulary,
        question => [.. question.Suggested.Select(s => Row(s.NeedId, s.Scheme, Outcome.Covered))],
        find ?? ((_, _) => new FindingResult([], [])),
        policiesFor);

    /// <summary>
    /// A rulebook that reads everything in its question: the row of each need changes with whatever the service sees. If a service were not
    /// asked again after a change that it can see, its row would be out of date.
    /// </summary>
    public static AnswerQuestion ReadsEverything(string service) => question =>
    {
        var digest = ViewDigest.Of(question);
        var scheme = SampleCases.Vocabulary.Schemes.Values.Where(s => s.Service == service).OrderBy(s => s.Id, StringComparer.Ordinal).First().Id;
        return [.. question.View.Needs.Select(n => Row(n.Id, scheme, (Outcome)(digest[0] % 3), open: [digest]) with { Explanation = new Sentence(digest, digest) })];
    };

    public static IReadOnlyDictionary<string, AnswerQuestion> AllRulebooks { get; } = Services.Asked.ToDictionary(s => s, ReadsEverything);
}
