using System.Text;

namespace Samenhang.Events;

/// <summary>What CloudEvents 1.0 itself asks of an event. All faults come at once.</summary>
public static class CloudEventRules
{
    /// <summary>The longest name of an attribute that we take. CloudEvents advises 20; others' events may pass that a little.</summary>
    public const int LongestName = 64;

    /// <summary>Everything that is wrong with the event; empty if it is valid.</summary>
    public static IReadOnlyList<EventFault> Check(CloudEvent @event)
    {
        var faults = new List<EventFault>();
        foreach (var name in (string[])["id", "source", "type", "subject", "datacontenttype", "dataschema"])
        {
            if (@event.Find(name) is { } value)
            {
                if (value.Canonical.Length == 0)
                {
                    faults.Add(new(name, "mag niet leeg zijn", "must not be empty"));
                }
                else
                {
                    CheckValue(name, value, faults);
                }
            }
        }

        if (!string.IsNullOrEmpty(@event.DataContentType) && !ContentTypes.IsMediaType(@event.DataContentType))
        {
            faults.Add(new("datacontenttype", "is geen mediatype", "is not a media type"));
        }

        foreach (var (name, value) in @event.Extensions)
        {
            if (!IsName(name))
            {
                faults.Add(new(Shown(name), $"een naam bestaat uit kleine letters a-z en cijfers, hoogstens {LongestName}", $"a name consists of lower-case letters a-z and digits, at most {LongestName}"));
            }
            else if (CloudEvent.CoreAttributes.Contains(name) || name is "data")
            {
                faults.Add(new(name, "is een naam van CloudEvents zelf", "is a name of CloudEvents itself"));
            }

            CheckValue(Shown(name), value, faults);
        }

        switch (@event.Data)
        {
            case EventData.Json when !ContentTypes.IsJson(@event.DataContentType):
                faults.Add(new("data", "is JSON, maar datacontenttype noemt iets anders", "is JSON, but datacontenttype names another type"));
                break;
            case EventData.Text when ContentTypes.IsJson(@event.DataContentType):
                faults.Add(new("data", "is tekst: daarvoor is een datacontenttype nodig dat geen JSON is", "is text: that needs a datacontenttype other than JSON"));
                break;
            default:
                break;
        }

        return faults;
    }

    /// <summary>Whether the text can name an attribute: lower-case letters a-z and digits only.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= LongestName && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));

    /// <summary>Whether the text is a String of CloudEvents: no control characters, no noncharacters, no unpaired surrogates.</summary>
    public static bool IsText(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var used) != System.Buffers.OperationStatus.Done
                || Rune.IsControl(rune) || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF)
            {
                return false;
            }

            i += used;
        }

        return true;
    }

    /// <summary>Whether the text holds only what RFC 3986 allows in a URI or a relative reference.</summary>
    public static bool IsUriReference(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '%' ? i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])
                : !char.IsAsciiLetterOrDigit(c) && !"-._~:/?#[]@!$&'()*+,;=".Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        // A colon in the first segment makes it a scheme, which has its own letters.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return text.Length > 0 && text.Count(c => c == '#') <= 1 && (colon < 0 || text.AsSpan(0, colon).ContainsAny("/?#") || HasScheme(text));
    }

    /// <summary>Whether the text is a URI with a scheme.</summary>
    public static bool IsAbsoluteUri(string text) => IsUriReference(text) && HasScheme(text);

    private static bool HasScheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(text[0]) && text.Take(colon).All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
    }

    private static void CheckValue(string name, AttributeValue value, List<EventFault> faults)
    {
        EventFault? fault = value switch
        {
            AttributeValue.Text text when !IsText(text.Value) => new(name, "bevat tekens die CloudEvents niet toestaat", "holds characters that CloudEvents does not allow"),
            AttributeValue.UriReference reference when !IsUriReference(reference.Value) => new(name, "is geen URI of verwijzing naar een URI", "is not a URI-reference"),
            AttributeValue.AbsoluteUri uri when !IsAbsoluteUri(uri.Value) => new(name, "is geen volledige URI", "is not an absolute URI"),
            _ => null,
        };
        if (fault is not null)
        {
            faults.Add(fault);
        }
    }

    // A name that is no name can be anything: it is not repeated in full.
    private static string Shown(string name) => IsName(name) ? name : "(extension)";
}
