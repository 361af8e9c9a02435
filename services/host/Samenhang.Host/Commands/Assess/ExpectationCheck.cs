using System.Globalization;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Host.Commands.Assess;

/// <summary>
/// Holds an assessment against what a case file expects, with the meaning of the vocabulary (JSON case file): what is not listed is not
/// checked. Each expectation is one item. The words are those of the case file, in no language.
/// </summary>
internal static class ExpectationCheck
{
    /// <summary>Every expectation, in the order of the file's keys.</summary>
    /// <param name="plan">The plan with coverage and findings.</param>
    /// <param name="facts">The derived facts.</param>
    /// <param name="case">The case, for the roles of its parties.</param>
    /// <param name="expect">What is expected.</param>
    public static IEnumerable<CheckedItem> Of(Plan plan, IReadOnlyList<DerivedFact> facts, Case @case, Expectation expect) =>
        expect.Coverage.Select(row => Coverage(plan, row))
            .Concat(expect.Facts.Select(fact => Fact(facts, fact.Key, fact.Value)))
            .Concat(expect.Flags.Select(flag => Flag(plan, flag)))
            .Concat(expect.NotFlags.Select(flag => NotFlag(plan, flag)))
            .Concat(expect.FlagsExact ? [FlagsExact(plan, expect.Flags)] : [])
            .Concat(expect.Responsible.Select(wanted => Responsible(plan, wanted)))
            .Concat(expect.Coordinator is { } coordinator ? [Coordinator(plan, coordinator)] : [])
            .Concat(expect.Casemanager is { } casemanager ? [Casemanager(plan, casemanager)] : [])
            .Concat(expect.Tasks.Select(task => Task(plan, @case, task)))
            .Concat(Blocked(plan, expect))
            .Concat(expect.Suggested.Select(wanted => Suggested(plan, wanted)))
            .Concat(expect.NotSuggested.Select(unwanted => NotSuggested(plan, unwanted)));

    private static CheckedItem Coverage(Plan plan, ExpectedCoverage want)
    {
        var what = $"coverage {want.Need} × {want.Scheme}: {want.Outcome.Code()}";
        var rows = plan.Coverage.Where(row => row.NeedId == want.Need && row.Scheme == want.Scheme).ToList();
        if (rows.Count == 0)
        {
            return new(what, "no row");
        }

        // One need and scheme can have several products; the one that differs least is shown.
        var differences = rows.Select(row => Differences(row, want).ToList()).MinBy(list => list.Count)!;
        return differences.Count == 0
            ? new(what, null)
            : new($"coverage {want.Need} × {want.Scheme}: {string.Join(", ", differences.Select(d => $"{d.Field} {d.Want}"))}", string.Join(", ", differences.Select(d => $"{d.Field} {d.Came ?? "none"}")));
    }

    private static IEnumerable<(string Field, string Want, string? Came)> Differences(Coverage row, ExpectedCoverage want)
    {
        (string Field, string? Want, string? Came)[] fields =
        [
            ("outcome", want.Outcome.Code(), row.Outcome.Code()),
            ("paymentMode", want.PaymentMode, row.PaymentMode),
            ("payer", want.Payer, row.Payer),
            ("strength", want.Strength?.Code(), row.Strength?.Code()),
            ("contested", Word(want.Contested), Word(row.Contested)),
            ("indicative", Word(want.Indicative), Word(row.Indicative)),
            ("modal", want.Modal, row.Modal),
            ("product", want.Product, row.Product),
            ("reason", want.Reason, row.Reason),
        ];
        foreach (var (field, wanted, came) in fields)
        {
            if (wanted is not null && wanted != came)
            {
                yield return (field, wanted, came);
            }
        }

        if (want.Rules.Except(row.RuleIds).Any())
        {
            yield return ("rules", Join(want.Rules), Join(row.RuleIds));
        }

        if (want.MissingFacts.Except(row.MissingFacts).Any())
        {
            yield return ("missingFacts", Join(want.MissingFacts), Join(row.MissingFacts));
        }
    }

    private static CheckedItem Fact(IReadOnlyList<DerivedFact> facts, FactDefinition fact, Value want)
    {
        var came = facts.Where(derived => derived.Fact == fact).ToList();
        var holds = want.IsKnown ? came.Exists(derived => derived.Value == want) : came.Count == 0;
        return new($"fact {fact.Id} = {want}", holds ? null : came.Count == 0 ? "unknown" : string.Join(", ", came.Select(derived => derived.Item is null ? $"{derived.Value}" : $"{derived.Value} ({derived.Item})")));
    }

    private static CheckedItem Flag(Plan plan, ExpectedFlag want)
    {
        if (Raised(plan).Any(finding => IsRaised(finding, want)))
        {
            return new($"flag {Words(want)}", null);
        }

        var elsewhere = Raised(plan).Where(finding => finding.FlagId == want.Id).Select(Item).ToList();
        return new($"flag {Words(want)}", elsewhere.Count == 0 ? "not raised" : $"raised on {string.Join(", ", elsewhere)}");
    }

    private static CheckedItem NotFlag(Plan plan, ExpectedFlag unwanted)
    {
        var raised = Raised(plan).Where(finding => IsRaised(finding, unwanted)).Select(Item).ToList();
        return new($"no flag {Words(unwanted)}", raised.Count == 0 ? null : $"raised on {string.Join(", ", raised)}");
    }

    private static CheckedItem FlagsExact(Plan plan, IReadOnlyList<ExpectedFlag> wanted)
    {
        var more = Raised(plan).Where(finding => !wanted.Any(want => IsRaised(finding, want))).Select(finding => $"{finding.FlagId} on {Item(finding)}").ToList();
        return new("no other flags", more.Count == 0 ? null : string.Join(", ", more));
    }

