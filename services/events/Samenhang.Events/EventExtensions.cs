using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Samenhang.Events;

/// <summary>
/// The extension attributes of an event: what CloudEvents itself does not name. Ordered by name; equal if names and values are equal.
/// Whether names and values are allowed is for <see cref="CloudEventRules"/> to say.
/// </summary>
public sealed class EventExtensions : IEquatable<EventExtensions>
{
    private readonly ImmutableSortedDictionary<string, AttributeValue> values;

    private EventExtensions(ImmutableSortedDictionary<string, AttributeValue> values) => this.values = values;

    /// <summary>No extensions.</summary>
    public static EventExtensions None { get; } = new(ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal));

    /// <summary>How many there are.</summary>
    public int Count => values.Count;

    /// <summary>The value of an attribute; null if the event does not carry it.</summary>
    public AttributeValue? this[string name] => values.GetValueOrDefault(name);

    /// <summary>Extensions by name; a later value of the same name replaces the earlier.</summary>
    public static EventExtensions Of(params IEnumerable<(string Name, AttributeValue Value)> extensions) =>
        new(None.values.SetItems(extensions.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    /// <summary>The same with one more, or with one replaced.</summary>
    public EventExtensions With(string name, AttributeValue value) => new(values.SetItem(name, value));

    /// <summary>The same with one more text attribute, or as it is if the text is null.</summary>
    public EventExtensions With(string name, string? text) => text is null ? this : With(name, AttributeValue.Of(text));

    /// <summary>The value of an attribute that the event may carry.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out AttributeValue? value) => values.TryGetValue(name, out value);

    /// <summary>The attributes in order of name.</summary>
    public IEnumerator<KeyValuePair<string, AttributeValue>> GetEnumerator() => values.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(EventExtensions? other) => other is not null && values.SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EventExtensions);

    /// <inheritdoc/>
    public override int GetHashCode() => values.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));
}
