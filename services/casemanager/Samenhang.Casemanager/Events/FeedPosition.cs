using System.Globalization;
using Samenhang.Events;

namespace Samenhang.Casemanager.Events;

/// <summary>
/// A place in the feed of events: the position of a change in the store, and the place of the event among those that the change tells.
/// Written in nineteen digits, so that the order of the texts is the order of the events.
/// </summary>
public readonly record struct FeedPosition(long Value) : IComparable<FeedPosition>
{
    // A change tells some tens of events; a store with a hundred million million changes is far away.
    private const long Places = 10_000;

    /// <summary>The place of an event.</summary>
    /// <param name="storePosition">The position of the change.</param>
    /// <param name="place">The place among its events.</param>
    public static FeedPosition Of(long storePosition, int place) => place < Places - 1
        ? new((storePosition * Places) + place)
        : throw new InvalidOperationException($"The change at position {storePosition} tells more events than have a place.");

    /// <summary>After everything that the changes up to this position tell.</summary>
    public static FeedPosition After(long storePosition) => new((storePosition * Places) + Places - 1);

    /// <summary>The position from which the store must be read to find what comes after this place.</summary>
    public long ReadAfter => Value % Places == Places - 1 ? Value / Places : Math.Max((Value / Places) - 1, 0);

    /// <summary>Reads a position; an empty text is the start.</summary>
    public static bool TryParse(string text, out FeedPosition position)
    {
        ArgumentNullException.ThrowIfNull(text);
        var value = 0L;
        var read = text.Length == 0 || (text.Length == NlGovProfile.SequenceDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value));
        position = new(value);
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(FeedPosition other) => Value.CompareTo(other.Value);

    /// <summary>Earlier.</summary>
    public static bool operator <(FeedPosition left, FeedPosition right) => left.Value < right.Value;

    /// <summary>Later.</summary>
    public static bool operator >(FeedPosition left, FeedPosition right) => left.Value > right.Value;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(FeedPosition left, FeedPosition right) => left.Value <= right.Value;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(FeedPosition left, FeedPosition right) => left.Value >= right.Value;

    /// <summary>The nineteen digits.</summary>
    public override string ToString() => NlGovProfile.Sequence(Value);
}
