using Samenhang.Deadlines.Terms;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Plans;

/// <summary>
/// Puts the findings about terms beside the terms themselves. The condition of a finding reads facts only: it knows no standstill, and it
/// stays true of a milestone that came late. The terms know both.
/// </summary>
/// <param name="Open">The findings that ask for something.</param>
/// <param name="Settled">The findings about terms that were met, too late: nothing is left to do.</param>
internal sealed record TermFindings(IReadOnlyList<Finding> Open, IReadOnlyList<Finding> Settled)
{
    public static TermFindings Of(IReadOnlyList<Finding> raised, IReadOnlyList<PlanDeadline> terms, Case @case)
    {
        var judged = raised.Select(f => (Finding: f, State: StateOf(TermsOf(f, terms, @case)))).ToList();
        return new(
            [.. judged.Where(j => j.State == State.Open).Select(j => j.Finding)],
            [.. judged.Where(j => j.State == State.Settled).Select(j => j.Finding)]);
    }

    /// <summary>The terms that a finding is about: those of its case, of its item, and of the provisions that serve its need.</summary>
    public static IEnumerable<PlanDeadline> TermsOf(Finding finding, IReadOnlyList<PlanDeadline> terms, Case @case) =>
        terms.Where(t => t.Flag == finding.Flag.Id && (t.ItemId is null || finding.Item == FindingItem.Case || t.ItemId == finding.Item.Need || t.ItemId == finding.Item.Provision ||
            @case.Provisions.Any(p => p.Id == t.ItemId && finding.Item.Need is { } need && p.NeedIds.Contains(need))));

    private static State StateOf(IEnumerable<PlanDeadline> terms)
    {
        var about = terms.ToList();
        if (about.Count == 0 || about.Exists(t => t.Status is DeadlineStatus.Missed or DeadlineStatus.Passed))
        {
            return State.Open;
        }

        return about.Exists(t => t.Status == DeadlineStatus.MetLate) ? State.Settled

            // By facts alone the term has passed. It has not: the days on which it stood still do not count.
            : about.Exists(t => t.OriginalDue is not null) ? State.Withheld
            : State.Open;
    }

    private enum State
    {
        Open,
        Settled,
        Withheld,
    }
}
