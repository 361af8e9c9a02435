namespace Samenhang.Engines;

/// <summary>An engine cannot start or do what was asked; the message says what and where its log lies.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Without a reason.</summary>
    public EngineException()
    {
    }

    /// <summary>With a reason.</summary>
    public EngineException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and its cause.</summary>
    public EngineException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
