using Samenhang.SystemBenchmarks.CasePath;
using Samenhang.SystemBenchmarks.Engine;
using Samenhang.SystemBenchmarks.FanOut;
using Samenhang.SystemBenchmarks.Footprint;
using Samenhang.SystemBenchmarks.Lists;
using Samenhang.SystemBenchmarks.Relaying;
using Samenhang.SystemBenchmarks.Soaking;

// dotnet run -c Release --project tests/benchmarks/Samenhang.SystemBenchmarks -- NAME…   (no name = all but soak, which takes 20 minutes)
var benchmarks = new Dictionary<string, Func<string[], Task>>
{
    ["engine"] = EngineBenchmark.RunAsync,
    ["case-path"] = CasePathBenchmark.RunAsync,
    ["relay"] = RelayBenchmark.RunAsync,
    ["lists"] = ListsBenchmark.RunAsync,
    ["fan-out"] = FanOutBenchmark.RunAsync,
    ["footprint"] = FootprintBenchmark.RunAsync,
    ["soak"] = SoakBenchmark.RunAsync,
};
var wanted = args.TakeWhile(name => !name.StartsWith("--", StringComparison.Ordinal)).ToList();
var options = args.Skip(wanted.Count).ToArray();
foreach (var name in wanted.Count == 0 ? benchmarks.Keys.Where(name => name != "soak").ToList() : wanted)
{
    if (!benchmarks.TryGetValue(name, out var run))
    {
        Console.Error.WriteLine($"No benchmark is called '{name}'; they are {string.Join(", ", benchmarks.Keys)}.");
        return 1;
    }

    Console.WriteLine($"# {name}");
    await run(options);
}

return 0;
