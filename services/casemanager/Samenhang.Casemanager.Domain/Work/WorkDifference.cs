using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Work;

/// <summary>What changed in the work, in lines made for reading; people's own words stand in both languages as they wrote them.</summary>
internal sealed class WorkDifference(Vocabulary vocabulary)
{
    private const int LongestQuote = 80;

    /// <summary>A piece of work that is new.</summary>
    public IReadOnlyList<Sentence> Added(WorkContent content, CaseState state) => [content switch
    {
        WorkAction a => new(
            $"Nieuwe actie: {Quote(a.Text)}, door {Who(a.Owner)}{Nl(", uiterlijk ", a.Due)}{ForNl(a.NeedId, state)} ({Nl(a.Status)}).",
            $"New action: {Quote(a.Text)}, by {a.Owner}{En(", due ", a.Due)}{(a.NeedId is null ? "" : $" for {a.NeedId}")} ({En(a.Status)})."),
        WorkGoal g => new(
            $"Nieuw doel{ForNl(g.NeedId, state)}: {Quote(g.Text)}{Nl(", te halen op ", g.Target)}.",
            $"New goal for {g.NeedId}: {Quote(g.Text)}{En(", to be reached on ", g.Target)}."),
        WorkEvaluation e => new(
            $"Doel {Goal(e.GoalId, state)} bekeken op {SpokenDay.InDutch(e.On)}: {Nl(e.Result)}{Nl("; volgende keer op ", e.Next)}.",
            $"Goal {Goal(e.GoalId, state)} evaluated on {SpokenDay.InEnglish(e.On)}: {En(e.Result)}{En("; next time on ", e.Next)}."),
        WorkAgreement a => new(
            $"Nieuwe afspraak tussen {SidesNl(a)} over {Quote(a.About)}, vanaf {SpokenDay.InDutch(a.From)}{Nl(" tot en met ", a.To)}.",
            $"New agreement between {SidesEn(a)} about {Quote(a.About)}, from {SpokenDay.InEnglish(a.From)}{En(" to ", a.To)}."),
        WorkContactPoint c => new(
            $"Nieuw contactpunt bij {c.Organisation}: {Who(c.PartyId)}, voor {Quote(c.About)}{Nl(", vanaf ", c.From)}{Nl(", tot en met ", c.To)}.",
            $"New contact point at {c.Organisation}: {c.PartyId}, for {Quote(c.About)}{En(", from ", c.From)}{En(", to ", c.To)}."),
        _ => throw Unknown(content),
    }];

    /// <summary>What a piece of work says now and did not say before; empty when it says the same.</summary>
    public IReadOnlyList<Sentence> Changed(WorkContent old, WorkContent @new, CaseState state) => (old, @new) switch
    {
        (WorkAction was, WorkAction now) =>
        [
            .. Line($"Actie {Quote(was.Text)}", $"Action {Quote(was.Text)}",
                Words("tekst", "text", was.Text, now.Text),
                Field("wie", "who", Who(was.Owner), Who(now.Owner), was.Owner, now.Owner),
                Days("uiterste dag", "last day", was.Due, now.Due),
                Field("behoefte", "need", was.NeedId ?? "geen", now.NeedId ?? "geen", was.NeedId ?? "none", now.NeedId ?? "none"),
                Field("status", "status", Nl(was.Status), Nl(now.Status), En(was.Status), En(now.Status)),
                Words("toelichting", "note", was.Note, now.Note),
                was.Evidence is { } before && now.Evidence is { } after && before.IsSame(after) ? null : Words("bewijs", "evidence", was.Evidence?.Type, now.Evidence?.Type)),
        ],
        (WorkGoal was, WorkGoal now) =>
        [
            .. Line($"Doel {Quote(was.Text)}", $"Goal {Quote(was.Text)}",
                Field("behoefte", "need", was.NeedId, now.NeedId, was.NeedId, now.NeedId),
                Words("tekst", "text", was.Text, now.Text),
                Days("te halen op", "to be reached on", was.Target, now.Target),
                Words("vervallen omdat", "dropped because", was.DroppedBecause, now.DroppedBecause)),
        ],
        (WorkEvaluation was, WorkEvaluation now) =>
        [
            .. Line($"Terugblik van {SpokenDay.InDutch(was.On)} op doel {Goal(was.GoalId, state)}", $"Evaluation of {SpokenDay.InEnglish(was.On)} of goal {Goal(was.GoalId, state)}",
                Field("doel", "goal", was.GoalId, now.GoalId, was.GoalId, now.GoalId),
                Days("dag", "day", was.On, now.On),
                Field("resultaat", "result", Nl(was.Result), Nl(now.Result), En(was.Result), En(now.Result)),
                Words("toelichting", "note", was.Note, now.Note),
                Days("volgende keer", "next time", was.Next, now.Next)),
        ],
        (WorkAgreement was, WorkAgreement now) =>
        [
            .. Line($"Afspraak over {Quote(was.About)}", $"Agreement about {Quote(was.About)}",
                Field("tussen", "between", SidesNl(was), SidesNl(now), SidesEn(was), SidesEn(now)),
                Words("onderwerp", "subject", was.About, now.About),
                Days("eerste dag", "first day", was.From, now.From),
                Days("laatste dag", "last day", was.To, now.To)),
        ],
        (WorkContactPoint was, WorkContactPoint now) =>
        [
            .. Line($"Contactpunt bij {was.Organisation}", $"Contact point at {was.Organisation}",
                Field("organisatie", "organisation", was.Organisation, now.Organisation, was.Organisation, now.Organisation),
                Field("wie", "who", Who(was.PartyId), Who(now.PartyId), was.PartyId, now.PartyId),
                Words("onderwerp", "subject", was.About, now.About),
                Days("eerste dag", "first day", was.From, now.From),
                Days("laatste dag", "last day", was.To, now.To)),
        ],
        _ => throw Unknown(@new),
    };

