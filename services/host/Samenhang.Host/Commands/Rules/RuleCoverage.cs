using Samenhang.Casemanager.Domain;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Host.Commands.Rules;

/// <summary>What carries a rule of the catalogue in a service.</summary>
internal enum Carrier
{
    /// <summary>An entry of the rulebook that says something about rows.</summary>
    Clauses,

    /// <summary>An entry of the rulebook that tells in a note what carries it.</summary>
    Note,

    /// <summary>A finding of the casemanager.</summary>
    Flag,

    /// <summary>The rulebook of another service: the casemanager only passes on its answer.</summary>
    OtherService,

    /// <summary>Nothing.</summary>
    Nothing,
}

/// <summary>How far the cases exercise a rule.</summary>
internal enum Exercise
{
    /// <summary>The rule decides nothing, so there is nothing to exercise.</summary>
    None,

    /// <summary>No clause came up in any row.</summary>
    Never,

    /// <summary>Some clause was only true, only not true, or never came up.</summary>
    OneWay,

    /// <summary>Every clause that decides was true in some row and not true in another.</summary>
    BothWays,
}

/// <summary>A clause that decides, with cases that took it each way.</summary>
/// <param name="Number">Its place in the rule, from 1.</param>
/// <param name="Clause">The clause.</param>
/// <param name="True">Cases with a row where its condition is true.</param>
/// <param name="NotTrue">Cases with a row where its condition is false or unknown.</param>
internal sealed record ClauseCoverage(int Number, Clause Clause, IReadOnlyList<string> True, IReadOnlyList<string> NotTrue)
{
    /// <summary>A clause without a condition can only be true.</summary>
    public bool IsBothWays => True.Count > 0 && (NotTrue.Count > 0 || Clause.When is null);
}

/// <summary>One rule of the catalogue in one service.</summary>
/// <param name="Catalogue">The rule as the catalogue has it.</param>
/// <param name="Service">The service.</param>
/// <param name="Carrier">What carries it.</param>
/// <param name="Entry">Its entry in the rulebook, or null.</param>
/// <param name="Flags">The findings that carry it.</param>
/// <param name="Clauses">Its clauses that decide.</param>
internal sealed record RuleCoverage(
    CatalogueRule Catalogue, string Service, Carrier Carrier, Rule? Entry, IReadOnlyList<string> Flags, IReadOnlyList<ClauseCoverage> Clauses)
{
    /// <summary>How far the cases exercise it.</summary>
    public Exercise Exercise { get; } =
        Clauses.Count == 0 ? Exercise.None
        : Clauses.All(clause => clause.IsBothWays) ? Exercise.BothWays
        : Clauses.All(clause => clause.True.Count + clause.NotTrue.Count == 0) ? Exercise.Never
        : Exercise.OneWay;

    /// <summary>Every rule of the catalogue in every service that it names, by service and in natural order.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="vocabulary">The vocabulary, for flags and schemes.</param>
    /// <param name="rulebooks">The rulebooks.</param>
    /// <param name="exercise">What the cases exercise; null = no cases were run.</param>
    public static List<RuleCoverage> Of(IReadOnlyList<CatalogueRule> catalogue, Vocabulary vocabulary, RulebookSet rulebooks, RuleExercise? exercise)
    {
        var entries = rulebooks.ByService.Values.SelectMany(book => book.Rules).ToDictionary(rule => (rule.Id, rule.Service));
        var flags = vocabulary.Flags.SelectMany(flag => flag.Rules.Select(rule => (Rule: rule, Flag: flag.Id))).ToLookup(pair => pair.Rule, pair => pair.Flag);
        return [.. from service in (string[])[.. Services.Asked, Services.Casemanager]
                   from rule in catalogue.Where(rule => rule.Service.Contains(service)).OrderBy(rule => rule.Id, RuleIdOrder.Natural)
                   select In(service, rule)];

        RuleCoverage In(string service, CatalogueRule rule)
        {
            var entry = entries.GetValueOrDefault((rule.Id, service));
            IReadOnlyList<string> raised = service == Services.Casemanager ? [.. flags[rule.Id]] : [];
            var carrier =
                entry is not null ? entry.Clauses.Count > 0 ? Carrier.Clauses : Carrier.Note
                : service != Services.Casemanager ? Carrier.Nothing
                : rule.Schemes.Any(scheme => vocabulary.Schemes.TryGetValue(scheme, out var own) && own.Service == "none") ? Carrier.Nothing
                : raised.Count > 0 ? Carrier.Flag
                : rule.Flags.Count == 0 && Services.Asked.Any(other => entries.ContainsKey((rule.Id, other))) ? Carrier.OtherService
                : Carrier.Nothing;
            return new(rule, service, carrier, entry, raised, [.. Deciding(entry)]);
        }

        IEnumerable<ClauseCoverage> Deciding(Rule? entry) =>
            (entry?.Clauses ?? []).Select((clause, at) => new ClauseCoverage(at + 1, clause, exercise?.Cases(clause, true) ?? [], exercise?.Cases(clause, false) ?? []))
                .Where(covered => covered.Clause.Effect != Effect.Informs);
    }
}
