using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Samenhang.Resilience.Tests;

/// <summary>The operator, who puts dead letters back with <c>run dead-letters replay --all</c>.</summary>
internal sealed partial class DeadLetterReplay(RabbitMqBroker broker, ITestOutputHelper output)
{
    // A letter that comes back more often is no victim of the disturbance.
    private const int MostRounds = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CommandWithin = TimeSpan.FromMinutes(1);

    /// <summary>How many were put back.</summary>
    public int Replayed { get; private set; }

    /// <summary>True when the broker went away while letters were put back: then more may have gone than were counted.</summary>
    public bool WasCutOff { get; private set; }

    /// <summary>Looks now and then until it is stopped; a broker that is away is for the next time.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ReplayAsync();
        }
    }

    /// <summary>Puts back what is left, until nothing comes back.</summary>
    public async Task FinishAsync(LoadProof proof)
    {
        for (var round = 0; await proof.DeadLettersAsync() > 0; round++)
        {
            var (_, letters) = await RunAsync("list");
            Assert.True(round < MostRounds, $"These come back each time that they are put back:\n{letters}");
            output.WriteLine($"put back:\n{letters}");
            Assert.True(await ReplayAsync(), "dead-letters replay failed on a broker that is there");
            await proof.EveryMessageIsHandledAsync();
        }
    }

    private async Task<bool> ReplayAsync()
    {
        var (status, said) = await RunAsync("replay", "--all");
        if (status == 0)
        {
            Replayed += int.Parse(LastNumber().Match(said).Value, CultureInfo.InvariantCulture);
        }

        WasCutOff |= status != 0;
        return status == 0;
    }

    private async Task<(int Status, string Said)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Samenhang.Host.dll"), "dead-letters", .. arguments, "--lang", "en"])
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment.Remove("SAMENHANG_HOME");
        foreach (var (setting, value) in broker.Settings)
        {
            start.Environment[setting.Replace("Samenhang:", "SAMENHANG_", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(CommandWithin);
        try
        {
            var said = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, said);
        }
        catch (OperationCanceledException)
        {
            process.Kill(); // The broker went away while it was asked.
            return (-1, "");
        }
    }

    [GeneratedRegex("[0-9]+(?=[^0-9]*$)")]
    private static partial Regex LastNumber();
}
