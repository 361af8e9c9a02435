using System.Globalization;
using System.Resources;
using Samenhang.Language;

namespace Samenhang.Host.Commands;

/// <summary>The language in which the command line speaks: Dutch, or English when asked for.</summary>
internal sealed class Voice
{
    private static readonly ResourceManager Messages = new("Samenhang.Host.Resources.Messages", typeof(Voice).Assembly);
    private static readonly string[] LanguageVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    private readonly CultureInfo culture;

    private Voice(string language)
    {
        Language = language;
        culture = CultureInfo.GetCultureInfo(language);
    }

    /// <summary>nl.</summary>
    public static Voice Dutch { get; } = new("nl");

    /// <summary>en.</summary>
    public static Voice English { get; } = new("en");

    /// <summary>nl or en.</summary>
    public string Language { get; }

    /// <summary>The message with this key.</summary>
    public string this[string key] =>
        Messages.GetString(key, culture) ?? throw new ArgumentException($"There is no message '{key}'.", nameof(key));

    /// <summary>The language that was asked for, else that of the environment (LC_ALL, LC_MESSAGES, LANG), else Dutch.</summary>
    /// <param name="asked">nl, en, or null.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static Voice For(string? asked, Func<string, string?> environment)
    {
        var wanted = asked ?? LanguageVariables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return wanted?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? English : Dutch;
    }

    /// <summary>The message with this key, with values in its places.</summary>
    public string Say(string key, params object?[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>The sentence in this language.</summary>
    public string Of(Sentence sentence) => Language == "en" && sentence.En.Length > 0 ? sentence.En : sentence.Nl;
}
