namespace Samenhang.Language;

/// <summary>What a term is counted in.</summary>
public enum TermUnit
{
    /// <summary>Days; the first is the day after the start.</summary>
    Days,

    /// <summary>Days that are no Saturday, Sunday or general holiday; the first is after the start.</summary>
    WorkingDays,

    /// <summary>Weeks after the start: they end on the same day of the week.</summary>
    Weeks,

    /// <summary>Weeks of absence or benefit: the start is the first day of week 1, and the last day that of the week with this number.</summary>
    AbsenceWeeks,

    /// <summary>Months after the start; a shorter month ends on its last day.</summary>
    Months,

    /// <summary>Years after the start.</summary>
    Years,
}

/// <summary>At what of another term a term begins.</summary>
public enum FollowsAt
{
    /// <summary>On the day on which the other was met.</summary>
    Met,

    /// <summary>On the last day of the other, as it stands after standstills.</summary>
    Due,
}

/// <summary>The term after which a term comes.</summary>
/// <param name="Deadline">The identifier of the other term.</param>
/// <param name="At">At what of it.</param>
public sealed record Follows(string Deadline, FollowsAt At);

/// <summary>From where a term is known.</summary>
public enum DeadlineBasis
{
    /// <summary>A document of ours gives it, or the list's own design says that it is a design.</summary>
    Document,

    /// <summary>Known from outside our documents: a law or a standard that practice needs. A person should confirm it, and it is shown as such.</summary>
    Context,
}

/// <summary>A term (deadlines.json; docs/deadlines.md tells how one is written and counted).</summary>
public sealed record Deadline
{
    /// <summary>The identifier, for example <c>wvp.plan-van-aanpak</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called, in Dutch; null for a term that is no date in a client's plan.</summary>
    public string? LabelNl { get; init; }

    /// <summary>What it is called, in English; empty when nobody has written it.</summary>
    public string LabelEn { get; init; } = "";

    /// <summary>
    /// The fact, <c>event:type</c> or <c>provision:scheme.from</c> (or requestedOn; the scheme may be a pattern) that starts it; <c>record:name</c>
    /// for a record of a domain service; else words. Null when it follows another term.
    /// </summary>
    public string? Trigger { get; init; }

    /// <summary>The term after which it comes, or null.</summary>
    public Follows? Follows { get; init; }

    /// <summary>The length in <see cref="Unit"/>; 0 or null when the text gives none.</summary>
    public decimal? Length { get; init; }

    /// <summary>What is counted; null when the text gives nothing to count.</summary>
    public TermUnit? Unit { get; init; }

    /// <summary>What the text says about the counting, or null.</summary>
    public string? UnitNote { get; init; }

    /// <summary>Whether it is counted back from the day of <see cref="Follows"/>.</summary>
    public bool CountedBack { get; init; }

    /// <summary>Whether a law sets it, so that the Algemene termijnenwet holds within its bounds.</summary>
    public bool Termijnenwet { get; init; }

    /// <summary>Why the Algemene termijnenwet holds for it, or not.</summary>
    public string? TermijnenwetWhy { get; init; }

    /// <summary>How many days before its last day the warning begins. Default: 14.</summary>
    public int Near { get; init; } = 14;

    /// <summary>Whether it may be made to stand still.</summary>
    public bool Suspendable { get; init; }

    /// <summary>Whether it begins anew on each day on which it is met.</summary>
    public bool Recurs { get; init; }

    /// <summary>Who must act.</summary>
    public required string Owner { get; init; }

    /// <summary>True for a term in which somebody must act; false for a marker (a criterion that is met after some time).</summary>
    public bool IsTerm { get; init; }

    /// <summary>The term counts only while these facts are known to have these values; empty = always.</summary>
    public required IReadOnlyDictionary<string, Value> While { get; init; }

    /// <summary>The date fact, <c>event:type</c>, <c>provision.from</c> or <c>record:name</c> that shows that it was met; null when the list knows none.</summary>
    public string? MetBy { get; init; }

    /// <summary>The finding that its passing raises, or null.</summary>
    public string? Flag { get; init; }

    /// <summary>From where it is known.</summary>
    public DeadlineBasis Basis { get; init; }

    /// <summary>The article or standard that sets it, where no document of ours does; else null.</summary>
    public string? Source { get; init; }

    /// <summary>The rules it rests on.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>The consequence.</summary>
    public required string WhatHappensIfMissed { get; init; }
}
