namespace Samenhang.Api;

/// <summary>
/// Between an enumeration of a contract and one of our own whose members have the same names, while the
/// contract's begin with "unspecified". A test holds the two together.
/// </summary>
public static class WireLists
{
    /// <summary>The member of our list; null for "unspecified" and for a number that the list does not have.</summary>
    public static TOwn? ToOwn<TWire, TOwn>(TWire member)
        where TWire : struct, Enum
        where TOwn : struct, Enum =>
        Enum.TryParse<TOwn>(member.ToString(), out var own) && Enum.IsDefined(own) && Enum.IsDefined(member) ? own : null;

    /// <summary>The member of the contract's list; "unspecified" for null.</summary>
    public static TWire ToWire<TOwn, TWire>(TOwn? member)
        where TOwn : struct, Enum
        where TWire : struct, Enum =>
        member is { } known ? Enum.Parse<TWire>(known.ToString()) : default;
}
