using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace Samenhang.Events.Tests.Formats;

/// <summary>Valid events of every shape: each attribute there or not, texts from every plane, data of every kind.</summary>
internal static class AnyEvent
{
    private static readonly Gen<string> Text = Gen.Elements("a", "é", " ", "\"", "\\", "/", "<", "\u2028", "\U0001F600", "%", "null", "1").NonEmptyListOf().Select(parts => string.Concat(parts.Take(12)));

    private static readonly Gen<string> Source = Gen.Elements("urn:nld:oin:00000099000000001000:systeem:zvw", "/a/b?c=d#e", "https://voorbeeld.nl/%C3%A9", "a", "../x", "#");

    private static readonly Gen<DateTimeOffset> Moment =
        from ticks in Gen.Choose(0, int.MaxValue)
        from scale in Gen.Elements(1L, 10_000L, 10_000_000L, 1_000_000_000L)
        from minutes in Gen.Elements(0, 60, 120, -210, 840)
        select new DateTimeOffset(new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Unspecified).AddTicks(ticks * scale % TimeSpan.FromDays(3650).Ticks), TimeSpan.FromMinutes(minutes));

    private static readonly Gen<string> Name = Gen.Elements("soort", "a1", "x", "sequence", "planseq", "9", "dataclassification");

    // A Binary and a URI of an extension that nobody documents come back as text: they are tried apart.
    private static readonly Gen<(string, AttributeValue)> Extension = Gen.OneOf(
        from name in Name from text in Text select (name, AttributeValue.Of(text)),
        from name in Name from number in Gen.Choose(int.MinValue, int.MaxValue) select (name, AttributeValue.Of(number)),
        from name in Name from truth in Gen.Elements(true, false) select (name, AttributeValue.Of(truth)),
        from name in Gen.Elements("recordedtime", "expirytime") from moment in Moment select (name, AttributeValue.Of(moment)),
        from source in Source select ("dataref", (AttributeValue)new AttributeValue.UriReference(source)));

    private static readonly Gen<(string? Type, EventData? Data)> Payload = Gen.OneOf(
        Gen.Constant<(string?, EventData?)>((null, null)),
        from json in Gen.Elements("""{"a":[1,2.50,-0,1e400,null,true],"é":"\u00e9\ud83d\ude00 < > & '"}""", "null", "\"tekst\"", "3", "[]", """{"":{"":{}}}""")
        from type in Gen.Elements(null, "application/json", "application/json; charset=utf-8", "text/json", "application/vnd.x+json")
        select (type, (EventData?)EventData.OfJson(json)),
        from text in Text from type in Gen.Elements("text/plain", "application/xml", "image/svg+xml", "text/plain; charset=\"utf-8\"") select ((string?)type, (EventData?)EventData.OfText(text)),
        from bytes in Gen.Choose(0, 255).NonEmptyListOf()
        select ((string?)"application/octet-stream", (EventData?)EventData.OfBytes(bytes.Select(b => (byte)b).ToArray())));

    public static Arbitrary<CloudEvent> Valid { get; } = Arb.From(
        from id in Text
        from source in Source
        from type in Text
        from subject in Gen.OneOf(Gen.Constant<string?>(null), Text.Select(text => (string?)text))
        from time in Gen.OneOf(Gen.Constant<DateTimeOffset?>(null), Moment.Select(moment => (DateTimeOffset?)moment))
        from schema in Gen.Elements(null, "urn:x:y", "https://voorbeeld.nl/schema")
        from extensions in Extension.ListOf()
        from payload in Payload
        select new CloudEvent
        {
            Id = id,
            Source = source,
            Type = type,
            Subject = subject,
            Time = time,
            DataSchema = schema,
            DataContentType = payload.Type,
            Extensions = EventExtensions.Of(extensions),
            Data = payload.Data,
        });

    /// <summary>The types that come back as text, because no format says that they are more.</summary>
    public static EventExtensions Untyped { get; } = EventExtensions.Of(
        ("bytes", new AttributeValue.Binary(ImmutableArray.Create<byte>(0, 255, 7))),
        ("adres", new AttributeValue.AbsoluteUri("https://voorbeeld.nl/")),
        ("moment", AttributeValue.Of(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero))));
}
