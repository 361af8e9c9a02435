using System.Text.RegularExpressions;
using Samenhang.Language;

namespace Samenhang.Host.Commands.DeadLetters;

/// <summary>Hides every number in a text that can be a BSN: nine digits that pass the 11-proef, also with spaces, dots or hyphens between.</summary>
internal static partial class BsnMask
{
    private const string Hidden = "*********";

    /// <summary>The text without them.</summary>
    public static string Over(string text) => NineDigits().Replace(text, found => Bsn.TryParse(found.Value, out _) ? Hidden : found.Value);

    [GeneratedRegex(@"(?<![0-9])[0-9](?:[ .\-]?[0-9]){8}(?![0-9])")]
    private static partial Regex NineDigits();
}
