using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Samenhang.Leaks.Tests.Channels;

/// <summary>Keeps every name, tag and event of every trace and metric of this process.</summary>
internal sealed class Eavesdropper : IDisposable
{
    private readonly ConcurrentDictionary<(string Channel, string Text), bool> heard = new();
    private readonly ActivityListener traces;
    private readonly MeterListener metrics;

    /// <summary>Begins to listen.</summary>
    public Eavesdropper()
    {
        traces = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Hear,
        };
        ActivitySource.AddActivityListener(traces);
        metrics = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        metrics.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Hear(instrument, tags));
        metrics.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Hear(instrument, tags));
        metrics.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Hear(instrument, tags));
        metrics.Start();
    }

    /// <summary>What was heard, by channel: <c>trace</c> or <c>metric</c>.</summary>
    public IReadOnlyCollection<(string Channel, string Text)> Heard
    {
        get
        {
            metrics.RecordObservableInstruments();
            return [.. heard.Keys];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }

    private static string Text(object? value) => value is System.Collections.IEnumerable many and not string ? string.Join(' ', many.Cast<object?>().Select(Text)) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private void Hear(Activity activity)
    {
        var tags = activity.TagObjects.Concat(activity.Baggage.Select(one => KeyValuePair.Create(one.Key, (object?)one.Value))).Concat(activity.Events.SelectMany(one => one.Tags));
        heard[("trace", $"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription}")] = true;
        foreach (var tag in tags)
        {
            heard[("trace", $"{activity.Source.Name} {tag.Key}={Text(tag.Value)}")] = true;
        }
    }

    private void Hear(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            heard[("metric", $"{instrument.Meter.Name} {instrument.Name} {tag.Key}={Text(tag.Value)}")] = true;
        }
    }
}
