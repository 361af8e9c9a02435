namespace Samenhang.Deadlines.Terms;

/// <summary>
/// A term with the day that started it and the days on which it stood still. A value of those alone: a corrected start or suspension gives a
/// new one, and the same ones give the same days however they became known.
/// </summary>
public sealed class RunningTerm
{
    private readonly List<(DateOnly From, DateOnly? To)> standstills = [];

    private RunningTerm(Term term, DateOnly start, DateOnly anchor)
    {
        Term = term;
        Start = start;

        // A term counted back cannot ask for something before its case began.
        var last = term.LastDay(anchor);
        OriginalDue = last < start ? start : last;
        Due = OriginalDue;
    }

    /// <summary>The term.</summary>
    public Term Term { get; }

    /// <summary>The day that started it.</summary>
    public DateOnly Start { get; }

    /// <summary>The last day in time, had it never stood still.</summary>
    public DateOnly OriginalDue { get; }

    /// <summary>
    /// The last day in time: later by the days on which it stood still. While it stands still without a known end, the day if it went on at once.
    /// </summary>
    public DateOnly Due { get; private set; }

    /// <summary>A term that runs from a day.</summary>
    /// <param name="term">The term.</param>
    /// <param name="start">The day that started it.</param>
    /// <param name="suspensions">When it stood still; in any order, and they may overlap.</param>
    public static RunningTerm From(Term term, DateOnly start, IEnumerable<Suspension> suspensions)
    {
        ArgumentNullException.ThrowIfNull(term);
        ArgumentNullException.ThrowIfNull(suspensions);
        var running = new RunningTerm(term, start, start);
        running.Suspend(suspensions);
        return running;
    }

    /// <summary>A term counted back from a day. It has no standstill of its own: it moves with that day.</summary>
    /// <param name="term">The term.</param>
    /// <param name="start">The day on which it began to matter; it ends no earlier.</param>
    /// <param name="anchor">The day from which it is counted back.</param>
    public static RunningTerm BackFrom(Term term, DateOnly start, DateOnly anchor)
    {
        ArgumentNullException.ThrowIfNull(term);
        return new RunningTerm(term, start, anchor);
    }

    /// <summary>Whether it stands still on the day.</summary>
    public bool IsSuspendedOn(DateOnly day) => standstills.Exists(s => day >= s.From && (s.To is null || day <= s.To));

    /// <summary>Whether it has stood still, or does: what is due follows from more than its start.</summary>
    public bool HasMoved => standstills.Count > 0;

    /// <summary>How it stands on a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="metOn">The day on which it was met, or null.</param>
    /// <param name="near">How many days before the last day the warning begins.</param>
    /// <param name="canBeMet">Whether something could show that it was met.</param>
    public DeadlineStatus StatusOn(DateOnly day, DateOnly? metOn, int near, bool canBeMet) =>
        metOn is { } met ? met <= Due ? DeadlineStatus.Met : DeadlineStatus.MetLate
        : IsSuspendedOn(day) ? DeadlineStatus.Suspended
        : (Due.DayNumber - day.DayNumber) switch
        {
            < 0 => canBeMet ? DeadlineStatus.Missed : DeadlineStatus.Passed,
            0 => DeadlineStatus.Due,
            var left => left <= near ? DeadlineStatus.Near : DeadlineStatus.Running,
        };

    private void Suspend(IEnumerable<Suspension> suspensions)
    {
        var counted = Term.Count(Start);
        foreach (var (from, to) in Merged(suspensions))
        {
            // Days up to and with the start count for nothing anyway; and a term that has ended cannot be stopped any more.
            var first = from > Start ? from : Start.AddDays(1);
            if (to < first)
            {
                continue;
            }

            if (first > Due)
            {
                break;
            }

            standstills.Add((first, to));
            if (to is not { } last)
            {
                break;
            }

            // Stopped on the days of rest after its count: nothing of the count is left, so it ends on the first working day when it goes on.
            counted = first > counted ? last.AddDays(1) : Term.Later(counted, first, last);
            Due = Term.Extend(Start, counted);
        }
    }

    /// <summary>In order of days; what overlaps or touches is one standstill.</summary>
    private static IEnumerable<(DateOnly From, DateOnly? To)> Merged(IEnumerable<Suspension> suspensions)
    {
        (DateOnly From, DateOnly? To)? open = null;
        foreach (var next in suspensions.Where(s => s.To is null || s.To >= s.From).OrderBy(s => s.From))
        {
            if (open is { } current && (current.To is null || next.From <= current.To.Value.AddDays(1)))
            {
                open = (current.From, current.To is null || next.To is null ? null : next.To > current.To ? next.To : current.To);
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = (next.From, next.To);
        }

        if (open is { } rest)
        {
            yield return rest;
        }
    }
}
