using System.Globalization;
using Samenhang.EmbeddedSupport;
using Samenhang.Platform.Hosting;

namespace Samenhang.SystemBenchmarks.Soaking;

/// <summary>A steady load for a long time, and the memory of each process over it: after the first part it must not grow.</summary>
internal static class SoakBenchmark
{
    private const double Warm = 0.4; // The part of the time in which caches fill and code is compiled.
    private const double Allowed = 0.05; // Growth over the rest of the time, as a part of the memory.

    public static async Task RunAsync(string[] options)
    {
        var (seconds, rate) = (Options.Number(options, "seconds", 20 * 60), Options.Number(options, "cases-per-second", 5));
        var every = TimeSpan.FromSeconds(Math.Max(1, seconds / 60));
        await using var broker = new RabbitMqBroker();
        await broker.InitializeAsync();
        await using var server = new PostgreSqlServer();
        await server.InitializeAsync();
        await using var services = await ServiceProcesses.StartAsync(broker, server);

        var opened = 0;
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var load = Task.Run(async () =>
        {
            using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
            while (!time.IsCancellationRequested)
            {
                await beat.WaitForNextTickAsync(CancellationToken.None);
                await services.Casemanager.OpenCaseAsync(Requests.BurnOut());
                Interlocked.Increment(ref opened);
            }
        });

        var series = services.Names.ToDictionary(name => name, _ => new List<(double Second, double Bytes)>());
        Console.WriteLine($"    {"second",8} {string.Join(' ', services.Names.Select(name => $"{name,12}"))}   MiB; cases opened");
        var start = TimeProvider.System.GetTimestamp();
        while (!load.IsCompleted)
        {
            var now = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            foreach (var name in services.Names)
            {
                series[name].Add((now, services.MemoryOf(name)));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"    {now,8:N0} {string.Join(' ', services.Names.Select(name => string.Create(CultureInfo.InvariantCulture, $"{series[name][^1].Bytes / (1 << 20),12:N0}")))}   {Volatile.Read(ref opened)}"));
            await Task.WhenAny(load, Task.Delay(every));
        }

        await load;
        await Patience.Until(
            async () => (await services.EventsOfAsync(ServiceNames.Casemanager)).GetValueOrDefault("plan-made") >= opened, "every case has its plan", TimeSpan.FromMinutes(3));
        foreach (var name in services.Names)
        {
            var after = series[name].Where(sample => sample.Second > Warm * seconds).ToList();
            var mean = after.Average(sample => sample.Bytes);
            var grown = Slope(after) * (1 - Warm) * seconds / mean;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"ratio   {name,-12} grew {grown,7:P1} of its {mean / (1 << 20):N0} MiB over the last {(1 - Warm) * seconds:N0} s: {(grown < Allowed ? "no growth" : "GROWTH")}"));
        }
    }

    /// <summary>Bytes a second, by least squares.</summary>
    private static double Slope(List<(double Second, double Bytes)> samples)
    {
        var (x, y) = (samples.Average(sample => sample.Second), samples.Average(sample => sample.Bytes));
        return samples.Sum(sample => (sample.Second - x) * (sample.Bytes - y)) / samples.Sum(sample => (sample.Second - x) * (sample.Second - x));
    }
}
