using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Platform.Store;

namespace Samenhang.WholeSystem.Tests;

/// <summary>What a service keeps, with the seals off: files alone tell nothing.</summary>
internal static class OpenedStore
{
    /// <summary>The payload of every event, in the order of the feed.</summary>
    public static async Task<IReadOnlyList<(string StreamId, string Payload)>> EventsAsync(this IServiceProvider services, string service)
    {
        var store = services.GetRequiredKeyedService<IEventStore>(service);
        var events = new List<(string, string)>();
        for (long position = 0; ;)
        {
            var batch = await store.ReadFromAsync(position, 500, Payloads.All, CancellationToken.None);
            if (batch.Count == 0)
            {
                return events;
            }

            events.AddRange(batch.Select(recorded => (recorded.StreamId, recorded.Payload)));
            position = batch[^1].Position;
        }
    }

    /// <summary>Whether an event of a service says this.</summary>
    public static async Task<bool> SaysAsync(this IServiceProvider services, string service, string text) =>
        (await services.EventsAsync(service)).Any(recorded => recorded.Payload.Contains(text, StringComparison.Ordinal));

    /// <summary>The payloads as bytes.</summary>
    public static async Task<IEnumerable<byte[]>> BytesAsync(this IServiceProvider services, string service) =>
        (await services.EventsAsync(service)).Select(recorded => Encoding.UTF8.GetBytes(recorded.Payload));
}
