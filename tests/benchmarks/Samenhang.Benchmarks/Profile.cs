using System.Diagnostics;
using System.Globalization;
using Samenhang.Benchmarks;

/// <summary>A quick measurement without the care of a benchmark: each part of a round on the largest case file.</summary>
internal static class Profile
{
    public static void Run(int times)
    {
        foreach (var size in Enum.GetValues<OneCase.Size>())
        {
            var one = new OneCase { File = size };
            one.Load();
            Console.WriteLine(one.Describe());
            Measure($"{size} round", times, () => one.WholeRound());
            Measure($"{size} views", times, () => one.Views());
            Measure($"{size} answers", times, () => one.Answers());
            Measure($"{size} findings", times, () => one.Findings());
        }

        foreach (var events in new[] { 10, 400 })
        {
            var fact = new OneNewFact { Events = events };
            fact.Load();
            Console.WriteLine(fact.Describe());
            Measure($"{events} events, findings", times / 10, () => fact.Findings());
            Measure($"{events} events, questions", times / 10, () => fact.Questions());
            Measure($"{events} events, whole", times / 10, () => fact.Whole());
            Measure($"{events} events, assembled", times / 10, () => fact.Assembled());
            Measure($"{events} events, planned", times / 10, () => fact.Planned());
            Measure($"{events} events, work", times / 10, () => fact.OneChangeOfTheWork());
            Measure($"{events} events, fact", times / 2, () => fact.Reassembled());
        }
    }

    private static void Measure(string what, int times, Action action)
    {
        for (var i = 0; i < times / 2; i++)
        {
            action();
        }

        // The best of five: the others waited for the machine.
        var best = double.MaxValue;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var cpu = Environment.CpuUsage.TotalTime;
        for (var part = 0; part < 5; part++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < times / 5; i++)
            {
                action();
            }

            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / (times / 5));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-22} {best,8:F1} µs, CPU {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / (times / 5 * 5),8:F1} µs {(GC.GetAllocatedBytesForCurrentThread() - bytes) / 1024.0 / (times / 5 * 5),8:F1} KiB"));
    }
}
