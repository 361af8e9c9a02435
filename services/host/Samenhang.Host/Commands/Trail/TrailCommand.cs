using System.CommandLine;
using System.Text.Json;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using Samenhang.Platform.Trail;

namespace Samenhang.Host.Commands.Trail;

/// <summary><c>run trail</c>: looks whether the trails of the configured stores are as they were written.</summary>
internal sealed class TrailCommand
{
    private const string ConnectionString = "Samenhang__Store__ConnectionString";

    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly Func<string, string?> environment;
    private readonly Voice voice;

    private TrailCommand(TextWriter output, TextWriter error, Func<string, string?> environment, Voice voice)
    {
        this.output = output;
        this.error = error;
        this.environment = environment;
        this.voice = voice;
    }

    /// <summary>The command with its part.</summary>
    public static Command Create(TextWriter output, TextWriter error, Func<string, string?> environment, Voice voice)
    {
        var command = new Command("trail", voice["help.trail"]) { new TrailCommand(output, error, environment, voice).Verify() };
        command.SetAction(_ => Help.Write(command, output, voice));
        return command;
    }

    private Command Verify()
    {
        var service = new Option<string>("--service") { Description = voice["trail.service"], HelpName = voice["serve.service"] };
        service.AcceptOnlyFromAmong([.. ServiceNames.All]);
        var data = new Option<string>("--data") { Description = voice["trail.data"], HelpName = voice["start.folder"] };
        var seen = new Option<string>("--head") { Description = voice["trail.head"], HelpName = voice["trail.headName"] };
        var json = new Option<bool>("--json") { Description = voice["trail.json"] };
        var command = new Command("verify", voice["help.trailVerify"]) { service, data, seen, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var earlier = parsed.GetValue(seen);
            TrailHead? head = null;
            if (earlier is not null && (parsed.GetValue(service) is null || !TrailHead.TryParse(earlier, out head)))
            {
                await error.WriteLineAsync(voice.Say("trail.headWrong", earlier));
                await error.WriteLineAsync(voice["usage.seeHelp"]);
                return ExitCode.WrongUsage;
            }

            var status = ExitCode.Good;
            foreach (var name in parsed.GetValue(service) is { } one ? [one] : ServiceNames.All)
            {
                try
                {
                    var report = await TrailVerifier.VerifyAsync(TrailOf(name, parsed.GetValue(data)), head, cancellation);
                    Tell(name, report, parsed.GetValue(json));
                    status = report.IsRight ? status : ExitCode.Failed;
                }
                catch (StoreUnavailableException unread)
                {
                    // What could not be looked at is not said to be right.
                    await error.WriteLineAsync(voice.Say("trail.unread", name, unread.InnerException?.Message));
                    status = ExitCode.Failed;
                }
            }

            return status;
        });
        return command;
    }

    /// <summary>By the same variables as those of the services, also where a password comes from a file.</summary>
    private ITrailReader TrailOf(string service, string? folder)
    {
        var store = new StoreOptions();
        if (folder is null && Enum.TryParse<StoreKind>(Setting("Kind"), ignoreCase: true, out var kind) && kind == StoreKind.PostgreSql)
        {
            var secret = environment("SAMENHANG_Secrets") is { Length: > 0 } secrets ? Path.Combine(secrets, ConnectionString) : null;
            return StoredTrail.OfDatabase(File.Exists(secret) ? File.ReadAllText(secret).Trim() : Setting("ConnectionString") ?? "", service);
        }

        return StoredTrail.OfFile(Path.Combine(folder ?? Setting("Folder") ?? store.Folder, $"{service}.db"));

        string? Setting(string name) => environment($"SAMENHANG_Store__{name}") is { Length: > 0 } value ? value : null;
    }

    private void Tell(string service, TrailReport report, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                service,
                ok = report.IsRight,
                first = report.First,
                lines = report.Lines,
                head = report.Head.ToString(),
                faults = report.Faults.Select(fault => new { kind = Kind(fault.Kind), line = fault.Number, other = fault.Other }),
                more = report.MoreFaults,
            }));
            return;
        }

        output.WriteLine(report.IsRight
            ? voice.Say("trail.right", service, report.Lines, report.Head)
            : voice.Say("trail.wrong", service, report.Lines, report.Head));
        foreach (var fault in report.Faults)
        {
            output.WriteLine("  " + voice.Say($"trail.fault.{fault.Kind}", service, fault.Number, fault.Other));
        }

        if (report.MoreFaults)
        {
            output.WriteLine("  " + voice["trail.more"]);
        }
    }

    private static string Kind(TrailFaultKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
