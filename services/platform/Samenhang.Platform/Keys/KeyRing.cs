using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Samenhang.Platform.Keys;

/// <summary>
/// The keys that seal what a store holds: each 32 bytes in base64, one a line. The first writes, all read. They lie outside the database, so
/// that who has the database has nothing; a new key is added below, known to every process, and then moved to the top.
/// </summary>
public sealed class KeyRing
{
    /// <summary>The setting that holds the keys themselves; given by a secret file or a variable.</summary>
    public const string Setting = "Samenhang:Keys:Ring";

    /// <summary>The setting that names a file with the keys. Default: the file <c>keys</c> beside the stores, made at the first start.</summary>
    public const string FileSetting = "Samenhang:Keys:File";

    private readonly string place;
    private readonly string? path;
    private volatile IReadOnlyList<RingKey> keys;

    private KeyRing(string text, string place, string? path)
    {
        (this.place, this.path) = (place, path);
        keys = Parse(text, place);
    }

    /// <summary>The key that writes.</summary>
    public RingKey Active => keys[0];

    /// <summary>All keys, that which writes first.</summary>
    public IReadOnlyList<RingKey> All => keys;

    /// <summary>The file that holds the keys; null when a setting holds them.</summary>
    public string? Path => path;

    /// <summary>The keys that a text holds.</summary>
    /// <param name="text">One key a line.</param>
    /// <param name="place">What to call the text when it is wrong.</param>
    /// <exception cref="OptionsValidationException">A line is no key, or there is none.</exception>
    public static KeyRing Of(string text, string place) => new(text, place, null);

    /// <summary>The keys in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="make">Makes the file with one key when it is not there, readable by its owner only.</param>
    /// <exception cref="OptionsValidationException">The file is not there or holds something else.</exception>
    public static KeyRing In(string path, bool make)
    {
        var file = System.IO.Path.GetFullPath(path);
        if (!File.Exists(file) && make)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            Write(file, [NewKey()], overwrite: false);
        }

        return File.Exists(file)
            ? new KeyRing(File.ReadAllText(file), file, file)
            : throw Fault(file, $"{FileSetting} names {file}, which is not there.");
    }

    /// <summary>A fresh key as it stands on a line.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(RingKey.Length));

    /// <summary>The key of this id. A file is read again for a key that is not known yet: another process may have begun to use it.</summary>
    /// <exception cref="OptionsValidationException">The ring does not hold it.</exception>
    public RingKey Require(string id)
    {
        if (keys.FirstOrDefault(key => key.Id == id) is { } known)
        {
            return known;
        }

        if (path is not null && File.Exists(path))
        {
            keys = Parse(File.ReadAllText(path), place);
        }

        return keys.FirstOrDefault(key => key.Id == id)
            ?? throw Fault(place, $"The store is sealed with key {id}, which {place} does not hold (it holds {string.Join(", ", keys.Select(key => key.Id))}): give this process the keys of the store.");
    }

    /// <summary>Puts a new key at the top of the file; the others stay, to read with.</summary>
    /// <exception cref="InvalidOperationException">The keys are in a setting, which is not ours to change.</exception>
    public void Renew()
    {
        Write(
            path ?? throw new InvalidOperationException($"{place} is a setting: add the key there."),
            [NewKey(), .. File.ReadAllLines(path).Where(line => line.Trim().Length > 0)],
            overwrite: true);
        keys = Parse(File.ReadAllText(path), place);
    }

    // Written whole and then named, so that a crash in between leaves no half ring; two processes that start at once keep the first one's.
    private static void Write(string file, IEnumerable<string> lines, bool overwrite)
    {
        var fresh = $"{file}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(fresh, options))
        {
            foreach (var line in lines)
            {
                writer.WriteLine(line);
            }
        }

        try
        {
            File.Move(fresh, file, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(file))
        {
            File.Delete(fresh); // Another process made it in the meantime.
        }
    }

    private static IReadOnlyList<RingKey> Parse(string text, string place)
    {
        var lines = text.Split(['\n', '\r', ' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var parsed = lines.Select(RingKey.TryParse).ToList();
        return parsed.Count > 0 && parsed.All(key => key is not null)
            ? [.. parsed.Select(key => key!)]
            : throw Fault(place, $"{place} must hold keys of {RingKey.Length} bytes in base64, one a line; the first writes.");
    }

    private static OptionsValidationException Fault(string place, string message) => new(place, typeof(KeyRing), [message]);
}
