namespace Samenhang.Events;

/// <summary>What the readers of all formats share: attributes by name become an event, or a list of faults.</summary>
internal sealed class CloudEventReading
{
    private readonly Dictionary<string, string> core = new(StringComparer.Ordinal);
    private EventExtensions extensions = EventExtensions.None;

    public List<EventFault> Faults { get; } = [];

    public string? DataContentType => core.GetValueOrDefault("datacontenttype");

    /// <summary>An attribute that the format shows as text.</summary>
    public void Add(string name, string text)
    {
        if (CloudEvent.CoreAttributes.Contains(name))
        {
            core[name] = text;
            return;
        }

        var (value, fault) = KnownExtensions.Read(name, text);
        if (fault is not null)
        {
            Faults.Add(fault);
        }
        else
        {
            extensions = extensions.With(name, value!);
        }
    }

    /// <summary>An attribute that the format shows with another type than text.</summary>
    public void Add(string name, AttributeValue value)
    {
        if (CloudEvent.CoreAttributes.Contains(name))
        {
            core.Remove(name);
            Faults.Add(new(name, "moet tekst zijn", "must be text"));
        }
        else
        {
            extensions = extensions.With(name, value);
        }
    }

    /// <summary>The event, if every attribute is right.</summary>
    public Parsed<CloudEvent> Finish(EventData? data)
    {
        if (core.TryGetValue("specversion", out var version) && version != CloudEvent.Version)
        {
            Faults.Add(new("specversion", "moet 1.0 zijn", "must be 1.0"));
        }

        DateTimeOffset? time = null;
        if (core.TryGetValue("time", out var text))
        {
            if (Rfc3339.TryParse(text, out var moment))
            {
                time = moment;
            }
            else
            {
                Faults.Add(new("time", "is geen tijdstip volgens RFC 3339", "is not a time as RFC 3339 writes it"));
            }
        }

        var known = Faults.Select(fault => fault.Field).ToHashSet();
        foreach (var name in (string[])["specversion", "id", "source", "type"])
        {
            if (!core.ContainsKey(name) && known.Add(name))
            {
                Faults.Add(new(name, "is verplicht", "is required"));
            }
        }

        // What is missing or wrong already has its fault: a stand-in keeps the rules from naming it again.
        var @event = new CloudEvent
        {
            Id = core.GetValueOrDefault("id", "-"),
            Source = core.GetValueOrDefault("source", "-"),
            Type = core.GetValueOrDefault("type", "-"),
            Subject = core.GetValueOrDefault("subject"),
            Time = time,
            DataContentType = core.GetValueOrDefault("datacontenttype"),
            DataSchema = core.GetValueOrDefault("dataschema"),
            Extensions = extensions,
            Data = data,
        };
        Faults.AddRange(CloudEventRules.Check(@event).Where(fault => !known.Contains(fault.Field)));
        return Faults.Count == 0 ? new(@event) : new(Faults);
    }
}
