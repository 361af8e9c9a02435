namespace Samenhang.Language;

/// <summary>
/// A truth value of Kleene's three-valued logic. The order False &lt; Unknown &lt; True makes "and" the minimum and
/// "or" the maximum. Unknown is never false: an absent fact decides nothing.
/// </summary>
public enum Truth
{
    /// <summary>Known not to hold.</summary>
    False = 0,

    /// <summary>A fact that matters is not known.</summary>
    Unknown = 1,

    /// <summary>Known to hold.</summary>
    True = 2,
}

/// <summary>Kleene's connectives.</summary>
public static class Kleene
{
    /// <summary>False if either is false, else unknown if either is unknown, else true.</summary>
    public static Truth And(this Truth left, Truth right) => left < right ? left : right;

    /// <summary>True if either is true, else unknown if either is unknown, else false.</summary>
    public static Truth Or(this Truth left, Truth right) => left > right ? left : right;

    /// <summary>Swaps true and false, keeps unknown.</summary>
    public static Truth Not(this Truth value) => (Truth)(2 - (int)value);

    /// <summary>True or False; never Unknown.</summary>
    public static Truth Known(bool value) => value ? Truth.True : Truth.False;
}
