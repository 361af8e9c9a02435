using System.Text.RegularExpressions;

namespace Samenhang.Events;

/// <summary>Media types, as far as CloudEvents asks to know them.</summary>
public static partial class ContentTypes
{
    /// <summary>One event in JSON.</summary>
    public const string CloudEventJson = "application/cloudevents+json; charset=utf-8";

    /// <summary>A list of events in JSON.</summary>
    public const string CloudEventBatchJson = "application/cloudevents-batch+json; charset=utf-8";

    /// <summary>JSON.</summary>
    public const string Json = "application/json";

    /// <summary>Whether data of this type is JSON: subtype <c>json</c>, or one that ends in <c>+json</c>. No type at all means JSON.</summary>
    public static bool IsJson(string? contentType)
    {
        if (contentType is null)
        {
            return true;
        }

        var subtype = Essence(contentType)[(Essence(contentType).IndexOf('/', StringComparison.Ordinal) + 1)..];
        return subtype == "json" || subtype.EndsWith("+json", StringComparison.Ordinal);
    }

    /// <summary>Whether data of this type is read as text: any text type, and XML.</summary>
    public static bool IsText(string contentType)
    {
        var essence = Essence(contentType);
        return essence.StartsWith("text/", StringComparison.Ordinal) || essence.EndsWith("/xml", StringComparison.Ordinal) || essence.EndsWith("+xml", StringComparison.Ordinal);
    }

    /// <summary>Whether a message of this type holds a whole event (structured mode), and not only its data.</summary>
    public static bool IsStructured(string? contentType) => contentType?.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether the text is a media type with its parameters, as RFC 2046 writes them.</summary>
    public static bool IsMediaType(string text) => Shape().IsMatch(text);

    /// <summary>The type and subtype in lower case, without parameters.</summary>
    internal static string Essence(string contentType) => contentType.Split(';', 2)[0].Trim().ToLowerInvariant();

    [GeneratedRegex("""^[A-Za-z0-9!#$%&'*+.^_`|~-]+/[A-Za-z0-9!#$%&'*+.^_`|~-]+( *; *[A-Za-z0-9!#$%&'*+.^_`|~-]+=([A-Za-z0-9!#$%&'*+.^_`|~-]+|"[^"\\]*"))*\z""", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
