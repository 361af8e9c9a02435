using Samenhang.Platform.Keys;

namespace Samenhang.Platform.Trail;

/// <summary>What somebody did, in the letters of NEN 7513 (EventActionCode).</summary>
public enum TrailAction
{
    /// <summary>Made something: C.</summary>
    Create,

    /// <summary>Read something: R.</summary>
    Read,

    /// <summary>Changed something: U.</summary>
    Update,

    /// <summary>Took something away: D.</summary>
    Delete,

    /// <summary>Let something be searched or computed: E.</summary>
    Execute,
}

/// <summary>What came of it, in the numbers of NEN 7513 (EventOutcomeIndicator).</summary>
public enum TrailOutcome
{
    /// <summary>It was done.</summary>
    Success = 0,

    /// <summary>It was not done, for a reason that lies in what was asked.</summary>
    MinorFailure = 4,

    /// <summary>It was refused.</summary>
    SeriousFailure = 8,

    /// <summary>It failed by a fault of ours.</summary>
    MajorFailure = 12,
}

/// <summary>One line of the trail: who did what, with whose data, why and with what outcome. It holds nothing of what was asked or answered.</summary>
public sealed record TrailLine
{
    /// <summary>When it was recorded, in UTC.</summary>
    public required DateTimeOffset OccurredOn { get; init; }

    /// <summary>The service that was called.</summary>
    public required string Service { get; init; }

    /// <summary>Which process of it.</summary>
    public required string Instance { get; init; }

    /// <summary>What was called, as gRPC writes it: <c>samenhang.zvw.v1.ZvwService/GetProvision</c>; or a name of the trail itself.</summary>
    public required string Method { get; init; }

    /// <summary>About which part the call was: <c>finding</c>, <c>provision:0199…</c>; null = no part.</summary>
    public string? Part { get; init; }

    /// <inheritdoc cref="TrailAction"/>
    public required TrailAction Action { get; init; }

    /// <inheritdoc cref="TrailOutcome"/>
    public required TrailOutcome Outcome { get; init; }

    /// <summary>The status as gRPC calls it: <c>OK</c>, <c>PermissionDenied</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The processing activity: what the caller names as such, else the service of gRPC.</summary>
    public required string Activity { get; init; }

    /// <summary>Who vouches for the subject; null = nobody was known.</summary>
    public string? Issuer { get; init; }

    /// <summary>Who, as the issuer knows this person or system; null = nobody was known.</summary>
    public string? Subject { get; init; }

    /// <summary>The service that called on behalf of the subject; null = the subject called.</summary>
    public string? Actor { get; init; }

    /// <summary>As what.</summary>
    public string? Role { get; init; }

    /// <summary>For which organisation: an OIN.</summary>
    public string? Organisation { get; init; }

    /// <summary>For which municipality, region or insurer.</summary>
    public string? Tenant { get; init; }

    /// <summary>What for (<c>x-doelbinding</c>).</summary>
    public string? Purpose { get; init; }

    /// <summary>On which legal ground (<c>x-grondslag</c>).</summary>
    public string? Ground { get; init; }

    /// <summary>
    /// The reason of an access in an emergency, closed with the keys of the store: it is in somebody's own words and may hold a name. The hash
    /// covers it as it is closed, so that the chain is verified without keys. Null = it was none.
    /// </summary>
    public string? Emergency { get; init; }

    /// <summary>From where, as the network knows it.</summary>
    public string? Peer { get; init; }

    /// <summary>Whose data: the case, or its pseudonym in a domain; null = no single case.</summary>
    public string? CaseKey { get; init; }

    /// <summary>What a call that was refused lacked.</summary>
    public string? Missing { get; init; }

    /// <summary>Whether the person must not see this line until its confidentiality ends.</summary>
    public bool IsConfidential { get; init; }

    /// <summary>The number of the line of which this one ends the confidentiality; null = of none.</summary>
    public long? Lifts { get; init; }

    /// <summary>The W3C trace that this call was part of.</summary>
    public string? TraceId { get; init; }

    /// <summary>The reason of an emergency as it was given; null = it was none.</summary>
    /// <param name="keys">The keys of the store of the service.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It was altered.</exception>
    public string? OpenEmergency(StoreKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Open(Emergency, EmergencyColumn, CaseKey ?? "");
    }

    internal const string EmergencyColumn = "trail.emergency";
}

/// <summary>A line with its place in the chain.</summary>
/// <param name="Number">1, 2, 3 … without gaps.</param>
/// <param name="Line">What it says.</param>
public sealed record NumberedTrailLine(long Number, TrailLine Line);

/// <summary>Where a chain ends.</summary>
/// <param name="Number">The number of its last line; 0 = there is none.</param>
/// <param name="Hash">The hash of that line.</param>
public sealed record TrailHead(long Number, ReadOnlyMemory<byte> Hash)
{
    /// <summary>As an operator keeps it: <c>1204:9f86d0…</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Number}:{Convert.ToHexStringLower(Hash.Span)}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out TrailHead? head)
    {
        ArgumentNullException.ThrowIfNull(text);
        head = null;
        if (text.Split(':') is [var number, { Length: 2 * TrailChain.HashBytes } hash]
            && long.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var last)
            && hash.All(char.IsAsciiHexDigit))
        {
            head = new TrailHead(last, Convert.FromHexString(hash));
        }

        return head is not null;
    }
}
