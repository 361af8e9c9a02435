using System.CommandLine;
using Samenhang.Casemanager;
using Samenhang.Employer;
using Samenhang.Gemeente;
using Samenhang.Platform.Bus;
using Samenhang.Uwv;
using Samenhang.Zvw;

namespace Samenhang.Host.Commands.Definitions;

/// <summary><c>run definitions</c>: what the services have on the broker, as RabbitMQ imports it: <c>deploy/rabbitmq/definitions.json</c>.</summary>
internal static class DefinitionsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output, Voice voice)
    {
        var command = new Command("definitions", voice["help.definitions"]);
        command.SetAction(async (_, cancellation) => await output.WriteAsync((await MakeAsync()).AsMemory(), cancellation));
        return command;
    }

    /// <summary>Puts the five services in a host that is never started, and reads what they registered.</summary>
    private static async Task<string> MakeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddCasemanager().AddZvw().AddGemeente().AddUwv().AddEmployer();
        await using var host = builder.Build();
        return BrokerDefinitions.Of(host.Services);
    }
}
