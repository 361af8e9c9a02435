using System.Globalization;

namespace Samenhang.TestSupport;

/// <summary>A process of the operating system with all that it started, as Linux tells of them.</summary>
public static class ProcessTree
{
    // The unit of the times in /proc/PID/stat; 100 a second on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>The processor time that a process, its living descendants and those that it has seen end have used.</summary>
    public static TimeSpan ProcessorTimeOf(int process)
    {
        var processes = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<Entry>()
            .ToLookup(entry => entry.Parent);
        var all = new List<Entry>();
        var next = new Queue<Entry>(Read(process) is { } root ? [root] : []);
        while (next.TryDequeue(out var entry))
        {
            all.Add(entry);
            foreach (var child in processes[entry.Id])
            {
                next.Enqueue(child);
            }
        }

        return TimeSpan.FromSeconds(all.Sum(entry => entry.Ticks) / TicksPerSecond);
    }

    private static Entry? Read(int process)
    {
        try
        {
            // The second field is the name in brackets, which may hold spaces.
            var text = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Entry(process, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null; // It has ended meanwhile.
        }
    }

    private sealed record Entry(int Id, int Parent, long Ticks);
}
