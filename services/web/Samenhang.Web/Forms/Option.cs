namespace Samenhang.Web.Forms;

/// <summary>Something that can be chosen.</summary>
/// <param name="Value">As it is sent.</param>
/// <param name="Text">As it is read.</param>
/// <param name="Language">The language of the text; null = that of the page.</param>
/// <param name="Hint">More about it; null = nothing.</param>
public sealed record Option(string Value, string Text, string? Language = null, string? Hint = null);
