using System.Runtime.Serialization;
using MassTransit;

namespace Samenhang.Platform.Bus;

/// <summary>Lets no message through without an id: by it a service knows what it has handled, so that nothing happens twice.</summary>
internal sealed class MessagesWithId : IFilter<ConsumeContext>
{
    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
        => context.MessageId is null ? throw new SerializationException("The envelope of the message holds no id.") : next.Send(context);

    public void Probe(ProbeContext context) => context.CreateFilterScope("messages-with-id");
}
