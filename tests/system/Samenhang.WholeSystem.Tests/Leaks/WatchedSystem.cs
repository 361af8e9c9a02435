using Grpc.AspNetCore.Server;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Host.Embedded;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Employer.V1;

namespace Samenhang.WholeSystem.Tests.Leaks;

/// <summary>The whole system in this process, with an ear on everything around the employer.</summary>
internal sealed class WatchedSystem : IAsyncDisposable
{
    private readonly EmbeddedSystem system;
    private readonly TemporaryFolder folder;
    private readonly ConnectHandle ear;

    private WatchedSystem(EmbeddedSystem system, TemporaryFolder folder, EmployerCapture capture, RecordedLog log)
    {
        (this.system, this.folder, Capture, Log) = (system, folder, capture, log);
        ear = system.Services.GetRequiredService<IBusControl>().ConnectReceiveObserver(capture);
    }

    public EmployerCapture Capture { get; }

    public RecordedLog Log { get; }

    public IServiceProvider Services => system.Services;

    public CasemanagerService.CasemanagerServiceClient Casemanager => new(system.Casemanager);

    public EmployerService.EmployerServiceClient Employer => new(system.Casemanager);

    public AbsenceService.AbsenceServiceClient Absences => new(system.Casemanager);

    public CompanyPhysicianService.CompanyPhysicianServiceClient Physician => new(system.Casemanager);

    public static async Task<WatchedSystem> StartAsync()
    {
        var folder = new TemporaryFolder();
        var capture = new EmployerCapture();
        var log = new RecordedLog();
        using var limit = new CancellationTokenSource(Patience.Limit);
        var system = await EmbeddedSystem.StartAsync(
            new EmbeddedOptions
            {
                DataFolder = folder.Path,
                UseDefaultPorts = false,
                WithWeb = false,
                Services = services => services
                    .AddSingleton(capture)
                    .AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(log))
                    .Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<EmployerCapture>()),
            },
            limit.Token);
        return new WatchedSystem(system, folder, capture, log);
    }

    /// <summary>Takes in the files of the store and the lines of the log.</summary>
    public Task TakeFilesAsync() => Capture.TakeFilesAsync(system.Services, folder.Path, Log);

    public async ValueTask DisposeAsync()
    {
        ear.Dispose();
        await system.DisposeAsync();
        folder.Dispose();
    }
}
