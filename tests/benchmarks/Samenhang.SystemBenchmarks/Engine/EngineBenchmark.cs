using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules;
using Samenhang.Casemanager.Domain;

namespace Samenhang.SystemBenchmarks.Engine;

/// <summary>
/// Our rule engine against zen-engine and json-rules-engine on the same inputs, all warm, one decision after another, in turn so that noise
/// hits all. The answers are compared first; when they are not equal nothing is measured.
/// </summary>
internal static class EngineBenchmark
{
    public static async Task RunAsync(string[] options)
    {
        var (inputs, cases, rounds) = (Options.Number(options, "inputs", 1000), Options.Number(options, "judged-cases", 100), Options.Number(options, "rounds", 5));
        var root = typeof(EngineBenchmark).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
        var folder = Path.Combine(root, "services", "language", "vocabulary");
        var vocabulary = VocabularyLoader.Load(folder);
        var rulebooks = RulebookSet.Load(vocabulary, folder, Services.Asked.Append(Services.Casemanager)
            .ToDictionary(service => service, service => Path.Combine(root, "services", service, "rulebook")));
        var table = new ReferralTable(vocabulary, rulebooks, inputs);
        var judged = CasesOf(vocabulary, root, cases);
        var book = new WholeRulebook(vocabulary, rulebooks, judged, alike: false);
        var alike = new WholeRulebook(vocabulary, rulebooks, judged, alike: true);
        using var others = await OtherEngines.StartAsync(
            root, new Dictionary<string, EngineModels> { ["table"] = table.Models, ["alike"] = alike.Models, ["book"] = book.Models });

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"table: {table.Lines} lines, {inputs} inputs"));
        await RequireEqualAsync(others, "table", table.Answers());
        await MeasureAsync(others, "table", inputs, rounds, ("ours, the answer alone", table.Decide), ("ours, with facts read and missing", table.Explain));

        Describe("clauses that all three express wholly", alike, cases);
        await RequireEqualAsync(others, "alike", alike.Answers());
        await MeasureAsync(others, "alike", cases, rounds, ("ours, which clauses are true", alike.Decide));

        Describe("whole rulebook", book, cases);
        await RequireEqualAsync(others, "book", book.Answers());
        await MeasureAsync(others, "book", cases, rounds, ("ours, which clauses are true", book.Decide), ("ours, full answers", book.Answer));
    }

    private static void Describe(string what, WholeRulebook book, int cases)
    {
        var (rows, clauses, compared, given) = book.Counts;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {cases} cases, {rows} rows in {book.Models.Count} models, {clauses} clauses; the others compare {compared} times and are given {given} truths of ours"));
    }

    private static List<Case> CasesOf(Vocabulary vocabulary, string root, int count)
    {
        var reader = new CaseFileReader(vocabulary);
        var files = Directory.GetFiles(Path.Combine(root, "tests", "cases"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        return [.. Enumerable.Range(0, count).Select(n => ((CaseFileReading.Read)reader.ReadFile(files[(int)((long)n * files.Count / count)])).File.Case)];
    }

    private static async Task RequireEqualAsync(OtherEngines others, string task, IReadOnlyList<IReadOnlyList<string>> ours)
    {
        foreach (var engine in new[] { "zen", "json-rules" })
        {
            var theirs = await others.AnswersAsync(task, engine);
            var different = ours.Zip(theirs).Count(pair => !pair.First.SequenceEqual(pair.Second));
            if (theirs.Count != ours.Count || different > 0)
            {
                var (mine, other) = ours.Zip(theirs).First(pair => !pair.First.SequenceEqual(pair.Second));
                throw new InvalidOperationException(
                    $"{task}: {engine} answers {different} of {ours.Count} otherwise, such as {string.Join(' ', other)} where ours is {string.Join(' ', mine)}.");
            }
        }

        Console.WriteLine($"    the three give the same {ours.Count} answers, {ours.Distinct(new Sequences()).Count()} of them different");
    }

    private static async Task MeasureAsync(OtherEngines others, string task, int decisions, int rounds, params (string Name, Func<int> Run)[] ours)
    {
        var took = new Dictionary<string, List<double>>();
        void Note(string name, double seconds) => (took.TryGetValue(name, out var list) ? list : took[name] = []).Add(decisions / seconds);
        for (var round = -1; round < rounds; round++)
        {
            var warm = round < 0;
            foreach (var (name, run) in ours)
            {
                var seconds = Time(run, warm ? 2 : 0.3);
                if (!warm)
                {
                    Note(name, seconds);
                }
            }

            foreach (var engine in new[] { "zen", "zen-at-once", "json-rules" })
            {
                var seconds = await others.RoundAsync(task, engine);
                if (!warm)
                {
                    Note(engine, seconds);
                }
            }
        }

        var median = took.ToDictionary(one => one.Key, one => one.Value.Order().ElementAt(one.Value.Count / 2));
        foreach (var (name, perSecond) in median)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {name,-36} {perSecond,12:N0} decisions/s   {1e6 / perSecond,10:N2} µs"));
        }

        foreach (var (name, _) in ours)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"ratio   {task}: {name}: {median[name] / median["zen"]:N1} times zen-engine ({median[name] / median["zen-at-once"]:N1} times when zen gets 64 at once), {median[name] / median["json-rules"]:N1} times json-rules-engine"));
        }
    }

    /// <summary>How many seconds one run takes, of as many as fit in a time.</summary>
    private static double Time(Func<int> run, double atLeast)
    {
        var start = Stopwatch.GetTimestamp();
        var runs = 0;
        do
        {
            run();
            runs++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < atLeast);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / runs;
    }

    private sealed class Sequences : IEqualityComparer<IReadOnlyList<string>>
    {
        public bool Equals(IReadOnlyList<string>? x, IReadOnlyList<string>? y) => x!.SequenceEqual(y!);

        public int GetHashCode(IReadOnlyList<string> obj) => obj.Count == 0 ? 0 : HashCode.Combine(obj.Count, obj[0]);
    }
}
