namespace Samenhang.Engines;

/// <summary>Folders and files that nobody but their owner can read.</summary>
public static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder, and gives it to a user when one is named.</summary>
    public static void Make(string path, SystemUser? owner)
    {
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        owner?.Take(path);
    }

    /// <summary>Writes a file whole or not at all; it is private before a letter stands in it.</summary>
    public static void Write(string path, string text, SystemUser? owner)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var writer = new StreamWriter(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            writer.Write(text);
        }

        owner?.Take(fresh);
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Makes a folder that others may pass through but cannot list: what lies in it has owners of its own.</summary>
    public static void MakePassable(string path)
    {
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>The nearest folder on the way to a path that others cannot pass; null when the way is free.</summary>
    public static string? BarrierTo(string path)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(path)).Parent; folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && !folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
