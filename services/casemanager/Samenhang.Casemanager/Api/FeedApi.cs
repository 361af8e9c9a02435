using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Samenhang.Api.Reading;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Events;
using Samenhang.Casemanager.Store;
using Samenhang.Casemanager.Subscriptions;
using Samenhang.Events;
using Samenhang.Events.Filters;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using Samenhang.Protos.Feed.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods of the feed. A slow reader holds up nobody: the stream waits for it, and the store for no reader at all.</summary>
public sealed class FeedApi : FeedService.FeedServiceBase
{
    private const int BatchSize = 500;
    private const int MostRanges = 1000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly SubscriptionAccess access;
    private readonly EventTeller teller;
    private readonly FeedHead head;
    private readonly OpenStreams streams;
    private readonly CaseRules rules;
    private readonly CaseTable cases;
    private readonly IEventStore store;
    private readonly EventCatalog catalog;
    private readonly EventOptions options;
    private readonly TimeProvider time;

    /// <summary>Takes what it works with.</summary>
    public FeedApi(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        access = services.GetRequiredService<SubscriptionAccess>();
        teller = services.GetRequiredService<EventTeller>();
        head = services.GetRequiredService<FeedHead>();
        streams = services.GetRequiredService<OpenStreams>();
        rules = services.GetRequiredService<CaseRules>();
        cases = services.GetRequiredService<CaseTable>();
        store = services.GetRequiredKeyedService<IEventStore>(ServiceNames.Casemanager);
        catalog = services.GetRequiredKeyedService<EventCatalog>(ServiceNames.Casemanager);
        options = services.GetRequiredService<IOptions<EventOptions>>().Value;
        time = services.GetRequiredService<TimeProvider>();
    }

    /// <inheritdoc/>
    public override async Task Read(ReadRequest request, IServerStreamWriter<ReadResponse> responseStream, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(responseStream);
        ArgumentNullException.ThrowIfNull(context);
        var cancellation = context.CancellationToken;
        var listener = await access.ListenAsync(request.SubscriptionId, context);
        var reader = new RequestReader(rules.Vocabulary);
        var after = Position(reader, "after_position", request.StartCase == ReadRequest.StartOneofCase.AfterPosition ? request.AfterPosition : "");
        var filters = EventFilterSet.Parse(SubscriptionApi.FilterText(request.Filters, reader));
        foreach (var fault in filters.Faults)
        {
            reader.Add(fault.Field, fault.DescriptionNl, fault.DescriptionEn);
        }

        reader.EnsureValid();
        using var open = streams.Open(listener.Id, options.MostStreams);
        if (request is { StartCase: ReadRequest.StartOneofCase.Snapshot, Snapshot: true })
        {
            after = await SnapshotAsync(listener, responseStream, cancellation);
        }

        await FollowAsync(listener, after, filters.Value!, request.UntilNow, responseStream, cancellation);
    }

    /// <inheritdoc/>
    public override async Task ReportGaps(ReportGapsRequest request, IServerStreamWriter<ReportGapsResponse> responseStream, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(responseStream);
        ArgumentNullException.ThrowIfNull(context);
        var listener = await access.ListenAsync(request.SubscriptionId, context);
        var ranges = Ranges(request);
        using var open = streams.Open(listener.Id, options.MostStreams);
        var now = FeedPosition.After(await head.FindAsync(context.CancellationToken));
        foreach (var (held, i) in ranges.Select((held, i) => (held, i)))
        {
            var until = held.Until > now ? now : held.Until;
            var there = new List<string>();
            await foreach (var told in ToldAsync(listener, held.After, until, context.CancellationToken))
            {
                there.Add(told.Event.Id);
            }

            var outcome = Compare(held.Range, there);
            outcome.Range = i;
            outcome.UntilPosition = until.ToString();
            await responseStream.WriteAsync(new ReportGapsResponse { Outcome = outcome }, context.CancellationToken);
            if (outcome.MissingIds.Count > 0)
            {
                // Read again instead of kept: a part may be large, and what is read again is the same.
                var missing = outcome.MissingIds.ToHashSet();
                await foreach (var told in ToldAsync(listener, held.After, until, context.CancellationToken))
                {
                    if (missing.Contains(told.Event.Id))
                    {
                        await responseStream.WriteAsync(
                            new ReportGapsResponse { Missing = new MissingEvent { Range = i, Position = told.Position.ToString(), Event = EventWriter.ToWire(told.Event) } }, context.CancellationToken);
                    }
                }
            }
        }
    }

