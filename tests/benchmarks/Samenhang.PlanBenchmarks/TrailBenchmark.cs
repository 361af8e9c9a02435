using System.Diagnostics;
using System.Globalization;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Samenhang.EmbeddedSupport;
using Samenhang.Platform.Access;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;
using Samenhang.Platform.Store.PostgreSql;
using Samenhang.Platform.Store.Sqlite;
using Samenhang.Platform.Trail;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.TestSupport;

namespace Samenhang.PlanBenchmarks;

/// <summary>
/// What the trail costs: calls a second with and without it, in the whole system in one process on SQLite, in turn so that what else the machine
/// does hits both; and how many lines a second each store takes, by how many callers there are at once.
/// </summary>
internal static class TrailBenchmark
{
    private const int Rounds = 7;
    internal static readonly int[] Callers = [1, 8, 64];
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    public static async Task RunAsync()
    {
        await using var with = new EmbeddedFixture();
        await using var without = new EmbeddedFixture { AlsoServices = WithoutTrail };
        await with.InitializeAsync();
        await without.InitializeAsync();
        var (reading, bare) = (await ReaderAsync(with), await ReaderAsync(without));
        var (writing, bareWriting) = (Writer(reading), Writer(bare));
        foreach (var callers in Callers)
        {
            await CompareAsync("GetPlan", callers, () => reading.Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = reading.CaseId }).ResponseAsync, () => bare.Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = bare.CaseId }).ResponseAsync);
        }

        foreach (var callers in Callers)
        {
            await CompareAsync("OpenCase", callers, writing, bareWriting);
        }

        using var folder = new TemporaryFolder();
        var keys = new StoreKeys("zvw", KeyRing.Of(KeyRing.NewKey(), "the benchmark"));
        using (var sqlite = SqliteEventStore.Open(folder.File("store.db"), [], keys, TimeProvider.System))
        {
            await LinesAsync("SQLite", sqlite);
        }

        await using var server = new PostgreSqlServer { Settings = [] };
        await server.InitializeAsync();
        var database = await server.NewDatabaseAsync();
        await using var one = PostgreSqlEventStore.Open(database, "zvw", [], keys, TimeProvider.System, NullLogger.Instance);
        await using var two = PostgreSqlEventStore.Open(database, "zvw", [], keys, TimeProvider.System, NullLogger.Instance);
        await LinesAsync("PostgreSQL", one);
        await LinesAsync("PostgreSQL, two replicas", one, two);
        var clock = Stopwatch.StartNew();
        var report = await TrailVerifier.VerifyAsync(one.Trail, null, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"verified {report.Lines} lines in {clock.Elapsed.TotalSeconds:F1} s: {(report.IsRight ? "right" : "WRONG")}"));
    }

    private static void WithoutTrail(IServiceCollection services) => services.Configure<GrpcServiceOptions>(grpc =>
    {
        foreach (var trail in grpc.Interceptors.Where(interceptor => interceptor.Type.Name == "TrailInterceptor").ToList())
        {
            grpc.Interceptors.Remove(trail);
        }
    });

    internal static async Task<(CasemanagerService.CasemanagerServiceClient Casemanager, string CaseId)> ReaderAsync(EmbeddedFixture system)
    {
        GrpcChannel channel = DevelopmentChannel.Open(system.AddressOf("casemanager").ToString());
        var casemanager = new CasemanagerService.CasemanagerServiceClient(channel);
        var opened = await casemanager.OpenCaseAsync(Requests.BurnOut());
        await casemanager.PlanAsync(opened.CaseId);
        return (casemanager, opened.CaseId);
    }

    // Without needs no domain is asked, so that the call itself is measured and not the rounds after it.
    internal static Func<Task> Writer((CasemanagerService.CasemanagerServiceClient Casemanager, string CaseId) system) => () =>
        system.Casemanager.OpenCaseAsync(new OpenCaseRequest { RequestId = Requests.NewId(), AsOf = Requests.Day(2016, 10, 1), Title = "leeg" }).ResponseAsync;

    internal static async Task CompareAsync(string what, int callers, Func<Task> with, Func<Task> without, string part = "the trail")
    {
        var ratios = new List<double>();
        var (sumWith, sumWithout) = (0.0, 0.0);
        for (var round = 0; round <= Rounds; round++)
        {
            // Who goes first changes each round.
            var (first, second) = round % 2 == 0 ? (with, without) : (without, with);
            var (a, b) = (await PerSecondAsync(callers, first), await PerSecondAsync(callers, second));
            var (yes, no) = round % 2 == 0 ? (a, b) : (b, a);
            if (round > 0) // The first warms up.
            {
                ratios.Add(yes / no);
                (sumWith, sumWithout) = (sumWith + yes, sumWithout + no);
            }
        }

        ratios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-9} {callers,2} callers: {sumWith / Rounds,7:F0}/s with {part}, {sumWithout / Rounds,7:F0}/s without; ratio {ratios[Rounds / 2]:F2} ({ratios[0]:F2}–{ratios[^1]:F2})"));
    }

    private static async Task LinesAsync(string name, params IEventStore[] stores)
    {
        var writers = stores.Select(store => new TrailWriter(store.Trail)).ToArray();
        var line = new TrailLine
        {
            OccurredOn = TimeProvider.System.GetUtcNow(), Service = "zvw", Instance = "benchmark/1", Method = "samenhang.zvw.v1.ZvwService/GetProvision", Action = TrailAction.Read,
            Outcome = TrailOutcome.Success, Status = "OK", Activity = "samenhang.zvw.v1.ZvwService", Issuer = "benchmark", Subject = "janne", Role = "casemanager", Tenant = "gm9901",
            Purpose = "casemanagement", Ground = "publieke-taak", Peer = "ipv4:127.0.0.1:50000", CaseKey = new string('a', 32), TraceId = new string('b', 32),
        };
        foreach (var callers in Callers)
        {
            var turn = 0;
            var lines = await PerSecondAsync(callers, () => writers[Interlocked.Increment(ref turn) % writers.Length].WriteAsync(line));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {callers,2} callers, {lines:F0} lines/s"));
        }
    }

    private static async Task<double> PerSecondAsync(int callers, Func<Task> call)
    {
        var (done, clock) = (0, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            while (clock.Elapsed < Round)
            {
                await call();
                Interlocked.Increment(ref done);
            }
        }));
        return done / clock.Elapsed.TotalSeconds;
    }
}
