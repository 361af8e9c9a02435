using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Hosting;

/// <summary>Says what one service is made of. Made by <see cref="SamenhangService.AddSamenhangService"/>.</summary>
public sealed class ServiceBuilder
{
    private readonly List<ConsumerRegistration> _consumers = [];
    private readonly List<EventCatalog.Entry> _events = [];
    private readonly List<Migrations> _migrations = [];
    private readonly HashSet<Type> _tells = [];
    private readonly List<string> _packages = [];

    internal ServiceBuilder(string name, IServiceCollection services) => (Name, Services) = (name, services);

    /// <summary>Its name, one of <see cref="ServiceNames"/>; also the key of its <see cref="IEventStore"/>.</summary>
    public string Name { get; }

    /// <summary>The container, for what is the service's own.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// A kind of stream. Afterwards <see cref="Streams{TState, TEvent}"/> can be injected.
    /// </summary>
    /// <param name="kind">The first part of the stream's id, for ever: <c>case</c>.</param>
    /// <param name="initial">The state of a stream without events.</param>
    /// <param name="evolve">What an event makes of a state: pure, never refuses.</param>
    /// <param name="events">Names every event, and makes messages of those that others must hear of.</param>
    public ServiceBuilder Stream<TState, TEvent>(
        string kind, TState initial, Func<TState, TEvent, TState> evolve, Action<EventNames<TEvent>> events)
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(events);
        var names = new EventNames<TEvent>(_events);
        events(names);
        names.RequireAll();
        Services.AddSingleton(provider => new Streams<TState, TEvent>(
            kind,
            initial,
            evolve,
            provider.GetRequiredKeyedService<IEventStore>(Name),
            provider.GetRequiredKeyedService<EventCatalog>(Name),
            provider.GetServices<IProjection<TState, TEvent>>(),
            provider.GetRequiredService<TimeProvider>()));
        return this;
    }

    /// <summary>Tables beside the events, kept up to date in the transaction of each append.</summary>
    /// <param name="migrations">What makes the tables.</param>
    public ServiceBuilder Projection<TState, TEvent, TProjection>(Migrations migrations)
        where TProjection : class, IProjection<TState, TEvent>
    {
        ArgumentNullException.ThrowIfNull(migrations);
        if (!_migrations.Any(known => known.Set == migrations.Set)) // Projections may share their tables.
        {
            _migrations.Add(migrations);
        }

        // The same object for whoever reads the table: what it remembers of what it wrote is found again.
        Services.TryAddSingleton<TProjection>();
        Services.AddSingleton<IProjection<TState, TEvent>>(provider => provider.GetRequiredService<TProjection>());
        return this;
    }

    /// <summary>A table of a projection with texts that are sealed one by one: <c>run vault</c> opens them and seals them anew.</summary>
    public ServiceBuilder Seals(SealedTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Services.AddKeyedSingleton<ISealedRows>(Name, (provider, _) => new SealedTableRows(
            Name, table, provider.GetRequiredKeyedService<IEventStore>(Name), provider.GetRequiredKeyedService<StoreKeys>(Name)));
        return this;
    }

    /// <summary>Hears messages from the bus, on the service's queue.</summary>
    /// <typeparam name="TConsumer">One or more times <see cref="IConsumer{TMessage}"/>; made anew for each message.</typeparam>
    public ServiceBuilder Consumer<TConsumer>()
        where TConsumer : class, IConsumer
    {
        var consumer = ConsumerRegistration.Of<TConsumer>();
        foreach (var message in consumer.Messages)
        {
            // The inbox knows a message by its id: a second consumer in the same service would find it handled.
            if (_consumers.FirstOrDefault(other => other.Messages.Contains(message)) is { } other)
            {
                throw new InvalidOperationException($"{message.Name} is consumed in {Name} by {other.Consumer.Name} and {consumer.Consumer.Name}.");
            }
        }

        _consumers.Add(consumer);
        Services.AddScoped<TConsumer>();
        return this;
    }

    /// <summary>
    /// Publishes messages of this type. The service's user of the broker may then write to their exchange:
    /// <c>deploy/rabbitmq/definitions.json</c> is made from this.
    /// </summary>
    public ServiceBuilder Tells<TMessage>()
        where TMessage : class
    {
        _tells.Add(typeof(TMessage));
        return this;
    }

    /// <summary>Answers calls of a package of gRPC that does not carry its name: they are written in its trail.</summary>
    /// <param name="package">The first two parts: <c>samenhang.feed</c>.</param>
    public ServiceBuilder Answers(string package)
    {
        _packages.Add(package);
        return this;
    }

    /// <summary>The packages of gRPC that the service answers.</summary>
    internal IReadOnlyList<string> Packages => [$"samenhang.{Name}", .. _packages];

    internal (ServiceRegistration Registration, EventCatalog Catalog, IReadOnlyList<Migrations> Migrations) Build()
        => (new ServiceRegistration(Name, _consumers, [.. _tells]), new EventCatalog(_events), _migrations);
}
