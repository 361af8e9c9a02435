using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Samenhang.Engines;

/// <summary>What .NET does not offer of the operating system.</summary>
internal static class Libc
{
    public const int NoSuchProcess = 3;

    /// <summary>Sends a signal to a process, or to a group of processes when the number is negative.</summary>
    /// <returns>False when there is none.</returns>
    public static bool Kill(int process, Signal signal)
    {
        if (KillNative(process, (int)signal) == 0)
        {
            return true;
        }

        var fault = Marshal.GetLastPInvokeError();
        return fault == NoSuchProcess ? false : throw new Win32Exception(fault);
    }

    /// <summary>Gives a file or folder to a user.</summary>
    public static void GiveTo(string path, SystemUser user)
    {
        if (ChownNative(path, user.UserId, user.GroupId) != 0)
        {
            throw new IOException($"{path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int KillNative(int process, int signal);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChownNative([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);
}

/// <summary>How a process is asked to end.</summary>
public enum Signal
{
    /// <summary>Nothing is sent; only asks whether there is such a process.</summary>
    None = 0,

    /// <summary>Ctrl+C; PostgreSQL breaks its connections and ends in good order.</summary>
    Interrupt = 2,

    /// <summary>At once, without a chance to write anything.</summary>
    Kill = 9,

    /// <summary>In good order.</summary>
    Terminate = 15,

    /// <summary>Go on after a stop.</summary>
    Continue = 18,

    /// <summary>Stand still.</summary>
    Stop = 19,
}
