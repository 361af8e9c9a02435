using System.CommandLine;
using System.Globalization;

namespace Samenhang.Host.Commands.Stack;

/// <summary><c>run stack</c>: the whole system as processes on RabbitMQ and PostgreSQL, on this machine; what runs; and its end.</summary>
internal static class StackCommand
{
    private const int MostReplicas = 9;

    /// <summary>The command with its options.</summary>
    public static Command Create(TextWriter output, TextWriter error, Func<string, string?> environment, Voice voice)
    {
        var data = new Option<string>("--data") { Description = voice.Say("stack.data", StackFolder.Default(environment)), HelpName = voice["start.folder"], Recursive = true };
        var replicas = new Option<int>("--replicas") { Description = voice["stack.replicas"], HelpName = "N", DefaultValueFactory = _ => 1 };
        replicas.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostReplicas))
            {
                result.AddError(voice.Say("stack.replicasWrong", token.Value, MostReplicas));
            }
        });
        var stopAfter = new Option<string>("--stop-after") { Description = voice["stack.stopAfter"], HelpName = voice["stack.duration"] };
        stopAfter.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Duration(token.Value) is null)
            {
                result.AddError(voice.Say("stack.durationWrong", token.Value));
            }
        });

        StackConsole Console(ParseResult parsed) => new(new StackFolder(parsed.GetValue(data) ?? StackFolder.Default(environment)), output, error, environment, voice);
        var status = new Command("status", voice["stack.status"]);
        status.SetAction(parsed => Console(parsed).Status());
        var stop = new Command("stop", voice["stack.stop"]);
        stop.SetAction((parsed, cancellation) => Console(parsed).StopAsync(cancellation));
        var command = new Command("stack", voice["help.stack"]) { data, replicas, stopAfter, status, stop };
        command.SetAction((parsed, cancellation) =>
            Console(parsed).RunAsync(parsed.GetValue(replicas), parsed.GetValue(stopAfter) is { } text ? Duration(text) : null, cancellation));
        return command;
    }

    /// <summary>Reads 90s, 5m or 2h; null when it is none of these.</summary>
    internal static TimeSpan? Duration(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            _ => null,
        };
    }
}
