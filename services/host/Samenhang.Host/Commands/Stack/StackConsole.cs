using System.Globalization;
using System.Runtime.InteropServices;
using Samenhang.Engines;
using Samenhang.Host.Embedded;
using Samenhang.Protos.Casemanager.V1;
using Spectre.Console;

namespace Samenhang.Host.Commands.Stack;

/// <summary>What a person at the terminal sees of a stack, and can do with it.</summary>
internal sealed class StackConsole(StackFolder folder, TextWriter output, TextWriter error, Func<string, string?> environment, Voice voice)
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromMinutes(3);

    private readonly TimeProvider time = TimeProvider.System;
    private readonly TextWriter output = TextWriter.Synchronized(output);

    /// <summary>Starts a stack, shows it, and watches it until it is stopped.</summary>
    public async Task<int> RunAsync(int replicas, TimeSpan? stopAfter, CancellationToken cancellation)
    {
        if (Missing() is { Count: > 0 } missing)
        {
            error.WriteLine(voice.Say("stack.missing", string.Join(", ", missing), string.Join(' ', missing)));
            return ExitCode.Failed;
        }

        folder.Make();
        using var hold = folder.TryHold();
        if (hold is null)
        {
            error.WriteLine(voice.Say("stack.runsAlready", folder.Path));
            return ExitCode.Failed;
        }

        // A terminal that is closed stops the stack as Ctrl+C does.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        try
        {
            return await WatchAsync(replicas, stopAfter, stop.Token);
        }
        catch (EngineException fault)
        {
            error.WriteLine(fault.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Say("stack.stopped");
            return ExitCode.Good;
        }
    }

    /// <summary>Shows what runs.</summary>
    public int Status()
    {
        if (folder.State is not { } state || !state.Supervisor.Runs)
        {
            var left = folder.State?.Parts.Where(part => part.Process is { Runs: true }).Select(part => part.Name).ToList() ?? [];
            output.WriteLine(left.Count == 0 ? voice.Say("stack.none", folder.Path) : voice.Say("stack.orphans", folder.Path, string.Join(", ", left)));
            return ExitCode.Failed;
        }

        Show(state);
        return state.Ready && state.Parts.All(part => part.State == ProcessState.Answers) ? ExitCode.Good : ExitCode.Failed;
    }

    /// <summary>Stops a stack that runs, and ends what an earlier one left behind.</summary>
    public async Task<int> StopAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (folder.State is not { } state)
        {
            output.WriteLine(voice.Say("stack.none", folder.Path));
            return ExitCode.Good;
        }

        var runs = state.Supervisor.Runs;
        if (runs)
        {
            await state.Supervisor.EndAsync(Signal.Terminate, StopWithin, time);
        }

        using var hold = folder.TryHold();
        if (hold is null)
        {
            error.WriteLine(voice.Say("stack.runsAlready", folder.Path));
            return ExitCode.Failed;
        }

        var left = await folder.EndLeftoversAsync(time);
        output.WriteLine(runs || left.Count > 0 ? voice["stack.stopped"] : voice.Say("stack.none", folder.Path));
        return ExitCode.Good;
    }

    private async Task<int> WatchAsync(int replicas, TimeSpan? stopAfter, CancellationToken cancellation)
    {
        var installation = Installation.Find(environment);
        if (await folder.EndLeftoversAsync(time) is { Count: > 0 } left)
        {
            Say("stack.cleaned", string.Join(", ", left));
        }

        Say("stack.starting", folder.Path);
        await using var stack = await RunningStack.StartAsync(folder, replicas, installation.Root, time, Tell, cancellation);
        Show(stack.State());
        await ShowHouseholdsAsync(stack, installation, cancellation);
        Say("stack.pages", stack.Parts.Web.Address);
        Say("start.stop");
        await Task.Delay(stopAfter ?? Timeout.InfiniteTimeSpan, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Say("stack.stopping");
        await stack.DisposeAsync();
        Say("stack.stopped");
        return ExitCode.Good;
    }

    /// <summary>An empty store gets the households of the demonstration, opened as any municipal system would open them.</summary>
    private async Task ShowHouseholdsAsync(RunningStack stack, Installation installation, CancellationToken cancellation)
    {
        using var channel = stack.Casemanager();
        var casemanager = new CasemanagerService.CasemanagerServiceClient(channel);
        var cases = await casemanager.ListCasesAsync(new ListCasesRequest { PageSize = 1 }, cancellationToken: cancellation);
        if (cases.Cases.Count > 0)
        {
            Say("stack.goesOn");
            return;
        }

        foreach (var household in await new DemoHouseholds(installation.LoadVocabulary(), casemanager, new WorklistService.WorklistServiceClient(channel)).OpenAsync(cancellation))
        {
            Say("stack.household", household.Title, household.CaseId, household.Plan.Version, household.Plan.Findings.Count);
        }
    }

    private void Show(StackState state)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns(voice["stack.part"], voice["stack.process"], voice["stack.address"], voice["stack.state"], voice["stack.restarts"], voice["stack.log"]);
        foreach (var part in state.Parts)
        {
            table.AddRow(
                part.Name.EscapeMarkup(), part.Process?.Id.ToString(CultureInfo.InvariantCulture) ?? "–", part.Address.EscapeMarkup(), Markup(part.State),
                part.Restarts.ToString(CultureInfo.InvariantCulture), part.Log.EscapeMarkup());
        }

        Terminal.On(output, environment).Live().Write(table);
    }

    private void Tell(SupervisedProcess process)
    {
        if (process.State == ProcessState.Waits)
        {
            Say("stack.ended", Clock(), process.Name, process.LastStatus, process.Pause.TotalSeconds);
        }
        else if (process.State == ProcessState.Answers && process.Restarts > 0)
        {
            Say("stack.answersAgain", Clock(), process.Name);
        }
    }

    private string Markup(ProcessState state) => state switch
    {
        ProcessState.Answers => $"[green]✔ {voice["stack.answers"].EscapeMarkup()}[/]",
        ProcessState.Starting => $"[yellow]◐ {voice["stack.starts"].EscapeMarkup()}[/]",
        ProcessState.Waits => $"[red]✘ {voice["stack.waits"].EscapeMarkup()}[/]",
        ProcessState.Stopped => $"[grey]– {voice["stack.isStopped"].EscapeMarkup()}[/]",
    };

    private string Clock() => time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private void Say(string key, params object?[] values)
    {
        output.WriteLine(voice.Say(key, values));
        output.Flush();
    }

    private static List<string> Missing()
    {
        var missing = new List<string>();
        if (!RabbitMqServer.IsInstalled)
        {
            missing.Add("rabbitmq-server");
        }

        if (!PostgreSqlServer.IsInstalled)
        {
            missing.Add("postgresql");
        }

        return missing;
    }
}
