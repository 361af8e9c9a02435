namespace Grpc.Core;

/// <summary>Turns messages of one type into bytes and back.</summary>
/// <typeparam name="T">The type of message.</typeparam>
public class Marshaller<T>
{
    /// <summary>A marshaller over arrays.</summary>
    /// <param name="serializer">Message to bytes.</param>
    /// <param name="deserializer">Bytes to message.</param>
    public Marshaller(Func<T, byte[]> serializer, Func<byte[], T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        Serializer = serializer;
        Deserializer = deserializer;
        ContextualSerializer = (message, context) => context.Complete(serializer(message));
        ContextualDeserializer = context => deserializer(context.PayloadAsNewBuffer());
    }

    /// <summary>A marshaller over contexts, which spares copies.</summary>
    /// <param name="serializer">Message to context.</param>
    /// <param name="deserializer">Context to message.</param>
    public Marshaller(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        ContextualSerializer = serializer;
        ContextualDeserializer = deserializer;
        Serializer = message =>
        {
            var context = new ArraySerializationContext();
            serializer(message, context);
            return context.Payload;
        };
        Deserializer = bytes => deserializer(new ArrayDeserializationContext(bytes));
    }

    /// <summary>Message to bytes.</summary>
    public Func<T, byte[]> Serializer { get; }

    /// <summary>Bytes to message.</summary>
    public Func<byte[], T> Deserializer { get; }

    /// <summary>Message to context.</summary>
    public Action<T, SerializationContext> ContextualSerializer { get; }

    /// <summary>Context to message.</summary>
    public Func<DeserializationContext, T> ContextualDeserializer { get; }
}
