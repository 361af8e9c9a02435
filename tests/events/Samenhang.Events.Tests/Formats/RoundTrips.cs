using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Samenhang.Events.Tests.Formats;

/// <summary>An event that was written is read as the same event, in every format.</summary>
public sealed class RoundTrips
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20261122, 901, 60);

    [Fact]
    public void Every_generated_event_is_valid() => Check.One(Many, Prop.ForAll(AnyEvent.Valid, @event => Assert.Empty(CloudEventRules.Check(@event))));

    [Fact]
    public void Through_JSON() => Check.One(Many, Prop.ForAll(AnyEvent.Valid, @event => Assert.Equal(@event, Value(CloudEventJson.Read(CloudEventJson.Write(@event))))));

    [Fact]
    public void Through_a_batch_in_JSON() => Check.One(Many.WithMaxTest(300), Prop.ForAll(Arb.From(AnyEvent.Valid.Generator.ListOf()), events =>
        Assert.Equal(events, Value(CloudEventJson.ReadBatch(CloudEventJson.WriteBatch(events))))));

    [Fact]
    public void Through_AMQP_in_structured_mode() => Check.One(Many, Prop.ForAll(AnyEvent.Valid, @event => Assert.Equal(@event, Read(CloudEventAmqp.WriteStructured(@event)))));

    [Fact]
    public void Through_AMQP_in_binary_mode_where_JSON_without_a_type_gets_its_type() => Check.One(Many, Prop.ForAll(AnyEvent.Valid, @event =>
        Assert.Equal(@event.Data is EventData.Json ? @event with { DataContentType = @event.DataContentType ?? "application/json" } : @event, Read(CloudEventAmqp.WriteBinary(@event)))));

    [Fact]
    public void Through_AMQP_of_a_client_that_gives_texts_receivedbytes() => Check.One(Many, Prop.ForAll(AnyEvent.Valid, @event =>
        Assert.Equal(Read(CloudEventAmqp.WriteBinary(@event)), Read(CloudEventAmqp.WriteBinary(@event), value => value is string text ? Encoding.UTF8.GetBytes(text) : value))));

    [Fact]
    public void A_type_that_the_format_does_not_show_comes_back_receivedits_canonical_text()
    {
        var @event = new CloudEvent { Id = "1", Source = "/", Type = "t", Extensions = AnyEvent.Untyped };
        foreach (var read in new[] { Value(CloudEventJson.Read(CloudEventJson.Write(@event))), Read(CloudEventAmqp.WriteBinary(@event)) })
        {
            Assert.Equal("AP8H", read.TextOf("bytes"));
            Assert.Equal("https://voorbeeld.nl/", read.TextOf("adres"));
            Assert.Equal("2026-01-31T08:00:00Z", read.TextOf("moment"));
        }
    }

    private static CloudEvent Read(AmqpMessage message, Func<object, object>? received = null) =>
        Value(CloudEventAmqp.Read(message.ContentType, message.Headers.ToImmutableDictionary(pair => pair.Key, pair => (object?)(received is null ? pair.Value : received(pair.Value))), message.Body));

    private static T Value<T>(Parsed<T> parsed)
        where T : class
    {
        Assert.True(parsed.Succeeded, string.Join("; ", parsed.Faults));
        return parsed.Value;
    }
}
