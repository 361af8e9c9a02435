using System.Collections.Concurrent;
using Google.Rpc;
using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Resilience.Tests;

/// <summary>
/// Municipal systems that open cases side by side, each sending the same request until it is answered; and the plans that the same cases
/// got while nothing was disturbed.
/// </summary>
internal sealed class CaseLoad
{
    private const int Clients = 12;

    private readonly ServiceProcesses services;
    private readonly IReadOnlyList<OpenCaseRequest> templates;
    private readonly IReadOnlyList<string> undisturbed;
    private readonly ConcurrentDictionary<int, string> opened = new();
    private int asked;
    private int begun;
    private int refusals;
    private int refusedForStore;

    private CaseLoad(ServiceProcesses services, IReadOnlyList<OpenCaseRequest> templates, IReadOnlyList<string> undisturbed)
        => (this.services, this.templates, this.undisturbed) = (services, templates, undisturbed);

    /// <summary>How many were sent for the first time by now.</summary>
    public int Begun => Volatile.Read(ref begun);

    /// <summary>How often a request was refused because something was away.</summary>
    public int Refusals => Volatile.Read(ref refusals);

    /// <summary>How often of these the answer said so: not now, the store is away, and when to try again.</summary>
    public int RefusedForStore => Volatile.Read(ref refusedForStore);

    /// <summary>The cases that were opened, by number.</summary>
    public IReadOnlyDictionary<int, string> Opened => opened;

    /// <summary>All cases that there are: those of the load and those of the undisturbed run.</summary>
    public int InAll => opened.Count + templates.Count;

    /// <summary>Opens each of the case files while nothing is disturbed; those that break a rule of the requests are left out.</summary>
    public static async Task<CaseLoad> PrepareAsync(ServiceProcesses services)
    {
        var (templates, plans) = (new List<OpenCaseRequest>(), new List<string>());
        var load = new CaseLoad(services, templates, plans);
        foreach (var template in CaseFileRequests.Read(each: 12))
        {
            try
            {
                var caseId = await load.OpenAsync(template, $"undisturbed-{Sizes.Text(templates.Count)}", CancellationToken.None);
                plans.Add(PlanText.Of(caseId, await load.PlanAsync(caseId)));
                templates.Add(template);
            }
            catch (RpcException refused) when (refused.StatusCode is StatusCode.InvalidArgument)
            {
                // For example the policy of a municipality that the file alone knows.
            }
        }

        Assert.True(templates.Count >= 20, $"Only {Sizes.Text(templates.Count)} case files can be opened.");
        return load;
    }

    /// <summary>Opens so many more cases.</summary>
    public Task RunAsync(int cases, CancellationToken cancellationToken)
    {
        var last = asked += cases;
        return Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(
            async () =>
            {
                while (Take(last) is { } number)
                {
                    opened[number] = await OpenAsync(templates[number % templates.Count], $"load-{Sizes.Text(number)}", cancellationToken);
                }
            },
            cancellationToken)));
    }

    /// <summary>The plan that a case of the load would have had.</summary>
    public string UndisturbedOf(int number) => undisturbed[number % templates.Count];

    /// <summary>The plan of a case as it is now.</summary>
    public async Task<Plan> PlanAsync(string caseId)
    {
        Plan? plan = null;
        await Patience.Until(
            async () =>
            {
                try
                {
                    plan = (await services.Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan;
                    return plan is not null;
                }
                catch (RpcException away) when (away.StatusCode is StatusCode.Unavailable)
                {
                    return false; // It starts again: Patience bounds the wait.
                }
            },
            $"case {caseId} has a plan");
        return plan!;
    }

    private static bool IsForStore(RpcException refused)
        => refused.Trailers.GetValueBytes("grpc-status-details-bin") is { } details
            && Google.Rpc.Status.Parser.ParseFrom(details) is var status
            && status.Details.Any(detail => detail.TryUnpack<ErrorInfo>(out var info) && info.Metadata.TryGetValue("dependency", out var dependency) && dependency == "store")
            && status.Details.Any(detail => detail.TryUnpack<RetryInfo>(out _));

    private int? Take(int last)
    {
        var number = Interlocked.Increment(ref begun) - 1;
        if (number < last)
        {
            return number;
        }

        Interlocked.Decrement(ref begun);
        return null;
    }

    /// <summary>Opens a case as a municipal system does: the same request again, at another replica, until there is an answer.</summary>
    private async Task<string> OpenAsync(OpenCaseRequest template, string requestId, CancellationToken cancellationToken)
    {
        var request = template.Clone();
        request.RequestId = requestId;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return (await services.CasemanagerOf(1 + (attempt % services.Replicas))
                    .OpenCaseAsync(request, deadline: TimeProvider.System.GetUtcNow().AddSeconds(10).UtcDateTime, cancellationToken: cancellationToken)).CaseId;
            }
            catch (RpcException away) when (away.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded && !cancellationToken.IsCancellationRequested)
            {
                Interlocked.Increment(ref refusals);
                if (IsForStore(away))
                {
                    Interlocked.Increment(ref refusedForStore);
                }

                await Task.Delay(100, cancellationToken);
            }
        }
    }
}
