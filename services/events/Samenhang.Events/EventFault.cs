using System.Diagnostics.CodeAnalysis;

namespace Samenhang.Events;

/// <summary>One thing that is wrong with an event, a filter or an expression, and where.</summary>
/// <param name="Field">The place: an attribute (<c>source</c>) or a path (<c>filters[0].all[1].exact.type</c>).</param>
/// <param name="DescriptionNl">What is wrong, in plain Dutch; it never repeats the value, which may be sensitive.</param>
/// <param name="DescriptionEn">The same in English.</param>
public sealed record EventFault(string Field, string DescriptionNl, string DescriptionEn);

/// <summary>What came of reading a text of another: the value, or every fault in it; never both.</summary>
public sealed class Parsed<T>
    where T : class
{
    /// <summary>A text that holds a value.</summary>
    public Parsed(T value)
    {
        Value = value;
        Faults = [];
    }

    /// <summary>A text with faults; at least one.</summary>
    public Parsed(IReadOnlyList<EventFault> faults)
    {
        if (faults.Count == 0)
        {
            throw new ArgumentException("A text without a value has at least one fault.", nameof(faults));
        }

        Faults = faults;
    }

    /// <summary>The value; null if there are faults.</summary>
    public T? Value { get; }

    /// <summary>Everything that is wrong; empty if there is a value.</summary>
    public IReadOnlyList<EventFault> Faults { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Value is not null;
}
