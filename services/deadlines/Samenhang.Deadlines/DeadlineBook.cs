using System.Collections.Frozen;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;

namespace Samenhang.Deadlines;

/// <summary>
/// What is known to whoever keeps terms: a case, an absence, a request. Each answer is a function of what is recorded, so that a correction or a
/// replay gives the terms that follow from it and no trace of what was thought before.
/// </summary>
public interface IDeadlineRecord
{
    /// <summary>The day on which the terms are looked at.</summary>
    DateOnly Today { get; }

    /// <summary>The days on which a trigger happened, each with the item it is about (null = the whole). A trigger that the record does not know gives none.</summary>
    IEnumerable<(string? ItemId, DateOnly On)> Starts(string trigger);

    /// <summary>The first day, from a day on, on which something was met for an item; null = not, or not yet.</summary>
    /// <param name="metBy">What shows it (deadlines.json, metBy).</param>
    /// <param name="itemId">The item.</param>
    /// <param name="from">The day the term began. A single dated fact counts also when it lies before it, unless the term begins anew.</param>
    /// <param name="again">Whether the term begins anew, so that only what happened from that day on counts.</param>
    DateOnly? Met(string metBy, string? itemId, DateOnly from, bool again);

    /// <summary>Whether the facts of the term's while are known to hold for an item.</summary>
    bool Holds(IReadOnlyDictionary<string, Value> conditions, string? itemId);

    /// <summary>When a term stood still.</summary>
    IEnumerable<Suspension> Suspensions(Deadline deadline, string? itemId);
}

/// <summary>A term that runs, or ran, for somebody.</summary>
/// <param name="Definition">The term of the vocabulary.</param>
/// <param name="ItemId">The item it is about; null = the whole.</param>
/// <param name="Term">Its days.</param>
/// <param name="MetOn">The day on which it was met, or null.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Suspensions">When it stood or stands still, in order.</param>
public sealed record RunningDeadline(Deadline Definition, string? ItemId, RunningTerm Term, DateOnly? MetOn, DeadlineStatus Status, IReadOnlyList<Suspension> Suspensions);

/// <summary>The terms of deadlines.json, put to a record: which run, since when, until when, and how they stand. Pure.</summary>
public sealed class DeadlineBook
{
    private readonly IReadOnlyList<(Deadline Definition, Term Term)> terms;
    private readonly FrozenDictionary<string, (Deadline Definition, Term Term)> byId;

    /// <summary>The book of these terms; those without a number to count with never run.</summary>
    public DeadlineBook(IEnumerable<Deadline> deadlines)
    {
        ArgumentNullException.ThrowIfNull(deadlines);
        terms = [.. deadlines.Where(d => d.IsTerm).Select(d => (d, Term.Of(d))).Where(d => d.Item2 is not null).Select(d => (d.d, d.Item2!))];
        byId = terms.ToFrozenDictionary(d => d.Definition.Id);
    }

    /// <summary>A term by its identifier; null when there is none that can be counted.</summary>
    public Term? TermOf(string id) => byId.TryGetValue(id, out var found) ? found.Term : null;

    /// <summary>Every term that has begun for the record, the first due first.</summary>
    public IReadOnlyList<RunningDeadline> Of(IDeadlineRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var known = new Dictionary<string, IReadOnlyList<RunningDeadline>>();
        return [.. terms.SelectMany(t => Running(t.Definition.Id, record, known))
            .OrderBy(d => d.Term.Due).ThenBy(d => d.Definition.Id, StringComparer.Ordinal).ThenBy(d => d.ItemId, StringComparer.Ordinal).ThenBy(d => d.Term.Start)];
    }

    private IReadOnlyList<RunningDeadline> Running(string id, IDeadlineRecord record, Dictionary<string, IReadOnlyList<RunningDeadline>> known)
    {
        if (known.TryGetValue(id, out var already) || !byId.TryGetValue(id, out var found))
        {
            return already ?? [];
        }

        var (definition, term) = found;
        var starts = definition.Follows is { } follows
            ? Running(follows.Deadline, record, known).Select(other => StartAfter(definition, follows.At, other)).OfType<Start>()
            : record.Starts(definition.Trigger!).Select(start => new Start(start.ItemId, start.On, null));
        return known[id] = [.. starts
            .Where(start => start.On <= record.Today && record.Holds(definition.While, start.ItemId))
            .Select(start => Run(definition, term, start, record))];
    }

    /// <summary>A term that is counted back matters since the other one began: who must act can see it coming.</summary>
    private static Start? StartAfter(Deadline definition, FollowsAt at, RunningDeadline other) => (at, definition.CountedBack) switch
    {
        (FollowsAt.Due, true) => new(other.ItemId, other.Term.Start, other.Term.Due),
        (FollowsAt.Met, true) => other.MetOn is { } met ? new(other.ItemId, other.Term.Start, met) : null,
        (FollowsAt.Due, false) => new(other.ItemId, other.Term.Due, null),
        (FollowsAt.Met, false) => other.MetOn is { } met ? new(other.ItemId, met, null) : null,
    };

    private static RunningDeadline Run(Deadline definition, Term term, Start start, IDeadlineRecord record)
    {
        IReadOnlyList<Suspension> suspensions = definition.Suspendable ? [.. record.Suspensions(definition, start.ItemId).OrderBy(s => s.From)] : [];
        var on = start.On;
        var metOn = Met(on);
        while (definition.Recurs && metOn is { } met)
        {
            on = met;
            metOn = Met(met.AddDays(1));
        }

        var running = start.Anchor is { } anchor ? RunningTerm.BackFrom(term, on, anchor) : RunningTerm.From(term, on, suspensions);
        return new RunningDeadline(
            definition, start.ItemId, running, metOn, running.StatusOn(record.Today, metOn, definition.Near, definition.MetBy is not null), suspensions);

        DateOnly? Met(DateOnly from) =>
            definition.MetBy is { } metBy && record.Met(metBy, start.ItemId, from, definition.Recurs) is { } day && day <= record.Today ? day : null;
    }

    private sealed record Start(string? ItemId, DateOnly On, DateOnly? Anchor);
}
