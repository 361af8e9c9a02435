using System.Globalization;
using Samenhang.Language;
using Spectre.Console;

namespace Samenhang.Host.Commands;

/// <summary>Text for people: colours on a terminal, plain text in a file, in a pipe or with NO_COLOR.</summary>
internal sealed class Terminal
{
    /// <summary>The width of text that goes to a file or a pipe.</summary>
    private const int PlainWidth = 140;

    private readonly TextWriter writer;
    private readonly bool colours;
    private readonly int width;

    private Terminal(TextWriter writer, bool colours, int width)
    {
        this.writer = writer;
        this.colours = colours;
        this.width = width;
    }

    /// <summary>What this writer can show.</summary>
    public static Terminal On(TextWriter writer, Func<string, string?> environment)
    {
        var terminal = ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected;
        return new(
            writer,
            terminal && string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") != "dumb",
            terminal && Console.WindowWidth > 0 ? Console.WindowWidth : PlainWidth);
    }

    /// <summary>A console that writes at once.</summary>
    public IAnsiConsole Live() => ConsoleOn(writer);

    /// <summary>The text that a console would write, to be written later; safe for use by many threads.</summary>
    public string Render(Action<IAnsiConsole> write)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        write(ConsoleOn(text));
        return text.ToString();
    }

    private IAnsiConsole ConsoleOn(TextWriter target)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(target),
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width;

        // Signs such as ✔ are part of the text; the program writes UTF-8 whatever the terminal claims.
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>An outcome as sign and word, in its colour: none of the three alone carries the meaning.</summary>
    public static string Markup(Outcome outcome, Voice voice)
    {
        var (colour, sign) = outcome switch
        {
            Outcome.Covered => ("green", "✔"),
            Outcome.Conditional => ("yellow", "◐"),
            Outcome.NotCovered => ("red", "✘"),
            Outcome.Undetermined => ("blue", "?"),
            Outcome.NotApplicable => ("grey", "–"),
            Outcome.NotThisDomain => ("grey", "·"),
        };
        return $"[{colour}]{sign} {voice["outcome." + outcome.Code()].EscapeMarkup()}[/]";
    }

    /// <summary>A severity as sign and word, in its colour.</summary>
    public static string Markup(Severity severity, Voice voice)
    {
        var (colour, sign) = severity switch
        {
            Severity.Urgent => ("red", "‼"),
            Severity.Attention => ("yellow", "!"),
            Severity.Info => ("blue", "i"),
        };
        return $"[{colour}]{sign} {voice["severity." + severity.Code()].EscapeMarkup()}[/]";
    }

    /// <summary>A truth as sign and word, in its colour.</summary>
    public static string Markup(Truth truth, Voice voice)
    {
        var (colour, sign) = truth switch
        {
            Truth.True => ("green", "✔"),
            Truth.False => ("red", "✘"),
            Truth.Unknown => ("blue", "?"),
        };
        return $"[{colour}]{sign} {voice["truth." + truth.Code()].EscapeMarkup()}[/]";
    }
}
