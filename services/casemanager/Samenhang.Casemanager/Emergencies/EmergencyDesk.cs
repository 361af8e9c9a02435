using Google.Protobuf;
using Samenhang.Access;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Emergencies;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Casemanager.Store;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;
using Samenhang.Platform.Trail;

namespace Samenhang.Casemanager.Emergencies;

/// <summary>An access with the municipality of its case and what is thought of it.</summary>
internal sealed record LookedAt(EmergencyAccess Access, string CaseTenant, EmergencyReviews Reviews);

/// <summary>Accesses in an emergency, from the trail of this service, and what those who watch over the use of data think of them.</summary>
public sealed class EmergencyDesk(
    [FromKeyedServices(ServiceNames.Casemanager)] ITrailStore trail,
    [FromKeyedServices(ServiceNames.Casemanager)] StoreKeys keys,
    Streams<EmergencyReviews, EmergencyReviewed> reviews,
    CaseTable cases,
    TimeProvider time)
{
    /// <summary>The first part of a stream of opinions.</summary>
    public const string StreamKind = "emergency-review";

    /// <summary>So many lines are looked at, the newest: emergencies are few.</summary>
    private const int MostLines = 5000;

    /// <summary>Names every change, for ever.</summary>
    public static void Name(EventNames<EmergencyReviewed> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        changes.Add<EmergencyReviewed>("emergency-reviewed");
    }

    /// <summary>The accesses that concern a caller: by people of the own municipality, and to its cases; the newest first.</summary>
    internal async IAsyncEnumerable<LookedAt> ListAsync(Caller caller, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = await trail.ReadAsync((snapshot, cancel) => snapshot.OfEmergenciesAsync(MostLines, cancel), cancellationToken);
        foreach (var access in EmergencyAccess.Of(lines.Select(line => (line, line.Line.OpenEmergency(keys) ?? ""))))
        {
            var tenant = access.First.Line.CaseKey is { } caseId ? await cases.TenantAsync(caseId, cancellationToken) ?? "" : "";
            if (caller.IsEverywhere || (caller.Tenant.Length > 0 && (access.First.Line.Tenant == caller.Tenant || tenant == caller.Tenant)))
            {
                yield return new LookedAt(access, tenant, (await reviews.LoadAsync(KeyOf(access), cancellationToken)).State);
            }
        }
    }

    /// <summary>Keeps an opinion.</summary>
    internal async Task<Result<TReply>> ReviewAsync<TReply>(
        RequestIdentity request, LookedAt about, EmergencyOpinion opinion, string note, Caller caller, Func<EmergencyReviewed, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        await reviews.HandleRequestAsync(
            KeyOf(about.Access),
            request,
            _ => EmergencyReviews.Decide(about.Access.First.Line.Subject ?? "", new EmergencyReviewed(about.Access.First.Number, opinion, note, caller.Subject, time.GetUtcNow())) switch
            {
                { Error: { } error } => CaseDesk.ErrorOf(error, KeyOf(about.Access), StreamKind),
                var decided => Result<IReadOnlyList<EmergencyReviewed>>.Success([decided.Change!]),
            },
            state => reply(state.State.Newest!),
            cancellationToken);

    private static string KeyOf(EmergencyAccess access) => FormattableString.Invariant($"{access.First.Number}");
}
