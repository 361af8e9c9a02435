using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Samenhang.Host.Commands.Assess;
using Samenhang.Host.Commands.DeadLetters;
using Samenhang.Host.Commands.Definitions;
using Samenhang.Host.Commands.Events;
using Samenhang.Host.Commands.Explain;
using Samenhang.Host.Commands.Rules;
using Samenhang.Host.Commands.Serve;
using Samenhang.Host.Commands.Stack;
using Samenhang.Host.Commands.Start;
using Samenhang.Host.Commands.Token;
using Samenhang.Host.Commands.Trail;
using Samenhang.Host.Commands.Vault;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Host.Commands;

/// <summary>The command line: what was asked, in which language, and who does it. It writes to the given writers only.</summary>
internal sealed class CommandLine
{
    /// <summary>How long a command may take to end in good order after Ctrl+C: a stack ends its processes one after the other.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromMinutes(3);

    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly Func<string, string?> environment;
    private readonly Func<StartRequest, CancellationToken, Task<int>>? start;

    private CommandLine(TextWriter output, TextWriter error, Func<string, string?> environment, Func<StartRequest, CancellationToken, Task<int>>? start)
    {
        this.output = output;
        this.error = error;
        this.environment = environment;
        this.start = start;
    }

    /// <summary>A command line on these writers.</summary>
    /// <param name="output">Results.</param>
    /// <param name="error">Faults.</param>
    /// <param name="environment">Reads an environment variable; null = those of the process.</param>
    /// <param name="start">Runs the whole system; what happens without a command. Null = show the help page instead.</param>
    public static CommandLine Of(TextWriter output, TextWriter error, Func<string, string?>? environment = null, Func<StartRequest, CancellationToken, Task<int>>? start = null) =>
        new(output, error, environment ?? Environment.GetEnvironmentVariable, start);

    /// <summary>Runs one command.</summary>
    /// <returns>A value of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellation = default)
    {
        var voice = Voice.For(LanguageIn(args), environment);
        var root = Root(voice);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 || UnknownOptions(parsed).Any())
        {
            return WrongUsage(parsed, voice);
        }

        try
        {
            return await parsed.InvokeAsync(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopWithin }, cancellation);
        }
        catch (Exception e) when (e is RulebookException or VocabularyException or DirectoryNotFoundException)
        {
            // The message names every fault with file and line.
            await error.WriteLineAsync(e.Message);
            return ExitCode.Failed;
        }
    }

    private RootCommand Root(Voice voice)
    {
        var root = new RootCommand(voice["help.root"])
        {
            AssessCommand.Create(output, error, environment, voice),
            RulesCommand.Create(output, error, environment, voice),
            ExplainCommand.Create(output, error, environment, voice),
            ServeCommand.Create(voice),
            StackCommand.Create(output, error, environment, voice),
            AsyncApiCommand.Create(output, voice),
            SubscriberRightsCommand.Create(output, voice),
            DeadLettersCommand.Create(output, error, environment, voice),
            TrailCommand.Create(output, error, environment, voice),
            VaultCommand.Create(output, error, voice),
            DefinitionsCommand.Create(output, voice),
            TokenCommand.Create(output, voice),
        };
        var help = new Command("help", voice["help.help"]);
        help.SetAction(_ => Help.Write(root, output, voice));
        root.Add(help);
        root.Add(Language(voice));
        var data = new Option<string>("--data") { Description = voice["start.data"], HelpName = voice["start.folder"] };
        var once = new Option<bool>("--once") { Description = voice["start.once"] };
        root.Add(data);
        root.Add(once);
        root.SetAction((parsed, cancellation) =>
            start?.Invoke(new StartRequest(parsed.GetValue(data), parsed.GetValue(once), output, environment, voice), cancellation)
            ?? Task.FromResult(Help.Write(root, output, voice)));
        root.Options.OfType<HelpOption>().Single().Action = new HelpInOurWords(output, voice);
        return root;
    }

    private static Option<string> Language(Voice voice)
    {
        var language = new Option<string>("--lang") { Description = voice["help.lang"], HelpName = "nl|en", Recursive = true };
        language.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value is not ("nl" or "en"))
            {
                result.AddError(voice.Say("lang.unknown", token.Value));
            }
        });
        return language;
    }

    /// <summary>The language must be known before the commands are made, because their descriptions speak it.</summary>
    private static string? LanguageIn(string[] args)
    {
        var at = Array.IndexOf(args, "--lang");
        return at >= 0 && at + 1 < args.Length ? args[at + 1]
            : Array.Find(args, arg => arg.StartsWith("--lang=", StringComparison.Ordinal))?["--lang=".Length..];
    }

    private int WrongUsage(ParseResult parsed, Voice voice)
    {
        var command = parsed.CommandResult.Command;
        foreach (var token in UnknownOptions(parsed))
        {
            Report(token, OptionsOf(parsed.CommandResult), "usage.unknownOption", voice);
        }

        // What follows an unknown command belongs to it and says nothing new.
        foreach (var token in command is RootCommand ? parsed.UnmatchedTokens.Take(1) : parsed.UnmatchedTokens)
        {
            if (IsOption(token))
            {
                Report(token, OptionsOf(parsed.CommandResult), "usage.unknownOption", voice);
            }
            else
            {
                Report(token, command.Subcommands.Select(sub => sub.Name), command is RootCommand ? "usage.unknownCommand" : "usage.unexpected", voice);
            }
        }

        if (parsed.UnmatchedTokens.Count == 0)
        {
            foreach (var fault in parsed.Errors)
            {
                error.WriteLine(fault.SymbolResult is OptionResult { Tokens.Count: 0 } option ? voice.Say("usage.needsValue", option.Option.Name) : fault.Message);
            }
        }

        error.WriteLine(voice["usage.seeHelp"]);
        return ExitCode.WrongUsage;
    }

    private void Report(string token, IEnumerable<string> known, string key, Voice voice)
    {
        var nearest = Spelling.Nearest(token, known);
        error.WriteLine(voice.Say(key, token) + (nearest is null ? "" : " " + voice.Say("usage.didYouMean", nearest)));
    }

    /// <summary>A misspelt option that the parser took for a file name.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value).Where(token => IsOption(token) && !File.Exists(token));

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-';

    private static IEnumerable<string> OptionsOf(CommandResult result)
    {
        for (SymbolResult? at = result; at is not null; at = at.Parent)
        {
            foreach (var option in at is CommandResult command ? command.Command.Options : [])
            {
                yield return option.Name;
            }
        }
    }

    /// <summary>--help prints our own page, in the language asked for.</summary>
    private sealed class HelpInOurWords(TextWriter output, Voice voice) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult) => Help.Write(parseResult.CommandResult.Command, output, voice);
    }
}
