using System.Globalization;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;

namespace Samenhang.Casemanager.Store;

/// <summary>What kind of work waits; the numbers are those of the table and of the contract.</summary>
public enum WaitingKind
{
    /// <summary>An urgent finding that nobody has settled.</summary>
    Finding = 1,

    /// <summary>A term that is near, ends today or was missed.</summary>
    Term = 2,

    /// <summary>A question was answered.</summary>
    Answer = 3,

    /// <summary>A hand-over waits for an answer, or for information.</summary>
    HandOver = 4,

    /// <summary>Nobody did anything for a long time; never kept, it follows from the case.</summary>
    Stalled = 5,
}

/// <summary>Something that waits in a case.</summary>
public sealed record WorklistLine(
    WaitingKind Kind, string Item, int Severity, DateOnly Since, DateOnly? Due = null, Sentence? Text = null, Sentence? Step = null, string? From = null, string? To = null)
{
    private const char Between = '|';

    /// <summary>Which finding it is; null when it is none, or its ids hold the sign between them.</summary>
    public FindingKey? Finding => Kind == WaitingKind.Finding && Item.Split(Between) is [var flag, var need, var provision, var party]
        ? new FindingKey(flag, Known(need), Known(provision), Known(party))
        : null;

    /// <summary>What a finding is called in the list.</summary>
    public static string ItemOf(PlanFinding finding) => string.Join(Between, finding.FlagId, finding.NeedId, finding.ProvisionId, finding.PartyId);

    private static string? Known(string id) => id.Length > 0 ? id : null;
}

/// <summary>Says what waits for somebody in a case, from its state and nothing else.</summary>
internal static class WorklistLines
{
    /// <summary>What waits now, as long as nothing changes.</summary>
    public static IEnumerable<WorklistLine> Standing(CaseState state) => Findings(state).Concat(Terms(state)).Concat(HandOvers(state));

    /// <summary>The questions that these changes answered.</summary>
    public static IEnumerable<WorklistLine> Answers(CaseState state, IReadOnlyList<CaseChange> changes, DateOnly today)
    {
        foreach (var recorded in changes.OfType<FactsRecorded>().Where(_ => changes[0] is not CaseOpened))
        {
            foreach (var fact in recorded.Facts.Where(fact => fact.Value.IsKnown))
            {
                if (state.Plan?.Questions.FirstOrDefault(asked => asked.Fact == fact.Fact) is { } question)
                {
                    yield return new(WaitingKind.Answer, $"{fact.Fact}@{fact.ItemId}", 1, today, Text: new Sentence(question.QuestionNl, ""), From: WhoIs(state, recorded.Source));
                }
            }
        }
    }

    /// <summary>The findings that ask attention.</summary>
    public static IEnumerable<PlanFinding> AskingAttention(CaseState state) =>
        state.Plan?.Findings.Where(finding => state.Findings.Find(FindingRegister.KeyOf(finding)) is not { AsksAttention: false }) ?? [];

    private static IEnumerable<WorklistLine> Findings(CaseState state) => AskingAttention(state).Where(finding => finding.Severity == Severity.Urgent).Select(finding => new WorklistLine(
        WaitingKind.Finding,
        WorklistLine.ItemOf(finding),
        (int)finding.Severity + 1,
        state.Findings.Find(FindingRegister.KeyOf(finding)) is { } life ? Day(life.Steps.Last(step => step.Status == FindingStatus.Open).At) : state.Plan!.AsOf,
        Text: finding.Title,
        Step: finding.SuggestedAction));

    private static IEnumerable<WorklistLine> Terms(CaseState state) => state.Plan?.Deadlines
        .Where(term => term.Status is DeadlineStatus.Near or DeadlineStatus.Due or DeadlineStatus.Missed)
        .Select(term => new WorklistLine(
            WaitingKind.Term,
            $"{term.Id}|{term.ItemId}|{term.StartedOn:yyyyMMdd}",
            term.Status == DeadlineStatus.Near ? 2 : 3,
            term.StartedOn,
            term.Due,
            term.Title,
            To: WhoIs(state, term.Owner))) ?? [];

    private static IEnumerable<WorklistLine> HandOvers(CaseState state) => state.HandOvers.All
        .Where(life => life.Status is HandOverStatus.Offered or HandOverStatus.InformationAsked)
        .Select(life => new WorklistLine(
            WaitingKind.HandOver, life.Id, 2, life.Steps[^1].On,
            From: WhoIs(state, life.Status == HandOverStatus.Offered ? life.From : life.To),
            To: WhoIs(state, life.Status == HandOverStatus.Offered ? life.To : life.From)));

    // A party is called by its role: names stand nowhere in a list.
    private static string WhoIs(CaseState state, string who) => state.Parties.FirstOrDefault(party => party.Id == who)?.Role ?? who;

    private static DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);
}
