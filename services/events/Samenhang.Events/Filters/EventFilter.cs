using System.Collections.Immutable;
using Samenhang.Events.Cesql;

namespace Samenhang.Events.Filters;

/// <summary>Says of an event whether a subscriber asked for it.</summary>
public interface IEventFilter
{
    /// <summary>Whether the event passes.</summary>
    bool Matches(CloudEvent @event);
}

/// <summary>One filter expression of the CloudEvents Subscriptions API, in one of its dialects.</summary>
public abstract record EventFilter : IEventFilter
{
    private EventFilter()
    {
    }

    /// <inheritdoc/>
    public abstract bool Matches(CloudEvent @event);

    /// <summary><c>exact</c>: every attribute named is there and equals its value, case and all.</summary>
    public sealed record Exact(ImmutableArray<AttributeText> Attributes) : EventFilter
    {
        /// <inheritdoc/>
        public override bool Matches(CloudEvent @event)
        {
            foreach (var (name, text) in Attributes)
            {
                if (!string.Equals(@event.TextOf(name), text, StringComparison.Ordinal))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary><c>prefix</c>: every attribute named is there and starts with its value.</summary>
    public sealed record Prefix(ImmutableArray<AttributeText> Attributes) : EventFilter
    {
        /// <inheritdoc/>
        public override bool Matches(CloudEvent @event)
        {
            foreach (var (name, text) in Attributes)
            {
                if (@event.TextOf(name)?.StartsWith(text, StringComparison.Ordinal) != true)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary><c>suffix</c>: every attribute named is there and ends with its value.</summary>
    public sealed record Suffix(ImmutableArray<AttributeText> Attributes) : EventFilter
    {
        /// <inheritdoc/>
        public override bool Matches(CloudEvent @event)
        {
            foreach (var (name, text) in Attributes)
            {
                if (@event.TextOf(name)?.EndsWith(text, StringComparison.Ordinal) != true)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary><c>all</c>: every filter in it passes; it holds at least one.</summary>
    public sealed record All(ImmutableArray<EventFilter> Filters) : EventFilter
    {
        /// <inheritdoc/>
        public override bool Matches(CloudEvent @event)
        {
            foreach (var filter in Filters)
            {
                if (!filter.Matches(@event))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary><c>any</c>: one filter in it passes; it holds at least one.</summary>
    public sealed record Any(ImmutableArray<EventFilter> Filters) : EventFilter
    {
        /// <inheritdoc/>
        public override bool Matches(CloudEvent @event)
        {
            foreach (var filter in Filters)
            {
                if (filter.Matches(@event))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary><c>not</c>: the filter in it does not pass.</summary>
    public sealed record Not(EventFilter Filter) : EventFilter
    {
        /// <inheritdoc/>
        public override bool Matches(CloudEvent @event) => !Filter.Matches(@event);
    }

    /// <summary><c>sql</c>: the expression yields TRUE, and no error.</summary>
    public sealed record Sql(CesqlExpression Expression) : EventFilter
    {
        /// <inheritdoc/>
        public override bool Matches(CloudEvent @event) => Expression.Matches(@event);
    }
}

/// <summary>The name of a context attribute, and the text that a filter holds against it.</summary>
public readonly record struct AttributeText(string Name, string Text);
