using System.Collections.Immutable;
using System.Globalization;

namespace Samenhang.Events;

/// <summary>The value of a context attribute, of one of the seven types of CloudEvents 1.0.</summary>
public abstract record AttributeValue
{
    private AttributeValue()
    {
    }

    /// <summary>The canonical text that CloudEvents defines for the type; filters compare this.</summary>
    public abstract string Canonical { get; }

    /// <summary>A String.</summary>
    public static AttributeValue Of(string value) => new Text(value);

    /// <summary>An Integer.</summary>
    public static AttributeValue Of(int value) => new Integer(value);

    /// <summary>A Boolean.</summary>
    public static AttributeValue Of(bool value) => new Boolean(value);

    /// <summary>A Timestamp.</summary>
    public static AttributeValue Of(DateTimeOffset value) => new Timestamp(value);

    /// <inheritdoc/>
    public sealed override string ToString() => Canonical;

    /// <summary>String: Unicode text without control characters, noncharacters and unpaired surrogates.</summary>
    public sealed record Text(string Value) : AttributeValue
    {
        /// <inheritdoc/>
        public override string Canonical => Value;
    }

    /// <summary>Integer: a whole number of 32 bits, with sign.</summary>
    public sealed record Integer(int Value) : AttributeValue
    {
        /// <inheritdoc/>
        public override string Canonical => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Boolean.</summary>
    public sealed record Boolean(bool Value) : AttributeValue
    {
        /// <inheritdoc/>
        public override string Canonical => Value ? "true" : "false";
    }

    /// <summary>Binary: bytes, in base64 where text is asked.</summary>
    public sealed record Binary(ImmutableArray<byte> Value) : AttributeValue
    {
        /// <inheritdoc/>
        public override string Canonical => Convert.ToBase64String(Value.AsSpan());

        /// <summary>Equal bytes are equal values.</summary>
        public bool Equals(Binary? other) => other is not null && Value.AsSpan().SequenceEqual(other.Value.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => Canonical.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>URI: an absolute one.</summary>
    public sealed record AbsoluteUri(string Value) : AttributeValue
    {
        /// <inheritdoc/>
        public override string Canonical => Value;
    }

    /// <summary>URI-reference: absolute or relative.</summary>
    public sealed record UriReference(string Value) : AttributeValue
    {
        /// <inheritdoc/>
        public override string Canonical => Value;
    }

    /// <summary>Timestamp: a moment with its offset.</summary>
    public sealed record Timestamp(DateTimeOffset Value) : AttributeValue
    {
        /// <inheritdoc/>
        public override string Canonical => Rfc3339.Write(Value);

        /// <summary>The same moment written with another offset is another value: the text differs.</summary>
        public bool Equals(Timestamp? other) => other is not null && Value.EqualsExact(other.Value);

        /// <inheritdoc/>
        public override int GetHashCode() => Value.GetHashCode();
    }
}
