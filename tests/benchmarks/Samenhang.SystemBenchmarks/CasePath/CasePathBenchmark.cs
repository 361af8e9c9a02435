using System.Globalization;

namespace Samenhang.SystemBenchmarks.CasePath;

/// <summary>From OpenCase to the plan through PostgreSQL and RabbitMQ, against the least that must be done for it.</summary>
internal static class CasePathBenchmark
{
    private const int AtATime = 64;

    public static async Task RunAsync(string[] options)
    {
        var cases = options.FirstOrDefault(option => option.StartsWith("--cases=", StringComparison.Ordinal)) is { } given
            ? int.Parse(given["--cases=".Length..], CultureInfo.InvariantCulture)
            : 2000;
        await using var broker = new RabbitMqBroker();
        await broker.InitializeAsync();
        var quick = options.Contains("--throughput-only");
        var statements = options.Contains("--statements"); // What the database is asked for a case; costs time, so the figures of such a run do not count.
        await using var server = new PostgreSqlServer { Settings = statements ? Statements.Settings : [] };
        await server.InitializeAsync();

        FloorBytes sizes;
        Figures ours;
        await using (var services = await OurServices.StartAsync(broker, server))
        {
            var (question, answer) = await MessageSizes.MeasureAsync(broker, async () =>
            {
                using var few = new Load(services);
                await few.ThroughputAsync(20, 4);
            });
            ours = await MeasureAsync("ours", services, cases, quick, () => new(services.ProcessorTimes()) { ["PostgreSQL"] = server.ProcessorTime, ["RabbitMQ"] = broker.ProcessorTime });
            var written = await services.WhatWasWrittenAsync();
            foreach (var (service, type, events, bytes, published) in written)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {service,-12} {type,-24} {events,7} events of {bytes,8:F0} bytes, {published,7} published"));
            }

            sizes = new FloorBytes(
                question,
                answer,
                (int)written.First(w => w.Type == "coverage-asked").Bytes,
                (int)written.Where(w => w.Type == "coverage-given").Average(w => w.Bytes),
                (int)written.First(w => w.Type == "plan-made").Bytes);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    messages: a question {question} bytes, an answer {answer} bytes"));
            if (statements)
            {
                await Statements.PrintAsync(server, written.First(w => w.Type == "plan-made").Events);
            }
        }

        if (options.Contains("--only-ours"))
        {
            return;
        }

        await using var floor = await Floor.StartAsync(broker, server, sizes);
        var least = await MeasureAsync("floor", floor, cases, quick, () => new() { ["floor"] = Environment.CpuUsage.TotalTime, ["PostgreSQL"] = server.ProcessorTime, ["RabbitMQ"] = broker.ProcessorTime });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ratio   throughput {ours.PerSecond / least.PerSecond:P0} of the floor   p95 at half load {ours.P95 / least.P95:F1} times the floor's (median {ours.Median / least.Median:F1} times)"));
    }

    private static async Task<Figures> MeasureAsync(string name, ICasePath path, int cases, bool quick, Func<Dictionary<string, TimeSpan>> used)
    {
        using var load = new Load(path);
        await load.ThroughputAsync(cases, AtATime); // Warm: until all of the path is compiled for speed, half of the processor time of a case goes to compiling.
        var before = used();
        var perSecond = await load.ThroughputAsync(cases, AtATime);
        Console.WriteLine("    processor time of a case: " + string.Join(", ", used().Select(part =>
            string.Create(CultureInfo.InvariantCulture, $"{part.Key} {(part.Value - before[part.Key]).TotalMilliseconds / cases:F2} ms"))));
        if (quick)
        {
            return new Figures(perSecond, 0, 0);
        }

        var took = await load.LatenciesAsync(cases, perSecond / 2);
        var figures = new Figures(perSecond, took[took.Length / 2], took[took.Length * 95 / 100]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-7} {perSecond,7:F0} cases/s   at half of it: median {figures.Median,7:F1} ms   p95 {figures.P95,7:F1} ms"));
        return figures;
    }

    private sealed record Figures(double PerSecond, double Median, double P95);
}
