using System.CommandLine;
using Samenhang.Casemanager.Events;

namespace Samenhang.Host.Commands.Events;

/// <summary><c>run subscriber-rights</c>: the commands that give a subscriber a user on the broker with the right to read its own queues.</summary>
internal static class SubscriberRightsCommand
{
    /// <summary>The command with its arguments.</summary>
    public static Command Create(TextWriter output, Voice voice)
    {
        var user = new Argument<string>(voice["rights.user"]) { Description = voice["rights.userHelp"] };
        var subscriptions = new Argument<string[]>(voice["rights.subscription"]) { Description = voice["rights.subscriptionHelp"], Arity = ArgumentArity.OneOrMore };
        var host = new Option<string>("--vhost") { Description = voice["rights.vhost"], HelpName = "VHOST", DefaultValueFactory = _ => "/" };
        var command = new Command("subscriber-rights", voice["help.rights"]) { user, subscriptions, host };
        command.SetAction(async (parsed, cancellation) =>
        {
            foreach (var line in BrokerRights.Commands(parsed.GetRequiredValue(user), parsed.GetRequiredValue(subscriptions), parsed.GetRequiredValue(host)))
            {
                await output.WriteLineAsync(line.AsMemory(), cancellation);
            }

            return ExitCode.Good;
        });
        return command;
    }
}
