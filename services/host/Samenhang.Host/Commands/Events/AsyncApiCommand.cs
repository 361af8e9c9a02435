using System.CommandLine;
using Samenhang.Casemanager.Domain.Events;

namespace Samenhang.Host.Commands.Events;

/// <summary><c>run asyncapi</c>: the document of the events, as it stands in docs/asyncapi.json.</summary>
internal static class AsyncApiCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output, Voice voice)
    {
        var command = new Command("asyncapi", voice["help.asyncapi"]);
        command.SetAction(async (_, cancellation) =>
        {
            await output.WriteAsync(AsyncApiDocument.Text.AsMemory(), cancellation);
            return ExitCode.Good;
        });
        return command;
    }
}
