using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Samenhang.SystemBenchmarks;

/// <summary>Our program as a process of the operating system.</summary>
internal static class HostProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly string Host = Path.Combine(AppContext.BaseDirectory, "Samenhang.Host.dll");

    /// <summary>The settings of a broker, as variables.</summary>
    public static Dictionary<string, string> VariablesOf(RabbitMqBroker broker) => broker.Settings.ToDictionary(
        setting => setting.Key.Replace("Samenhang:", "SAMENHANG_", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!);

    /// <summary>Starts the program with these arguments and variables.</summary>
    public static Process Start(string[] arguments, Dictionary<string, string> variables, Action<string>? said = null)
    {
        var start = new ProcessStartInfo("dotnet", [Host, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("SAMENHANG_HOME");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => said?.Invoke(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Waits until an address gives an answer that is no failure of the server.</summary>
    public static async Task AnswersAsync(Process process, string address)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Patience.Until(
            async () =>
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"The process of {address} ended with status {process.ExitCode}.");
                }

                try
                {
                    using var response = await client.GetAsync(new Uri(address));
                    return (int)response.StatusCode < 500;
                }
                catch (HttpRequestException)
                {
                    return false; // It does not listen yet.
                }
            },
            $"{address} answers",
            Limit);
    }

    /// <summary>A line of the status of a process, in MiB; 0 when it has ended.</summary>
    public static double MemoryOf(Process process, string what)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith(what, StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0; // It has just ended.
        }
    }

    /// <summary>Ends it.</summary>
    public static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(10));
        }
    }

    /// <summary>The address of a port of this machine.</summary>
    public static string Local(int port) => $"http://localhost:{port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A port that nobody uses now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
