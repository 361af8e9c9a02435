namespace Samenhang.Rules;

/// <summary>Something wrong in a rulebook or list, at a place.</summary>
public sealed record RuleFault(string File, int Line, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{File}({Line}): {Message}" : $"{File}: {Message}";
}

/// <summary>A rulebook cannot be used. The service does not start; <see cref="Exception.Message"/> names every fault with file and line.</summary>
public sealed class RulebookException(IReadOnlyList<RuleFault> faults)
    : Exception(string.Join(Environment.NewLine, faults.Select(fault => fault.ToString())))
{
    /// <summary>All faults, in the order of the files.</summary>
    public IReadOnlyList<RuleFault> Faults { get; } = faults;
}
