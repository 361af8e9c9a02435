using System.Text;

namespace Grpc.Core;

/// <summary>Makes marshallers.</summary>
public static class Marshallers
{
    private static readonly Marshaller<string> Text = new(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);

    /// <summary>Strings as UTF-8.</summary>
    public static Marshaller<string> StringMarshaller => Text;

    /// <summary>A marshaller over arrays.</summary>
    /// <param name="serializer">Message to bytes.</param>
    /// <param name="deserializer">Bytes to message.</param>
    /// <typeparam name="T">The type of message.</typeparam>
    public static Marshaller<T> Create<T>(Func<T, byte[]> serializer, Func<byte[], T> deserializer) => new(serializer, deserializer);

    /// <summary>A marshaller over contexts; generated stubs use this one.</summary>
    /// <param name="serializer">Message to context.</param>
    /// <param name="deserializer">Context to message.</param>
    /// <typeparam name="T">The type of message.</typeparam>
    public static Marshaller<T> Create<T>(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer) =>
        new(serializer, deserializer);
}
