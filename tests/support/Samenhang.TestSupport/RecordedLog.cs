using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Samenhang.TestSupport;

/// <summary>One line of a log.</summary>
/// <param name="Level">How grave.</param>
/// <param name="EventName">The stable name of the event; empty when it has none.</param>
/// <param name="Text">The formatted line.</param>
/// <param name="Cause">The exception with it.</param>
/// <param name="At">When it was written.</param>
public sealed record LogLine(LogLevel Level, string EventName, string Text, Exception? Cause, DateTimeOffset At);

/// <summary>Keeps what a host logs, so that a test can say what must stand there, and fails on an error that nobody expected.</summary>
public sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    /// <summary>All lines so far, oldest first.</summary>
    public IReadOnlyList<LogLine> Lines => [.. _lines];

    /// <summary>The lines of one event.</summary>
    public IReadOnlyList<LogLine> Of(string eventName) => [.. _lines.Where(line => line.EventName == eventName)];

    /// <summary>The texts of all lines of level Error or Critical.</summary>
    public IReadOnlyList<string> Errors => [.. _lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text)];

    /// <summary>Fails the test when a line of level Error or Critical stands in the log.</summary>
    public void HasNoErrors() => Assert.DoesNotContain(_lines, line => line.Level >= LogLevel.Error);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Writer(_lines);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The lines are read after the host has gone.
    }

    private sealed class Writer(ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue(new LogLine(logLevel, eventId.Name ?? string.Empty, formatter(state, exception), exception, TimeProvider.System.GetUtcNow()));
            }
        }
    }
}
