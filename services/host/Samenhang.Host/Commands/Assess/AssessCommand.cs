using System.CommandLine;
using Samenhang.Language.CaseFiles;

namespace Samenhang.Host.Commands.Assess;

/// <summary><c>run assess</c>: case files in, coverage, findings and plan out; or a comparison with what the files expect.</summary>
internal sealed class AssessCommand
{
    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly Func<string, string?> environment;
    private readonly Voice voice;

    private AssessCommand(TextWriter output, TextWriter error, Func<string, string?> environment, Voice voice)
    {
        this.output = output;
        this.error = error;
        this.environment = environment;
        this.voice = voice;
    }

    /// <summary>The command with its options.</summary>
    public static Command Create(TextWriter output, TextWriter error, Func<string, string?> environment, Voice voice)
    {
        var format = Formats.Option(voice);
        var check = new Option<bool>("--check") { Description = voice["assess.checkOption"] };
        var paths = new Argument<string[]>(voice["assess.paths"]) { Arity = ArgumentArity.ZeroOrMore, Description = voice["assess.pathsHelp"] };
        var command = new Command("assess", voice["help.assess"]) { format, check, paths };
        command.SetAction(parsed => new AssessCommand(output, error, environment, voice)
            .Run(parsed.GetValue(paths) ?? [], parsed.GetValue(format) ?? Formats.Text, parsed.GetValue(check)));
        return command;
    }

    private int Run(string[] paths, string format, bool check)
    {
        var files = CasePaths.Expand(paths, out var missing);
        if (missing.Count > 0 || files.Count == 0)
        {
            missing.ForEach(path => error.WriteLine(voice.Say("assess.nothingAt", path)));
            if (missing.Count == 0)
            {
                error.WriteLine(voice[paths.Length == 0 ? "assess.noPaths" : "assess.noFiles"]);
            }

            error.WriteLine(voice["usage.seeHelp"]);
            return ExitCode.WrongUsage;
        }

        var installation = Installation.Find(environment);
        var vocabulary = installation.LoadVocabulary();
        var reader = new CaseFileReader(vocabulary, new() { RequireExpectation = check });

        // Reading the files and reading the rulebooks wait for each other nowhere.
        var reading = Task.Run(() => files.AsParallel().AsOrdered().Select(reader.ReadFile).ToList());
        var assessor = new CaseFileAssessor(vocabulary, installation.LoadRulebooks(vocabulary));
        var terminal = Terminal.On(output, environment);
        Func<AssessedCase, string>? write = format == Formats.Json ? assessed => AssessmentJson.Line(assessed) + "\n"
            : check ? null
            : assessed => terminal.Render(console => new AssessmentText(console, vocabulary, voice).Write(assessed));
        var results = reading.GetAwaiter().GetResult().Zip(files).AsParallel().AsOrdered()
            .Select(read => Result.Of(read.First, read.Second, assessor, write, check));

        var passed = 0;
        var failed = 0;
        foreach (var result in results)
        {
            foreach (var fault in result.Faults)
            {
                error.WriteLine(voice.Language == "en" ? fault.LineEn : fault.LineNl);
            }

            result.Texts.ForEach(output.Write);

            // Beside JSON the comparison goes where it does not disturb a reader of the lines.
            result.Failures.ForEach((format == Formats.Json ? error : output).WriteLine);
            passed += result.Passed;
            failed += result.Failures.Count + (result.Faults.Count > 0 ? 1 : 0);
        }

        if (check)
        {
            output.WriteLine($"{passed} passed, {failed} failed");
        }

        return failed == 0 ? ExitCode.Good : ExitCode.Failed;
    }

    /// <summary>What one file gave.</summary>
    private sealed class Result
    {
        public IReadOnlyList<CaseFileFault> Faults { get; private init; } = [];

        public List<string> Texts { get; } = [];

        public List<string> Failures { get; } = [];

        public int Passed { get; private set; }

        public static Result Of(CaseFileReading reading, string path, CaseFileAssessor assessor, Func<AssessedCase, string>? write, bool check)
        {
            if (reading is CaseFileReading.Faulty faulty)
            {
                return new() { Faults = faulty.Faults };
            }

            var result = new Result();
            foreach (var assessed in assessor.Assess(((CaseFileReading.Read)reading).File, path))
            {
                if (write is not null)
                {
                    result.Texts.Add(write(assessed));
                }

                if (check)
                {
                    result.Check(assessed);
                }
            }

            return result;
        }

        private void Check(AssessedCase assessed)
        {
            if (assessed.Expect is null)
            {
                return;
            }

            foreach (var item in ExpectationCheck.Of(assessed.Plan, assessed.Facts, assessed.Case, assessed.Expect))
            {
                if (item.Holds)
                {
                    Passed++;
                }
                else
                {
                    Failures.Add($"{assessed.File}{(assessed.Variant is null ? "" : " " + assessed.Variant)}: {item.Expected}, came: {item.Came}");
                }
            }
        }
    }
}
