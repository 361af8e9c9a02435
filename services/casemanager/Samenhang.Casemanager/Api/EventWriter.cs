using Google.Protobuf.WellKnownTypes;
using Samenhang.Events;
using Samenhang.Protos.Feed.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>A CloudEvent as the feed sends it.</summary>
internal static class EventWriter
{
    public static Event ToWire(CloudEvent told)
    {
        var wire = new Event { Id = told.Id, Source = told.Source, SpecVersion = CloudEvent.Version, Type = told.Type };
        foreach (var (name, value) in told.Attributes().Where(attribute => attribute.Key is not ("id" or "source" or "specversion" or "type")))
        {
            wire.Attributes[name] = value switch
            {
                Samenhang.Events.AttributeValue.Timestamp moment => new() { CeTimestamp = Timestamp.FromDateTimeOffset(moment.Value) },
                Samenhang.Events.AttributeValue.AbsoluteUri uri => new() { CeUri = uri.Value },
                var other => new() { CeString = other.Canonical },
            };
        }

        if (told.Data is EventData.Json data)
        {
            wire.TextData = data.Value;
        }

        return wire;
    }
}
