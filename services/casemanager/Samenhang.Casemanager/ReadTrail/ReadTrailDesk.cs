using Samenhang.Casemanager.Domain.ReadTrail;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.ReadTrail;

/// <summary>Where it is written who looked at a case, and read again.</summary>
public sealed class ReadTrailDesk(Streams<ReadTrailState, ReadTrailChange> trails)
{
    /// <summary>The first part of a trail's stream; its key is that of the case.</summary>
    public const string StreamKind = "read-trail";

    /// <summary>Names every change, for ever.</summary>
    public static void Name(EventNames<ReadTrailChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        changes.Add<CaseReading>("case-read");
    }

    /// <summary>Records a reading.</summary>
    public Task RecordAsync(string caseId, CaseReading reading, CancellationToken cancellationToken) =>
        trails.HandleClockAsync(caseId, state => state.Record(reading), cancellationToken);

    /// <summary>All readings, the oldest first.</summary>
    public async Task<IReadOnlyList<CaseReading>> ReadAsync(string caseId, CancellationToken cancellationToken) =>
        [.. (await trails.ReadHistoryAsync(caseId, cancellationToken)).Select(entry => entry.Event).OfType<CaseReading>()];
}
