using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Trail;

namespace Samenhang.Casemanager.ReadTrail;

/// <summary>What is told of one case by the trail of this service.</summary>
public sealed class CaseVisits([FromKeyedServices(ServiceNames.Casemanager)] ITrailStore trail, [FromKeyedServices(ServiceNames.Casemanager)] StoreKeys keys)
{
    /// <summary>So many lines are looked at, the newest; a case that is read more often in five years is told from them.</summary>
    private const int MostLines = 5000;

    /// <summary>The visits to a case, the newest first.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="withConfidential">Whether also what the client must not see now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Visit>> VisitsAsync(string caseId, bool withConfidential, CancellationToken cancellationToken) =>
        Visit.Of(await trail.ReadAsync((snapshot, cancel) => snapshot.OfCaseAsync(caseId, MostLines, withConfidential, cancel), cancellationToken));

    /// <summary>Why the rules of a normal day were passed over; null = they were not.</summary>
    public string? EmergencyOf(Visit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return visit.Last.Line.OpenEmergency(keys);
    }

    /// <summary>Whether a confidential line about the case has this number.</summary>
    public async Task<bool> HasConfidentialAsync(string caseId, long number, CancellationToken cancellationToken) =>
        await trail.ReadAsync((snapshot, cancel) => snapshot.FindAsync(number, cancel), cancellationToken) is { Line: { IsConfidential: true } line } && line.CaseKey == caseId;
}
