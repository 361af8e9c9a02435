using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Samenhang.Language;
using Samenhang.Rules;
using Samenhang.Rules.Policies;

namespace Samenhang.Api.Hosting;

/// <summary>
/// Reads parameters.json and the files of tenants again when they change. A faulty edit is told in the log and changes nothing: the
/// set that was in force stays in force.
/// </summary>
/// <remarks>
/// It looks at names, lengths and times of writing instead of waiting for messages of the file system, which do not come from every
/// kind of disk. What is still being written differs at the next look, and is left alone until it does not.
/// </remarks>
public sealed class PolicyWatch(
    CurrentPolicies policies, Vocabulary vocabulary, IConfiguration configuration, IOptions<PolicyOptions> options, TimeProvider time, ILogger<PolicyWatch> logger)
    : BackgroundService
{
    private readonly string vocabularyFolder = RulebookFolders.Vocabulary(configuration);
    private readonly string tenantsFolder = RulebookFolders.Tenants(configuration);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The files may have changed since they were read at the start: nothing has been judged yet, and reading the same again changes nothing.
        string? judged = null;
        string? unreadable = null;
        string? seen = null;
        using var timer = new PeriodicTimer(options.Value.LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var found = Look();
                if (found == seen && found != judged)
                {
                    if (Read(isKnown: found == unreadable))
                    {
                        judged = found;
                    }
                    else
                    {
                        unreadable = found;
                    }
                }

                seen = found;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Puts the set in force that the files hold, unless it has faults.</summary>
    /// <param name="isKnown">Whether it was told already that these files cannot be read.</param>
    /// <returns>False when they could not be read: the next look tries again.</returns>
    private bool Read(bool isKnown)
    {
        try
        {
            var next = PolicySet.Load(vocabulary, vocabularyFolder, tenantsFolder);
            if (next.Version != policies.Now.Version)
            {
                policies.Change(next);
                PolicyLog.Changed(logger, next.Version);
            }

            return true;
        }
        catch (RulebookException faulty)
        {
            PolicyLog.Faulty(logger, faulty.Message);
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            if (!isKnown)
            {
                PolicyLog.Unreadable(logger, cause);
            }

            return false;
        }
    }

    /// <summary>What can be seen of the files without reading them.</summary>
    private string Look()
    {
        try
        {
            var files = Directory.Exists(tenantsFolder) ? Directory.EnumerateFiles(tenantsFolder, "*.yaml") : [];
            return string.Join('|', files.Order(StringComparer.Ordinal).Append(Path.Combine(vocabularyFolder, ParameterList.FileName)).Select(Seen));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // A file that goes while it is looked at, or may not be read: the reading tells what is wrong.
            return cause.Message;
        }
    }

    private static string Seen(string path)
    {
        // Where files are links (a mounted configuration), an edit moves the link and leaves its own time as it was.
        var file = new FileInfo(path);
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{path} {file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}") : path;
    }
}

internal static partial class PolicyLog
{
    [LoggerMessage(3101, LogLevel.Information, "The numbers and policies were read again; they are in force now, version {Version}.", EventName = "PoliciesChanged")]
    public static partial void Changed(ILogger logger, string version);

    [LoggerMessage(3102, LogLevel.Error, "An edit of the numbers or policies has faults; what was in force stays in force. {Faults}", EventName = "PoliciesFaulty")]
    public static partial void Faulty(ILogger logger, string faults);

    [LoggerMessage(3103, LogLevel.Error, "The files of the numbers and policies cannot be read; what was in force stays in force.", EventName = "PoliciesUnreadable")]
    public static partial void Unreadable(ILogger logger, Exception cause);
}
