using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Grpc.Core;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Discovery;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using LegalGround = Samenhang.Access.LegalGround;

namespace Samenhang.Web.Live;

/// <summary>Where a case stands, as far as a page needs it to know that it is old.</summary>
/// <param name="Plan">The version of the newest plan.</param>
/// <param name="Case">The version of the case.</param>
internal sealed record CaseStand(int Plan, long Case);

/// <summary>
/// Follows cases for the pages that are open: one stream from the casemanager for a case, however many look at it, and none when nobody
/// does. When the stream breaks it is opened again.
/// </summary>
internal sealed class CaseWatches(ServiceChannels channels, OwnTokens tokens, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly Speaker Self = new("web", CallerRole.Service, TokenClaims.Everywhere);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Watch> watches = new(StringComparer.Ordinal);

    /// <summary>How many cases are followed now.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return watches.Count;
            }
        }
    }

    /// <summary>Tells where the case stands, and again each time when that changes.</summary>
    public async IAsyncEnumerable<CaseStand> FollowAsync(string caseId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = Enter(caseId);
        try
        {
            CaseStand? told = null;
            while (true)
            {
                var (stand, next) = watch.Look();
                if (stand is not null && stand != told)
                {
                    told = stand;
                    yield return stand;
                }

                await next.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Leave(caseId, watch);
        }
    }

    /// <summary>
    /// Tells where more cases stand together, as the sums of their versions, and again each time when one of them changes. A case that has told nothing
    /// yet counts for nothing: so a sum is never too high, and it grows with every change.
    /// </summary>
    public async IAsyncEnumerable<CaseStand> FollowAsync(IReadOnlyCollection<string> caseIds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var told = Channel.CreateUnbounded<(string CaseId, CaseStand Stand)>(new UnboundedChannelOptions { SingleReader = true });
        var following = caseIds.Select(caseId => TellAsync(caseId, told.Writer, ending.Token)).ToList();
        try
        {
            var stands = new Dictionary<string, CaseStand>(StringComparer.Ordinal);
            while (await told.Reader.WaitToReadAsync(cancellationToken))
            {
                while (told.Reader.TryRead(out var one))
                {
                    stands[one.CaseId] = one.Stand;
                }

                yield return new CaseStand(stands.Values.Sum(stand => stand.Plan), stands.Values.Sum(stand => stand.Case));
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(following);
        }
    }

    private async Task TellAsync(string caseId, ChannelWriter<(string CaseId, CaseStand Stand)> told, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var stand in FollowAsync(caseId, cancellationToken))
            {
                told.TryWrite((caseId, stand));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private Watch Enter(string caseId)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(caseId, out var watch))
            {
                watches[caseId] = watch = new Watch(CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping));
                _ = ReadAsync(caseId, watch, watch.Stop.Token);
            }

            watch.Viewers++;
            return watch;
        }
    }

    private void Leave(string caseId, Watch watch)
    {
        lock (gate)
        {
            if (--watch.Viewers > 0)
            {
                return;
            }

            watches.Remove(caseId);
        }

        watch.Stop.Cancel();
        watch.Stop.Dispose();
    }

    private async Task ReadAsync(string caseId, Watch watch, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (channels.Find(ServiceNames.Casemanager) is { } casemanager)
                {
                    using var call = new CasemanagerService.CasemanagerServiceClient(casemanager).WatchCase(
                        new WatchCaseRequest { CaseId = caseId },
                        tokens.HeadersFor(ServiceNames.Casemanager, Self, "casemanagement", LegalGround.PublicTask),
                        cancellationToken: cancellationToken);
                    while (await call.ResponseStream.MoveNext(cancellationToken))
                    {
                        watch.Tell(new CaseStand(call.ResponseStream.Current.Plan.Version, call.ResponseStream.Current.CaseVersion));
                    }
                }

                await Task.Delay(AgainAfter, clock, cancellationToken);
            }
            catch (RpcException failure) when (failure.StatusCode is StatusCode.NotFound or StatusCode.PermissionDenied)
            {
                // Nothing will ever come; the pages keep waiting and stay as they are.
                return;
            }
            catch (RpcException) when (!cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(AgainAfter, clock, CancellationToken.None);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                // Nobody looks any more.
                return;
            }
        }
    }

    private sealed class Watch(CancellationTokenSource stop)
    {
        private readonly Lock gate = new();
        private CaseStand? stand;
        private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenSource Stop { get; } = stop;

        public int Viewers { get; set; }

        public (CaseStand? Stand, Task Next) Look()
        {
            lock (gate)
            {
                return (stand, next.Task);
            }
        }

        public void Tell(CaseStand now)
        {
            lock (gate)
            {
                stand = now;
                next.SetResult();
                next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
