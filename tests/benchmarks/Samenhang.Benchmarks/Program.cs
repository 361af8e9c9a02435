using BenchmarkDotNet.Running;
using Samenhang.Benchmarks;

// Without arguments: the benchmarks. "profile N" runs the largest case N times and prints mean time and bytes, for a quick look or a profiler.
if (args is ["profile", ..])
{
    Profile.Run(int.Parse(args.ElementAtOrDefault(1) ?? "5000", System.Globalization.CultureInfo.InvariantCulture));
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(OneCase).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args);
}
