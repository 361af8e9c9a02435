using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RabbitMQ.Client.Exceptions;
using Samenhang.Platform.Hosting;

namespace Samenhang.Host.Commands.DeadLetters;

/// <summary><c>run dead-letters</c>: looks at messages that no service could handle, puts them back, or throws one away.</summary>
internal sealed class DeadLettersCommand
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly Func<string, string?> environment;
    private readonly Voice voice;

    private DeadLettersCommand(TextWriter output, TextWriter error, Func<string, string?> environment, Voice voice)
    {
        this.output = output;
        this.error = error;
        this.environment = environment;
        this.voice = voice;
    }

    /// <summary>The command with its four parts.</summary>
    public static Command Create(TextWriter output, TextWriter error, Func<string, string?> environment, Voice voice)
    {
        var own = new DeadLettersCommand(output, error, environment, voice);
        var command = new Command("dead-letters", voice["help.deadLetters"]) { own.List(), own.Show(), own.Replay(), own.Discard() };
        command.SetAction(_ => Help.Write(command, output, voice));
        return command;
    }

    private Command List()
    {
        var service = ServiceOption();
        var format = Formats.Option(voice);
        var command = new Command("list", voice["help.deadLettersList"]) { service, format };
        command.SetAction((parsed, cancellation) => WithBoxAsync(
            async box =>
            {
                var letters = await box.ListAsync(Chosen(parsed.GetValue(service)), cancellation);
                if (parsed.GetValue(format) == Formats.Json)
                {
                    letters.ToList().ForEach(letter => output.WriteLine(JsonSerializer.Serialize(
                        new { service = letter.Service, queue = letter.Queue, id = letter.Id, type = letter.Type, failedOn = letter.FailedOn, tries = letter.Tries, reason = letter.ReasonIn(voice) },
                        OneLine)));
                    return ExitCode.Good;
                }

                letters.ToList().ForEach(Summarise);
                output.WriteLine(voice.Say("deadLetters.count", letters.Count));
                return ExitCode.Good;
            },
            cancellation));
        return command;
    }

    private Command Show()
    {
        var service = ServiceOption();
        var id = Id<string?>(ArgumentArity.ZeroOrOne);
        var command = new Command("show", voice["help.deadLettersShow"]) { service, id };
        command.SetAction((parsed, cancellation) => parsed.GetValue(id) is not { } wanted
            ? WrongAsync("deadLetters.idMissing")
            : WithBoxAsync(
                async box =>
                {
                    var letters = (await box.ListAsync(Chosen(parsed.GetValue(service)), cancellation)).Where(letter => letter.Id == wanted).ToList();
                    foreach (var letter in letters)
                    {
                        Summarise(letter);
                        foreach (var (name, value) in letter.Headers())
                        {
                            output.WriteLine($"    {name}: {value}");
                        }

                        output.WriteLine(letter.ReadableBody());
                    }

                    return letters.Count > 0 ? ExitCode.Good : await NoneAsync(wanted);
                },
                cancellation));
        return command;
    }

    private Command Replay()
    {
        var service = ServiceOption();
        var all = new Option<bool>("--all") { Description = voice["deadLetters.all"] };
        var ids = Id<string[]>(ArgumentArity.ZeroOrMore);
        var command = new Command("replay", voice["help.deadLettersReplay"]) { service, all, ids };
        command.SetAction((parsed, cancellation) =>
        {
            var wanted = parsed.GetValue(ids) ?? [];
            if (parsed.GetValue(all) == wanted.Length > 0)
            {
                return WrongAsync("deadLetters.idsOrAll");
            }

            return WithBoxAsync(
                async box =>
                {
                    var replayed = await box.ReplayAsync(Chosen(parsed.GetValue(service)), letter => wanted.Length == 0 || wanted.Contains(letter.Id), cancellation);
                    foreach (var letter in replayed)
                    {
                        output.WriteLine(voice.Say("deadLetters.replayed", letter.Id, ServiceNames.QueueOf(letter.Service)));
                    }

                    var missing = wanted.Except(replayed.Select(letter => letter.Id)).ToList();
                    foreach (var id in missing)
                    {
                        await NoneAsync(id);
                    }

                    output.WriteLine(voice.Say("deadLetters.replayedCount", replayed.Count));
                    return missing.Count == 0 ? ExitCode.Good : ExitCode.Failed;
                },
                cancellation);
        });
        return command;
    }

    private Command Discard()
    {
        var service = ServiceOption();
        var reason = new Option<string>("--reason") { Description = voice["deadLetters.reason"], HelpName = voice["deadLetters.why"] };
        var id = Id<string?>(ArgumentArity.ZeroOrOne);
        var command = new Command("discard", voice["help.deadLettersDiscard"]) { service, reason, id };
        command.SetAction((parsed, cancellation) =>
        {
            var why = parsed.GetValue(reason);
            if (parsed.GetValue(id) is not { } wanted)
            {
                return WrongAsync("deadLetters.idMissing");
            }

            if (string.IsNullOrWhiteSpace(why))
            {
                return WrongAsync("deadLetters.reasonMissing");
            }

            return WithBoxAsync(
                async box =>
                {
                    var services = Chosen(parsed.GetValue(service));
                    var holders = (await box.ListAsync(services, cancellation)).Where(letter => letter.Id == wanted).Select(letter => letter.Service).Distinct().ToList();
                    if (holders.Count > 1)
                    {
                        // The same message can have failed in two services, and only one of them may be meant.
                        return await WrongAsync("deadLetters.severalServices", string.Join(", ", holders));
                    }

                    var record = new DiscardRecord(
                        environment("SAMENHANG_DeadLetters__Log") ?? Path.Combine(environment("SAMENHANG_Store__Folder") ?? new StoreOptions().Folder, "dead-letters.log"),
                        TimeProvider.System);
                    var who = environment("SUDO_USER") ?? Environment.UserName;
                    var discarded = await box.DiscardAsync(services, wanted, letter => record.Write(letter, who, why, voice), cancellation);
                    if (discarded is null)
                    {
                        return await NoneAsync(wanted);
                    }

                    output.WriteLine(voice.Say("deadLetters.discarded", discarded.Id, discarded.Queue, record.File));
                    return ExitCode.Good;
                },
                cancellation);
        });
        return command;
    }

    private Option<string> ServiceOption()
    {
        var option = new Option<string>("--service") { Description = voice["deadLetters.service"], HelpName = voice["serve.service"] };
        option.AcceptOnlyFromAmong([.. ServiceNames.All]);
        return option;
    }

    private Argument<T> Id<T>(ArgumentArity arity) => new(voice["deadLetters.id"]) { Description = voice["deadLetters.idHelp"], Arity = arity };

    private static IReadOnlyList<string> Chosen(string? service) => service is null ? ServiceNames.All : [service];

    private async Task<int> WithBoxAsync(Func<DeadLetterBox, Task<int>> act, CancellationToken cancellation)
    {
        var broker = Broker();
        var where = string.Join(", ", broker.Addresses().Select(node => $"{node.Host}:{node.Port.ToString(CultureInfo.InvariantCulture)}"));
        try
        {
            await using var box = await DeadLetterBox.OpenAsync(broker, cancellation);
            return await act(box);
        }
        catch (BrokerUnreachableException)
        {
            await error.WriteLineAsync(voice.Say("deadLetters.noBroker", where, broker.User));
            return ExitCode.Failed;
        }
        catch (Exception broken) when (broken is OperationInterruptedException or AlreadyClosedException or PublishException)
        {
            await error.WriteLineAsync(voice.Say("deadLetters.broken", where, broken.Message));
            return ExitCode.Failed;
        }
    }

    /// <summary>The same variables as those of the services.</summary>
    private RabbitMqOptions Broker()
    {
        var broker = new RabbitMqOptions { Nodes = Setting("Nodes") };
        broker.Host = Setting("Host") ?? broker.Host;
        broker.Port = int.TryParse(Setting("Port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : broker.Port;
        broker.VirtualHost = Setting("VirtualHost") ?? broker.VirtualHost;
        broker.User = Setting("User") ?? broker.User;
        broker.Password = Setting("Password") ?? broker.Password;
        return broker;

        string? Setting(string name) => environment($"SAMENHANG_RabbitMq__{name}") is { Length: > 0 } value ? value : null;
    }

    private void Summarise(DeadLetter letter)
    {
        output.WriteLine($"{letter.Queue}  {letter.Id}  {letter.Type ?? "?"}");
        output.WriteLine($"    {letter.FailedOn?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "?"}  {letter.Tries}×  {letter.ReasonIn(voice)}");
    }

    private async Task<int> NoneAsync(string id)
    {
        await error.WriteLineAsync(voice.Say("deadLetters.none", id));
        return ExitCode.Failed;
    }

    private async Task<int> WrongAsync(string key, params object?[] values)
    {
        await error.WriteLineAsync(voice.Say(key, values));
        await error.WriteLineAsync(voice["usage.seeHelp"]);
        return ExitCode.WrongUsage;
    }
}
