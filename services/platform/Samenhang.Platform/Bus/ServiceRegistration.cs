using MassTransit;

namespace Samenhang.Platform.Bus;

/// <summary>One service in this process: its name, what it hears and what it tells.</summary>
internal sealed record ServiceRegistration(string Name, IReadOnlyList<ConsumerRegistration> Consumers, IReadOnlyList<Type> Tells)
{
    public IEnumerable<Type> Heard => Consumers.SelectMany(consumer => consumer.Messages);

    public bool Hears(Type message) => Consumers.Any(consumer => consumer.Messages.Contains(message));
}

/// <summary>One consumer class, the messages it takes, and how it is put on an endpoint.</summary>
internal sealed record ConsumerRegistration(
    Type Consumer, IReadOnlyList<Type> Messages, Action<IReceiveEndpointConfigurator, IRegistrationContext> PutOn)
{
    public static ConsumerRegistration Of<TConsumer>()
        where TConsumer : class, IConsumer
        => new(
            typeof(TConsumer),
            [.. typeof(TConsumer).GetInterfaces()
                .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConsumer<>))
                .Select(type => type.GetGenericArguments()[0])],
            (endpoint, context) => endpoint.Consumer<TConsumer>(context));
}
