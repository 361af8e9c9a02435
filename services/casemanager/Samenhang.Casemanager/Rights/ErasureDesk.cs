using Samenhang.Api;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Households;
using Samenhang.Casemanager.Store;
using Samenhang.Casemanager.Subscriptions;
using Samenhang.Casemanager.Vault;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Rights;

/// <summary>
/// Erases cases. One transaction destroys the key of the case and takes away its rows, and writes down what must follow: the vault, the households,
/// the domains and the subscribers. Each of those steps may be done again, so whoever finds one undone does it (<see cref="ErasureClock"/>).
/// </summary>
public sealed class ErasureDesk(
    Streams<CaseState, CaseChange> cases,
    Streams<ErasureState, ErasureChange> erasures,
    ErasureTable table,
    WhoWasTold receivers,
    BsnVault vault,
    HouseholdDesk households,
    CaseRules rules,
    Days days,
    [FromKeyedServices(ServiceNames.Casemanager)] IEventStore store,
    [FromKeyedServices(ServiceNames.Casemanager)] EventCatalog catalog,
    TimeProvider time)
{
    /// <summary>The first part of an erasure's stream; its key is that of the case.</summary>
    public const string StreamKind = "erasure";

    private static readonly string[] Domains = [ServiceNames.Zvw, ServiceNames.Gemeente, ServiceNames.Uwv, ServiceNames.Employer];

    private readonly ErasureDecisions decisions = new(rules.Vocabulary, RetentionTable.Standard, Days.Of);

    /// <summary>Erases a case, with all that must follow. A case that was erased is erased.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="expectedVersion">The version that the caller saw, or null.</param>
    /// <param name="ground">Why.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="by">Who: a role.</param>
    /// <param name="subject">Who.</param>
    /// <param name="cancellationToken">Ends the wait; what was erased is erased.</param>
    /// <returns>When it was erased.</returns>
    /// <exception cref="StreamBusyException">Other processes write in the case all the time.</exception>
    public async Task<Result<DateTimeOffset>> EraseAsync(
        string caseId, long? expectedVersion, ErasureGround ground, string reason, string by, string subject, CancellationToken cancellationToken)
    {
        // Who tries again reads only what came since.
        var log = new List<(RecordedEvent Recorded, CaseChange Change)>();
        var decided = await cases.EraseAsync(
            caseId,
            async (stands, cancellation) =>
            {
                if (stands.Version == 0)
                {
                    return new Error.NotFound(CaseDesk.StreamKind, caseId);
                }

                if (expectedVersion is { } expected && expected != stands.Version)
                {
                    return new Error.StaleVersion(expected, stands.Version);
                }

                if (!await ReadOnAsync(log, caseId, stands.Version, cancellation))
                {
                    return Result<IReadOnlyList<RowWrite>>.Success([]); // Another process erased it just now: this one is not written.
                }

                if (decisions.Obstacles([.. log.Select(one => new DatedChange(one.Recorded.OccurredOn, one.Change))], days.Today) is { Count: > 0 } obstacles)
                {
                    return CaseDesk.ErrorOf(ErasureDecisions.Refusal(obstacles), caseId);
                }

                var erased = new CaseErased(ground, reason, by, subject, time.GetUtcNow(), await receivers.OfAsync(log, cancellation));
                return Result<IReadOnlyList<RowWrite>>.Success(table.Erased(caseId, stands.State.Opened!.Tenant, erased));
            },
            cancellationToken);
        if (decided.Error is { } error)
        {
            return error;
        }

        await FollowAsync(caseId, cancellationToken);
        return await table.FindAsync(caseId, cancellationToken) ?? throw new InvalidOperationException("A case was erased without a row that says so.");
    }

    /// <summary>Does what must follow and was not done, of one case or of all.</summary>
    public async Task FollowAsync(string? caseId, CancellationToken cancellationToken)
    {
        foreach (var (id, erased) in await table.ToFollowAsync(caseId, cancellationToken))
        {
            await vault.ForgetAsync(id, cancellationToken);
            await households.ForgetAsync(id, cancellationToken);

            // Last, because with it the table says that nothing must follow any more; the domains and subscribers are told of it from the log.
            await erasures.HandleClockAsync(id, state => state.Follow(erased, Domains), cancellationToken);
        }
    }

    /// <summary>Adds to a log what is there up to a version and not in it yet; false when it was erased meanwhile.</summary>
    private async Task<bool> ReadOnAsync(List<(RecordedEvent Recorded, CaseChange Change)> log, string caseId, long version, CancellationToken cancellationToken)
    {
        var came = await store.LoadAsync(StreamId.Of(CaseDesk.StreamKind, caseId), log.Count, cancellationToken);
        if (came.Any(one => one.IsErased))
        {
            return false;
        }

        log.AddRange(came.Take((int)(version - log.Count)).Select(one => (one, (CaseChange)catalog.Read(one))));
        return true;
    }
}
