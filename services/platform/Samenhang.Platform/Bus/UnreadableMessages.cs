using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using MassTransit;

namespace Samenhang.Platform.Bus;

/// <summary>
/// Tells of a message that could not be read that it is so, and where. MassTransit writes the innermost exception on a dead letter, which
/// names some step of the reader (<c>InvalidOperationException</c>, <c>ArgumentNullException</c>) and looks like a bug of ours.
/// </summary>
internal sealed class UnreadableMessages : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (ReasonOf(context.Exception) is { } reason)
        {
            context.ExceptionHeaders.Set(MessageHeaders.FaultExceptionType, typeof(SerializationException).FullName);
            context.ExceptionHeaders.Set(MessageHeaders.FaultMessage, reason);
        }

        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unreadable-messages");

    private static string? ReasonOf(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case JsonException { Path: { } path }:
                    return $"The message cannot be read at {path}.";
                case JsonException or DecoderFallbackException:
                    return "The message is no JSON.";
                case SerializationException { InnerException: null }:
                    return cause.Message;
                case FormatException or ArgumentException when cause.Source?.StartsWith("MassTransit", StringComparison.Ordinal) == true:
                    return "The envelope of the message cannot be read.";
            }
        }

        return null;
    }
}