    private async Task<FeedPosition> SnapshotAsync(Listener listener, IServerStreamWriter<ReadResponse> stream, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var position = await head.FindAsync(cancellationToken);
        var place = FeedPosition.After(position);
        var times = new CaseTimes(store, catalog);
        await stream.WriteAsync(new ReadResponse { SnapshotBegun = new SnapshotBegun { At = Timestamp.FromDateTimeOffset(now) } }, cancellationToken);
        var count = 0;
        foreach (var caseId in await cases.AllAsync(cancellationToken))
        {
            // Each case as it stood at the same position, however long the reader takes: the tail begins exactly there.
            var state = await times.AtAsync(StreamId.Of(CaseDesk.StreamKind, caseId), position, cancellationToken);
            if (state.Opened is not null && teller.Standing(listener, caseId, state, place, now) is { } standing)
            {
                count++;
                await stream.WriteAsync(new ReadResponse { Standing = EventWriter.ToWire(standing) }, cancellationToken);
            }
        }

        await stream.WriteAsync(new ReadResponse { Position = place.ToString(), SnapshotEnded = new SnapshotEnded { Cases = count } }, cancellationToken);
        return place;
    }

    private async Task FollowAsync(
        Listener listener, FeedPosition after, EventFilterSet filter, bool untilNow, IServerStreamWriter<ReadResponse> stream, CancellationToken cancellationToken)
    {
        var times = new CaseTimes(store, catalog);
        var end = untilNow ? await head.FindAsync(cancellationToken) : long.MaxValue;

        // Before it was made there is nothing to tell.
        var position = Math.Max(after.ReadAfter, listener.MadeAt);
        var reached = after;
        var told = time.GetTimestamp();
        while (true)
        {
            var appended = store.Appended; // Taken before reading, so that no append falls between.
            var batch = await store.ReadFromAsync(position, BatchSize, Payloads.All, cancellationToken);
            foreach (var recorded in batch.Where(recorded => recorded.Position <= end))
            {
                if (recorded.StreamId == StreamId.Of(SubscriptionDesk.StreamKind, listener.Id) && recorded.Type == "subscription-ended")
                {
                    throw SubscriptionAccess.Gone(listener.Id);
                }

                if (await teller.OfAsync(recorded, times, cancellationToken) is { } telling)
                {
                    foreach (var one in teller.For(listener, telling).Where(one => one.Position > after && listener.Wants(one.Event) && filter.Matches(one.Event)))
                    {
                        reached = one.Position;
                        told = time.GetTimestamp();
                        await stream.WriteAsync(new ReadResponse { Position = reached.ToString(), Event = EventWriter.ToWire(one.Event) }, cancellationToken);
                    }
                }

                position = recorded.Position;
            }

            if (batch.Count > 0)
            {
                head.Passed(batch[^1].Position);
            }

            var done = position >= end || (untilNow && batch.Count == 0);
            if (done || batch.Count == BatchSize || time.GetElapsedTime(told) >= options.HeartbeatEvery)
            {
                // What came up to here and was not for this reader need not be read again by it.
                var here = FeedPosition.After(position);
                reached = here > reached ? here : reached;
                told = time.GetTimestamp();
                await stream.WriteAsync(
                    new ReadResponse { Position = reached.ToString(), Heartbeat = new Heartbeat { At = Timestamp.FromDateTimeOffset(time.GetUtcNow()) } }, cancellationToken);
            }

            if (done)
            {
                return;
            }

            if (batch.Count < BatchSize)
            {
                await WaitAsync(appended, cancellationToken);
            }
        }
    }

    /// <summary>The events of a part of the feed.</summary>
    private async IAsyncEnumerable<ToldEvent> ToldAsync(
        Listener listener, FeedPosition after, FeedPosition until, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var times = new CaseTimes(store, catalog);
        var position = Math.Max(after.ReadAfter, listener.MadeAt);
        while (true)
        {
            var batch = await store.ReadFromAsync(position, BatchSize, Payloads.All, cancellationToken);
            foreach (var recorded in batch)
            {
                if (FeedPosition.Of(recorded.Position, 0) > until)
                {
                    yield break;
                }

                if (await teller.OfAsync(recorded, times, cancellationToken) is { } telling)
                {
                    foreach (var one in teller.For(listener, telling).Where(one => one.Position > after && one.Position <= until && listener.Wants(one.Event)))
                    {
                        yield return one;
                    }
                }
            }

            if (batch.Count < BatchSize)
            {
                yield break;
            }

            position = batch[^1].Position;
        }
    }

