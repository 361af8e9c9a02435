using Google.Protobuf;
using Samenhang.Domains.Store;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;

namespace Samenhang.Domains.Records;

/// <summary>Where requests about the records of one kind are handled: load, decide (pure), append.</summary>
/// <typeparam name="TDomain">The domain that keeps them.</typeparam>
/// <typeparam name="TRecord">The record.</typeparam>
/// <typeparam name="TEvent">The sum type of what happens to it.</typeparam>
public sealed class RecordDesk<TDomain, TRecord, TEvent>(Streams<RecordState<TRecord>, TEvent> streams, RecordTable<TDomain> table, TimeProvider time) : ICaseRecords<TDomain>
    where TDomain : IDomain
    where TRecord : class, IRecord
    where TEvent : RecordEvent<TRecord>
{
    /// <summary>Makes a record; the id is given.</summary>
    public Task<Result<TReply>> CreateAsync<TReply>(
        RequestIdentity request, Func<string, Result<TEvent>> decide, Func<TRecord, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new()
    {
        ArgumentNullException.ThrowIfNull(decide);
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        return HandleAsync(id, request, _ => decide(id), reply, cancellationToken);
    }

    /// <summary>Changes a record; not found when there is none.</summary>
    public Task<Result<TReply>> ChangeAsync<TReply>(
        RequestIdentity request, string id, Func<TRecord, Result<TEvent>> decide, Func<TRecord, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new()
    {
        ArgumentNullException.ThrowIfNull(decide);
        return HandleAsync(id, request, current => current is null ? NotFound(id) : decide(current), reply, cancellationToken);
    }

    /// <summary>
    /// Changes the record whose id follows from a name that others gave, or makes it. A decision without an event is good: what was said
    /// again changes nothing. When the record was erased, the person may come anew: the next one under the same name has an id of its own.
    /// </summary>
    public async Task<Result<TReply>> KeepAsync<TReply>(
        RequestIdentity request, string id, Func<string, TRecord?, Result<TEvent?>> decide, Func<TRecord, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new()
    {
        ArgumentNullException.ThrowIfNull(decide);
        for (var generation = 1; ; generation++)
        {
            var key = KeyOf(id, generation);
            var kept = await streams.HandleRequestAsync(
                key,
                request,
                state => decide(key, state.Current).Then(happened => Result<IReadOnlyList<TEvent>>.Success(happened is null ? [] : [happened])),
                after => reply(after.State.Current!, after.Version),
                cancellationToken);
            if (kept.Error is not Error.NotFound || !(await streams.LoadAsync(key, cancellationToken)).IsErased)
            {
                return kept;
            }
        }
    }

    /// <summary>One record with its version.</summary>
    public async Task<Result<(TRecord Record, long Version)>> FindAsync(string id, CancellationToken cancellationToken)
    {
        for (var generation = 1; ; generation++)
        {
            var found = await streams.LoadAsync(KeyOf(id, generation), cancellationToken);
            if (!found.IsErased)
            {
                return found.State.Current is { } record ? (record, found.Version) : NotFound(id);
            }
        }
    }

    /// <inheritdoc/>
    public async Task EraseAsync(string casePseudonym, CancellationToken cancellationToken)
    {
        foreach (var id in await table.OfCaseAsync(TRecord.Kind, casePseudonym, cancellationToken))
        {
            await streams.EraseAsync(id, _ => Result<IReadOnlyList<RowWrite>>.Success([]), cancellationToken);
        }
    }

    /// <summary>The records of one case with their versions, the oldest first.</summary>
    public async Task<IReadOnlyList<(TRecord Record, long Version)>> OfCaseAsync(string casePseudonym, CancellationToken cancellationToken) =>
        await LoadAsync(await table.OfCaseAsync(TRecord.Kind, casePseudonym, cancellationToken), cancellationToken);

    /// <summary>The records about the person with this name in the domain's own systems, the oldest first.</summary>
    public async Task<IReadOnlyList<(TRecord Record, long Version)>> OfReferenceAsync(string ownReference, CancellationToken cancellationToken) =>
        await LoadAsync(await table.OfReferenceAsync(TRecord.Kind, ownReference, cancellationToken), cancellationToken);

    // The first is the id itself; after an erasure another follows.
    private static string KeyOf(string id, int generation) => generation == 1 ? id : FormattableString.Invariant($"{id}.{generation}");

    private static Error.NotFound NotFound(string id) => new(TRecord.Kind, id);

    private async Task<IReadOnlyList<(TRecord Record, long Version)>> LoadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<(TRecord, long)>(ids.Count);
        foreach (var id in ids)
        {
            var (version, state) = await streams.LoadAsync(id, cancellationToken);
            if (state.Current is { } record) // Else it was erased since it was looked up.
            {
                found.Add((record, version));
            }
        }

        return found;
    }

    private Task<Result<TReply>> HandleAsync<TReply>(
        string id, RequestIdentity request, Func<TRecord?, Result<TEvent>> decide, Func<TRecord, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        streams.HandleRequestAsync(
            id,
            request,
            state => decide(state.Current).Then(happened => Result<IReadOnlyList<TEvent>>.Success([happened])),
            after => reply(after.State.Current!, after.Version),
            cancellationToken);
}
