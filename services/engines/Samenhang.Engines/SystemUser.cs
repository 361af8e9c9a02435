using System.Globalization;

namespace Samenhang.Engines;

/// <summary>A user of this machine.</summary>
/// <param name="Name">As in /etc/passwd.</param>
/// <param name="UserId">Number of the user.</param>
/// <param name="GroupId">Number of the user's own group.</param>
public sealed record SystemUser(string Name, uint UserId, uint GroupId)
{
    /// <summary>Finds a user; null when the machine has none of that name.</summary>
    public static SystemUser? Find(string name)
    {
        foreach (var line in File.ReadLines("/etc/passwd"))
        {
            var fields = line.Split(':');
            if (fields.Length > 3 && fields[0] == name)
            {
                return new(name, uint.Parse(fields[2], CultureInfo.InvariantCulture), uint.Parse(fields[3], CultureInfo.InvariantCulture));
            }
        }

        return null;
    }

    /// <summary>
    /// The user under which an engine runs: when this process is root the engine's own, because a server that listens has no need to
    /// be root and PostgreSQL refuses to be; else null, which is who runs this process.
    /// </summary>
    /// <exception cref="EngineException">This process is root and the machine has no such user.</exception>
    public static SystemUser? ForEngine(string name) => !Environment.IsPrivilegedProcess
        ? null
        : Find(name) ?? throw new EngineException($"This machine has no user '{name}': its package is not installed.");

    /// <summary>Gives a file or folder to this user.</summary>
    public void Take(string path) => Libc.GiveTo(path, this);
}
