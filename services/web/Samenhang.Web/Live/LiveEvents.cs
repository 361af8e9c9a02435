using System.Globalization;
using Samenhang.Web.Casemanager;
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
        pages.MapGet("/live/cases/{caseId}", (string caseId, CaseWatches watches, TimeProvider clock, IHostApplicationLifetime lifetime) =>
            new Stream(cancel => watches.FollowAsync(caseId, cancel), clock, lifetime)).For(PageAccess.Plan);
        pages.MapGet(MyWorkPages.Live, async (HttpContext http, CasemanagerConnection casemanager, CaseWatches watches, TimeProvider clock, IHostApplicationLifetime lifetime) =>
        {
            var mine = await MyWorkPages.MineAsync(http, casemanager);
            return (IResult)new Stream(cancel => watches.FollowAsync([.. mine.Cases.Select(line => line.Summary.CaseId)], cancel), clock, lifetime);
        }).For(PageAccess.Casework);
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
