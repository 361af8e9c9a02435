using System.Diagnostics;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using RabbitMQ.Client;
using Samenhang.EmbeddedSupport;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.SystemBenchmarks.FanOut;

/// <summary>
/// Events to the queues of 100 subscribers, each with a filter, and to that of one. Cases are opened first; then the casemanager is started
/// again with its place in the feed put back, so that what is measured is the publisher at full speed, not the cases that lead to events.
/// </summary>
internal static class FanOutBenchmark
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(string[] options)
    {
        var (cases, many) = (Options.Number(options, "told-cases", 100), Options.Number(options, "subscribers", 100));
        await using var broker = new RabbitMqBroker();
        await broker.InitializeAsync();
        await using var server = new PostgreSqlServer();
        await server.InitializeAsync();
        await using var services = await ServiceProcesses.StartAsync(broker, server);

        var subscriptions = new List<Subscription>();
        for (var n = 0; n < many; n++)
        {
            subscriptions.Add((await services.Subscriptions.CreateSubscriptionAsync(new()
            {
                RequestId = Requests.NewId(),
                SubscriberKind = SubscriberKind.Insurer,
                Subscriber = "9901",
                Purpose = "zvw-uitvoering",
                LegalGround = LegalGround.LegalDuty,
                Filters = { Struct.Parser.ParseJson("""{"sql": "type LIKE 'nl.samenhang.%' AND EXISTS subject"}""") },
                Protocol = DeliveryProtocol.Amqp,
                By = "insurer",
            })).Subscription);
        }

        var all = await MeasureAsync(services, broker, subscriptions, cases);
        foreach (var subscription in subscriptions.Skip(1))
        {
            await services.Subscriptions.DeleteSubscriptionAsync(new() { RequestId = Requests.NewId(), SubscriptionId = subscription.SubscriptionId, By = "insurer" });
        }

        var one = await MeasureAsync(services, broker, [subscriptions[0]], cases);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ratio   {many} subscribers: {all.EventsPerSecond / one.EventsPerSecond:P0} of the events a second of one, {all.EventsPerSecond * many / one.EventsPerSecond:N1} times the messages a second of one"));
    }

    private static async Task<(double EventsPerSecond, int Events)> MeasureAsync(ServiceProcesses services, RabbitMqBroker broker, List<Subscription> subscriptions, int cases)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        async Task<uint> DepthAsync(Subscription subscription) => (await channel.QueueDeclarePassiveAsync(subscription.Sink)).MessageCount;
        await CaughtUpAsync(services);
        var before = await PositionAsync(services);
        var planned = (await services.EventsOfAsync(ServiceNames.Casemanager)).GetValueOrDefault("plan-made");
        for (var n = 0; n < cases; n++)
        {
            var request = Requests.BurnOut();
            request.Insurer = "uzovi9901";
            await services.Casemanager.OpenCaseAsync(request);
        }

        await Patience.Until(async () => (await services.EventsOfAsync(ServiceNames.Casemanager)).GetValueOrDefault("plan-made") >= planned + cases, "every case has its plan", Limit);
        await CaughtUpAsync(services);

        // A queue counts what it has once its log is applied.
        await Patience.Until(async () => await DepthAsync(subscriptions[0]) >= cases, "the first queue has the events", Limit);
        await services.KillAsync(ServiceNames.Casemanager);
        var each = await DepthAsync(subscriptions[0]);
        foreach (var subscription in subscriptions)
        {
            await channel.QueuePurgeAsync(subscription.Sink);
        }

        await ExecuteAsync(services, $"UPDATE feed_cursor SET position = {before.ToString(CultureInfo.InvariantCulture)} WHERE name = 'events'");
        services.Start(ServiceNames.Casemanager);
        var patience = Stopwatch.GetTimestamp();
        long start = 0;
        var last = 0;
        while (last < subscriptions.Count)
        {
            if (start == 0 && await DepthAsync(subscriptions[0]) > 0)
            {
                start = Stopwatch.GetTimestamp();
            }
            else if (start > 0 && await DepthAsync(subscriptions[last]) >= each)
            {
                last++;
                continue;
            }

            if (Stopwatch.GetElapsedTime(patience) > Limit)
            {
                throw new TimeoutException("The events did not come again.");
            }

            await Task.Delay(5);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await services.HearAllAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"    {subscriptions.Count,4} subscribers   {each} events each   {each / seconds,8:N0} events/s   {each * subscriptions.Count / seconds,8:N0} messages/s"));
        foreach (var subscription in subscriptions)
        {
            await channel.QueuePurgeAsync(subscription.Sink);
        }

        return (each / seconds, (int)each);
    }

    private static Task CaughtUpAsync(ServiceProcesses services) => Patience.Until(
        async () => await PositionAsync(services) >= await NumberAsync(services, "SELECT max(position) FROM event"), "the publisher has passed all events", Limit);

    private static Task<long> PositionAsync(ServiceProcesses services) => NumberAsync(services, "SELECT coalesce(max(position), 0) FROM feed_cursor WHERE name = 'events'");

    private static async Task<long> NumberAsync(ServiceProcesses services, string sql)
    {
        await using var connection = new NpgsqlConnection($"{services.Database};Search Path=casemanager");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(ServiceProcesses services, string sql)
    {
        await using var connection = new NpgsqlConnection($"{services.Database};Search Path=casemanager");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
