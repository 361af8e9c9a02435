namespace Samenhang.Events;

/// <summary>The extension attributes whose type CloudEvents documents; all others are read as what the format shows.</summary>
public static class KnownExtensions
{
    /// <summary>Reads a text as the documented type of the extension; a fault if it is not of that type.</summary>
    internal static (AttributeValue? Value, EventFault? Fault) Read(string name, string text)
    {
        switch (name)
        {
            case "recordedtime" or "expirytime":
                return Rfc3339.TryParse(text, out var moment) ? (AttributeValue.Of(moment), null) : (null, new(name, "is geen tijdstip volgens RFC 3339", "is not a time as RFC 3339 writes it"));
            case "dataref":
                return CloudEventRules.IsUriReference(text) ? (new AttributeValue.UriReference(text), null) : (null, new(name, "is geen verwijzing naar een URI", "is not a URI-reference"));
            default:
                return (AttributeValue.Of(text), null);
        }
    }
}
