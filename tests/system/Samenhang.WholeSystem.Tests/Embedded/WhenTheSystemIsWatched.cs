using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Host.Embedded;
using Samenhang.Language;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Telemetry;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>What those who watch over the system see of it: one trace a command, through stores and messages, and numbers without persons.</summary>
public sealed class WhenTheSystemIsWatched(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>
{
    [Fact]
    public async Task One_trace_leads_from_the_command_over_every_domain_to_the_plan()
    {
        using var seen = new SeenSpans();
        using var caller = new Activity("a municipal system").SetIdFormat(ActivityIdFormat.W3C);
        caller.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        caller.Start();
        var trace = caller.TraceId;

        var (caseId, plan) = await fixture.PlannedAsync(Requests.BurnOut());
        caller.Stop();

        Assert.Empty(plan.SilentDomains);
        Assert.Equal(trace.ToHexString(), TraceOf("plan-made", caseId));
        await Patience.Until(
            () => ServiceNames.All.All(service => seen.Of(trace).Any(span => span.OperationName == "append" && Equals(span.GetTagItem("service"), service))),
            "each service wrote in this trace");
        var spans = seen.Of(trace);
        Assert.Single(spans, span => span.OperationName == "command OpenCase");
        Assert.Equal(
            ServiceNames.All.Order(),
            spans.Where(span => span.OperationName == "evaluate rules").Select(span => (string)span.GetTagItem("service")!).Distinct().Order());

        // Whoever hears a message goes on under the span that published it, in another service.
        var answered = spans.Where(span => span.OperationName == "append" && Equals(span.GetTagItem("service"), ServiceNames.Zvw)).ToList();
        Assert.All(answered, span => Assert.Contains(Ancestors(span, spans), ancestor =>
            ancestor.OperationName == "publish" && Equals(ancestor.GetTagItem("service"), ServiceNames.Casemanager)));
    }

    [Fact]
    public async Task No_metric_has_a_tag_that_is_not_a_name_out_of_a_closed_list()
    {
        var vocabulary = fixture.System.Services.GetRequiredService<Vocabulary>();
        using var seen = new SeenMeasurements();
        using var limit = new CancellationTokenSource(Patience.Limit);

        await new DemoHouseholds(vocabulary, fixture.Casemanager).OpenAsync(limit.Token);
        await Assert.ThrowsAsync<RpcException>(async () => await fixture.Casemanager.OpenCaseAsync(Requests.WithFiveFaults().Request));
        await Patience.Until(() => seen.Read().Contains("samenhang.rounds.open"), "the gauges were looked up");

        Assert.Superset(
            new HashSet<string>
            {
                "samenhang.commands", "samenhang.rules.evaluation", "samenhang.findings.raised", "samenhang.rounds.open", "samenhang.outbox.events", "samenhang.outbox.age",
            },
            seen.Read().ToHashSet());
        var methods = typeof(CasemanagerService).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Samenhang.Protos", StringComparison.Ordinal) == true)
            .SelectMany(type => type.GetProperties().Where(property => property.Name == "Descriptor" && property.PropertyType == typeof(Google.Protobuf.Reflection.ServiceDescriptor)))
            .SelectMany(property => ((Google.Protobuf.Reflection.ServiceDescriptor)property.GetValue(null)!).Methods)
            .Select(method => method.Name)
            .ToHashSet();
        var lists = new Dictionary<string, ISet<string>>
        {
            ["service"] = ServiceNames.All.ToHashSet(),
            ["method"] = methods,
            ["outcome"] = Enum.GetNames<StatusCode>().ToHashSet(),
            ["kind"] = vocabulary.Flags.Select(flag => flag.Id).ToHashSet(),
            ["severity"] = Enum.GetNames<Severity>().ToHashSet(),
        };
        Assert.All(seen.Tags, tag => Assert.Contains(tag.Value, lists[tag.Key]));
        Assert.Contains(new("outcome", nameof(StatusCode.OK)), seen.Tags);
        Assert.Contains(new("outcome", nameof(StatusCode.InvalidArgument)), seen.Tags);
    }

    private static IEnumerable<Activity> Ancestors(Activity span, IReadOnlyList<Activity> spans)
    {
        for (var parent = spans.FirstOrDefault(other => other.SpanId == span.ParentSpanId);
            parent is not null;
            parent = spans.FirstOrDefault(other => other.SpanId == parent.ParentSpanId))
        {
            yield return parent;
        }
    }

    private string TraceOf(string type, string caseId)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(fixture.DataFolder, "casemanager.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT trace_parent FROM event WHERE type = @type AND stream_id = @stream";
        command.Parameters.AddWithValue("@type", type);
        command.Parameters.AddWithValue("@stream", $"case/{caseId}");
        return ActivityContext.Parse((string)command.ExecuteScalar()!, null).TraceId.ToHexString();
    }

    /// <summary>Listens as an exporter does, to the sources that are exported.</summary>
    private sealed class SeenSpans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _spans = new();
        private readonly ActivityListener _listener;

        public SeenSpans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is Measures.Name or "MassTransit" or "Microsoft.AspNetCore" or "Grpc.Net.Client",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _spans.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _spans.Where(span => span.TraceId == trace)];

        public void Dispose() => _listener.Dispose();
    }

    /// <summary>Every tag of every measurement of our meters.</summary>
    private sealed class SeenMeasurements : IDisposable
    {
        private readonly ConcurrentDictionary<string, bool> _names = new();
        private readonly ConcurrentDictionary<KeyValuePair<string, string>, bool> _tags = new();
        private readonly MeterListener _listener = new();

        public SeenMeasurements()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Measures.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
            _listener.Start();
        }

        public IEnumerable<KeyValuePair<string, string>> Tags => _tags.Keys;

        public IEnumerable<string> Read()
        {
            _listener.RecordObservableInstruments();
            return _names.Keys;
        }

        public void Dispose() => _listener.Dispose();

        private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            _names[instrument.Name] = true;
            foreach (var (key, value) in tags)
            {
                _tags[new(key, (string)value!)] = true;
            }
        }
    }
}