    private static RangeOutcome Compare(HeldRange held, List<string> there)
    {
        var outcome = new RangeOutcome { Expected = there.Count };
        if (held.Sha256.Length > 0)
        {
            outcome.Complete = held.Count == there.Count && held.Sha256 == HashOf(there);
            outcome.MissingIds.Add(outcome.Complete ? [] : there);
        }
        else
        {
            var has = held.Ids.ToHashSet();
            var stand = there.ToHashSet();
            outcome.MissingIds.Add(there.Where(id => !has.Contains(id)));
            outcome.UnknownIds.Add(held.Ids.Where(id => !stand.Contains(id)).Distinct());
            outcome.Complete = outcome.MissingIds.Count == 0 && outcome.UnknownIds.Count == 0;
        }

        return outcome;
    }

    private static string HashOf(List<string> ids) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(ids.Select(id => id + "\n")))));

    private List<(HeldRange Range, FeedPosition After, FeedPosition Until)> Ranges(ReportGapsRequest request)
    {
        var reader = new RequestReader(rules.Vocabulary);
        if (request.Ranges.Count is 0 or > MostRanges)
        {
            reader.Add("ranges", $"Noem een tot {MostRanges} delen.", $"Name one to {MostRanges} parts.");
        }

        var ranges = new List<(HeldRange Range, FeedPosition After, FeedPosition Until)>();
        foreach (var (range, i) in request.Ranges.Take(MostRanges).Select((range, i) => (range, i)))
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"ranges[{i}]");
            var after = Position(reader, $"{path}.after_position", range.AfterPosition);
            var until = range.UntilPosition.Length == 0 ? new FeedPosition(long.MaxValue) : Position(reader, $"{path}.until_position", range.UntilPosition);
            if (until < after)
            {
                reader.Add($"{path}.until_position", "Dit deel eindigt voor het begint.", "This part ends before it begins.");
            }

            if (range.Ids.Count > 0 && range.Sha256.Length > 0)
            {
                reader.Add($"{path}.sha256", "Geef de ids of het getal met de hash, niet beide.", "Give the ids, or the count with the hash, not both.");
            }

            ranges.Add((range, after, until));
        }

        if (ranges.OrderBy(range => range.After.Value).Zip(ranges.OrderBy(range => range.After.Value).Skip(1)).Any(pair => pair.Second.After < pair.First.Until))
        {
            reader.Add("ranges", "De delen overlappen elkaar.", "The parts overlap.");
        }

        reader.EnsureValid();
        return ranges;
    }

    private static FeedPosition Position(RequestReader reader, string field, string text)
    {
        if (!FeedPosition.TryParse(text, out var position))
        {
            reader.Add(field, "Dit is geen plaats in de stroom.", "This is no position of the feed.");
        }

        return position;
    }

    private async Task WaitAsync(Task appended, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var longest = options.HeartbeatEvery < LookEvery ? options.HeartbeatEvery : LookEvery;
        await Task.WhenAny(appended, Task.Delay(longest, time, wait.Token));
        await wait.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}

/// <summary>How many streams each subscription reads in this process.</summary>
internal sealed class OpenStreams
{
    private readonly ConcurrentDictionary<string, int> open = new();

    /// <summary>Opens one; it closes when it is disposed of.</summary>
    /// <exception cref="RpcFailure">There are too many.</exception>
    public IDisposable Open(string subscriptionId, int most)
    {
        if (open.AddOrUpdate(subscriptionId, 1, (_, count) => count + 1) > most)
        {
            Close(subscriptionId);
            throw new RpcFailure(new Error.LimitPassed("STREAMS_PER_SUBSCRIPTION", new BilingualText(
                $"Dit abonnement leest al {most} stromen tegelijk. Sluit er een.", $"This subscription reads {most} streams already. Close one.")));
        }

        return new Closing(() => Close(subscriptionId));
    }

    private void Close(string subscriptionId) => open.AddOrUpdate(subscriptionId, 0, (_, count) => count - 1);

    private sealed class Closing(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}
