using System.Text;
using System.Text.Json;

namespace Samenhang.Host.Commands.DeadLetters;

/// <summary>Keeps who threw which dead letter away and why: one JSON object a line, on disk before the message goes.</summary>
internal sealed class DiscardRecord(string file, TimeProvider time)
{
    /// <summary>Where it stands.</summary>
    public string File => file;

    /// <summary>Writes one line.</summary>
    public void Write(DeadLetter letter, string who, string why, Voice voice)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var line = JsonSerializer.Serialize(new
        {
            at = time.GetUtcNow(), who, why, queue = letter.Queue, id = letter.Id, type = letter.Type, failedOn = letter.FailedOn, reason = letter.ReasonIn(voice),
        });
        using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
        stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        stream.Flush(flushToDisk: true);
    }
}
