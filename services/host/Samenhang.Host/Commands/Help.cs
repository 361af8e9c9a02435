using System.CommandLine;
using System.CommandLine.Help;

namespace Samenhang.Host.Commands;

/// <summary>The help page of a command, made from the commands themselves so that it never lags behind.</summary>
internal static class Help
{
    /// <summary>Writes the page.</summary>
    public static int Write(Command command, TextWriter output, Voice voice)
    {
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine(voice["help.usage"]);
        if (command is RootCommand)
        {
            output.WriteLine("  ./run");
            Table(output, command.Subcommands.Select(sub => ("  ./run " + Usage(sub), sub.Description)));
        }
        else
        {
            output.WriteLine("  ./run " + Usage(command));
            Table(output, command.Subcommands.Select(sub => ($"  ./run {command.Name} {Usage(sub)}", sub.Description)));
        }

        output.WriteLine();
        output.WriteLine(voice["help.options"]);
        var options = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)));
        Table(output, options.Select(option => ("  " + Signature(option), option is HelpOption ? voice["help.helpOption"] : option is VersionOption ? voice["help.version"] : option.Description)));
        return ExitCode.Good;
    }

    private static string Usage(Command command) => string.Join(' ',
        new[] { command.Name }
            .Concat(command.Options.Where(option => option is not HelpOption).Select(option => option.Required ? Signature(option) : $"[{Signature(option)}]"))
            .Concat(command.Arguments.Select(argument => argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + "…" : argument.Name)));

    private static string Signature(Option option) => option is HelpOption ? "--help" : option.HelpName is { } value ? $"{option.Name} {value}" : option.Name;

    private static void Table(TextWriter output, IEnumerable<(string Left, string? Right)> rows)
    {
        var list = rows.ToList();
        foreach (var (left, right) in list)
        {
            // A long left side gets its explanation on the next line.
            if (left.Length > 34)
            {
                output.WriteLine(left);
                output.WriteLine($"      {right}");
            }
            else
            {
                output.WriteLine($"{left,-36}{right}");
            }
        }
    }
}
