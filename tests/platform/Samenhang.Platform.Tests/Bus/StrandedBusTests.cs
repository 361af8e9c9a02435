using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Grpc.Health;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Tests.Bus;

/// <summary>A bus whose own health is good while nothing that it publishes reaches the broker: its process ends, but only when a new one would do better.</summary>
public sealed class StrandedBusTests(RabbitMqBroker broker) : IClassFixture<RabbitMqBroker>
{
    private static readonly TimeSpan PatienceOfTheProcess = TimeSpan.FromSeconds(45);

    private readonly SilentRelays _silent = new();
    private readonly ApplicationLifetime _process = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly HastyTime _time = new();

    [RabbitMqFact]
    public async Task A_process_whose_publishes_have_no_answer_ends_when_the_broker_answers_others()
    {
        await using var watched = await WatchAsync();
        _silent.WaitsInVain(ServiceNames.Zvw);

        await Patience.Until(() => Ends, "the process ends");

        Assert.True(watched.Elapsed > PatienceOfTheProcess, $"It waited no longer than {watched.Elapsed}.");
    }

    [RabbitMqFact]
    public async Task It_goes_on_while_the_broker_takes_nothing_of_anybody()
    {
        await broker.ControlAsync("set_vm_memory_high_watermark", "0.000001");
        try
        {
            Assert.False(await TakesMessagesAsync());
            await using var watched = await WatchAsync();
            _silent.WaitsInVain(ServiceNames.Zvw);
            await Patience.Until(() => watched.Elapsed > 4 * PatienceOfTheProcess, "much more time than its patience has passed");
            Assert.False(Ends);
        }
        finally
        {
            await broker.ControlAsync("set_vm_memory_high_watermark", "0.4");
        }
    }

    [RabbitMqFact]
    public async Task It_goes_on_when_the_answer_came_late()
    {
        await using var watched = await WatchAsync();
        _silent.WaitsInVain(ServiceNames.Zvw);
        _silent.WaitsInVain(ServiceNames.Uwv);
        _silent.IsAnswered(ServiceNames.Zvw);
        _silent.IsAnswered(ServiceNames.Uwv);

        await Patience.Until(() => watched.Elapsed > 4 * PatienceOfTheProcess, "much more time than its patience has passed");

        Assert.False(Ends);
    }

    [RabbitMqFact]
    public async Task A_service_that_may_write_nowhere_hears_an_answer_too()
    {
        await broker.ControlAsync("add_user", "narrow", "for-this-test-only");
        await broker.ControlAsync("set_permissions", "narrow", "^$", "^$", "^$");

        Assert.True(await TakesMessagesAsync("narrow", "for-this-test-only"));
        Assert.False(await TakesMessagesAsync("narrow", "another password"));
        Assert.True(await TakesMessagesAsync());
    }

    private bool Ends => _process.ApplicationStopping.IsCancellationRequested;

    private Task<bool> TakesMessagesAsync(string user = "guest", string password = "guest")
        => Reach(user, password).TakesMessagesAsync(TimeSpan.FromSeconds(5), CancellationToken.None);

    private RabbitMqOptions Reach(string user, string password) => new() { Host = "127.0.0.1", Port = broker.Port, User = user, Password = password };

    private async Task<Watched> WatchAsync()
    {
        var bus = MassTransit.Bus.Factory.CreateUsingInMemory(_ => { });
        await bus.StartAsync();
        var options = Options.Create(new SamenhangOptions { Transport = Transport.RabbitMq, RabbitMq = Reach("guest", "guest") });
        var health = new BusHealth(bus, new HealthState(), _silent, options, _process, _time, NullLogger<BusHealth>.Instance);
        await health.StartAsync(CancellationToken.None);
        return new Watched(bus, health, _time);
    }

    private sealed class Watched(IBusControl bus, BusHealth health, TimeProvider time) : IAsyncDisposable
    {
        private readonly long _since = time.GetTimestamp();

        public TimeSpan Elapsed => time.GetElapsedTime(_since);

        public async ValueTask DisposeAsync()
        {
            await health.StopAsync(CancellationToken.None);
            health.Dispose();
            await bus.StopAsync();
        }
    }

    /// <summary>Time that passes twenty times as fast.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private const int Haste = 20;

        private readonly long _begin = System.GetTimestamp();

        public override long GetTimestamp() => _begin + (Haste * (System.GetTimestamp() - _begin));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Haste : dueTime, period > TimeSpan.Zero ? period / Haste : period);
    }
}
