using Samenhang.Host.Commands.Assess;
using Samenhang.Host.Embedded;
using Samenhang.Language;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Spectre.Console;

namespace Samenhang.Host.Commands.Start;

/// <summary>What was asked of the whole system.</summary>
/// <param name="DataFolder">Where the stores stay; null = a temporary folder.</param>
/// <param name="Once">Stop after showing the households.</param>
/// <param name="Output">Where the report goes.</param>
/// <param name="Environment">Reads an environment variable.</param>
/// <param name="Voice">The language.</param>
internal sealed record StartRequest(string? DataFolder, bool Once, TextWriter Output, Func<string, string?> Environment, Voice Voice);

/// <summary><c>run</c> without a command: the whole system, with the households of the demonstration.</summary>
internal static class StartCommand
{
    /// <summary>Starts everything, shows the households, and serves until it is stopped.</summary>
    public static async Task<int> RunAsync(StartRequest request, CancellationToken cancellation)
    {
        var (data, once, output, environment, voice) = request;
        var installation = Installation.Find(environment);
        await using var system = await EmbeddedSystem.StartAsync(
            new EmbeddedOptions { DataFolder = data, Home = installation.Root }, cancellation);
        var vocabulary = system.Services.GetRequiredService<Vocabulary>();
        var console = Terminal.On(output, environment).Live();
        var households = await new DemoHouseholds(
            vocabulary, new CasemanagerService.CasemanagerServiceClient(system.Casemanager), new WorklistService.WorklistServiceClient(system.Casemanager)).OpenAsync(cancellation);
        var text = new AssessmentText(console, vocabulary, voice);
        foreach (var household in households)
        {
            var plan = PlanReader.Read(household.Plan);
            console.Write(new Rule($"[bold]{household.Title.EscapeMarkup()}[/]").LeftJustified().RuleStyle("grey"));
            console.MarkupLineInterpolated($"{voice.Say("start.household", household.CaseId, plan.Version, plan.AsOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))}");
            text.Matrix(plan);
            text.Findings(plan);
            console.WriteLine();
        }

        Addresses(console, system, voice);
        if (!once)
        {
            console.MarkupLineInterpolated($"{voice["start.stop"]}");
            await system.WaitAsync(cancellation);
        }

        return ExitCode.Good;
    }

    private static void Addresses(IAnsiConsole console, EmbeddedSystem system, Voice voice)
    {
        console.MarkupLineInterpolated($"[bold]{voice["start.addresses"]}[/]");
        console.WriteLine($"  {"web",-12} {system.AddressOf(Ports.Web)}");
        foreach (var service in ServiceNames.All)
        {
            console.WriteLine($"  {service,-12} {system.AddressOf(service)}  gRPC");
        }

        foreach (var (part, port) in system.Ports.Taken)
        {
            console.MarkupLineInterpolated($"  {voice.Say("start.taken", port, part, system.Ports.Of[part])}");
        }
    }
}
