using Samenhang.Deadlines.Terms;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Plans;

/// <summary>What changed between two versions of a plan, in lines made for reading.</summary>
public sealed class PlanDifference(Vocabulary vocabulary)
{
    /// <summary>One line for each change; empty when a reader would see no difference.</summary>
    public IReadOnlyList<Sentence> Between(Plan old, Plan @new)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(@new);
        return
        [
            .. Needs(old, @new), .. Rows(old, @new), .. Findings(old, @new), .. Stopped(old, @new), .. Responsible(old, @new), .. Heads(old, @new),
            .. HandOvers(old, @new), .. Terms(old, @new), .. Asked(old, @new), .. Silent(old, @new),
        ];
    }

    private IEnumerable<Sentence> Needs(Plan old, Plan @new) =>
        @new.Needs.Where(n => old.Needs.All(o => o.Id != n.Id))
            .Select(n => new Sentence($"Nieuwe behoefte: {Need(n.Id, @new)}.", $"New need: {NeedEn(n.Id, @new)}."));

    private IEnumerable<Sentence> Rows(Plan old, Plan @new)
    {
        var before = old.Coverage.ToLookup(Key);
        var after = @new.Coverage.ToLookup(Key);
        var gone = old.Coverage.DistinctBy(Key).Where(r => !after.Contains(Key(r))).ToList();
        foreach (var row in @new.Coverage.DistinctBy(Key))
        {
            // A row of which only the product became known, or unknown, is the same row for a reader.
            var was = before[Key(row)].FirstOrDefault() ?? gone.Find(r => r.NeedId == row.NeedId && r.Scheme == row.Scheme && (r.Product is null || row.Product is null));
            if (was is not null)
            {
                gone.Remove(was);
            }

            if (was is null)
            {
                yield return new(
                    $"{Need(row.NeedId, @new)}, {Scheme(row.Scheme)}: {Nl(row.Outcome)} (nieuw).",
                    $"{NeedEn(row.NeedId, @new)}, {SchemeEn(row.Scheme)}: {En(row.Outcome)} (new).");
            }
            else if (was.Outcome != row.Outcome)
            {
                yield return new(
                    $"{Need(row.NeedId, @new)}, {Scheme(row.Scheme)}: was {Nl(was.Outcome)}, is nu {Nl(row.Outcome)}.",
                    $"{NeedEn(row.NeedId, @new)}, {SchemeEn(row.Scheme)}: was {En(was.Outcome)}, is now {En(row.Outcome)}.");
            }
            else if (was.Payer != row.Payer)
            {
                yield return new(
                    $"{Need(row.NeedId, @new)}, {Scheme(row.Scheme)}: betaler was {was.Payer ?? "niet bekend"}, is nu {row.Payer ?? "niet bekend"}.",
                    $"{NeedEn(row.NeedId, @new)}, {SchemeEn(row.Scheme)}: payer was {was.Payer ?? "unknown"}, is now {row.Payer ?? "unknown"}.");
            }
        }

        foreach (var row in gone)
        {
            yield return new(
                $"{Need(row.NeedId, old)}, {Scheme(row.Scheme)}: staat niet meer in het plan (was {Nl(row.Outcome)}).",
                $"{NeedEn(row.NeedId, old)}, {SchemeEn(row.Scheme)}: not in the plan any more (was {En(row.Outcome)}).");
        }

        static (string, string, string?) Key(Coverage row) => (row.NeedId, row.Scheme, row.Product);
    }

    private IEnumerable<Sentence> Findings(Plan old, Plan @new)
    {
        static (string, string?, string?, string?) Key(PlanFinding f) => (f.FlagId, f.NeedId, f.ProvisionId, f.PartyId);
        var before = old.Findings.Select(Key).ToHashSet();
        var after = @new.Findings.Select(Key).ToHashSet();
        foreach (var f in @new.Findings.Where(f => !before.Contains(Key(f))))
        {
            yield return new($"Nieuwe bevinding: {f.Title.Nl}{About(f, @new)}.", $"New finding: {f.Title.En}{AboutEn(f, @new)}.");
        }

        foreach (var f in old.Findings.Where(f => !after.Contains(Key(f))))
        {
            yield return new($"Opgelost: {f.Title.Nl}{About(f, old)}.", $"Resolved: {f.Title.En}{AboutEn(f, old)}.");
        }
    }

    private static IEnumerable<Sentence> Stopped(Plan old, Plan @new)
    {
        static (string, string) Key(BlockedEvent blocked) => (blocked.EventType, blocked.Explanation.En);
        var before = old.Blocked.Select(Key).ToHashSet();
        var after = @new.Blocked.Select(Key).ToHashSet();
        foreach (var blocked in @new.Blocked.Where(blocked => !before.Contains(Key(blocked))))
        {
            yield return new($"Mag nu niet ({blocked.EventType}): {blocked.Explanation.Nl}", $"Must not happen now ({blocked.EventType}): {blocked.Explanation.En}");
        }

        foreach (var blocked in old.Blocked.Where(blocked => !after.Contains(Key(blocked))))
        {
            yield return new($"Geldt niet meer ({blocked.EventType}): {blocked.Explanation.Nl}", $"Holds no longer ({blocked.EventType}): {blocked.Explanation.En}");
        }
    }

    private IEnumerable<Sentence> Responsible(Plan old, Plan @new)
    {
        static IEnumerable<string> Of(Plan plan, string need) => plan.Responsible.Where(r => r.NeedId == need).Select(r => r.Role);
        foreach (var need in @new.Needs.Where(n => old.Needs.Any(o => o.Id == n.Id)))
        {
            var was = Of(old, need.Id).ToList();
            var now = Of(@new, need.Id).ToList();
            if (!was.SequenceEqual(now))
            {
                yield return new(
                    $"{Need(need.Id, @new)}: verantwoordelijk was {Roles(was)}, is nu {Roles(now)}.",
                    $"{NeedEn(need.Id, @new)}: responsible was {Or(string.Join(", ", was), "nobody")}, is now {Or(string.Join(", ", now), "nobody")}.");
            }
        }
    }

    private static IEnumerable<Sentence> Heads(Plan old, Plan @new)
    {
        if (old.Coordinator != @new.Coordinator)
        {
            yield return new(
                $"De coördinator van het hele plan was {Or(old.Coordinator, "niemand")}, is nu {Or(@new.Coordinator, "niemand")}.",
                $"The overall coordinator was {Or(old.Coordinator, "nobody")}, is now {Or(@new.Coordinator, "nobody")}.");
        }

        if (old.Casemanager?.PartyId != @new.Casemanager?.PartyId)
        {
            yield return new(
                $"De casemanager was {Or(old.Casemanager?.PartyId, "niemand")}, is nu {Or(@new.Casemanager?.PartyId, "niemand")}.",
                $"The casemanager was {Or(old.Casemanager?.PartyId, "nobody")}, is now {Or(@new.Casemanager?.PartyId, "nobody")}.");
        }
    }

    /// <summary>What somebody did about a hand-over; that the answers point to one is told by their rows.</summary>
    private IEnumerable<Sentence> HandOvers(Plan old, Plan @new)
    {
        static (string?, string?, string, string) Key(HandOver h) => (h.Id, h.NeedId, h.From, h.To);
        var before = old.HandOvers.Where(h => h.Status != HandOverStatus.Proposed).ToLookup(Key);
        foreach (var h in @new.HandOvers.Where(h => h.Status != HandOverStatus.Proposed && before[Key(h)].All(was => was.Status != h.Status)))
        {
            var (nl, en) = Words(h.Status);
            yield return new(
                $"Overdracht van {h.From} naar {h.To}{(h.NeedId is { } need ? $", {Need(need, @new)}" : "")}: {nl}.",
                $"Hand-over from {h.From} to {h.To}{(h.NeedId is { } of ? $", {NeedEn(of, @new)}" : "")}: {en}.");
        }
    }

    private static (string Nl, string En) Words(HandOverStatus status) => status switch
    {
        HandOverStatus.Proposed => ("nog niet aangeboden", "not offered yet"),
        HandOverStatus.Offered => ("aangeboden", "offered"),
        HandOverStatus.Accepted => ("aangenomen", "accepted"),
        HandOverStatus.Refused => ("geweigerd", "refused"),
        HandOverStatus.InformationAsked => ("er is meer informatie gevraagd", "more information was asked"),
        HandOverStatus.Started => ("begonnen", "started"),
        HandOverStatus.Completed => ("afgerond", "completed"),
        HandOverStatus.ClientDeclined => ("de cliënt wil het aanbod niet", "the client declined the offer"),
        HandOverStatus.Withdrawn => ("ingetrokken", "withdrawn"),
    };

    private static IEnumerable<Sentence> Terms(Plan old, Plan @new)
    {
        foreach (var term in @new.Deadlines)
        {
            var was = old.Deadlines.FirstOrDefault(d => d.Id == term.Id && d.ItemId == term.ItemId);
            var day = SpokenDay.InDutch(term.Due);
            if (was is null)
            {
                yield return new($"Nieuwe termijn: {term.Title.Nl}, uiterlijk {day} ({Nl(term.Status)}).", $"New term: {term.Title.En}, by {SpokenDay.InEnglish(term.Due)} ({En(term.Status)}).");
            }
            else if (was.Due != term.Due && was.StartedOn == term.StartedOn && StoodStill(was) != StoodStill(term))
            {
                yield return new(
                    $"Termijn {term.Title.Nl}: uiterste dag was {SpokenDay.InDutch(was.Due)}, is nu {day}, door stilstand ({Nl(term.Status)}). Reden: {term.Suspensions[^1].Reason}",
                    $"Term {term.Title.En}: last day was {SpokenDay.InEnglish(was.Due)}, is now {SpokenDay.InEnglish(term.Due)}, because it stood still ({En(term.Status)}). Reason: {term.Suspensions[^1].Reason}");
            }
            else if (was.StartedOn != term.StartedOn)
            {
                yield return new(
                    $"Termijn {term.Title.Nl}: begon op {SpokenDay.InDutch(was.StartedOn)}, nu op {SpokenDay.InDutch(term.StartedOn)}; uiterste dag was {SpokenDay.InDutch(was.Due)}, is nu {day} ({Nl(term.Status)}).",
                    $"Term {term.Title.En}: began on {SpokenDay.InEnglish(was.StartedOn)}, now on {SpokenDay.InEnglish(term.StartedOn)}; last day was {SpokenDay.InEnglish(was.Due)}, is now {SpokenDay.InEnglish(term.Due)} ({En(term.Status)}).");
            }
            else if (was.Due != term.Due)
            {
                yield return new(
                    $"Termijn {term.Title.Nl}: uiterste dag was {SpokenDay.InDutch(was.Due)}, is nu {day} ({Nl(term.Status)}).",
                    $"Term {term.Title.En}: last day was {SpokenDay.InEnglish(was.Due)}, is now {SpokenDay.InEnglish(term.Due)} ({En(term.Status)}).");
            }
            else if (was.Status != term.Status)
            {
                yield return new($"Termijn {term.Title.Nl}: {Nl(term.Status)} (uiterlijk {day}).", $"Term {term.Title.En}: {En(term.Status)} (by {SpokenDay.InEnglish(term.Due)}).");
            }
        }

        foreach (var term in old.Deadlines.Where(d => !@new.Deadlines.Any(n => n.Id == d.Id && n.ItemId == d.ItemId)))
        {
            yield return new($"Termijn vervalt: {term.Title.Nl}.", $"Term is gone: {term.Title.En}.");
        }
    }

    private static int StoodStill(PlanDeadline term) => term.OriginalDue is { } original ? term.Due.DayNumber - original.DayNumber : 0;

    private IEnumerable<Sentence> Asked(Plan old, Plan @new)
    {
        foreach (var q in @new.Questions.Where(q => old.Questions.All(o => o.Fact != q.Fact)))
        {
            yield return new($"Nieuwe vraag: {q.QuestionNl}", $"New question: {Question(q)}");
        }

        foreach (var q in @new.Questions.Where(q => q.NotKnownTo is not null && old.Questions.Any(o => o.Fact == q.Fact && o.NotKnownTo is null)))
        {
            yield return new($"Niet bekend bij {q.NotKnownTo}: {q.QuestionNl}", $"Not known to {q.NotKnownTo}: {Question(q)}");
        }

        foreach (var q in old.Questions.Where(q => @new.Questions.All(n => n.Fact != q.Fact)))
        {
            yield return new($"Vraag vervalt: {q.QuestionNl}", $"Question is gone: {Question(q)}");
        }
    }

    private static IEnumerable<Sentence> Silent(Plan old, Plan @new)
    {
        foreach (var s in @new.Silent.Where(s => old.Silent.All(o => o.Service != s.Service)))
        {
            yield return s.Text;
        }

        foreach (var s in old.Silent.Where(s => @new.Silent.All(n => n.Service != s.Service)))
        {
            yield return new($"{ServiceNames.Nl(s.Service)} heeft nu wel geantwoord.", $"{ServiceNames.En(s.Service)} has answered now.");
        }
    }

    private string Need(string id, Plan plan) =>
        plan.Needs.FirstOrDefault(n => n.Id == id) is { } need && vocabulary.Needs.TryGetValue(need.Kind, out var kind) ? $"{kind.LabelNl} ({id})" : id;

    private string NeedEn(string id, Plan plan) =>
        plan.Needs.FirstOrDefault(n => n.Id == id) is { } need && vocabulary.Needs.TryGetValue(need.Kind, out var kind) ? $"{kind.Name.En} ({id})" : id;

    private string Scheme(string id) => vocabulary.Schemes.GetValueOrDefault(id)?.LabelNl ?? id;

    private string SchemeEn(string id) => vocabulary.Schemes.GetValueOrDefault(id)?.Name.En ?? id;

    private string Question(PlanQuestion question) => vocabulary.FactById.GetValueOrDefault(question.Fact)?.Question.En is { Length: > 0 } asked ? asked : question.QuestionNl;

    private string About(PlanFinding f, Plan plan) =>
        f.NeedId is { } need ? $" bij {Need(need, plan)}" : f.ProvisionId is { } p ? $" bij voorziening {p}" : f.PartyId is { } a ? $" bij {a}" : "";

    private string AboutEn(PlanFinding f, Plan plan) =>
        f.NeedId is { } need ? $" at {NeedEn(need, plan)}" : f.ProvisionId is { } p ? $" at provision {p}" : f.PartyId is { } a ? $" at {a}" : "";

    private string Roles(List<string> roles) => Or(string.Join(", ", roles.Select(r => vocabulary.PartyRoles.GetValueOrDefault(r)?.LabelNl ?? r)), "niemand");

    private static string Or(string? text, string none) => string.IsNullOrEmpty(text) ? none : text;

    private static string Nl(Outcome outcome) => outcome switch
    {
        Outcome.Covered => "gedekt",
        Outcome.Conditional => "gedekt onder voorwaarden",
        Outcome.NotCovered => "niet gedekt",
        Outcome.Undetermined => "niet te bepalen",
        Outcome.NotApplicable => "niet van toepassing",
        Outcome.NotThisDomain => "ander domein",
    };

    private static string En(Outcome outcome) => outcome switch
    {
        Outcome.Covered => "covered",
        Outcome.Conditional => "conditional",
        Outcome.NotCovered => "not covered",
        Outcome.Undetermined => "undetermined",
        Outcome.NotApplicable => "not applicable",
        Outcome.NotThisDomain => "another domain",
    };

    private static string Nl(DeadlineStatus status) => status switch
    {
        DeadlineStatus.Running => "loopt",
        DeadlineStatus.Near => "bijna voorbij",
        DeadlineStatus.Due => "vandaag",
        DeadlineStatus.Met => "gehaald",
        DeadlineStatus.MetLate => "te laat gedaan",
        DeadlineStatus.Missed => "gemist",
        DeadlineStatus.Passed => "voorbij",
        DeadlineStatus.Suspended => "staat stil",
    };

    private static string En(DeadlineStatus status) => status switch
    {
        DeadlineStatus.Running => "running",
        DeadlineStatus.Near => "near",
        DeadlineStatus.Due => "due today",
        DeadlineStatus.Met => "met",
        DeadlineStatus.MetLate => "met late",
        DeadlineStatus.Missed => "missed",
        DeadlineStatus.Passed => "passed",
        DeadlineStatus.Suspended => "suspended",
    };
}
