using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Host.Embedded;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.EmbeddedSupport;

/// <summary>The whole system in this process, on free ports, with a data folder that can be looked into.</summary>
public sealed class EmbeddedFixture : IAsyncLifetime, IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private EmbeddedSystem? system;

    /// <summary>Changes the container of the services; null = as it is.</summary>
    public Action<IServiceCollection>? AlsoServices { get; init; }

    internal EmbeddedSystem System => system!;

    internal RecordedLog Log { get; } = new();

    internal string DataFolder => folder.Path;

    internal CasemanagerService.CasemanagerServiceClient Casemanager => new(System.Casemanager);

    /// <summary>The address of a service.</summary>
    public Uri AddressOf(string service) => System.AddressOf(service);

    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        system = await EmbeddedSystem.StartAsync(
            new EmbeddedOptions
            {
                DataFolder = folder.Path,
                UseDefaultPorts = false,
                Services = services =>
                {
                    services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(Log));
                    AlsoServices?.Invoke(services);
                },
            },
            limit.Token);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Opens the case and waits for its first plan.</summary>
    internal async Task<(string CaseId, Plan Plan)> PlannedAsync(OpenCaseRequest request)
    {
        var opened = await Casemanager.OpenCaseAsync(request);
        return (opened.CaseId, await Casemanager.PlanAsync(opened.CaseId));
    }
}
