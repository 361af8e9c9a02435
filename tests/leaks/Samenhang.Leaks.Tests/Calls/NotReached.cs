namespace Samenhang.Leaks.Tests.Calls;

/// <summary>
/// The calls that are never brought to an answer, and why. They are made all the same, by everybody, and what
/// they refuse with is searched. A new call that is not reached must be added here, or to <c>tests/stories/every-change.md</c>.
/// </summary>
internal static class NotReached
{
    /// <summary>Name of the call, reason.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>();

    /// <summary>Kind of event that nobody is told of in the planted case, reason.</summary>
    public static IReadOnlyDictionary<string, string> Events { get; } = new Dictionary<string, string>
    {
        ["nl.samenhang.termijnen.genaderd.v1"] = "a term comes near when days pass; it tells what the other kinds of events of terms tell",
    };
}
