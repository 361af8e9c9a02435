using Microsoft.Extensions.DependencyInjection;
using Samenhang.Domains.Store;
using Samenhang.Messages.Cases;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Domains.Records;

/// <summary>Says which records a domain keeps.</summary>
public sealed class DomainRecords<TDomain>
    where TDomain : IDomain
{
    internal DomainRecords(ServiceBuilder service) => Service = service;

    internal ServiceBuilder Service { get; }

    /// <summary>
    /// A kind of record. Afterwards <see cref="RecordDesk{TDomain, TRecord, TEvent}"/> can be injected.
    /// </summary>
    /// <param name="news">
    /// All that a record says about its case after an event: the casemanager takes the newest and forgets older ones. The events and
    /// documents in it are those of this event alone.
    /// </param>
    /// <param name="events">Names each event.</param>
    public DomainRecords<TDomain> Keep<TRecord, TEvent>(Func<TEvent, CaseNews> news, Action<RecordEventNames<TRecord, TEvent>> events)
        where TRecord : class, IRecord
        where TEvent : RecordEvent<TRecord>
    {
        ArgumentNullException.ThrowIfNull(news);
        return Keep<TRecord, TEvent, RecordReported>(
            (name, happened, origin) => new RecordReported
            {
                Domain = TDomain.Name,
                CasePseudonym = happened.After.CasePseudonym!,
                Kind = TRecord.Kind,
                RecordId = happened.After.Id,
                Version = origin.Version,
                Happened = name,
                News = news(happened),
            },
            events);
    }

    /// <summary>As the other, with messages of the domain's own.</summary>
    /// <param name="message">Makes the message of an event whose record belongs to a case, from the name of the event.</param>
    /// <param name="events">Names each event.</param>
    public DomainRecords<TDomain> Keep<TRecord, TEvent, TMessage>(
        Func<string, TEvent, EventOrigin, TMessage> message, Action<RecordEventNames<TRecord, TEvent>> events)
        where TRecord : class, IRecord
        where TEvent : RecordEvent<TRecord>
        where TMessage : class
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(events);
        Service.Services.AddSingleton<RecordDesk<TDomain, TRecord, TEvent>>();
        Service.Services.AddSingleton<ICaseRecords<TDomain>>(services => services.GetRequiredService<RecordDesk<TDomain, TRecord, TEvent>>());
        Service
            .Tells<TMessage>()
            .Stream<RecordState<TRecord>, TEvent>(
                TRecord.Kind, new RecordState<TRecord>(null), (_, happened) => new RecordState<TRecord>(happened.After), names => events(new(names, message)))
            .Projection<RecordState<TRecord>, TEvent, RecordProjection<TDomain, TRecord, TEvent>>(Migrations.Embedded(typeof(DomainServices).Assembly, "provisions"));
        return this;
    }

    /// <summary>Rows beside the records of a kind, for a question that one record cannot answer.</summary>
    /// <param name="migrations">What makes their tables.</param>
    public DomainRecords<TDomain> Project<TRecord, TEvent, TProjection>(Migrations migrations)
        where TRecord : class, IRecord
        where TEvent : RecordEvent<TRecord>
        where TProjection : class, IProjection<RecordState<TRecord>, TEvent>
    {
        Service.Projection<RecordState<TRecord>, TEvent, TProjection>(migrations);
        return this;
    }
}

/// <summary>Names the events of one kind of record.</summary>
public sealed class RecordEventNames<TRecord, TEvent>
    where TRecord : class, IRecord
    where TEvent : RecordEvent<TRecord>
{
    private readonly EventNames<TEvent> names;
    private readonly Func<string, TEvent, EventOrigin, object> message;

    internal RecordEventNames(EventNames<TEvent> names, Func<string, TEvent, EventOrigin, object> message) => (this.names, this.message) = (names, message);

    /// <summary>An event that the casemanager hears of, when the record belongs to a case.</summary>
    /// <param name="name">Its name in the store and in the message, kebab-case, for ever: <c>trajectory-opened</c>.</param>
    public RecordEventNames<TRecord, TEvent> Tell<T>(string name)
        where T : class, TEvent
    {
        names.Publish<T>(name, (happened, origin) => happened.After.CasePseudonym is null ? null : message(name, happened, origin));
        return this;
    }

    /// <summary>An event that stays inside the domain.</summary>
    /// <param name="name">Its name in the store, kebab-case, for ever.</param>
    public RecordEventNames<TRecord, TEvent> Add<T>(string name)
        where T : class, TEvent
    {
        names.Add<T>(name);
        return this;
    }
}
