using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using RabbitMQ.Client;
using Samenhang.Casemanager;
using Samenhang.Employer;
using Samenhang.Fuzz.Tests.Bus;
using Samenhang.Fuzz.Tests.Grpc;
using Samenhang.Gemeente;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Uwv;
using Samenhang.Zvw;
using Xunit.Abstractions;

namespace Samenhang.Fuzz.Tests;

/// <summary>
/// The five services as processes on a real RabbitMQ get messages of each other that were changed in ways no service of ours would. Little by
/// default: SAMENHANG_FUZZ_MESSAGES makes it as much as one likes, SAMENHANG_FUZZ_SEED another.
/// </summary>
public sealed class WhenMessagesAreMutated(RabbitMqBroker broker, ITestOutputHelper output) : IClassFixture<RabbitMqBroker>
{
    private const int AtOnce = 100;
    private const int MostWaiting = 500;
    private const double AllowedGrowth = 1.3;
    private const long Megabyte = 1 << 20;

    private static readonly int Messages = Sizes.Of("SAMENHANG_FUZZ_MESSAGES", 600);
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2) + TimeSpan.FromMilliseconds(50 * Messages);

    // How a message is refused: nobody can read it, or it speaks of what is not known. Anything else is a bug that it met.
    private static readonly string[] Clear = ["The message cannot be read", "The message is no JSON", "The envelope of the message", "The message holds", "A message of", "a type that nobody hears", "of a case that is not known"];

    // Everything that a service hears.
    private static readonly HashSet<string> Types =
    [
        .. new[] { typeof(CasemanagerHost), typeof(ZvwHost), typeof(GemeenteHost), typeof(UwvHost), typeof(EmployerHost) }
            .SelectMany(host => host.Assembly.GetTypes())
            .SelectMany(type => type.GetInterfaces())
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(MassTransit.IConsumer<>))
            .Select(type => type.GetGenericArguments()[0])
            .Select(message => $"urn:message:{message.Namespace}:{message.Name}"),
    ];

    [RabbitMqFact]
    public async Task None_ends_a_service_and_each_is_handled_or_refused_with_a_reason()
    {
        await using var server = new PostgreSqlServer();
        await server.InitializeAsync();
        await using var services = await ServiceProcesses.StartAsync(broker, server);
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var heard = await HearAsync(services, channel);
        output.WriteLine($"{Sizes.Text(heard.Count)} messages to change: {string.Join(", ", heard.GroupBy(TypeOf).Select(type => $"{type.Key.Split(':')[^1]} {Sizes.Text(type.Count())}"))}");

        var (random, sent, refusals, half) = (new Random(Sizes.Seed), 0, new Dictionary<string, int>(), new Dictionary<string, long>());
        var mutator = new EnvelopeMutator([.. heard.SelectMany(message => TextsIn(JsonNode.Parse(message.Body)!["message"])).Distinct().Order(StringComparer.Ordinal)], random);
        var kinds = heard.GroupBy(TypeOf).OrderBy(type => type.Key, StringComparer.Ordinal).Select(type => type.ToList()).ToList();
        var started = Stopwatch.GetTimestamp();
        while (sent < Messages)
        {
            for (var n = 0; n < AtOnce; n++, sent++)
            {
                // Each type as often as the others: there are many questions and few records.
                var type = kinds[random.Next(kinds.Count)];
                await PublishAsync(channel, type[random.Next(type.Count)], mutator, random);
            }

            await Patience.Until(async () => await ReadyAsync() < MostWaiting, "the services keep up", Within);
            await CollectAsync(channel, refusals);
            if (half.Count == 0 && sent >= Messages / 2)
            {
                half = services.Names.ToDictionary(name => name, services.MemoryOf);
            }
        }

        try
        {
            await Patience.Until(async () => await WaitingAsync() == 0, "every message is handled or refused", Within);
        }
        catch (TimeoutException)
        {
            output.WriteLine(await broker.ControlAsync("list_queues", "name", "messages", "messages_unacknowledged"));
            foreach (var name in services.Names)
            {
                output.WriteLine($"{name} used {services.ProcessorTimeOf(name)} and said last:\n{services.WhatItSaid(name)[^Math.Min(services.WhatItSaid(name).Length, 3_000)..]}");
            }

            throw;
        }

        await CollectAsync(channel, refusals);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(FormattableString.Invariant($"{sent} messages, {sent / seconds:N0} a second; {sent - refusals.Values.Sum()} handled"));
        output.WriteLine(string.Join('\n', refusals.OrderByDescending(refusal => refusal.Value).Select(refusal => $"{Sizes.Text(refusal.Value)} {refusal.Key}")));

        Assert.DoesNotContain(services.Names, services.HasEnded);
        Assert.DoesNotContain(refusals.Keys, reason => !Clear.Any(clear => reason.StartsWith(clear, StringComparison.Ordinal)));
        Assert.All(services.Names, name => Assert.True(
            services.MemoryOf(name) < (half[name] * AllowedGrowth) + (32 * Megabyte),
            $"{name} grew from {Sizes.Text(half[name] / Megabyte)} MiB half way to {Sizes.Text(services.MemoryOf(name) / Megabyte)} MiB."));

        // They still do their work.
        var opened = await services.Casemanager.OpenCaseAsync(Requests.BurnOut());
        Assert.NotEmpty((await services.Casemanager.PlanAsync(opened.CaseId)).Coverage);
    }

    /// <summary>Opens cases, and keeps a copy of what the services tell each other about them.</summary>
    private static async Task<List<Heard>> HearAsync(ServiceProcesses services, IChannel channel)
    {
        foreach (var queue in ServiceNames.All.Select(ServiceNames.QueueOf))
        {
            await channel.QueueDeclareAsync($"{queue}.heard", durable: true, exclusive: false, autoDelete: false);
            await channel.QueueBindAsync($"{queue}.heard", queue, "");
        }

        foreach (var request in CaseFileRequests.Read(each: 12))
        {
            try
            {
                request.RequestId = Requests.NewId();
                await services.Casemanager.PlanAsync((await services.Casemanager.OpenCaseAsync(request)).CaseId);
            }
            catch (RpcException refused) when (refused.StatusCode is StatusCode.InvalidArgument)
            {
                // For example the policy of a municipality that the file alone knows.
            }
        }

        // What the records of the domains say: the case files have none.
        Assert.Equal([], await GoodCalls.MakeAsync(ServiceNames.All.ToDictionary(service => service, service => services.ChannelOf(service)), new Corpus(), new Words()));
        var heard = new List<Heard>();
        await Patience.Until(
            async () =>
            {
                foreach (var queue in ServiceNames.All.Select(ServiceNames.QueueOf))
                {
                    while (await channel.BasicGetAsync($"{queue}.heard", autoAck: true) is { } message)
                    {
                        heard.Add(new Heard(queue, new BasicProperties(message.BasicProperties), message.Body.ToArray()));
                    }
                }

                return Types.IsSubsetOf(heard.Select(TypeOf));
            },
            "every type of message was heard");
        foreach (var queue in ServiceNames.All.Select(ServiceNames.QueueOf))
        {
            await channel.QueueUnbindAsync($"{queue}.heard", queue, "");
        }

        return heard;
    }

    private static string TypeOf(Heard heard) => JsonNode.Parse(heard.Body)!["messageType"]![0]!.GetValue<string>();

    private static async Task PublishAsync(IChannel channel, Heard heard, EnvelopeMutator mutator, Random random)
    {
        // Now and then to a service that does not know such messages.
        var queue = random.Next(20) == 0 ? ServiceNames.QueueOf(ServiceNames.All[random.Next(ServiceNames.All.Count)]) : heard.Queue;
        var properties = new BasicProperties(heard.Properties);
        if (random.Next(4) > 0)
        {
            // A new message: one with a known id is not looked at.
            properties.MessageId = Id(random).ToString();
        }

        if (random.Next(30) == 0)
        {
            properties.ContentType = random.Next(3) switch { 0 => "text/plain", 1 => "application/json", _ => "no/such; thing" };
        }

        var body = mutator.Mutate(heard.Body);
        await channel.BasicPublishAsync("", queue, mandatory: true, properties, Renamed(body, heard.Properties.MessageId, properties.MessageId));
    }

    /// <summary>The id also stands in the envelope.</summary>
    private static byte[] Renamed(byte[] body, string? from, string? to)
        => from is null || to is null || from == to ? body : Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace(from, to, StringComparison.Ordinal));

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>Messages that nobody has taken yet.</summary>
    private async Task<long> ReadyAsync()
    {
        var ready = 0L;
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var service in ServiceNames.All)
        {
            ready += (await channel.QueueDeclarePassiveAsync(ServiceNames.QueueOf(service))).MessageCount;
        }

        return ready;
    }

    /// <summary>Messages that are not handled yet. Those that are under way only the tool of the broker tells, which takes a second to start.</summary>
    private async Task<long> WaitingAsync() => await ReadyAsync() is > 0 and var ready
        ? ready
        : (await broker.ControlAsync("list_queues", "--no-table-headers", "name", "messages"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Where(line => ServiceNames.All.Any(service => ServiceNames.QueueOf(service) == line[0]))
            .Sum(line => long.Parse(line[1], CultureInfo.InvariantCulture));

    /// <summary>Takes the dead letters and counts them by their reason.</summary>
    private static async Task CollectAsync(IChannel channel, Dictionary<string, int> refusals)
    {
        foreach (var queue in ServiceNames.All.Select(ServiceNames.QueueOf))
        {
            while (await channel.BasicGetAsync(ServiceQueues.ErrorOf(queue), autoAck: true) is { } dead)
            {
                var reason = Header(dead, "MT-Fault-Message");
                Count(reason.Contains("that is not known here", StringComparison.Ordinal) ? Clear[^1]
                    : Clear.FirstOrDefault(clear => reason.StartsWith(clear, StringComparison.Ordinal)) is { } known ? known
                    : Shortened($"{Header(dead, "MT-Fault-ExceptionType")} {reason} {Header(dead, "MT-Fault-StackTrace")}"));
            }

            while (await channel.BasicGetAsync(ServiceQueues.SkippedOf(queue), autoAck: true) is not null)
            {
                Count(Clear[^2]);
            }
        }

        void Count(string reason) => refusals[reason] = refusals.GetValueOrDefault(reason) + 1;
    }

    private static IEnumerable<string> TextsIn(JsonNode? node) => node switch
    {
        JsonObject found => found.SelectMany(member => TextsIn(member.Value)),
        JsonArray list => list.SelectMany(TextsIn),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    private static string Shortened(string reason) => reason[..Math.Min(reason.Length, 1_200)];

    private static string Header(BasicGetResult message, string name)
        => message.BasicProperties.Headers?.TryGetValue(name, out var value) == true && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : "";

    private sealed record Heard(string Queue, IReadOnlyBasicProperties Properties, byte[] Body);
}
