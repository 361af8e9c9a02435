using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Samenhang.Platform.Bus;

namespace Samenhang.Platform.Telemetry;

/// <summary>
/// Sends traces, metrics and logs to a collector by OTLP, when the standard variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one; the other
/// standard variables (<c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>OTEL_SERVICE_NAME</c>, <c>OTEL_TRACES_SAMPLER</c> …) count as they do everywhere.
/// </summary>
internal sealed class TelemetryExport : IHostedService, IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const int FlushWithin = 3_000;

    private static readonly string[] Sources = [Measures.Name, "Microsoft.AspNetCore", "Grpc.Net.Client", "MassTransit"];

    private static readonly string[] Meters =
        [Measures.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "MassTransit", "Npgsql"];

    private readonly IConfiguration _configuration;
    private readonly ResourceBuilder _resource;
    private readonly ILogger<TelemetryExport> _logger;
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public TelemetryExport(IConfiguration configuration, IEnumerable<ServiceRegistration> services, ILogger<TelemetryExport> logger)
        => (_configuration, _resource, _logger) = (configuration, ResourceOf([.. services.Select(service => service.Name)]), logger);

    /// <summary>Adds it to a host for which a collector is named, and nothing to others.</summary>
    public static void AddTo(IHostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint]))
        {
            return;
        }

        builder.Services.AddHostedService<TelemetryExport>();
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true; // Logs hold no personal data, also not in the arguments.
            logs.AddOtlpExporter();
        });
        builder.Services.ConfigureOpenTelemetryLoggerProvider((provider, logs) =>
            logs.SetResourceBuilder(ResourceOf([.. provider.GetServices<ServiceRegistration>().Select(service => service.Name)])));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(_configuration))
            .SetResourceBuilder(_resource)
            .AddSource(Sources)
            .AddProcessor(new WithoutProbes())
            .AddOtlpExporter()
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(_configuration))
            .SetResourceBuilder(_resource)
            .AddMeter(Meters)
            .AddOtlpExporter()
            .Build();
        TelemetryLog.Exported(_logger, _configuration[Endpoint]!);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.ForceFlush(FlushWithin);
            _metrics?.ForceFlush(FlushWithin);
        },
        cancellationToken);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>Who tells: the service of the process, or the whole when it holds several. The standard variables go first.</summary>
    private static ResourceBuilder ResourceOf(IReadOnlyList<string> services) => ResourceBuilder.CreateEmpty()
        .AddService(
            services switch { [] => "samenhang-web", [var one] => $"samenhang-{one}", _ => "samenhang" },
            serviceNamespace: "samenhang",
            serviceVersion: (Assembly.GetEntryAssembly() ?? typeof(TelemetryExport).Assembly).GetName().Version?.ToString())
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    /// <summary>The checks of those who supervise come every few seconds and tell nothing: their spans are not sent.</summary>
    private sealed class WithoutProbes : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            if (data.DisplayName.Contains("grpc.health.v1", StringComparison.Ordinal)
                || data.GetTagItem("url.path") is string path && path.StartsWith("/grpc.health.v1", StringComparison.Ordinal))
            {
                data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            }
        }
    }
}
