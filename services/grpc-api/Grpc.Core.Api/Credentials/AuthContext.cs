using System.Text;

namespace Grpc.Core;

/// <summary>Who the other side of a call proved to be: properties, of which one (or none) is the identity.</summary>
/// <param name="peerIdentityPropertyName">The property that holds the identity; null when the peer proved nothing.</param>
/// <param name="properties">The properties by name; a name may have more than one value.</param>
public class AuthContext(string? peerIdentityPropertyName, Dictionary<string, List<AuthProperty>> properties)
{
    private readonly Dictionary<string, List<AuthProperty>> _properties = properties ?? throw new ArgumentNullException(nameof(properties));

    /// <summary>Whether the peer proved an identity.</summary>
    public bool IsPeerAuthenticated => PeerIdentityPropertyName is not null;

    /// <summary>The property that holds the identity; null when the peer proved nothing.</summary>
    public string? PeerIdentityPropertyName { get; } = peerIdentityPropertyName;

    /// <summary>The properties that hold the identity; empty when the peer proved nothing.</summary>
    public IEnumerable<AuthProperty> PeerIdentity => PeerIdentityPropertyName is null ? [] : FindPropertiesByName(PeerIdentityPropertyName);

    /// <summary>All properties.</summary>
    public IEnumerable<AuthProperty> Properties => _properties.Values.SelectMany(values => values);

    /// <summary>The properties with this name; empty when there are none.</summary>
    /// <param name="propertyName">The name.</param>
    public IEnumerable<AuthProperty> FindPropertiesByName(string propertyName) =>
        _properties.TryGetValue(propertyName, out var values) ? values.AsReadOnly() : [];
}

/// <summary>One thing that the other side of a call proved.</summary>
public class AuthProperty
{
    private readonly byte[] _value;

    private AuthProperty(string name, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Name = name;
        _value = (byte[])value.Clone();
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The value, read as UTF-8.</summary>
    public string Value => Encoding.UTF8.GetString(_value);

    /// <summary>The value as bytes, a copy.</summary>
    public byte[] ValueBytes => (byte[])_value.Clone();

    /// <summary>Makes a property.</summary>
    /// <param name="name">The name.</param>
    /// <param name="valueBytes">The value; it is copied.</param>
    public static AuthProperty Create(string name, byte[] valueBytes) => new(name, valueBytes);
}
