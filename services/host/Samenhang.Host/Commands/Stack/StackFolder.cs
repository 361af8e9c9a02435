using System.Text.Json;
using Samenhang.Engines;

namespace Samenhang.Host.Commands.Stack;

/// <summary>The folder in which a stack keeps everything: data of the engines, secrets, logs, and what runs now.</summary>
internal sealed class StackFolder
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string path;

    /// <summary>A folder that may not exist yet.</summary>
    public StackFolder(string path) => this.path = System.IO.Path.GetFullPath(path);

    /// <summary>Its full path.</summary>
    public string Path => path;

    /// <summary>The folder of a stack for which none is named: the system's place for data when root, else the user's.</summary>
    public static string Default(Func<string, string?> environment)
    {
        if (Environment.IsPrivilegedProcess)
        {
            return "/var/lib/samenhang";
        }

        var data = environment("XDG_DATA_HOME") is { Length: > 0 } named
            ? named
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return System.IO.Path.Combine(data, "samenhang");
    }

    /// <summary>The data of an engine, or the files of the services.</summary>
    public string DataOf(string part) => In(part);

    /// <summary>Where a part writes what it does.</summary>
    public string LogOf(string part) => In("log", part + ".log");

    /// <summary>Where the mark of a part stands while it runs.</summary>
    public string MarkOf(string part) => In("run", part + ".pid");

    /// <summary>Its passwords and keys.</summary>
    public string SecretsFile => In("secrets.json");

    /// <summary>The keys that seal the store of a service.</summary>
    public string KeysOf(string service) => In("keys", service);

    /// <summary>What runs now, or ran last.</summary>
    public StackState? State
    {
        get
        {
            try
            {
                return JsonSerializer.Deserialize<StackState>(File.ReadAllText(StateFile), Json);
            }
            catch (IOException)
            {
                return null; // No stack ran here.
            }
        }
    }

    private string StateFile => In("run", "stack.json");

    /// <summary>Makes the folder. Others may pass through it, because the engines run as users of their own, but cannot list it.</summary>
    public void Make()
    {
        PrivateFolder.MakePassable(path);
        PrivateFolder.Make(In("log"), null);
        PrivateFolder.Make(In("run"), null);
        PrivateFolder.Make(DataOf("services"), null);
        PrivateFolder.Make(In("keys"), null);
    }

    /// <summary>Holds the folder for one stack; null when another holds it. The system lets go when the process ends, however it ends.</summary>
    public IDisposable? TryHold()
    {
        try
        {
            return new FileStream(In("run", "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Writes what runs now, whole or not at all.</summary>
    public void Write(StackState state) => PrivateFolder.Write(StateFile, JsonSerializer.Serialize(state, Json), null);

    /// <summary>Ends what an earlier stack left behind when it was killed: services first, then what they stand on.</summary>
    /// <returns>The names of what was ended.</returns>
    public async Task<IReadOnlyList<string>> EndLeftoversAsync(TimeProvider time)
    {
        var ended = new List<string>();
        var left = Directory.Exists(In("run"))
            ? Directory.EnumerateFiles(In("run"), "*.pid").Select(file => (Name: System.IO.Path.GetFileNameWithoutExtension(file), File: file, Mark: ProcessMark.ReadFrom(file))).ToList()
            : [];
        foreach (var turn in left.GroupBy(one => Array.IndexOf(StackParts.Engines, one.Name)).OrderBy(group => group.Key))
        {
            await Task.WhenAll(turn.Select(async one =>
            {
                if (one.Mark is { Runs: true } mark)
                {
                    await mark.EndAsync(one.Name == StackParts.PostgreSql ? Signal.Interrupt : Signal.Terminate, TimeSpan.FromSeconds(20), time);
                    lock (ended)
                    {
                        ended.Add(one.Name);
                    }
                }

                File.Delete(one.File);
            }));
        }

        return ended;
    }

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([path, .. parts]);
}
