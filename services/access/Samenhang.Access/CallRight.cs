namespace Samenhang.Access;

/// <summary>What a call is about: it decides what must be known before it is admitted.</summary>
public enum CallMatter
{
    /// <summary>One person: purpose and ground are needed.</summary>
    Person,

    /// <summary>Counts of many: purpose and ground are needed, no case is named.</summary>
    Numbers,

    /// <summary>Lists and words that are the same for everybody.</summary>
    Reference,
}

/// <summary>Who may make a call.</summary>
/// <param name="Method">The full name, <c>package.Service/Method</c>.</param>
/// <param name="Scope">What the token must allow.</param>
/// <param name="Roles">As what one may call.</param>
/// <param name="Matter">What it is about.</param>
/// <param name="ChangesNothing">Whether it only reads: only such a call can be made in an emergency.</param>
public sealed record CallRight(string Method, string Scope, IReadOnlyList<CallerRole> Roles, CallMatter Matter, bool ChangesNothing);
