using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using MassTransit;

namespace Samenhang.Platform.Bus;

/// <summary>
/// Puts on a dead letter a reason that a person understands, and never a long one.
/// </summary>
/// <remarks>
/// MassTransit writes the innermost exception. Of a message that cannot be read that is some step of the reader
/// (<c>InvalidOperationException</c>, <c>ArgumentNullException</c>), which looks like a bug of ours; here it says so, and where. And headers must
/// fit in one frame of the broker (128 KiB): a text of the message itself that came into the text of an exception broke the connection, and the
/// service heard nothing more.
/// </remarks>
internal sealed class ReasonOnDeadLetter : IFilter<ExceptionReceiveContext>
{
    private const int LongestReason = 1_000;
    private const int LongestTrace = 16_000;

    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        var cause = context.Exception.GetBaseException();
        var unreadable = WhyUnreadable(context.Exception);
        context.ExceptionHeaders.Set(MessageHeaders.FaultExceptionType, unreadable is null ? cause.GetType().FullName : typeof(SerializationException).FullName);
        context.ExceptionHeaders.Set(MessageHeaders.FaultMessage, Shortened(unreadable ?? cause.Message, LongestReason));
        context.ExceptionHeaders.Set(MessageHeaders.FaultStackTrace, Shortened(cause.StackTrace ?? "", LongestTrace));
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("reason-on-dead-letter");

    private static string? WhyUnreadable(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case JsonException { InnerException: not JsonException, Path: { } path }:
                    return $"The message cannot be read at {path}.";
                case JsonException or DecoderFallbackException:
                    return "The message is no JSON.";
                case SerializationException { InnerException: null }:
                    return cause.Message;
                // An address that is none, or a number in a header that no JSON can hold: what people say has neither.
                case UriFormatException:
                case FormatException or ArgumentException when cause.Source?.StartsWith("MassTransit", StringComparison.Ordinal) == true || cause.Source == "System.Text.Json":
                    return "The envelope of the message cannot be read.";
            }
        }

        return null;
    }

    private static string Shortened(string text, int longest) => text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest), "…");
}
