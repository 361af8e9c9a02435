using System.Globalization;

namespace Samenhang.Platform.Trail;

/// <summary>
/// A line as the texts that the store keeps and the hash covers. The order is part of the hash, for ever: a later field comes at the end, with
/// another <see cref="Format"/>.
/// </summary>
internal static class TrailFields
{
    public const string Format = "1";

    private const string Confidential = "vertrouwelijk";
    private const string Normal = "normaal";
    private const string Moment = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"; // Whole microseconds: what PostgreSQL keeps.

    /// <summary>The columns, in the order of the hash.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "format", "occurred_on", "service", "instance", "method", "part", "action", "outcome", "status", "activity", "issuer", "subject", "actor", "role",
        "organisation", "tenant", "purpose", "ground", "emergency", "peer", "case_key", "missing", "confidentiality", "lifts", "trace_id",
    ];

    /// <summary>The columns that hold a number; all others hold text.</summary>
    public static IReadOnlySet<string> Numbers { get; } = new HashSet<string> { "format", "outcome", "lifts" };

    public static string?[] Of(TrailLine line) =>
    [
        Format,
        line.OccurredOn.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture),
        line.Service,
        line.Instance,
        line.Method,
        line.Part,
        Letter(line.Action),
        ((int)line.Outcome).ToString(CultureInfo.InvariantCulture),
        line.Status,
        line.Activity,
        line.Issuer,
        line.Subject,
        line.Actor,
        line.Role,
        line.Organisation,
        line.Tenant,
        line.Purpose,
        line.Ground,
        line.Emergency,
        line.Peer,
        line.CaseKey,
        line.Missing,
        line.IsConfidential ? Confidential : Normal,
        line.Lifts?.ToString(CultureInfo.InvariantCulture),
        line.TraceId,
    ];

    public static TrailLine Read(IReadOnlyList<string?> fields) => new()
    {
        OccurredOn = DateTimeOffset.ParseExact(fields[1]!, Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Service = fields[2]!,
        Instance = fields[3]!,
        Method = fields[4]!,
        Part = fields[5],
        Action = Enum.GetValues<TrailAction>().Single(action => Letter(action) == fields[6]),
        Outcome = (TrailOutcome)int.Parse(fields[7]!, CultureInfo.InvariantCulture),
        Status = fields[8]!,
        Activity = fields[9]!,
        Issuer = fields[10],
        Subject = fields[11],
        Actor = fields[12],
        Role = fields[13],
        Organisation = fields[14],
        Tenant = fields[15],
        Purpose = fields[16],
        Ground = fields[17],
        Emergency = fields[18],
        Peer = fields[19],
        CaseKey = fields[20],
        Missing = fields[21],
        IsConfidential = fields[22] != Normal,
        Lifts = fields[23] is { } lifts ? long.Parse(lifts, CultureInfo.InvariantCulture) : null,
        TraceId = fields[24],
    };

    private static string Letter(TrailAction action) => action switch
    {
        TrailAction.Create => "C",
        TrailAction.Read => "R",
        TrailAction.Update => "U",
        TrailAction.Delete => "D",
        TrailAction.Execute => "E",
    };
}
