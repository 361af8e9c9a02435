using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Samenhang.Access;
using Samenhang.Language;
using Samenhang.Leaks.Tests.Calls;
using Samenhang.Leaks.Tests.Channels;
using Samenhang.Leaks.Tests.Planted;
using Samenhang.Protos.Casemanager.V1;
using Xunit.Abstractions;

namespace Samenhang.Leaks.Tests;

/// <summary>The events of the planted case as they lie in the queues of a real broker, one of each audience: every byte of body and headers.</summary>
public sealed class WhatStandsInTheQueues(RabbitMqBroker broker, ITestOutputHelper output) : IClassFixture<RabbitMqBroker>
{
    [RabbitMqFact]
    public async Task Each_queue_holds_only_what_its_subscriber_may_know()
    {
        await using var system = new TellingSystem(broker.Settings);
        await system.StartAsync();
        var vocabulary = system.System.Services.GetRequiredService<Vocabulary>();
        var (sight, secrets) = (new LawfulSight(), new Secrets());
        var codes = new LawfulCodes(sight);
        var ear = new Ear(secrets, codes.All);
        var subscribed = new List<(CallerRole Role, Subscription Subscription)>();
        foreach (var role in Subscribers.Roles)
        {
            subscribed.Add((role, await QueueAsync(system, role)));
        }

        var stranger = await QueueAsync(system, CallerRole.Insurer, "9902");
        var rich = new RichCase(vocabulary, secrets, sight);
        var caseId = (await system.Cases.OpenCaseAsync(rich.Make(TellingSystem.EmployerOin))).CaseId;
        var plan = await system.Cases.PlanAsync(caseId, within: TimeSpan.FromMinutes(2));
        await system.Cases.AddNeedAsync(new AddNeedRequest { RequestId = Requests.NewId(), CaseId = caseId, Need = new Protos.Common.V1.Need { NeedId = "added", Kind = "loneliness" } });
        await system.Cases.PlanAsync(caseId, plan.Version + 1, TimeSpan.FromMinutes(1));
        foreach (var provision in (await system.Cases.GetCaseAsync(new() { CaseId = caseId })).Case is var whole ? whole.Provisions : [])
        {
            whole.Needs.Where(need => provision.NeedIds.Contains(need.NeedId)).ToList().ForEach(need => codes.Serve(need.Kind, vocabulary.Schemes[provision.Scheme].Service));
        }

        var leaks = new List<string>();
        foreach (var (role, subscription) in subscribed)
        {
            var reader = Reader.All(caseId).First(reader => reader.IsOwn && reader.Role == role);
            var told = await FeedAsync(system, reader, subscription.SubscriptionId);
            var messages = await TakeAsync(subscription.Sink, told);
            output.WriteLine($"{role}: {told} events");
            foreach (var message in messages)
            {
                var heard = ear.Hear(message);
                leaks.AddRange(secrets.LeakedTo(reader, heard.Words).Concat(heard.Codes.SelectMany(code => codes.LeakedTo(reader, code.Key, code.Value))).Concat(heard.TellsBsn ? ["the BSN"] : []).Select(leak => $"{reader}: {leak}"));
            }

            Assert.NotEmpty(messages);
        }

        Assert.Equal(0u, (await broker.LookAtQueueAsync(stranger.Sink))!.Value.Messages);
        Assert.Empty(leaks.Distinct().Order(StringComparer.Ordinal));
        system.Log.HasNoErrors();
    }

    private static async Task<int> FeedAsync(TellingSystem system, Reader reader, string subscription)
    {
        using var telephone = new Telephone(system.System.AddressOf);
        var call = KnownCalls.All.Single(call => call.ToString() == "FeedService/Read");
        var answer = await telephone.CallAsync(call, reader, new Protos.Feed.V1.ReadRequest { SubscriptionId = subscription, UntilNow = true, AfterPosition = "" });
        return answer.Messages.OfType<Protos.Feed.V1.ReadResponse>().Count(step => step.ItemCase == Protos.Feed.V1.ReadResponse.ItemOneofCase.Event);
    }

    private async Task<Subscription> QueueAsync(TellingSystem system, CallerRole role, string? subscriber = null)
    {
        var made = await Subscribers.SubscribeAsync(system.System.AddressOf("casemanager"), role, DeliveryProtocol.Amqp, subscriber);
        await Patience.Until(async () => await broker.LookAtQueueAsync(made.Sink) is not null, "the queue stands");
        return made;
    }

    private async Task<IReadOnlyList<string>> TakeAsync(string queue, int count)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var found = new List<string>();
        await Patience.Until(
            async () =>
            {
                while (await channel.BasicGetAsync(queue, autoAck: true) is { } message)
                {
                    var headers = (message.BasicProperties.Headers ?? new Dictionary<string, object?>()).Select(header => $"{header.Key}: {(header.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : header.Value)}");
                    found.AddRange(headers);
                    found.Add($"{message.RoutingKey} {message.BasicProperties.MessageId} {message.BasicProperties.ContentType}");
                    found.Add(Encoding.UTF8.GetString(message.Body.Span));
                    count--;
                }

                return count <= 0;
            },
            $"the events come to {queue}");
        return found;
    }
}
