using System.CommandLine;

namespace Samenhang.Host.Commands;

/// <summary>The forms in which a command gives its results.</summary>
internal static class Formats
{
    /// <summary>For people.</summary>
    public const string Text = "text";

    /// <summary>For programs.</summary>
    public const string Json = "json";

    /// <summary>A folder of pages for a browser.</summary>
    public const string Html = "html";

    /// <summary>--format text|json.</summary>
    public static Option<string> Option(Voice voice) => Option(voice, "format.option", "format.unknown", Text, Json);

    /// <summary>--format with the forms that a command knows.</summary>
    /// <param name="voice">The language.</param>
    /// <param name="description">The key of what the option says in the help page.</param>
    /// <param name="unknown">The key of the message about another form.</param>
    /// <param name="known">The forms.</param>
    public static Option<string> Option(Voice voice, string description, string unknown, params string[] known)
    {
        var option = new Option<string>("--format") { Description = voice[description], HelpName = string.Join('|', known) };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !known.Contains(token.Value))
            {
                result.AddError(voice.Say(unknown, token.Value));
            }
        });
        return option;
    }
}
