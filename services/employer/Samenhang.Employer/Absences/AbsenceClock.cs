using Samenhang.Deadlines;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;
using Samenhang.Messages.Employer;

namespace Samenhang.Employer.Absences;

/// <summary>
/// An absence as a record of what starts and meets terms: the employer sees its own clock, also of an employee for whom nobody opened a
/// case. It knows no suspension: those belong to the case.
/// </summary>
internal sealed class AbsenceClock(Absence absence, DateOnly today) : IDeadlineRecord
{
    private const string EventPrefix = "event:";

    private readonly Dictionary<string, Value> facts = new()
    {
        ["work.status"] = Value.Of("employed"),
        ["work.sickListed"] = Value.Of(absence.RecoveredFrom is null || absence.RecoveredFrom > today),
        ["work.firstSickDay"] = Value.Of(absence.CountsFrom),
    };

    /// <inheritdoc/>
    public DateOnly Today => today;

    /// <summary>The terms that run or ran for the absence, the first due first.</summary>
    public static IReadOnlyList<RunningDeadline> Of(Absence absence, Vocabulary vocabulary, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new DeadlineBook(vocabulary.Deadlines.Where(deadline => deadline.LabelNl is not null)).Of(new AbsenceClock(absence, today));
    }

    /// <inheritdoc/>
    public IEnumerable<(string? ItemId, DateOnly On)> Starts(string trigger) =>
        trigger.StartsWith(EventPrefix, StringComparison.Ordinal) ? DaysOf(trigger).Reverse().Take(1).Select(day => ((string?)null, day))
        : Known(trigger) is { Kind: ValueKind.Date } value ? [(null, value.Date)]
        : [];

    /// <inheritdoc/>
    public DateOnly? Met(string metBy, string? itemId, DateOnly from, bool again)
    {
        if (metBy.StartsWith(EventPrefix, StringComparison.Ordinal))
        {
            return DaysOf(metBy).Where(day => day >= from).Select(day => (DateOnly?)day).FirstOrDefault();
        }

        return Known(metBy) is { Kind: ValueKind.Date } value && !(again && value.Date < from) ? value.Date : null;
    }

    /// <inheritdoc/>
    public bool Holds(IReadOnlyDictionary<string, Value> conditions, string? itemId) =>
        conditions.All(condition => Known(condition.Key) == condition.Value);

    /// <inheritdoc/>
    public IEnumerable<Suspension> Suspensions(Deadline deadline, string? itemId) => [];

    /// <summary>A fact that the absence says. Triggers and conditions of other terms, about benefits or care, it does not know: those never run here.</summary>
    private Value Known(string fact) => facts.TryGetValue(fact, out var value) ? value : fact switch
    {
        "work.arboReportedOn" => FirstOf(AbsenceStep.ArboInformed),
        "work.planVanAanpakOn" => FirstOf(AbsenceStep.PlanVanAanpakMade),
        "work.uwvReportedOn" => FirstOf(AbsenceStep.UwvInformed),
        _ => Value.Unknown,
    };

    private Value FirstOf(AbsenceStep step) =>
        absence.Steps.FirstOrDefault(taken => taken.Step == step && taken.Date <= today) is { } first ? Value.Of(first.Date) : Value.Unknown;

    /// <summary>The days of the event, the first first.</summary>
    private IEnumerable<DateOnly> DaysOf(string trigger) =>
        absence.Steps.Where(taken => Codes<AbsenceStep>.Of(taken.Step) == trigger[EventPrefix.Length..] && taken.Date <= today).Select(taken => taken.Date).Order();
}
