using System.Collections.Concurrent;
using MassTransit;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Tests.Bus;

// Two small services that talk: the casemanager asks, zvw answers. All that a real service needs of the platform is in here.

public sealed record Question(string CaseId, int Number);

public sealed record Answer(string CaseId, int Number);

public abstract record AskerEvent
{
    private AskerEvent()
    {
    }

    public sealed record Asked(int Number) : AskerEvent;

    public sealed record Heard(int Number) : AskerEvent;
}

public sealed record AskerState(IReadOnlyList<int> Open, IReadOnlyList<int> Heard)
{
    public static readonly AskerState Empty = new([], []);

    public static AskerState Evolve(AskerState state, AskerEvent @event) => @event switch
    {
        AskerEvent.Asked asked => state with { Open = [.. state.Open, asked.Number] },
        AskerEvent.Heard heard => new([.. state.Open.Where(number => number != heard.Number)], [.. state.Heard, heard.Number]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

public abstract record AnswererEvent
{
    private AnswererEvent()
    {
    }

    public sealed record Answered(int Number) : AnswererEvent;
}

public sealed record AnswererState(IReadOnlyList<int> Answered)
{
    public static AnswererState Evolve(AnswererState state, AnswererEvent @event) => @event switch
    {
        AnswererEvent.Answered answered => new([.. state.Answered, answered.Number]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

public sealed class AnswerConsumer(Streams<AskerState, AskerEvent> cases) : IConsumer<Answer>
{
    public Task Consume(ConsumeContext<Answer> context)
        => cases.HandleMessageAsync(
            context.Message.CaseId, context.MessageId!.Value, _ => [new AskerEvent.Heard(context.Message.Number)], context.CancellationToken);
}

/// <summary>Answers, and lets a test see every delivery and stand in the way of one.</summary>
public sealed class QuestionConsumer(Streams<AnswererState, AnswererEvent> answers, Deliveries deliveries) : IConsumer<Question>
{
    public async Task Consume(ConsumeContext<Question> context)
    {
        using var delivery = deliveries.Note(context.MessageId!.Value);
        await answers.HandleMessageAsync(
            context.Message.CaseId, context.MessageId!.Value, _ => [new AnswererEvent.Answered(context.Message.Number)], context.CancellationToken);
    }
}

public sealed class Deliveries
{
    private readonly ConcurrentQueue<Guid> _ids = new();
    private readonly Lock _lock = new();
    private int _now;

    public IReadOnlyList<Guid> MessageIds => [.. _ids];

    /// <summary>The most deliveries that were being handled at one moment.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>When set: every delivery fails before it has an effect.</summary>
    public bool Broken { get; set; }

    /// <summary>A delivery begins; it ends when the result is disposed of.</summary>
    public IDisposable Note(Guid messageId)
    {
        _ids.Enqueue(messageId);
        if (Broken)
        {
            throw new InvalidOperationException("The consumer is broken, as the test wishes.");
        }

        lock (_lock)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_now);
        }

        return new Delivery(this);
    }

    private sealed class Delivery(Deliveries all) : IDisposable
    {
        public void Dispose()
        {
            lock (all._lock)
            {
                all._now--;
            }
        }
    }
}

internal static class Conversation
{
    public static void Asks(ServiceBuilder service) => service
        .Stream<AskerState, AskerEvent>("case", AskerState.Empty, AskerState.Evolve, events => events
            .Publish<AskerEvent.Asked>("asked", (asked, origin) => new Question(origin.Key, asked.Number))
            .Add<AskerEvent.Heard>("heard"))
        .Tells<Question>()
        .Consumer<AnswerConsumer>();

    public static void Answers(ServiceBuilder service) => service
        .Stream<AnswererState, AnswererEvent>("answers", new AnswererState([]), AnswererState.Evolve, events => events
            .Publish<AnswererEvent.Answered>("answered", (answered, origin) => new Answer(origin.Key, answered.Number)))
        .Tells<Answer>()
        .Consumer<QuestionConsumer>();
}
