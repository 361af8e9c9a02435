using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Samenhang.Casemanager;
using Samenhang.Employer;
using Samenhang.Gemeente;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;
using Samenhang.Uwv;
using Samenhang.Zvw;

namespace Samenhang.Host.Commands.Vault;

/// <summary><c>run vault</c>: under which keys the configured stores lie, and seals them anew with the key that writes.</summary>
internal sealed class VaultCommand
{
    private static readonly Dictionary<string, Func<IHostApplicationBuilder, IHostApplicationBuilder>> Services = new(StringComparer.Ordinal)
    {
        [ServiceNames.Casemanager] = CasemanagerHost.AddCasemanager,
        [ServiceNames.Zvw] = ZvwHost.AddZvw,
        [ServiceNames.Gemeente] = GemeenteHost.AddGemeente,
        [ServiceNames.Uwv] = UwvHost.AddUwv,
        [ServiceNames.Employer] = EmployerHost.AddEmployer,
    };

    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly Voice voice;

    private VaultCommand(TextWriter output, TextWriter error, Voice voice) => (this.output, this.error, this.voice) = (output, error, voice);

    /// <summary>The command with its parts.</summary>
    public static Command Create(TextWriter output, TextWriter error, Voice voice)
    {
        var own = new VaultCommand(output, error, voice);
        var command = new Command("vault", voice["help.vault"]) { own.Check(), own.Rotate() };
        command.SetAction(_ => Help.Write(command, output, voice));
        return command;
    }

    private Command Check()
    {
        var (service, data, json) = Options();
        var command = new Command("check", voice["help.vaultCheck"]) { service, data, json };
        command.SetAction((parsed, cancellation) => EachAsync(parsed.GetValue(service), parsed.GetValue(data), (name, services) => CheckAsync(name, services, parsed.GetValue(json), cancellation)));
        return command;
    }

    private Command Rotate()
    {
        var (service, data, json) = Options();
        var fresh = new Option<bool>("--new-key") { Description = voice["vault.newKey"] };
        var command = new Command("rotate", voice["help.vaultRotate"]) { service, data, fresh, json };
        command.SetAction((parsed, cancellation) =>
        {
            var renewed = new HashSet<string>(StringComparer.Ordinal);
            return EachAsync(parsed.GetValue(service), parsed.GetValue(data), async (name, services) =>
            {
                // Services may share one file of keys: it gets one new key.
                var ring = services.GetRequiredService<KeyRing>();
                if (parsed.GetValue(fresh) && renewed.Add(ring.Path ?? ""))
                {
                    ring.Renew();
                }

                return await RotateAsync(name, services, parsed.GetValue(json), cancellation);
            });
        });
        return command;
    }

    private (Option<string> Service, Option<string> Data, Option<bool> Json) Options()
    {
        var service = new Option<string>("--service") { Description = voice["vault.service"], HelpName = voice["serve.service"] };
        service.AcceptOnlyFromAmong([.. ServiceNames.All]);
        return (service, new("--data") { Description = voice["vault.data"], HelpName = voice["start.folder"] }, new("--json") { Description = voice["vault.json"] });
    }

    /// <summary>Each service is put together as it runs, and not started: its store opens, nothing listens.</summary>
    private async Task<int> EachAsync(string? only, string? folder, Func<string, IServiceProvider, Task<bool>> act)
    {
        var status = ExitCode.Good;
        foreach (var name in only is null ? ServiceNames.All : [only])
        {
            try
            {
                var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
                builder.Logging.ClearProviders();
                Services[name](builder);
                if (folder is not null)
                {
                    builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Samenhang:Store:Kind"] = nameof(StoreKind.Sqlite), ["Samenhang:Store:Folder"] = folder });
                }

                await using var app = builder.Build();
                var store = app.Services.GetRequiredService<IOptions<SamenhangOptions>>().Value.Store;
                if (store.Kind == StoreKind.Sqlite && !File.Exists(Path.Combine(store.Folder, $"{name}.db")))
                {
                    await error.WriteLineAsync(voice.Say("vault.absent", Path.Combine(store.Folder, $"{name}.db"))); // Looking makes nothing.
                    status = ExitCode.Failed;
                    continue;
                }

                status = await act(name, app.Services) ? status : ExitCode.Failed;
            }
            catch (Exception cause) when (cause is OptionsValidationException or StoreUnavailableException or InvalidOperationException)
            {
                // The message names keys and settings, and nothing that they hide.
                await error.WriteLineAsync($"{name}: {cause.Message}");
                status = ExitCode.Failed;
            }
        }

        return status;
    }

    private async Task<bool> CheckAsync(string name, IServiceProvider services, bool asJson, CancellationToken cancellation)
    {
        var (active, opens) = (services.GetRequiredService<KeyRing>().Active.Id, true);
        foreach (var rows in services.GetKeyedServices<ISealedRows>(name))
        {
            foreach (var count in await rows.CountAsync(cancellation))
            {
                opens &= count.Shut == 0;
                Tell(
                    new { rows = rows.Name, key = count.KeyId, writes = count.KeyId == active, count = count.Rows, shut = count.Shut },
                    asJson,
                    voice.Say(count.Shut > 0 ? "vault.shut" : count.KeyId == active ? "vault.open" : "vault.old", rows.Name, count.KeyId, count.Rows, count.Shut));
            }
        }

        var (events, fault) = await EventsAsync(services.GetRequiredKeyedService<IEventStore>(name), cancellation);
        Tell(
            new { rows = $"{name}.event", opened = events, fault },
            asJson,
            fault is null ? voice.Say("vault.events", name, events) : voice.Say("vault.eventShut", name, fault));
        return opens && fault is null;
    }

    private static async Task<(long Events, string? Fault)> EventsAsync(IEventStore store, CancellationToken cancellation)
    {
        long events = 0;
        for (long position = 0; ;)
        {
            try
            {
                var batch = await store.ReadFromAsync(position, 500, Payloads.All, cancellation);
                if (batch.Count == 0)
                {
                    return (events, null);
                }

                events += batch.Count;
                position = batch[^1].Position;
            }
            catch (InvalidOperationException shut)
            {
                return (events, shut.Message); // Names the place and nothing of what stands there.
            }
        }
    }

    private async Task<bool> RotateAsync(string name, IServiceProvider services, bool asJson, CancellationToken cancellation)
    {
        var ring = services.GetRequiredService<KeyRing>();
        var inUse = new HashSet<string>(StringComparer.Ordinal) { ring.Active.Id };
        foreach (var rows in services.GetKeyedServices<ISealedRows>(name))
        {
            long renewed = 0;
            for (var some = -1; some != 0; renewed += some)
            {
                some = await rows.RenewSomeAsync(cancellation);
            }

            inUse.UnionWith((await rows.CountAsync(cancellation)).Select(count => count.KeyId));
            Tell(new { rows = rows.Name, key = ring.Active.Id, renewed }, asJson, voice.Say("vault.renewed", rows.Name, renewed, ring.Active.Id));
        }

        // A key under which nothing lies any more may leave the ring.
        await UnusedKeys.ForgetAsync(services.GetRequiredKeyedService<IEventStore>(name), inUse, cancellation);
        return true;
    }

    private void Tell(object line, bool asJson, string text) => output.WriteLine(asJson ? JsonSerializer.Serialize(line) : text);
}
