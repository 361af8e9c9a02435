namespace Samenhang.Host.Commands.Assess;

/// <summary>One expectation of a case file, held against the assessment.</summary>
/// <param name="Expected">What the file expects.</param>
/// <param name="Came">What came instead; null when the expectation holds.</param>
internal readonly record struct CheckedItem(string Expected, string? Came)
{
    /// <summary>Whether the expectation holds.</summary>
    public bool Holds => Came is null;
}
