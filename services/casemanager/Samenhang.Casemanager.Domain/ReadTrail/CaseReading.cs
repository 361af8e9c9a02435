using System.Collections.Immutable;

namespace Samenhang.Casemanager.Domain.ReadTrail;

/// <summary>What somebody looked at; the names stand in the store, for ever.</summary>
public enum CasePart
{
    /// <summary>What is known: facts, needs, parties, consents.</summary>
    File,

    /// <summary>The plan and its findings.</summary>
    Plan,

    /// <summary>Why an answer is as it is, and what would change it.</summary>
    Reasons,

    /// <summary>What happened and was known before.</summary>
    History,

    /// <summary>The work that people agreed on, and hand-overs.</summary>
    Work,

    /// <summary>Who looked.</summary>
    ReadTrail,
}

/// <summary>Something in the trail of readings of a case. A stream of its own, beside the case: reading changes no case.</summary>
public abstract record ReadTrailChange
{
    private protected ReadTrailChange()
    {
    }
}

/// <summary>Somebody looked at a part of a case.</summary>
/// <param name="Subject">Who, as the issuer of the sign-in knows this person; no name and no BSN.</param>
/// <param name="Role">In which role.</param>
/// <param name="Tenant">For which municipality or region; empty when for none.</param>
/// <param name="Part">At what.</param>
/// <param name="At">When.</param>
public sealed record CaseReading(string Subject, string Role, string Tenant, CasePart Part, DateTimeOffset At) : ReadTrailChange;

/// <summary>What the trail of a case says. Immutable.</summary>
public sealed record ReadTrailState
{
    /// <summary>Who looks at the same part again within this time is recorded once: one visit is one line to read.</summary>
    public static readonly TimeSpan OneVisit = TimeSpan.FromMinutes(15);

    private ReadTrailState()
    {
    }

    /// <summary>Nobody looked.</summary>
    public static ReadTrailState None { get; } = new();

    /// <summary>When each reader last was recorded at each part.</summary>
    public ImmutableDictionary<(string Subject, string Role, CasePart Part), DateTimeOffset> Last { get; private init; } =
        ImmutableDictionary<(string, string, CasePart), DateTimeOffset>.Empty;

    /// <summary>The state after one more change.</summary>
    public static ReadTrailState Evolve(ReadTrailState state, ReadTrailChange change)
    {
        ArgumentNullException.ThrowIfNull(state);
        return change switch
        {
            CaseReading reading => state with { Last = state.Last.SetItem((reading.Subject, reading.Role, reading.Part), reading.At) },
            _ => throw new InvalidOperationException($"{change?.GetType().Name} is no change of a trail."),
        };
    }

    /// <summary>What is recorded of a reading: nothing when it belongs to a visit that is recorded.</summary>
    public IReadOnlyList<ReadTrailChange> Record(CaseReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return Last.TryGetValue((reading.Subject, reading.Role, reading.Part), out var last) && reading.At - last < OneVisit ? [] : [reading];
    }
}
