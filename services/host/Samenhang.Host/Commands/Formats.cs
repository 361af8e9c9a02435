using System.CommandLine;

namespace Samenhang.Host.Commands;

/// <summary>The forms in which a command gives its results.</summary>
internal static class Formats
{
    /// <summary>For people.</summary>
    public const string Text = "text";

    /// <summary>For programs.</summary>
    public const string Json = "json";

    /// <summary>--format text|json.</summary>
    public static Option<string> Option(Voice voice)
    {
        var option = new Option<string>("--format") { Description = voice["format.option"], HelpName = "text|json" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value is not (Text or Json))
            {
                result.AddError(voice.Say("format.unknown", token.Value));
            }
        });
        return option;
    }
}