    /// <summary>A case file tells what is the matter; whether a late milestone still asks for something is the plan's to say.</summary>
    private static IEnumerable<PlanFinding> Raised(Plan plan) => plan.Findings.Concat(plan.Settled);

    private static bool IsRaised(PlanFinding finding, ExpectedFlag flag) =>
        finding.FlagId == flag.Id &&
        (flag.Need is null || flag.Need == finding.NeedId) &&
        (flag.Provision is null || flag.Provision == finding.ProvisionId) &&
        (flag.Party is null || flag.Party == finding.PartyId);

    private static CheckedItem Responsible(Plan plan, ExpectedResponsible want)
    {
        var roles = plan.Responsible.Where(carried => carried.NeedId == want.Need).Select(carried => carried.Role).Distinct().ToList();
        return new($"responsible {want.Need}: {want.Role}", roles.Contains(want.Role) ? null : Join(roles));
    }

    private static CheckedItem Coordinator(Plan plan, string want) =>
        new($"coordinator {want}", plan.Coordinator == want ? null : plan.Coordinator ?? "none");

    private static CheckedItem Casemanager(Plan plan, ExpectedCasemanager want)
    {
        var came = plan.Casemanager;
        var what = $"casemanager {string.Join(' ', new[] { want.Role, want.Profession, want.Schemes.Count == 0 ? null : string.Join('|', want.Schemes) }.OfType<string>())}{(want.ExactlyOne == true ? ", exactly one" : "")}";
        if (came is null)
        {
            // "exactlyOne": false says that there is none or more than one.
            return new(what, want.ExactlyOne == false ? null : "none");
        }

        var holds = want.ExactlyOne != false &&
            (want.Role is null || want.Role == came.Role) &&
            (want.Profession is null || want.Profession == came.Profession) &&
            (want.Schemes.Count == 0 || (came.Scheme is not null && want.Schemes.Contains(came.Scheme)));
        return new(what, holds ? null : $"{came.Role} {came.Profession ?? "none"} {came.Scheme ?? "none"}");
    }

    private static CheckedItem Task(Plan plan, Case @case, ExpectedTask want)
    {
        var holds =
            plan.Actions.Any(action => want.Fact is null && Says(action.Text.Nl, want) && OwnedBy(action.Owner, want, @case) && DueOn(action.Due, action.Because, want, plan)) ||
            plan.Questions.Any(question => (want.Fact is null || want.Fact == question.Fact || question.Settles.Contains(want.Fact)) && Says(question.QuestionNl, want) && OwnedBy(question.AskedOf, want, @case) && want.Deadline is null);
        return new($"task {string.Join(' ', new[] { want.Fact, want.Contains is null ? null : $"'{want.Contains}'", want.Owner, want.Deadline }.OfType<string>())}", holds ? null : "no such task");
    }

    private static bool Says(string text, ExpectedTask want) => want.Contains is null || text.Contains(want.Contains, StringComparison.OrdinalIgnoreCase);

    /// <summary>The owner is a party id, a role or a service; a party also counts by its role and its service.</summary>
    private static bool OwnedBy(string owner, ExpectedTask want, Case @case) =>
        want.Owner is null || want.Owner == owner || @case.Parties.Any(party => party.Id == owner && (party.Role == want.Owner || party.Service == want.Owner));

    private static bool DueOn(DateOnly? due, string because, ExpectedTask want, Plan plan) =>
        want.Deadline is null || want.Deadline == because || due?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == want.Deadline ||
        plan.Deadlines.Any(deadline => deadline.Id == want.Deadline && deadline.Due == due);

    /// <summary>Each listed event must be stopped; a list that is written and empty says that none is.</summary>
    private static IEnumerable<CheckedItem> Blocked(Plan plan, Expectation expect)
    {
        var came = plan.Blocked.Select(blocked => blocked.EventType).Distinct().ToList();
        return expect.Blocked is { Count: 0 }
            ? [new("nothing blocked", came.Count == 0 ? null : Join(came))]
            : (expect.Blocked ?? []).Select(type => new CheckedItem($"blocked {type}", came.Contains(type) ? null : Join(came)));
    }

    private static CheckedItem Suggested(Plan plan, ExpectedSuggestion want)
    {
        var came = SuggestedFor(plan, want.Need);
        return new($"suggested {want.Need}: {Join(want.Schemes)}", want.Schemes.All(came.Contains) ? null : Join(came));
    }

    private static CheckedItem NotSuggested(Plan plan, ExpectedSuggestion unwanted)
    {
        var came = SuggestedFor(plan, unwanted.Need).Intersect(unwanted.Schemes).ToList();
        return new($"not suggested {unwanted.Need}: {Join(unwanted.Schemes)}", came.Count == 0 ? null : $"suggested {Join(came)}");
    }

    private static List<string> SuggestedFor(Plan plan, string need) => [.. plan.Suggested.Where(suggested => suggested.NeedId == need).SelectMany(suggested => suggested.Schemes)];

    private static string Words(ExpectedFlag flag) => string.Join(' ', new[] { flag.Id, flag.Need, flag.Provision, flag.Party }.OfType<string>());

    private static string Item(PlanFinding finding) => finding.NeedId ?? finding.ProvisionId ?? finding.PartyId ?? "the case";

    private static string? Word(bool? value) => value switch { true => "true", false => "false", null => null };

    private static string Join(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : string.Join(' ', names);
}
