using System.Text.Json;
using System.Xml.Linq;
using Samenhang.Language;
using Samenhang.Rules;
using static Samenhang.Host.Commands.Rules.Browsable.Tags;
using Rule = Samenhang.Rules.Rule;

namespace Samenhang.Host.Commands.Rules.Browsable;

/// <summary>One rule in readable words, with what each service's rulebook says by it.</summary>
/// <param name="vocabulary">The vocabulary.</param>
/// <param name="voice">The language of the page.</param>
/// <param name="pages">The page on which a rule stands, by its identifier.</param>
/// <param name="cases">The case files that expect a rule.</param>
internal sealed class RuleArticle(Vocabulary vocabulary, Voice voice, IReadOnlyDictionary<string, string> pages, ILookup<string, string> cases)
{
    private readonly ReadableCondition conditions = new(vocabulary, voice);
    private readonly ILookup<string, Flag> flags = vocabulary.Flags.SelectMany(flag => flag.Rules.Select(rule => (Rule: rule, Flag: flag))).ToLookup(pair => pair.Rule, pair => pair.Flag);

    /// <summary>The strength of a rule in words.</summary>
    public static string Strength(Rule rule, Voice voice) => voice["strength." + JsonNamingPolicy.KebabCaseLower.ConvertName(rule.Strength.ToString())];

    /// <summary>The days on which a rule decides, in words.</summary>
    public static string Validity(Rule rule, Voice voice) => rule.Validity switch
    {
        { From: null, To: null } => voice["valid.always"],
        { From: { } from, To: null } => voice.Say("valid.from", $"{from:yyyy-MM-dd}"),
        { From: null, To: { } to } => voice.Say("valid.until", $"{to:yyyy-MM-dd}"),
        { From: { } from, To: { } to } => voice.Say("valid.between", $"{from:yyyy-MM-dd}", $"{to:yyyy-MM-dd}"),
    };

    /// <summary>The rule.</summary>
    /// <param name="entries">Its entries, one per service that carries it.</param>
    public XElement Show(IReadOnlyList<Rule> entries)
    {
        var rule = entries[0];
        return Tag(
            "article", Is("id", rule.Id), Is("aria-labelledby", rule.Id + "-title"),
            Tag("h2", Is("id", rule.Id + "-title"), Link("#" + rule.Id, rule.Id), " ", English(rule.Title)),
            Facts(
                (voice["rulebook.services"], [string.Join(", ", entries.Select(entry => voice["domain." + entry.Service]))]),
                (voice["rules.strength"], [Strength(rule, voice)]),
                (voice["rules.validity"], [Validity(rule, voice)]),
                (voice["rulebook.basis"], entries.Select(entry => voice["basis." + entry.Basis]).Distinct().Select(basis => Tag("p", basis))),
                (voice["rules.source"], entries.Select(entry => entry.Lines).Distinct().Select(lines => Tag("p", $"{rule.Document}, {voice["rulebook.lines"]} {lines}"))),
                (voice["rulebook.indicative"], entries.Any(entry => entry.Indicative) ? [voice["rulebook.indicativeMeaning"]] : null),
                (voice["rulebook.option"], entries.Select(entry => entry.Option).OfType<string>().Distinct().Select(option => Tag("p", voice.Say("rulebook.optionMeaning", option))))),
            entries.Select(entry => Entry(entry, rule)),
            Findings(rule),
            Cases(rule));
    }

    private XElement Entry(Rule entry, Rule first) => Tag(
        "section",
        Tag("h3", voice["domain." + entry.Service]),
        entry.Title == first.Title ? null : Tag("p", English(entry.Title)),
        entry.Note is { } note ? Tag("p", $"{voice["rulebook.note"]}: ", English(note)) : null,
        Tag("p", $"{voice["rulebook.file"]} ", Tag("code", $"services/{entry.Service}/rulebook/{Path.GetFileName(entry.File)}:{entry.Line}")),
        entry.Clauses.Count == 0 ? Tag("p", voice["rulebook.noClauses"]) : null,
        entry.Clauses.Select((clause, i) => ClauseOf(clause, i + 1)));

