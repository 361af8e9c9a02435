using System.Text;
using System.Text.Json;

namespace Samenhang.Events.Tests.Formats;

/// <summary>What others send: right in another way than ours, or wrong in several ways at once.</summary>
public sealed class Reading
{
    [Fact]
    public void JSON_is_written_with_the_names_and_types_of_the_format()
    {
        var @event = new CloudEvent
        {
            Id = "1",
            Source = "/bron",
            Type = "nl.voorbeeld.iets.gebeurd.v1",
            Time = new DateTimeOffset(2026, 1, 31, 8, 0, 0, 500, TimeSpan.FromHours(1)),
            DataContentType = "application/json",
            Extensions = EventExtensions.Of(("spoed", AttributeValue.Of(true)), ("aantal", AttributeValue.Of(-3))),
            Data = EventData.OfJson("""{ "a" : [ 1 , "é" ] }"""),
        };
        Assert.Equal(
            """{"specversion":"1.0","id":"1","source":"/bron","type":"nl.voorbeeld.iets.gebeurd.v1","time":"2026-01-31T08:00:00.5+01:00","datacontenttype":"application/json","aantal":-3,"spoed":true,"data":{"a":[1,"é"]}}""",
            Encoding.UTF8.GetString(CloudEventJson.Write(@event)));
        Assert.Equal(
            """{"specversion":"1.0","id":"1","source":"/","type":"t","data_base64":"AQI="}""",
            Encoding.UTF8.GetString(CloudEventJson.Write(new() { Id = "1", Source = "/", Type = "t", Data = EventData.OfBytes(new byte[] { 1, 2 }) })));
        Assert.Equal("[]", Encoding.UTF8.GetString(CloudEventJson.WriteBatch([])));
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/","type":"t","subject":null,"data_base64":null,"x":null}""")]
    [InlineData("""{"type":"t","source":"/","id":"1","specversion":"1.0"}""")]
    public void A_null_is_an_attribute_that_is_not_there_and_order_does_not_matter(string json) =>
        Assert.Equal(new CloudEvent { Id = "1", Source = "/", Type = "t" }, Read(json).Value);

    [Theory]
    [InlineData(null, """{"a": 1}""", "Json")]
    [InlineData("application/json", "\"tekst\"", "Json")]
    [InlineData("application/vnd.x+json", "null", "Json")]
    [InlineData("TEXT/JSON; charset=utf-8", "3", "Json")]
    [InlineData("application/xml", "\"<a/>\"", "Text")]
    [InlineData("text/plain", "null", null)]
    public void Data_is_read_as_its_type_says(string? contentType, string data, string? kind)
    {
        var type = contentType is null ? "" : $"\"datacontenttype\":\"{contentType}\",";
        var parsed = Read($$"""{"specversion":"1.0","id":"1","source":"/","type":"t",{{type}}"data":{{data}}}""");
        Assert.True(parsed.Succeeded);
        Assert.Equal(kind, parsed.Value.Data?.GetType().Name);
    }

    [Fact]
    public void Every_fault_of_an_event_comes_at_once()
    {
        var parsed = Read("""
            {"specversion": "0.3", "id": "", "source": "geen uri", "time": "gisteren", "dataschema": "schema", "datacontenttype": "json",
             "subject": "a\u0007b", "Naam": "x", "te-lang": 1, "getal": 1.5, "groot": 2147483648, "lijst": [], "object": {},
             "recordedtime": "morgen", "dataref": "een twee", "data": 1, "data_base64": "AQ=="}
            """);
        Assert.Equal(
            ["(extension)", "(extension)", "data_base64", "datacontenttype", "dataref", "dataschema", "getal", "groot", "id", "lijst", "object", "recordedtime", "source", "specversion", "subject", "time", "type"],
            parsed.Faults.Select(fault => fault.Field).Order(StringComparer.Ordinal));
        Assert.All(parsed.Faults, fault => Assert.DoesNotContain("gisteren", fault.DescriptionEn + fault.DescriptionNl, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"specversion":"1.0","id":"1","id":"2","source":"/","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":1,"source":"/","type":"t"}""")]
    [InlineData("""{"specversion":1.0,"id":"1","source":"/","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":"\ud83d","source":"/","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/","type":"t","\ud83d":"x"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/","type":"t","data":"\ud83d"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/","type":"t","data_base64":"*"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/","type":"t","datacontenttype":"text/plain","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":"\ufffe","source":"/","type":"t"}""")]
    public void What_is_no_event_gives_a_fault(string json) => Assert.NotEmpty(Read(json).Faults);

    [Fact]
    public void A_batch_names_the_place_of_each_fault()
    {
        var parsed = CloudEventJson.ReadBatch("""[{"specversion":"1.0","id":"1","source":"/","type":"t"}, {"specversion":"1.0","id":"2","source":"/"}, 3]"""u8.ToArray());
        Assert.Equal(["[1].type", "[2]"], parsed.Faults.Select(fault => fault.Field));
        Assert.Single(CloudEventJson.ReadBatch("{}"u8.ToArray()).Faults);
    }

    [Theory]
    [InlineData("2026-01-31T08:00:00Z", "2026-01-31T08:00:00Z")]
    [InlineData("2026-01-31t08:00:00z", "2026-01-31T08:00:00Z")]
    [InlineData("2026-01-31T08:00:00.10+01:00", "2026-01-31T08:00:00.1+01:00")]
    [InlineData("2026-01-31T08:00:00.123456789-05:30", "2026-01-31T08:00:00.1234567-05:30")]
    [InlineData("2026-01-31T08:00:00-00:00", "2026-01-31T08:00:00Z")]
    [InlineData("2026-02-30T08:00:00Z", null)]
    [InlineData("2026-01-31T24:00:00Z", null)]
    [InlineData("2026-01-31T08:00:00", null)]
    [InlineData("2026-01-31 08:00:00Z", null)]
    [InlineData("2026-01-31T08:00Z", null)]
    [InlineData("2026-01-31T08:00:00+25:00", null)]
    [InlineData("2026-01-31T08:00:00Z\n", null)]
    [InlineData("２026-01-31T08:00:00Z", null)]
    public void A_time_is_what_RFC_3339_says(string text, string? written)
    {
        Assert.Equal(written is not null, Rfc3339.TryParse(text, out var moment));
        Assert.Equal(written, written is null ? null : Rfc3339.Write(moment));
    }

    [Fact]
    public void The_same_moment_written_with_another_offset_is_another_value_as_its_text_is()
    {
        var winter = new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.FromHours(1));
        Assert.NotEqual(AttributeValue.Of(winter), AttributeValue.Of(winter.ToUniversalTime()));
        var @event = new CloudEvent { Id = "1", Source = "/", Type = "t", Time = winter };
        Assert.NotEqual(@event, @event with { Time = winter.ToUniversalTime() });
        Assert.Equal(@event, @event with { Time = winter });
    }

    [Fact]
    public void AMQP_reads_either_separator_native_types_and_canonical_texts()
    {
        foreach (var separator in "_:")
        {
            var parsed = CloudEventAmqp.Read("text/plain", new Dictionary<string, object?>
            {
                [$"cloudEvents{separator}specversion"] = "1.0",
                [$"cloudEvents{separator}id"] = "1"u8.ToArray(),
                [$"cloudEvents{separator}source"] = "/",
                [$"cloudEvents{separator}type"] = "t",
                [$"cloudEvents{separator}time"] = new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero),
                [$"cloudEvents{separator}aantal"] = 3L,
                [$"cloudEvents{separator}klein"] = (byte)3,
                [$"cloudEvents{separator}spoed"] = false,
                [$"cloudEvents{separator}niets"] = null,
                ["x-death"] = new List<object>(),
            }, "tekst"u8.ToArray());
            Assert.Equal(
                new CloudEvent
                {
                    Id = "1",
                    Source = "/",
                    Type = "t",
                    Time = new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero),
                    DataContentType = "text/plain",
                    Extensions = EventExtensions.Of(("aantal", AttributeValue.Of(3)), ("klein", AttributeValue.Of(3)), ("spoed", AttributeValue.Of(false))),
                    Data = EventData.OfText("tekst"),
                },
                parsed.Value);
        }
    }

    [Fact]
    public void AMQP_writes_the_properties_that_a_broker_knows()
    {
        var time = new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);
        var message = CloudEventAmqp.WriteBinary(new() { Id = "1", Source = "/", Type = "t", Time = time, Extensions = EventExtensions.Of(("n", AttributeValue.Of(7))), Data = EventData.OfJson("{}") });
        Assert.Equal(("application/json", "1", "t", time, (byte)2), (message.ContentType, message.MessageId, message.Type, message.Timestamp, message.DeliveryMode));
        Assert.Equal(
            [("cloudEvents_id", "1"), ("cloudEvents_n", 7L), ("cloudEvents_source", "/"), ("cloudEvents_specversion", "1.0"), ("cloudEvents_time", "2026-01-31T08:00:00Z"), ("cloudEvents_type", "t")],
            message.Headers.Select(header => (header.Key, header.Value)));
        Assert.Equal("application/cloudevents+json; charset=utf-8", CloudEventAmqp.WriteStructured(new() { Id = "1", Source = "/", Type = "t" }).ContentType);
    }

    [Fact]
    public void AMQP_gives_every_fault_at_once()
    {
        var parsed = CloudEventAmqp.Read("application/json", new Dictionary<string, object?>
        {
            ["cloudEvents_specversion"] = "1.0",
            ["cloudEvents:id"] = "1",
            ["cloudEvents_source"] = new byte[] { 0xff },
            ["cloudEvents_groot"] = 1L << 40,
            ["cloudEvents_breuk"] = 1.5,
            ["cloudEvents_datacontenttype"] = "application/json",
        }, "{"u8.ToArray());
        Assert.Equal(["breuk", "data", "datacontenttype", "groot", "headers", "source", "type"], parsed.Faults.Select(fault => fault.Field).Order(StringComparer.Ordinal));
        Assert.Equal("content_type", Assert.Single(CloudEventAmqp.Read("application/cloudevents+avro", [], default).Faults).Field);
    }

    /// <summary>Whatever bytes come: an event or faults.</summary>
    [Fact]
    public void No_bytes_do_more_than_give_a_fault()
    {
        var random = new Random(20261122);
        var seed = """[{"specversion":"1.0","id":"\u0031","source":"/","type":"t","time":"2026-01-31T08:00:00Z","x":1,"datacontenttype":"application/json","data":{"a":[1]}}]"""u8.ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])seed.Clone();
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var parsed = CloudEventJson.ReadBatch(bytes);
            Assert.NotEqual(parsed.Succeeded, parsed.Faults.Count > 0);
            var inner = bytes.AsMemory(1, bytes.Length - 2);
            Assert.NotEqual(CloudEventJson.Read(inner).Succeeded, CloudEventJson.Read(inner).Faults.Count > 0);
        }
    }

    [Fact]
    public void Data_that_is_not_JSON_is_not_made_into_JSON() => Assert.ThrowsAny<JsonException>(() => EventData.OfJson("{"));

    private static Parsed<CloudEvent> Read(string json) => CloudEventJson.Read(Encoding.UTF8.GetBytes(json));
}
