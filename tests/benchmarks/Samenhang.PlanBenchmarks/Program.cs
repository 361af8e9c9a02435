using System.Diagnostics;
using System.Globalization;
using Grpc.Net.Client;
using Samenhang.Platform.Access;
using Samenhang.EmbeddedSupport;
using Samenhang.PlanBenchmarks;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

// Opens a case and records events one after the other until it has as many as asked (400), each of which judges the case anew, with a fact
// after every fourth that makes another plan. Prints how long a thousand reads of the plan took before and after, and twenty of version 1,
// for which the whole history is read and replayed, as it is for the first read after a start. With the word trail: what the trail costs; with safety: what all guards cost.
if (args is ["trail"])
{
    await TrailBenchmark.RunAsync();
    return;
}

if (args is ["safety"])
{
    await SafetyBenchmark.RunAsync();
    return;
}

var events = int.Parse(args.ElementAtOrDefault(0) ?? "400", CultureInfo.InvariantCulture);
const int Reads = 1000;

await using var system = new EmbeddedFixture();
await system.InitializeAsync();
using var channel = DevelopmentChannel.Open(system.AddressOf("casemanager").ToString());
var casemanager = new CasemanagerService.CasemanagerServiceClient(channel);
var opened = await casemanager.OpenCaseAsync(Requests.BurnOut());
await casemanager.PlanAsync(opened.CaseId);

var first = await ReadsAsync(0);
for (var i = 0; i < events; i++)
{
    await casemanager.RecordEventAsync(new RecordEventRequest
    {
        RequestId = Requests.NewId(),
        CaseId = opened.CaseId,
        Event = new CaseEvent { Type = i % 2 == 0 ? "relapse" : "gp-contact", Date = Requests.Day(2016, 1 + (i % 9), 1 + (i % 28)) },
    });
    if (i % 4 == 0)
    {
        // Insured care or not: another version of the plan.
        await casemanager.RecordFactsAsync(new RecordFactsRequest
        {
            RequestId = Requests.NewId(),
            CaseId = opened.CaseId,
            Facts = { Requests.OfNeed("n1", "health.dsmDisorder", Requests.Code(i % 8 == 0 ? "suspected" : "none")) },
        });
        await SettledAsync();
    }
}

await SettledAsync();
var last = (await casemanager.GetPlanAsync(new GetPlanRequest { CaseId = opened.CaseId })).Plan;
Console.WriteLine($"{events} events: plan {last.Version} of case version {last.CaseVersion}, {last.CalculateSize() / 1024} KiB");
Console.WriteLine($"newest plan, few events   {first}");
Console.WriteLine($"newest plan, {events} events   {await ReadsAsync(0)}");
Console.WriteLine($"plan 1, by replay         {await ReadsAsync(1, 20)}");

async Task<string> ReadsAsync(int version, int times = Reads)
{
    var request = new GetPlanRequest { CaseId = opened.CaseId, PlanVersion = version };
    await casemanager.GetPlanAsync(request);
    var took = new double[times];
    for (var i = 0; i < times; i++)
    {
        var start = Stopwatch.GetTimestamp();
        await casemanager.GetPlanAsync(request);
        took[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    Array.Sort(took);
    return string.Create(CultureInfo.InvariantCulture, $"median {took[times / 2],7:F2} ms   p99 {took[times * 99 / 100],7:F2} ms   slowest {took[^1],7:F2} ms");
}

async Task SettledAsync()
{
    while ((await casemanager.GetPlanAsync(new GetPlanRequest { CaseId = opened.CaseId })).RoundStatus != RoundStatus.Planned)
    {
        await Task.Delay(10);
    }
}
