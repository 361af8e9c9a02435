namespace Samenhang.Events;

/// <summary>
/// An event as CloudEvents 1.0 describes it: attributes that say what happened, where and when, and the payload. Two events with the same
/// <see cref="Source"/> and <see cref="Id"/> are the same event. Make one freely and let <see cref="CloudEventRules"/> and
/// <see cref="NlGovProfile"/> say what is wrong with it; the readers return valid events only.
/// </summary>
public sealed record CloudEvent
{
    /// <summary>The version of CloudEvents that this type holds.</summary>
    public const string Version = "1.0";

    /// <summary>The names of the attributes that CloudEvents itself defines, in the order in which they are written.</summary>
    public static IReadOnlyList<string> CoreAttributes { get; } = ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema"];

    /// <summary><c>id</c>: unique within the source, and the same each time the event is sent again.</summary>
    public required string Id { get; init; }

    /// <summary><c>source</c>: a URI-reference to the context in which it happened.</summary>
    public required string Source { get; init; }

    /// <summary><c>type</c>: what kind of thing happened.</summary>
    public required string Type { get; init; }

    /// <summary><c>subject</c>: what it happened to; never a BSN.</summary>
    public string? Subject { get; init; }

    /// <summary><c>time</c>: the moment at which it happened, with its offset.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary><c>datacontenttype</c>: the media type of the data.</summary>
    public string? DataContentType { get; init; }

    /// <summary><c>dataschema</c>: an absolute URI that names the schema of the data.</summary>
    public string? DataSchema { get; init; }

    /// <summary>The attributes that CloudEvents does not define.</summary>
    public EventExtensions Extensions { get; init; } = EventExtensions.None;

    /// <summary>The payload; null if the event carries none.</summary>
    public EventData? Data { get; init; }

    /// <summary>The value of a context attribute by its name, typed; null if the event does not carry it.</summary>
    public AttributeValue? Find(string name) => name switch
    {
        "specversion" => AttributeValue.Of(Version),
        "id" => AttributeValue.Of(Id),
        "source" => new AttributeValue.UriReference(Source),
        "type" => AttributeValue.Of(Type),
        "subject" => Subject is null ? null : AttributeValue.Of(Subject),
        "time" => Time is { } time ? AttributeValue.Of(time) : null,
        "datacontenttype" => DataContentType is null ? null : AttributeValue.Of(DataContentType),
        "dataschema" => DataSchema is null ? null : new AttributeValue.AbsoluteUri(DataSchema),
        _ => Extensions[name],
    };

    /// <summary>The canonical text of a context attribute by its name; null if the event does not carry it.</summary>
    public string? TextOf(string name) => name switch
    {
        "specversion" => Version,
        "id" => Id,
        "source" => Source,
        "type" => Type,
        "subject" => Subject,
        "time" => Time is { } time ? Rfc3339.Write(time) : null,
        "datacontenttype" => DataContentType,
        "dataschema" => DataSchema,
        _ => Extensions[name]?.Canonical,
    };

    /// <summary>Every context attribute that the event carries, by name: those of CloudEvents first, then the extensions in order of name.</summary>
    public IEnumerable<KeyValuePair<string, AttributeValue>> Attributes()
    {
        foreach (var name in CoreAttributes)
        {
            if (Find(name) is { } value)
            {
                yield return new(name, value);
            }
        }

        foreach (var extension in Extensions)
        {
            yield return extension;
        }
    }

    /// <summary>Equal attributes, the moment with its offset, and equal data.</summary>
    public bool Equals(CloudEvent? other) =>
        other is not null && Id == other.Id && Source == other.Source && Type == other.Type && Subject == other.Subject
        && (Time is { } time ? other.Time is { } otherTime && time.EqualsExact(otherTime) : other.Time is null)
        && DataContentType == other.DataContentType && DataSchema == other.DataSchema && Extensions.Equals(other.Extensions) && Equals(Data, other.Data);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Source, Id);

    /// <summary>What identifies the event, and nothing that it says of anybody.</summary>
    public override string ToString() => $"{Type} {Source} {Id}";
}
