using System.Globalization;

namespace Samenhang.Engines;

/// <summary>
/// A process that runs or ran on this machine, known by number and moment of start: a number alone is given out again, and the wrong
/// process must never be ended. Written to a file it lets a later start find what an earlier one left behind.
/// </summary>
/// <param name="Id">Number of the process, which also leads its group.</param>
/// <param name="StartedAt">Moment of its start, in ticks of the system's clock.</param>
public sealed record ProcessMark(int Id, long StartedAt)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>The mark of a process that runs now; null when it has ended.</summary>
    public static ProcessMark? Of(int id) => Read(id) is { } found ? new(id, found.StartedAt) : null;

    /// <summary>Reads a mark from a file; null when there is none or it holds something else.</summary>
    public static ProcessMark? ReadFrom(string path)
    {
        string[] words;
        try
        {
            words = File.ReadAllText(path).Split(' ', StringSplitOptions.TrimEntries);
        }
        catch (IOException)
        {
            return null; // None was written.
        }

        return words.Length == 2
            && int.TryParse(words[0], CultureInfo.InvariantCulture, out var id) && id > 1
            && long.TryParse(words[1], CultureInfo.InvariantCulture, out var startedAt)
            ? new(id, startedAt)
            : null;
    }

    /// <summary>Writes the mark, whole or not at all.</summary>
    public void WriteTo(string path)
    {
        File.WriteAllText(path + ".new", string.Create(CultureInfo.InvariantCulture, $"{Id} {StartedAt}\n"));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Whether it runs.</summary>
    public bool Runs => Read(Id) is { IsEnded: false } found && found.StartedAt == StartedAt;

    /// <summary>Sends it a signal when it runs.</summary>
    public void Send(Signal signal)
    {
        if (Runs)
        {
            Libc.Kill(Id, signal);
        }
    }

    /// <summary>
    /// Ends it and what it started: in good order, and by force when that takes too long.
    /// </summary>
    /// <param name="signal">Asks for the good order.</param>
    /// <param name="within">How long that may take.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Whether it ended in good order.</returns>
    public async Task<bool> EndAsync(Signal signal, TimeSpan within, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        Send(signal);
        var begin = time.GetTimestamp();
        while (Runs && time.GetElapsedTime(begin) < within)
        {
            await Task.Delay(Look, time);
        }

        var good = !Runs;
        EndGroup();
        begin = time.GetTimestamp();
        while (Runs && time.GetElapsedTime(begin) < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(Look, time);
        }

        return good;
    }

    /// <summary>Ends by force what is left of its group. Its number cannot have been given to another group while one of its processes lives.</summary>
    public void EndGroup()
    {
        if (Read(Id) is not { } found || found.StartedAt == StartedAt)
        {
            Libc.Kill(-Id, Signal.Kill);
        }
    }

    private static (long StartedAt, bool IsEnded)? Read(int id)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
        }
        catch (IOException)
        {
            return null; // There is no such process.
        }

        // The name of the program, in brackets, may hold blanks; what follows it does not. Field 3 is the state, field 22 the start.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[19], CultureInfo.InvariantCulture), fields[0] is "Z" or "X");
    }
}
