using System.CommandLine;
using Samenhang.Api.Hosting;
using Samenhang.Casemanager;
using Samenhang.Employer;
using Samenhang.Gemeente;
using Samenhang.Host.Embedded;
using Samenhang.Platform.Hosting;
using Samenhang.Uwv;
using Samenhang.Web;
using Samenhang.Zvw;

namespace Samenhang.Host.Commands.Serve;

/// <summary><c>run serve</c>: one service as a process of its own. Settings come from variables <c>SAMENHANG_…</c> (docs/operations.md).</summary>
internal static class ServeCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Voice voice)
    {
        var name = new Argument<string>(voice["serve.service"]) { Description = voice["serve.serviceHelp"] };
        name.AcceptOnlyFromAmong([.. ServiceNames.All, Ports.Web]);
        var url = new Option<string>("--url") { Description = voice["serve.url"], HelpName = "URL" };
        var command = new Command("serve", voice["help.serve"]) { name, url };

        // The command line takes the signals that end a process before the host hears of them.
        command.SetAction(async (parsed, cancellation) => await ServiceProcess.RunServiceAsync(() => Build(parsed.GetRequiredValue(name), parsed.GetValue(url)), cancellation));
        return command;
    }

    private static WebApplication Build(string part, string? url)
    {
        var builder = WebApplication.CreateBuilder(url is null ? [] : ["--urls", url]);
        if (part == Ports.Web)
        {
            builder.ListenOnOwnPort(part).AddSamenhangWeb();
            var page = builder.Build();
            page.MapSamenhangWeb();
            return page;
        }

        builder.ListenForGrpc(part);
        _ = part switch
        {
            ServiceNames.Casemanager => builder.AddCasemanager(),
            ServiceNames.Zvw => builder.AddZvw(),
            ServiceNames.Gemeente => builder.AddGemeente(),
            ServiceNames.Uwv => builder.AddUwv(),
            ServiceNames.Employer => builder.AddEmployer(),
            _ => throw new ArgumentOutOfRangeException(nameof(part), part, "No service."),
        };
        var app = builder.Build();
        _ = part switch
        {
            ServiceNames.Casemanager => app.MapCasemanager(),
            ServiceNames.Zvw => app.MapZvw(),
            ServiceNames.Gemeente => app.MapGemeente(),
            ServiceNames.Uwv => app.MapUwv(),
            _ => app.MapEmployer(),
        };
        return app;
    }
}