    /// <summary>A proposal became an action.</summary>
    public static Sentence Accepted(PlanAction proposal) => new($"Voorstel overgenomen: {Quote(proposal.Text.Nl)}.", $"Proposal accepted: {Quote(proposal.Text.En)}.");

    /// <summary>A proposal was declined.</summary>
    public static Sentence Declined(PlanAction proposal, string reason) => new(
        $"Voorstel afgewezen: {Quote(proposal.Text.Nl)}. Reden: {Quote(reason)}.", $"Proposal declined: {Quote(proposal.Text.En)}. Reason: {Quote(reason)}.");

    private static IEnumerable<Sentence> Line(string subjectNl, string subjectEn, params Sentence?[] fields) =>
        fields.OfType<Sentence>().Select(field => new Sentence($"{subjectNl}: {field.Nl}.", $"{subjectEn}: {field.En}."));

    private static Sentence? Field(string nl, string en, string wasNl, string nowNl, string wasEn, string nowEn) =>
        wasEn == nowEn ? null : new Sentence($"{nl} was {wasNl}, is nu {nowNl}", $"{en} was {wasEn}, is now {nowEn}");

    private static Sentence? Days(string nl, string en, DateOnly? was, DateOnly? now) =>
        was == now ? null : Field(nl, en, was is { } a ? SpokenDay.InDutch(a) : "niet bepaald", now is { } b ? SpokenDay.InDutch(b) : "niet bepaald", Or(was), Or(now));

    // Whole texts are compared, and only their beginning is shown.
    private static Sentence? Words(string nl, string en, string? was, string? now) =>
        was == now ? null : new Sentence(
            $"{nl} was {(was is null ? "leeg" : Quote(was))}, is nu {(now is null ? "leeg" : Quote(now))}",
            $"{en} was {(was is null ? "empty" : Quote(was))}, is now {(now is null ? "empty" : Quote(now))}");

    private static string Quote(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestQuote ? $"'{line}'" : $"'{line[..LongestQuote].TrimEnd()}…'";
    }

    private static string Or(DateOnly? day) => day is { } known ? SpokenDay.InEnglish(known) : "not set";

    private static string Nl(string before, DateOnly? day) => day is { } known ? before + SpokenDay.InDutch(known) : "";

    private static string En(string before, DateOnly? day) => day is { } known ? before + SpokenDay.InEnglish(known) : "";


    private string Who(string who) => vocabulary.PartyRoles.GetValueOrDefault(who)?.LabelNl ?? who;

    private static string Goal(string id, CaseState state) => state.Work.Find(id)?.Content is WorkGoal goal ? Quote(goal.Text) : id;

    private string ForNl(string? needId, CaseState state) =>
        needId is null ? ""
        : state.Needs.FirstOrDefault(n => n.Id == needId) is { } need && vocabulary.Needs.TryGetValue(need.Kind, out var kind) ? $" bij {kind.LabelNl} ({needId})" : $" bij {needId}";

    private string SidesNl(WorkAgreement agreement) => string.Join(" en ", agreement.Sides.Select(side => $"{side.Organisation} ({Who(side.PartyId)})"));

    private static string SidesEn(WorkAgreement agreement) => string.Join(" and ", agreement.Sides.Select(side => $"{side.Organisation} ({side.PartyId})"));

    private static string Nl(WorkStatus status) => status switch
    {
        WorkStatus.Planned => "gepland",
        WorkStatus.Running => "loopt",
        WorkStatus.Done => "gedaan",
        WorkStatus.Cancelled => "vervallen",
    };

    private static string En(WorkStatus status) => status switch
    {
        WorkStatus.Planned => "planned",
        WorkStatus.Running => "running",
        WorkStatus.Done => "done",
        WorkStatus.Cancelled => "cancelled",
    };

    private static string Nl(EvaluationResult result) => result switch
    {
        EvaluationResult.Reached => "gehaald",
        EvaluationResult.Partly => "deels gehaald",
        EvaluationResult.NotReached => "niet gehaald",
    };

    private static string En(EvaluationResult result) => result switch
    {
        EvaluationResult.Reached => "reached",
        EvaluationResult.Partly => "reached in part",
        EvaluationResult.NotReached => "not reached",
    };

    private static InvalidOperationException Unknown(WorkContent content) => new($"{content.GetType().Name} is no piece of work.");
}
