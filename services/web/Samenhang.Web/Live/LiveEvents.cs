using System.Globalization;
using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Frame;
using Samenhang.Web.MyWork;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Live;

/// <summary>Tells open pages that something has changed, as server-sent events.</summary>
internal static class LiveEvents
{
    // A stream ends now and then and the browser opens it again: so it never outlives the session or the role of who looks.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);

    /// <summary>Maps the streams.</summary>
    public static void MapLive(this RouteGroupBuilder pages)
    {
        pages.MapGet("/live/cases/{caseId}", async (HttpContext http, string caseId, CasemanagerConnection casemanager, CaseWatches watches, TimeProvider clock, IHostApplicationLifetime lifetime) =>
        {
            // The pages follow a case in their own name, so it is looked at first whether it is one of who asks.
            var isKnown = await IsKnownAsync(http, casemanager, caseId);
            return (IResult)new Stream(cancel => isKnown ? watches.FollowAsync(caseId, cancel) : AsyncEnumerable.Empty<CaseStand>(), clock, lifetime);
        }).For(PageAccess.Plan);
        pages.MapGet(MyWorkPages.Live, async (HttpContext http, CasemanagerConnection casemanager, CaseWatches watches, TimeProvider clock, IHostApplicationLifetime lifetime) =>
        {
            var mine = await MyWorkPages.MineAsync(http, casemanager);
            return (IResult)new Stream(cancel => watches.FollowAsync([.. mine.Cases.Select(line => line.Summary.CaseId)], cancel), clock, lifetime);
        }).For(PageAccess.Casework);
    }

    /// <summary>Whether the casemanager gives the case to who asks; false when it does not answer: a stream that ends is asked for again, a refused one never.</summary>
    /// <exception cref="RpcException">It is not theirs.</exception>
    private static async Task<bool> IsKnownAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        if (!PageContext.Of(http).Person!.IsCasemanager)
        {
            return true; // Their cases are in their token, which the edge has read.
        }

        try
        {
            await casemanager.Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId }, cancellationToken: http.RequestAborted);
            return true;
        }
        catch (RpcException away) when (away.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return false;
        }
    }

    private sealed class Stream(Func<CancellationToken, IAsyncEnumerable<CaseStand>> follow, TimeProvider clock, IHostApplicationLifetime lifetime) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "text/event-stream; charset=utf-8";
            response.Headers["X-Accel-Buffering"] = "no";
            using var ending = new CancellationTokenSource(Longest, clock);
            using var until = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, lifetime.ApplicationStopping, ending.Token);
            try
            {
                await response.WriteAsync("retry: 2000\n\n", until.Token);
                await response.Body.FlushAsync(until.Token);
                await using var stands = follow(until.Token).GetAsyncEnumerator(until.Token);
                var next = stands.MoveNextAsync().AsTask();
                while (true)
                {
                    var beat = Task.Delay(Beat, clock, until.Token);
                    if (await Task.WhenAny(next, beat) == beat)
                    {
                        // A line that says nothing keeps proxies from closing the stream, and tells when the browser has gone.
                        await beat;
                        await response.WriteAsync(":\n\n", until.Token);
                    }
                    else
                    {
                        if (!await next)
                        {
                            return;
                        }

                        await response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"event: stand\ndata: {stands.Current.Plan}.{stands.Current.Case}\n\n"), until.Token);
                        next = stands.MoveNextAsync().AsTask();
                    }

                    await response.Body.FlushAsync(until.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The page is closed, the time is up, or the program stops; the browser comes back when it wants to.
            }
        }
    }
}
