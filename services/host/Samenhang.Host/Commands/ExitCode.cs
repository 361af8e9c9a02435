namespace Samenhang.Host.Commands;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Everything went well.</summary>
    public const int Good = 0;

    /// <summary>A file has faults, an expectation does not hold, or the rulebooks cannot be used.</summary>
    public const int Failed = 1;

    /// <summary>The command was not understood.</summary>
    public const int WrongUsage = 2;
}
