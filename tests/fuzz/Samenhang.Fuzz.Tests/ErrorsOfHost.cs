using Microsoft.Extensions.Logging;

namespace Samenhang.Fuzz.Tests;

/// <summary>Keeps the first errors that a host logs and counts the others; no more, because a long run logs much.</summary>
internal sealed class ErrorsOfHost : ILoggerProvider
{
    private const int Most = 20;

    private readonly List<string> first = [];
    private int count;

    /// <summary>How many there were.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>The first of them.</summary>
    public IReadOnlyList<string> First
    {
        get
        {
            lock (first)
            {
                return [.. first];
            }
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Writer(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        // What was kept is read after the host has gone.
    }

    private void Add(string text)
    {
        if (Interlocked.Increment(ref count) <= Most)
        {
            lock (first)
            {
                first.Add(text);
            }
        }
    }

    private sealed class Writer(ErrorsOfHost errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // What a domain was told to keep may contradict the case. It lies with the dead letters with its reason, as between processes.
            var isRefused = exception is InvalidOperationException && exception.Message.StartsWith("A message of ", StringComparison.Ordinal) && exception.Message.Contains(" was refused: ", StringComparison.Ordinal);
            if (IsEnabled(logLevel) && !isRefused)
            {
                errors.Add($"{eventId.Name}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
