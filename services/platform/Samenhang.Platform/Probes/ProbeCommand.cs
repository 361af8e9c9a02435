using System.Globalization;

namespace Samenhang.Platform.Probes;

/// <summary>
/// <c>--probe</c>: instead of running, a program asks the one that runs beside it whether it is ready. For the health check of a
/// container, whose image holds no other program that could ask.
/// </summary>
public static class ProbeCommand
{
    private const string Argument = "--probe";

    // What asks is started often and must not hang.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(4);

    /// <summary>Whether these arguments ask for it.</summary>
    public static bool IsIn(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments is [Argument];
    }

    /// <summary>Asks <c>/ready</c> on the port that <c>SAMENHANG_Probes__Port</c> names.</summary>
    /// <returns>The exit status: 0 when it is ready.</returns>
    public static async Task<int> RunAsync()
    {
        if (!ushort.TryParse(Environment.GetEnvironmentVariable("SAMENHANG_Probes__Port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            await Console.Error.WriteLineAsync("SAMENHANG_Probes__Port names no port: there is nothing to ask.");
            return 1;
        }

        using var client = new HttpClient { Timeout = Within };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/ready"));
            await Console.Out.WriteLineAsync(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception cause) when (cause is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(cause.Message);
            return 1;
        }
    }
}
