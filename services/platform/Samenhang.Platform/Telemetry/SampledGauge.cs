using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Samenhang.Platform.Telemetry;

/// <summary>A number that must be looked up (in a store, at the broker) and is therefore looked up now and then, not at each reading.</summary>
/// <param name="Name">The name of the metric.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Description">What it tells.</param>
/// <param name="LookUp">Looks it up: one number for each set of tags.</param>
public sealed record SampledGauge(
    string Name, string Unit, string Description, Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<Measurement<double>>>> LookUp);

/// <summary>Looks the sampled gauges up, and gives the last numbers to whoever reads the meter. A number that cannot be looked up is not told.</summary>
internal sealed class GaugeSampler : BackgroundService
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private readonly Meter _meter = new(Measures.Name);
    private readonly List<Sampled> _gauges = [];
    private readonly IServiceProvider _provider;
    private readonly TimeProvider _time;
    private readonly ILogger<GaugeSampler> _logger;

    public GaugeSampler(IEnumerable<SampledGauge> gauges, IServiceProvider provider, TimeProvider time, ILogger<GaugeSampler> logger)
    {
        (_provider, _time, _logger) = (provider, time, logger);
        foreach (var gauge in gauges)
        {
            var sampled = new Sampled(gauge);
            _gauges.Add(sampled);
            _meter.CreateObservableGauge(gauge.Name, () => sampled.Last, gauge.Unit, gauge.Description);
        }
    }

    /// <summary>How often they are looked up.</summary>
    public static TimeSpan Every { get; } = TimeSpan.FromSeconds(5);

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var gauge in _gauges)
            {
                await LookUpAsync(gauge, stoppingToken);
            }

            await Task.Delay(Every, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookUpAsync(Sampled gauge, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Within);
        try
        {
            gauge.Last = await gauge.Definition.LookUp(_provider, bound.Token).WaitAsync(Within, _time, cancellationToken);
            gauge.IsTold = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception cause)
        {
            // Whatever it is, an old number must not stand for a new one; the health of the part itself is told elsewhere.
            gauge.Last = [];
            if (!gauge.IsTold)
            {
                gauge.IsTold = true;
                TelemetryLog.NotLookedUp(_logger, gauge.Definition.Name, cause);
            }
        }
    }

    private sealed class Sampled(SampledGauge definition)
    {
        private volatile IReadOnlyList<Measurement<double>> _last = [];

        public SampledGauge Definition => definition;

        public bool IsTold { get; set; }

        public IReadOnlyList<Measurement<double>> Last
        {
            get => _last;
            set => _last = value;
        }
    }
}

internal static partial class TelemetryLog
{
    [LoggerMessage(2301, LogLevel.Warning, "The metric {Metric} cannot be looked up and is not told.", EventName = "MetricNotLookedUp")]
    public static partial void NotLookedUp(ILogger logger, string metric, Exception cause);

    [LoggerMessage(2302, LogLevel.Information, "Traces, metrics and logs go to {Endpoint}.", EventName = "TelemetryExported")]
    public static partial void Exported(ILogger logger, string endpoint);
}
