using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.TestSupport.Consul;

namespace Samenhang.WholeSystem.Tests.Processes;

/// <summary>Five processes that know of nothing but Consul: no address of another stands in their settings.</summary>
public sealed class WhenServicesFindEachOther : IAsyncLifetime, IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, Process> running = [];
    private readonly ConcurrentQueue<string> said = [];

    [Fact]
    public async Task The_casemanager_asks_every_domain_and_another_replica_takes_over_from_one_that_is_killed()
    {
        await using var agent = await ConsulAgent.StartAsync(token: "right");
        foreach (var service in ServiceNames.All)
        {
            Start(service, service, agent);
        }

        Start(ServiceNames.Zvw, "zvw-second", agent);
        await PassAsync(agent, ServiceNames.Zvw, 2);
        foreach (var service in ServiceNames.All.Where(service => service != ServiceNames.Zvw))
        {
            await PassAsync(agent, service, 1);
        }

        using var channel = DevelopmentChannel.Open($"http://localhost:{(int)agent.RegistrationOf(agent.Registered(ServiceNames.Casemanager)[0])["Port"]!}");
        var casemanager = new CasemanagerService.CasemanagerServiceClient(channel);
        var opened = await casemanager.OpenCaseAsync(Requests.BurnOut(), Bounded);
        await AskAsync(casemanager, opened.CaseId);

        await KillAsync("zvw-second");
        await AskAsync(casemanager, opened.CaseId); // Consul may not have noticed yet.
        await PassAsync(agent, ServiceNames.Zvw, 1);
        await AskAsync(casemanager, opened.CaseId);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running.Keys.ToList())
        {
            await KillAsync(process);
        }

        folder.Dispose();
    }

    private static CallOptions Bounded => new(deadline: TimeProvider.System.GetUtcNow().Add(Patience.Limit).UtcDateTime);

    private static async Task AskAsync(CasemanagerService.CasemanagerServiceClient casemanager, string caseId)
    {
        var answer = await casemanager.WhatIfAsync(new WhatIfRequest { CaseId = caseId, AsOf = Requests.Day(2016, 11, 1) }, Bounded);
        Assert.Equal(4, answer.Plan.Coverage.Select(row => row.Domain).Distinct().Count(domain => domain is Protos.Common.V1.Domain.Zvw
            or Protos.Common.V1.Domain.Gemeente or Protos.Common.V1.Domain.Uwv or Protos.Common.V1.Domain.Employer));
    }

    private Task PassAsync(ConsulAgent agent, string service, int replicas) => Patience.Until(
        () => running.Values.Any(process => process.HasExited)
            ? throw new InvalidOperationException(string.Join(Environment.NewLine, said))
            : agent.Registered(service).Count(id => agent.StatusOf(id) == "passing") == replicas,
        $"{replicas} of {service} pass their check",
        TimeSpan.FromMinutes(2));

    private void Start(string service, string name, ConsulAgent agent)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Samenhang.Host.dll"), "serve", service, "--url", $"http://127.0.0.1:{FreePort()}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (setting, value) in agent.Settings)
        {
            start.Environment[setting.Replace("Samenhang:", "SAMENHANG_", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["SAMENHANG_Access__DevelopmentKeyFile"] = DevelopmentChannel.KeyFile;
        start.Environment["SAMENHANG_Store__Folder"] = folder.File(name);
        start.Environment.Remove("SAMENHANG_HOME");
        var process = running[name] = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => said.Enqueue($"{name}: {line.Data}");
        process.ErrorDataReceived += (_, line) => said.Enqueue($"{name}: {line.Data}");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private async Task KillAsync(string name)
    {
        if (running.Remove(name, out var process))
        {
            process.Kill();
            using var limit = new CancellationTokenSource(Patience.Limit);
            await process.WaitForExitAsync(limit.Token);
            process.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
