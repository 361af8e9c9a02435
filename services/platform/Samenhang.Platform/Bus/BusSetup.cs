using System.Globalization;
using System.Runtime.Serialization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Bus;

/// <summary>The one bus of this process: one queue for each service that runs here.</summary>
internal static class BusSetup
{
    private const string LaneHeader = "samenhang-lane";

    private const int Prefetch = 64;
    private const int Partitions = 16;

    // Longer than the broker leaves a message with one who does not answer (30 minutes): then another gets it, or the same one again.
    private static readonly TimeSpan[] StorePauses = [.. Enumerable.Range(0, 5_000).Select(n => TimeSpan.FromMilliseconds(Math.Min(2_000, 100 << Math.Min(n, 5))))];

    public static IServiceCollection AddSamenhangBus(this IServiceCollection services, Transport transport)
    {
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            switch (transport)
            {
                case Transport.InMemory:
                    bus.UsingInMemory((context, configure) => UseInMemory(context, configure));
                    break;
                case Transport.RabbitMq:
                    bus.UsingRabbitMq((context, configure) => UseRabbitMq(context, configure));
                    break;
            }
        });
        return services;
    }

    /// <summary>
    /// Puts a message in the lane of the stream it came from; a receiver handles one message of a lane at a time, so messages of one
    /// case do not race each other. A lane is one of 256, no name by which two receivers could tell that they hold the same case.
    /// </summary>
    public static void SetLane(SendContext context, string streamId)
        => context.Headers.Set(LaneHeader, SHA256.HashData(Encoding.UTF8.GetBytes(streamId))[0].ToString(CultureInfo.InvariantCulture));

    private static void UseInMemory(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator configure)
    {
        configure.UseStoreJson();
        foreach (var service in context.GetServices<ServiceRegistration>())
        {
            configure.ReceiveEndpoint(ServiceNames.QueueOf(service.Name), endpoint => Hear(service, endpoint, configure, context));
        }
    }

    private static void UseRabbitMq(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator configure)
    {
        var broker = context.GetRequiredService<IOptions<SamenhangOptions>>().Value.RabbitMq;
        var nodes = broker.Addresses();
        configure.UseStoreJson();
        configure.Host(nodes[0].Host, (ushort)nodes[0].Port, broker.VirtualHost, "samenhang", host =>
        {
            host.Username(broker.User);
            host.Password(broker.Password);
            host.PublisherConfirmation = true;
            if (nodes.Count > 1)
            {
                host.UseCluster(cluster =>
                {
                    foreach (var node in nodes)
                    {
                        cluster.Node($"{node.Host}:{node.Port}");
                    }
                });
            }
        });
        configure.SendTopology.ConfigureErrorSettings = KeepDeadLetters;
        configure.SendTopology.ConfigureDeadLetterSettings = KeepDeadLetters;
        foreach (var service in context.GetServices<ServiceRegistration>())
        {
            var queue = ServiceNames.QueueOf(service.Name);
            configure.ReceiveEndpoint(queue, endpoint =>
            {
                foreach (var (name, value) in ServiceQueues.ArgumentsOf(queue))
                {
                    endpoint.SetQueueArgument(name, value);
                }

                // Makes both at the start, before anything can fail; of the two the last named is where the broker itself puts what it gives up.
                endpoint.BindDeadLetterQueue(ServiceQueues.SkippedOf(queue), ServiceQueues.SkippedOf(queue), KeepDeadLetters);
                endpoint.BindDeadLetterQueue(ServiceQueues.ErrorOf(queue), ServiceQueues.ErrorOf(queue), KeepDeadLetters);
                endpoint.UseFilter(new ReturnedDeliveries());
                Hear(service, endpoint, configure, context);
            });
        }
    }

    /// <summary>MassTransit gives a queue of dead letters the arguments of the queue they come from; it gets its own.</summary>
    private static void KeepDeadLetters(IRabbitMqQueueBindingConfigurator queue)
    {
        foreach (var argument in ServiceQueues.ArgumentsOf(string.Empty).Keys)
        {
            queue.SetQueueArgument(argument, null!);
        }

        foreach (var (name, value) in ServiceQueues.DeadLetterArguments)
        {
            queue.SetQueueArgument(name, value);
        }
    }

    private static void Hear(ServiceRegistration service, IReceiveEndpointConfigurator endpoint, IBusFactoryConfigurator bus, IRegistrationContext context)
    {
        var process = context.GetRequiredService<IHostApplicationLifetime>();
        endpoint.PrefetchCount = Prefetch;
        endpoint.PublishFaults = false;
        endpoint.ConfigureError(error =>
        {
            error.UseFilter(new LateDeliveries(process));
            error.UseFilter(new ReasonOnDeadLetter());
            error.UseFilter(new GenerateFaultFilter());
            error.UseFilter(new ErrorTransportFilter());
        });

        // Outermost, so that a message that is tried again still holds its lane.
        endpoint.UsePartitioner(Partitions, LaneOf, Encoding.UTF8);

        // What still fails after these goes to <queue>_error, where an operator finds it.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Intervals(100, 500, 2_000, 5_000);
            retry.Ignore<StoreUnavailableException>();

            // What cannot be read now cannot be read in five seconds.
            retry.Ignore<JsonException>();
            retry.Ignore<SerializationException>();
        });

        // Not the fault of the message: it waits for the store, however long that is away. Until the bus stops.
        endpoint.UseMessageRetry(bus, retry =>
        {
            retry.Intervals(StorePauses);
            retry.Handle<StoreUnavailableException>();
        });
        endpoint.UseFilter(new MessagesWithId());
        foreach (var consumer in service.Consumers)
        {
            consumer.PutOn(endpoint, context);
        }
    }

    private static string LaneOf(ConsumeContext context)
        => context.Headers.Get<string>(LaneHeader) ?? context.MessageId?.ToString() ?? string.Empty;

    // The bus writes values as the store does, so an event and the message made of it read the same.
    private static void UseStoreJson(this IBusFactoryConfigurator configure)
        => configure.ConfigureJsonSerializerOptions(options =>
        {
            foreach (var converter in StoreJson.Options.Converters)
            {
                options.Converters.Add(converter);
            }

            // MassTransit writes for eyes: without its spaces a question has half of the bytes, an answer three quarters.
            options.WriteIndented = false;
            options.ReadStrictly();

            return options;
        });
}
