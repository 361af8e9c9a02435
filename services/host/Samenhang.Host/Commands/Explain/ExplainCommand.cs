using System.CommandLine;
using Samenhang.Host.Commands.Assess;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;

namespace Samenhang.Host.Commands.Explain;

/// <summary><c>run explain</c>: how one answer came about, down to the facts that were read.</summary>
internal sealed class ExplainCommand
{
    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly Func<string, string?> environment;
    private readonly Voice voice;

    private ExplainCommand(TextWriter output, TextWriter error, Func<string, string?> environment, Voice voice)
    {
        this.output = output;
        this.error = error;
        this.environment = environment;
        this.voice = voice;
    }

    /// <summary>The command with its options.</summary>
    public static Command Create(TextWriter output, TextWriter error, Func<string, string?> environment, Voice voice)
    {
        var need = new Option<string>("--need") { Description = voice["explain.needOption"], HelpName = "n1" };
        var scheme = new Option<string>("--scheme") { Description = voice["explain.schemeOption"], HelpName = "gbggz" };
        var variant = new Option<string?>("--variant") { Description = voice["explain.variantOption"], HelpName = "a" };
        var path = new Argument<string?>(voice["explain.path"]) { Arity = ArgumentArity.ZeroOrOne, Description = voice["explain.pathHelp"] };
        var command = new Command("explain", voice["help.explain"]) { need, scheme, variant, path };
        command.SetAction(parsed => new ExplainCommand(output, error, environment, voice)
            .Run(parsed.GetValue(path), parsed.GetValue(need), parsed.GetValue(scheme), parsed.GetValue(variant)));
        return command;
    }

    private int Run(string? path, string? needId, string? schemeId, string? variant)
    {
        if (path is null || needId is null || schemeId is null)
        {
            return Wrong("explain.incomplete");
        }

        if (!File.Exists(path))
        {
            return Wrong("assess.nothingAt", path);
        }

        var installation = Installation.Find(environment);
        var vocabulary = installation.LoadVocabulary();
        if (!vocabulary.Schemes.TryGetValue(schemeId, out var scheme))
        {
            return Unknown("explain.noScheme", schemeId, vocabulary.Schemes.Keys);
        }

        var reading = new CaseFileReader(vocabulary).ReadFile(path);
        if (reading is CaseFileReading.Faulty faulty)
        {
            return Faulty(faulty);
        }

        var file = ((CaseFileReading.Read)reading).File;
        var @case = variant is null ? file.Case : file.Variants.FirstOrDefault(one => one.Id == variant)?.Case;
        if (@case is null)
        {
            return Unknown("explain.noVariant", variant!, file.Variants.Select(one => one.Id));
        }

        if (!@case.Needs.Any(need => need.Id == needId))
        {
            return Unknown("explain.noNeed", needId, @case.Needs.Select(need => need.Id));
        }

        var assessor = new CaseFileAssessor(vocabulary, installation.LoadRulebooks(vocabulary));
        if (assessor.Explain(@case, needId, scheme) is not { } explanation)
        {
            output.WriteLine(voice.Say("explain.noRule", needId, schemeId));
            return ExitCode.Good;
        }

        new ExplanationText(Terminal.On(output, environment).Live(), vocabulary, voice).Write(explanation);
        return ExitCode.Good;
    }

    private int Faulty(CaseFileReading.Faulty faulty)
    {
        foreach (var fault in faulty.Faults)
        {
            error.WriteLine(voice.Language == "en" ? fault.LineEn : fault.LineNl);
        }

        return ExitCode.Failed;
    }

    private int Unknown(string key, string name, IEnumerable<string> known)
    {
        var nearest = Spelling.Nearest(name, known);
        error.WriteLine(voice.Say(key, name) + (nearest is null ? "" : " " + voice.Say("usage.didYouMean", nearest)));
        return ExitCode.WrongUsage;
    }

    private int Wrong(string key, params object?[] values)
    {
        error.WriteLine(voice.Say(key, values));
        error.WriteLine(voice["usage.seeHelp"]);
        return ExitCode.WrongUsage;
    }
}
