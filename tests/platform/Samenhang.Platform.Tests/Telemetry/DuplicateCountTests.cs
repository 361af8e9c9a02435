using System.Diagnostics.Metrics;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Telemetry;
using Samenhang.Platform.Tests.Bus;

namespace Samenhang.Platform.Tests.Telemetry;

public sealed class DuplicateCountTests
{
    [Fact]
    public async Task A_message_that_comes_again_is_counted_and_the_first_is_not()
    {
        using var folder = new TemporaryFolder();
        await using var host = await ConversationHost.StartAsync(folder.Path, answers: false);
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == Measures.Name && instrument.Name == "samenhang.inbox.duplicates")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };

        // Other tests of this process hear messages at the same time; a measurement is told where it is made, so those of this test carry its mark.
        var mine = new AsyncLocal<bool>();
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (mine.Value && Equals(tags[0].Value, ServiceNames.Casemanager))
            {
                Interlocked.Add(ref counted, count);
            }
        });
        listener.Start();
        mine.Value = true;
        var message = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

        Assert.True(await host.Cases.HandleMessageAsync("a", message, _ => [new AskerEvent.Asked(1)], CancellationToken.None));
        Assert.Equal(0, Interlocked.Read(ref counted));
        Assert.False(await host.Cases.HandleMessageAsync("a", message, _ => [new AskerEvent.Asked(1)], CancellationToken.None));

        Assert.Equal(1, Interlocked.Read(ref counted));
    }
}
