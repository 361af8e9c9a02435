using System.ComponentModel.DataAnnotations;

namespace Samenhang.Casemanager.Events;

/// <summary>How events are told to subscribers.</summary>
public sealed class EventOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Samenhang:Events";

    /// <summary>The OIN of the organisation that runs this casemanager, in the source of every event. Default: one of the test range.</summary>
    [RegularExpression("^000000[0-9]{14}$", ErrorMessage = "Samenhang:Events:Oin must be an OIN: twenty digits.")]
    public string Oin { get; set; } = "00000099000000001000";

    /// <summary>How many messages wait in the queue of a subscriber before it counts as behind. Default: 100,000.</summary>
    [Range(1, 100_000_000, ErrorMessage = "Samenhang:Events:QueueLimit must be at least 1.")]
    public int QueueLimit { get; set; } = 100_000;

    /// <summary>How long a stream is silent before a heartbeat goes out. Default: 5 s.</summary>
    public TimeSpan HeartbeatEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many streams one subscription may read at once. Default: 4.</summary>
    [Range(1, 1000, ErrorMessage = "Samenhang:Events:MostStreams must be at least 1.")]
    public int MostStreams { get; set; } = 4;

    /// <summary>How many events of the store are read and published at once. Default: 200.</summary>
    [Range(1, 10_000, ErrorMessage = "Samenhang:Events:BatchSize must lie between 1 and 10000.")]
    public int BatchSize { get; set; } = 200;

    /// <summary>The source of every event.</summary>
    public string Source => $"urn:nld:oin:{Oin}:systeem:casemanager";
}
