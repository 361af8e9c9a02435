using System.Collections.Frozen;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Cases;

/// <summary>
/// Refuses what must not happen now, as blocks.yaml says it: the condition is read on the case as it would be with the event. There is no
/// way around it; the list knows none. What a domain reports has happened already and is recorded.
/// </summary>
internal sealed class StoppedEvents(Vocabulary vocabulary, CaseAssessor assessor)
{
    // An exchange is judged for itself: that another one lacks consent does not forbid this one.
    private static readonly FrozenSet<string> Exchanges = FrozenSet.Create("data-exchange-planned", "data-exchanged", "consult-between-domains");

    /// <summary>Why these changes are refused; null when nothing stands in their way.</summary>
    /// <param name="state">The case before them.</param>
    /// <param name="changes">The changes. The events are judged with the facts that come with them, but on the provisions as they are.</param>
    /// <param name="at">When.</param>
    public CaseError? WhyNot(CaseState state, IReadOnlyCollection<CaseChange> changes, Moment at)
    {
        var events = changes.OfType<CaseEventRecorded>().Select(change => change.Event).ToList();
        if (events.Count == 0)
        {
            return null;
        }

        var after = changes.OfType<FactsRecorded>().Aggregate(state, CaseState.Evolve);
        var document = after.ToDocument(after.Opened!.AsOf ?? at.Day);
        var others = events.Exists(e => Exchanges.Contains(e.Type)) ? document.Events.Where(e => !Exchanges.Contains(e.Type)) : document.Events;
        var answers = state.Answers.ToDictionary(answer => answer.Key, answer => answer.Value.Rows);
        var blocked = assessor.Assemble((document with { Events = [.. others, .. events] }).ToCase(vocabulary), answers).Findings.Blocked
            .FirstOrDefault(blocked => events.Exists(e => e.Type == blocked.EventType));
        return blocked is null ? null : new CaseError.Forbidden("EVENT_STOPPED", new Sentence(
            $"{blocked.Explanation.Nl} (regel {string.Join(", ", blocked.RuleIds)})",
            $"{blocked.Explanation.En} (rule {string.Join(", ", blocked.RuleIds)})"));
    }

    /// <summary>Why a provision may not get this state: a treatment that must go on may not be recorded as ended by hand.</summary>
    public CaseError? WhyNotEnd(CaseState state, ProvisionEntry provision, Moment at) =>
        provision.Status == "ended" && state.Provisions.Any(known => known.Id == provision.Id && known.Status == "running") &&
        EndOf(provision.Scheme) is { } type
            ? WhyNot(state, [new CaseEventRecorded(new CaseEvent { Type = type, Date = state.Opened!.AsOf ?? at.Day, Provision = provision.Id })], at)
            : null;

    /// <summary>The event by which the end of a provision of this scheme is known; null when there is none.</summary>
    public string? EndOf(string scheme) =>
        scheme == "fact-treatment" ? "fact-ended"
        : vocabulary.Schemes.TryGetValue(scheme, out var known) && vocabulary.Matches("@ggz", known) ? "ggz-ended" : null;
}
