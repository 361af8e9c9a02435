using System.Globalization;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules.Evaluation;
using Samenhang.Rules.Expressions;
using Samenhang.Rules.Policies;

namespace Samenhang.Rules.Tests;

/// <summary>Tiny cases, rulebooks and conditions, written in a test as the texts that people write.</summary>
internal static class Given
{
    /// <summary>A case from the inside of a case file, without the outer braces. The reference day is 1 October 2016 unless it says so.</summary>
    public static Case Case(string json, string asOf = "2016-10-01")
    {
        var text = $$"""{ "format": "samenhang-case/1", "id": "case", "asOf": "{{asOf}}"{{(json.Length > 0 ? ", " : "")}}{{json}} }""";
        var reading = new CaseFileReader(Repository.Vocabulary).Read(text, "case");
        return reading is CaseFileReading.Read read ? read.File.Case
            : throw new InvalidDataException(string.Join(Environment.NewLine, ((CaseFileReading.Faulty)reading).Faults.Select(fault => fault.LineEn)));
    }

    /// <summary>A case with one need n1 of a kind, with facts on it, and facts of the client.</summary>
    public static Case Need(string kind, string needFacts = "", string facts = "", string more = "", string asOf = "2016-10-01") =>
        Case($$""" "facts": { {{facts}} }, "needs": [ { "id": "n1", "kind": "{{kind}}", "facts": { {{needFacts}} } } ]{{(more.Length > 0 ? ", " + more : "")}} """, asOf);

    /// <summary>The rulebook of a service from the entries of one file; the file is called rules.yaml and its first rule starts at line 3.</summary>
    public static Rulebook Rulebook(string rules, string service = "zvw", PolicySet? policies = null) =>
        RulebookSet.Load(Repository.Derived, new Dictionary<string, IReadOnlyList<RuleFile>> { [service] = [RulesFile(rules)] }, policies).ByService[service];

    /// <summary>The numbers of the vocabulary under the policy of one municipality, gm1, from the inside of its file; the fourth line is the first of these.</summary>
    public static PolicySet Municipality(string policy) => PolicySet.Of(Repository.Vocabulary, [new RuleFile("gm1.yaml", $"id: gm1\nkind: municipality\nname: Waterwijk\n{policy}")]);

    /// <summary>The same of one insurer, ins1.</summary>
    public static PolicySet Insurer(string policy) => PolicySet.Of(Repository.Vocabulary, [new RuleFile("ins1.yaml", $"id: ins1\nkind: insurer\nname: De Linde\n{policy}")]);

    /// <summary>What stops the load of a tenant's file.</summary>
    public static IReadOnlyList<string> FaultsInMunicipality(string policy) => [.. Assert.Throws<RulebookException>(() => Municipality(policy)).Faults.Select(fault => fault.ToString())];

    /// <summary>What stops the load of a rulebook.</summary>
    public static IReadOnlyList<string> FaultsIn(string rules, string service = "zvw") =>
        [.. Assert.Throws<RulebookException>(() => Rulebook(rules, service)).Faults.Select(fault => fault.ToString())];

    public static RuleFile RulesFile(string rules, string name = "rules.yaml") => new(name, $"source: 002_cbc2ba9c0265af32.txt\nrules:\n{rules}");

    /// <summary>
    /// A rule with one clause, the way most are written: "ARB-1 hard covers gp-care for psych-treatment when …". Lines of a clause that are
    /// given as well come after it.
    /// </summary>
    public static string Rule(string id, string effect, string schemes, string? when = null, string strength = "hard", string needs = "psych-treatment", string onRule = "", string onClause = "") =>
        $"- id: {id}\n  title: {id}\n  lines: 1-2\n  strength: {strength}\n{Indented(onRule, 2)}  clauses:\n" +
        $"  - {effect}: [{schemes}]\n    for: [{needs}]\n{(when is null ? "" : $"    when: \"{when}\"\n")}{Indented(onClause, 4)}    nl: Omdat {id}.\n    en: Because {id}.\n";

    /// <summary>The truth of a condition in a case, read on the case or on the need, provision or party with the identifier.</summary>
    public static Truth Truth(string condition, Case @case, string? on = null, IReadOnlyList<Coverage>? coverage = null, ParameterSet? parameters = null)
    {
        var (compiled, scope) = Compile(condition, @case, on, coverage, parameters);
        return compiled.Test(scope);
    }

    /// <summary>The facts that keep a condition unknown: fact, and "@item" where it belongs to one.</summary>
    public static IEnumerable<string> Missing(string condition, Case @case, string? on = null)
    {
        var (compiled, scope) = Compile(condition, @case, on, null, null);
        var missing = new FactUses();
        compiled.Missing(scope, missing);
        return missing.All.Select(use => use.Item is null ? use.Fact : $"{use.Fact}@{use.Item}");
    }

    /// <summary>What is wrong with a condition.</summary>
    public static string FaultIn(string condition, string on = "") =>
        Assert.Throws<ExpressionException>(() => Binder.Predicate(condition, ScopeOf(on), Repository.Derived.Lexicon)).Message;

    public static Coverage Answer(string need, string scheme, Outcome outcome, string? reason = null) => new()
    {
        NeedId = need,
        Scheme = scheme,
        Service = Repository.Vocabulary.Schemes[scheme].Service,
        Outcome = outcome,
        Reason = reason,
        RuleIds = ["ARB-1"],
        Sources = [],
        ValidAt = Day("2016-10-01"),
        Explanation = Sentence.None,
    };

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static (Predicate Condition, Scope Scope) Compile(string condition, Case @case, string? on, IReadOnlyList<Coverage>? coverage, ParameterSet? parameters)
    {
        var compiled = Binder.Predicate(condition, ScopeOf(on ?? ""), Repository.Derived.Lexicon);
        var context = new CaseContext(@case, Repository.Derived, parameters ?? ParameterSet.Of(Repository.Vocabulary), coverage ?? []);
        object? item = on is null ? null : (object?)@case.Needs.FirstOrDefault(n => n.Id == on) ?? (object?)@case.Provisions.FirstOrDefault(p => p.Id == on) ?? @case.Parties.First(a => a.Id == on);
        return (compiled.Node, compiled.ScopeFor(context, item));
    }

    private static ScopeKind ScopeOf(string on) => on.FirstOrDefault() switch
    {
        'n' => ScopeKind.Need,
        'p' => ScopeKind.Provision,
        'a' => ScopeKind.Party,
        _ => ScopeKind.Case,
    };

    private static string Indented(string lines, int by) =>
        string.Concat(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new string(' ', by) + line + "\n"));
}