    private XElement ClauseOf(Clause clause, int number)
    {
        var effect = "effect." + JsonNamingPolicy.CamelCase.ConvertName(clause.Effect.ToString());
        return Tag(
            "section",
            Tag("h4", voice.Say("rulebook.clause", number)),
            Facts(
                (voice["rulebook.effect"], [Tag("p", Dutch(Voice.Dutch[effect])), Tag("p", English(Voice.English[effect]))]),
                (voice["rulebook.schemes"], [List(clause.SchemePatterns.Select(Scheme))]),
                (voice["rulebook.needs"], [List(clause.NeedSelectors.Select(Need))]),
                (voice["rulebook.condition"], conditions.Show(clause.When)),
                (voice["rulebook.contract"], clause.ContractWhen is { } contract ? conditions.Show(contract) : null),
                (voice["rulebook.says"],
                [
                    clause.Says.Nl.Length > 0 ? Tag("p", Dutch(clause.Says.Nl)) : null,
                    clause.Says.En.Length > 0 ? Tag("p", English(clause.Says.En)) : null,
                ]),
                (voice["rulebook.exceptionTo"], clause.ExceptionTo.Count > 0 ? [List(clause.ExceptionTo.Select(RuleLink))] : null),
                (voice["rulebook.suggests"], clause.Suggests.Count > 0 ? [List(clause.Suggests.Select(Scheme))] : null),
                (voice["rulebook.payer"], Word(clause.Payer)),
                (voice["rulebook.fallbackPayer"], Word(clause.FallbackPayer)),
                (voice["rulebook.paymentMode"], clause.PaymentMode is { } mode ? [Labelled(vocabulary.PaymentModes.GetValueOrDefault(mode), mode)] : null),
                (voice["rulebook.product"], Word(clause.Product)),
                (voice["rulebook.responsible"], clause.Responsible is { } role ? [Labelled(vocabulary.PartyRoles.GetValueOrDefault(role)?.LabelNl, role)] : null),
                (voice["rulebook.modal"], Word(clause.Modal)),
                (voice["rulebook.reason"], Word(clause.Reason)),
                (voice["rulebook.legalRisk"], clause.LegalRisk ? [voice["rulebook.legalRiskMeaning"]] : null),
                (voice["rulebook.decided"], clause.Decided ? [voice["rulebook.decidedMeaning"]] : null)));
    }

    private XElement Findings(Rule rule) => Tag(
        "section",
        Tag("h3", voice["rulebook.findings"]),
        flags[rule.Id].Any()
            ? List(flags[rule.Id].Select(flag => new object[] { Dutch(flag.LabelNl), " ", Tag("code", flag.Id), ": ", English(flag.Meaning) }))
            : Tag("p", voice["rulebook.noFindings"]));

    private XElement Cases(Rule rule) => Tag(
        "section",
        Tag("h3", voice["rulebook.cases"]),
        cases[rule.Id].Any() ? List(cases[rule.Id].Select(file => Tag("code", file))) : Tag("p", voice["rulebook.noCases"]));

    private object RuleLink(string id) => pages.TryGetValue(id, out var page) ? Link($"{page}#{id}", id) : id;

    private object Scheme(string pattern)
    {
        if (vocabulary.Schemes.TryGetValue(pattern, out var scheme))
        {
            return Labelled(scheme.LabelNl, pattern);
        }

        if (pattern.StartsWith("law:", StringComparison.Ordinal))
        {
            return new object[] { voice.Say("pattern.law", pattern[4..]), " ", Tag("code", pattern) };
        }

        var matched = vocabulary.Schemes.Values.Where(one => vocabulary.Matches(pattern, one)).Select(one => one.LabelNl).Order(StringComparer.Ordinal);
        return Labelled(string.Join(", ", matched), pattern);
    }

    private object Need(string selector)
    {
        var words = selector switch
        {
            "any" => voice["pattern.any"],
            "social:true" => voice["pattern.social"],
            _ when selector.StartsWith("goal:", StringComparison.Ordinal) => voice.Say("pattern.goal", voice["goal." + selector[5..]]),
            _ => null,
        };
        return words is null
            ? Labelled((vocabulary.Needs.GetValueOrDefault(selector) ?? vocabulary.EmployerNeeds.GetValueOrDefault(selector))?.LabelNl, selector)
            : new object[] { words, " ", Tag("code", selector) };
    }

    private object?[]? Word(string? code) => code is null ? null : [Labelled(vocabulary.InDutch(Value.Of(code)), code)];

    /// <summary>What it is called in Dutch, and its code; only the code when that is the name.</summary>
    private static object Labelled(string? label, string code) =>
        string.IsNullOrEmpty(label) || label == code ? Tag("code", code) : new object[] { Dutch(label), " ", Tag("code", code) };
}
