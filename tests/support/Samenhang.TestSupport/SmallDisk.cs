using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Samenhang.TestSupport;

/// <summary>A disk of some megabytes in memory, which a test fills and gives room again. Needs the right to mount.</summary>
public sealed class SmallDisk : IDisposable
{
    private const int BlockBytes = 64 * 1024;

    private static readonly Lazy<bool> Mounts = new(TryMount);

    private readonly TemporaryFolder _folder = new();

    private SmallDisk(int megabytes)
    {
        Directory.CreateDirectory(Folder);
        if (!OperatingSystem.IsWindows())
        {
            // A server runs as another user.
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        }

        if (!Run("mount", "-t", "tmpfs", "-o", $"size={megabytes.ToString(CultureInfo.InvariantCulture)}m", "samenhang-test", Folder))
        {
            _folder.Dispose();
            throw new InvalidOperationException("A disk for the test cannot be mounted.");
        }
    }

    /// <summary>True where a disk can be mounted.</summary>
    public static bool IsPossible => Mounts.Value;

    /// <summary>Where it is mounted.</summary>
    public string Folder => _folder.File("disk");

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Mounts a disk of so many megabytes.</summary>
    public static SmallDisk Mount(int megabytes) => new(megabytes);

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        var block = new byte[BlockBytes];
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                ballast.Write(block);
            }
        }
        catch (IOException)
        {
            // That is how it tells that it is full.
        }
    }

    /// <summary>Gives back the room that <see cref="Fill"/> took.</summary>
    public void MakeRoom() => File.Delete(Ballast);

    /// <summary>Takes it away with all that is on it.</summary>
    public void Dispose()
    {
        Run("umount", "--lazy", Folder);
        _folder.Dispose();
    }

    private static bool TryMount()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }

        try
        {
            using var disk = new SmallDisk(1);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // A container without the right to mount.
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that needs a disk which it may fill: skipped where none can be mounted.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    /// <summary>Looks whether a disk can be mounted.</summary>
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsPossible)
        {
            Skip = "Needs a small disk to fill, and none can be mounted here (root with the right to mount, as in a virtual machine or a privileged container).";
        }
    }
}
