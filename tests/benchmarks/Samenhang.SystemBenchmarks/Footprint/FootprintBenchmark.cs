using System.Diagnostics;
using System.Globalization;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;

namespace Samenhang.SystemBenchmarks.Footprint;

/// <summary>How long each process takes until it is ready, and how much memory it has then; the five services and web on their own, and all in one.</summary>
internal static class FootprintBenchmark
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(string[] options)
    {
        var rest = TimeSpan.FromSeconds(Options.Number(options, "rest", 5));
        await using var broker = new RabbitMqBroker();
        await broker.InitializeAsync();
        await using var server = new PostgreSqlServer();
        await server.InitializeAsync();
        using var folder = new TemporaryFolder();
        var database = await server.NewDatabaseAsync();
        var ports = ServiceNames.All.Append("web").ToDictionary(name => name, _ => HostProcess.FreePort());
        var variables = ServiceNames.All.ToDictionary(name => $"SAMENHANG_Services__{name}", name => HostProcess.Local(ports[name]));
        foreach (var (setting, value) in HostProcess.VariablesOf(broker))
        {
            variables[setting] = value;
        }

        variables["SAMENHANG_Store__Kind"] = "PostgreSql";
        variables["SAMENHANG_Store__ConnectionString"] = database;
        variables["SAMENHANG_Store__Folder"] = folder.Path;
        variables["SAMENHANG_Web__SignIn__Development"] = "true";
        variables["ASPNETCORE_ENVIRONMENT"] = "Development";
        variables["SAMENHANG_Access__DevelopmentKeyFile"] = DevelopmentChannel.KeyFile;

        var running = new List<Process>();
        var sum = 0.0;
        try
        {
            var started = new Dictionary<string, (Process Process, TimeSpan Took)>();
            foreach (var name in ServiceNames.All.Append("web"))
            {
                var probes = HostProcess.FreePort();
                var start = Stopwatch.GetTimestamp();
                var process = HostProcess.Start(["serve", name, "--url", HostProcess.Local(ports[name])], new(variables) { ["SAMENHANG_Probes__Port"] = probes.ToString(CultureInfo.InvariantCulture) });
                running.Add(process);
                await HostProcess.AnswersAsync(process, name == "web" ? HostProcess.Local(ports[name]) : $"{HostProcess.Local(probes)}/ready");
                started[name] = (process, Stopwatch.GetElapsedTime(start));
            }

            await Task.Delay(rest);
            foreach (var (name, (process, took)) in started)
            {
                sum += Tell(name, took, process);
            }
        }
        finally
        {
            running.ForEach(HostProcess.End);
        }

        var port = "";
        var begun = Stopwatch.GetTimestamp();
        using (var whole = HostProcess.Start([], [], line => port = port.Length == 0 && line.Contains("web", StringComparison.Ordinal) && line.Contains("http://", StringComparison.Ordinal) ? line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim() : port))
        {
            try
            {
                await Patience.Until(() => Task.FromResult(port.Length > 0 || (whole.HasExited ? throw new InvalidOperationException("The whole system ended.") : false)), "the whole system tells its address", Limit);
                var took = Stopwatch.GetElapsedTime(begun);
                await Task.Delay(rest);
                var all = Tell("all in one, with demo", took, whole);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio   all in one has {all / sum:P0} of the memory of the six processes together ({sum:N0} MiB)"));
            }
            finally
            {
                HostProcess.End(whole);
            }
        }

        begun = Stopwatch.GetTimestamp();
        using var once = HostProcess.Start(["--once"], []);
        var most = 0.0;
        while (!once.HasExited && Stopwatch.GetElapsedTime(begun) < Limit)
        {
            most = Math.Max(most, HostProcess.MemoryOf(once, "VmHWM:"));
            await Task.Delay(20);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"    {"run --once",-24} ended after {Stopwatch.GetElapsedTime(begun).TotalSeconds,6:N2} s with status {once.ExitCode}   at most {most,6:N0} MiB"));
    }

    private static double Tell(string name, TimeSpan took, Process process)
    {
        var now = HostProcess.MemoryOf(process, "VmRSS:");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"    {name,-24} ready after {took.TotalSeconds,6:N2} s   {now,6:N0} MiB at rest, {HostProcess.MemoryOf(process, "VmHWM:"),6:N0} MiB at most   processor {process.TotalProcessorTime.TotalSeconds,5:N2} s"));
        return now;
    }
}
