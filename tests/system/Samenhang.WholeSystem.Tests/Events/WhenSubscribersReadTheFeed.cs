using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Feed.V1;
using LegalGround = Samenhang.Protos.Casemanager.V1.LegalGround;

namespace Samenhang.WholeSystem.Tests.Events;

/// <summary>The feed without a broker: each reads its own, from any place, and finds the same again.</summary>
public sealed class WhenSubscribersReadTheFeed : IAsyncLifetime, IAsyncDisposable
{
    private readonly TellingSystem system = new();

    public Task InitializeAsync() => system.StartAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => system.DisposeAsync();

    [Fact]
    public async Task An_insurer_reads_of_its_own_insured_and_another_reads_nothing()
    {
        var own = await system.SubscribeAsync(TellingSystem.OfInsurer("9901"));
        var other = await system.SubscribeAsync(TellingSystem.OfInsurer("9902"));
        await system.PlannedAsync("uzovi9901");

        var told = await system.EventsAsync(own);
        Assert.Contains(told, one => one.Type == "nl.samenhang.plannen.opgesteld.v1");
        Assert.Single(told.Select(one => one.Attributes["subject"].CeString).Distinct());
        Assert.Empty(await system.EventsAsync(other));
        Assert.Equal([ReadResponse.ItemOneofCase.SnapshotBegun, ReadResponse.ItemOneofCase.SnapshotEnded, ReadResponse.ItemOneofCase.Heartbeat],
            (await system.ReadAsync(other, snapshot: true)).Select(step => step.ItemCase));
    }

    [Fact]
    public async Task Two_subscribers_have_other_names_and_ids_for_the_same_case_and_neither_is_the_case_id()
    {
        var insurer = await system.SubscribeAsync(TellingSystem.OfInsurer("9901"));
        var municipality = await system.SubscribeAsync(TellingSystem.OfMunicipality("9901"));
        var caseId = await system.PlannedAsync("uzovi9901");

        var one = await system.EventsAsync(insurer);
        var two = await system.EventsAsync(municipality);
        Assert.NotEmpty(two);
        Assert.Empty(one.Select(told => told.Attributes["subject"].CeString).Intersect(two.Select(told => told.Attributes["subject"].CeString)));
        Assert.Empty(one.Select(told => told.Id).Intersect(two.Select(told => told.Id)));
        Assert.All(one.Concat(two), told => Assert.DoesNotContain(caseId, told.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_typed_word_bsn_or_diagnosis_reaches_an_employer_or_a_municipality()
    {
        var employer = await system.SubscribeAsync(TellingSystem.OfEmployer());
        var municipality = await system.SubscribeAsync(TellingSystem.OfMunicipality("9901"));
        var insurer = await system.SubscribeAsync(TellingSystem.OfInsurer("9901"));
        await system.PlannedAsync("uzovi9901", marker: "zqwmerkzq");

        foreach (var subscription in new[] { employer, municipality, insurer })
        {
            var steps = await system.ReadAsync(subscription);
            steps = [.. steps, .. await system.ReadAsync(subscription, snapshot: true)];
            Assert.Contains(steps, step => step.Standing is not null);
            Assert.Contains(steps, step => step.Event is not null);
            string[] hidden = ["zqwmerkzq", "999990019", "burn-out", "health.", "dsm"];
            Assert.All(steps, step => Assert.All(hidden, word => Assert.DoesNotContain(word, step.ToString(), StringComparison.OrdinalIgnoreCase)));
        }

        Assert.All(await system.EventsAsync(employer), told => Assert.DoesNotContain("psych", told.TextData, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_listens_on_a_consent_is_told_that_it_was_withdrawn_and_then_nothing_more()
    {
        var request = TellingSystem.OfInsurer("9901");
        (request.Purpose, request.LegalGround) = ("zorgbemiddeling", LegalGround.Consent);
        var subscription = await system.SubscribeAsync(request);
        var caseId = await system.PlannedAsync("uzovi9901");
        Assert.Empty(await EventsAsync());

        var today = TimeProvider.System.GetUtcNow();
        var consent = new Consent { From = "client", To = "zvw", Categories = { "plan" } };
        await system.Cases.RecordConsentAsync(new RecordConsentRequest { RequestId = Requests.NewId(), CaseId = caseId, Consent = consent });
        Assert.Equal("nl.samenhang.casussen.vastgesteld.v1", (await EventsAsync())[0].Type);

        consent.WithdrawnOn = Requests.Day(today.Year, today.Month, today.Day);
        await system.Cases.RecordConsentAsync(new RecordConsentRequest { RequestId = Requests.NewId(), CaseId = caseId, Consent = consent });
        var told = await EventsAsync();
        Assert.Equal("nl.samenhang.toestemmingen.ingetrokken.v1", told[^1].Type);

        var plan = await system.Cases.PlanAsync(caseId);
        await system.Cases.AddNeedAsync(new AddNeedRequest { RequestId = Requests.NewId(), CaseId = caseId, Need = new Need { NeedId = "n9", Kind = "psych-treatment" } });
        await system.Cases.PlanAsync(caseId, plan.Version + 1);
        Assert.Equal(told.Select(one => one.Id), (await EventsAsync()).Select(one => one.Id));
        Assert.DoesNotContain(await ReadAsync(new ReadRequest { SubscriptionId = subscription, UntilNow = true, Snapshot = true }), step => step.Standing is not null);

        // On the purpose and ground of the subscription: for no other are its events told.
        async Task<List<ReadResponse>> ReadAsync(ReadRequest reading)
        {
            using var limit = new CancellationTokenSource(Patience.Limit);
            using var bare = GrpcChannel.ForAddress(system.System.AddressOf("casemanager"));
            using var tokens = new OwnTokens(new AccessOptions { DevelopmentKeyFile = DevelopmentChannel.KeyFile }, TimeProvider.System);
            var headers = tokens.HeadersFor("casemanager", new Speaker("subscriber", CallerRole.Insurer, TokenClaims.Everywhere), request.Purpose, Access.LegalGround.Consent);
            using var call = new FeedService.FeedServiceClient(bare).Read(reading, headers, cancellationToken: limit.Token);
            return await call.ResponseStream.ReadAllAsync(limit.Token).ToListAsync(limit.Token);
        }

        async Task<List<Event>> EventsAsync() =>
            [.. (await ReadAsync(new ReadRequest { SubscriptionId = subscription, UntilNow = true })).Where(step => step.Event is not null).Select(step => step.Event)];
    }

    [Fact]
    public async Task Reading_again_from_any_place_gives_the_rest_of_the_same_stream()
    {
        var subscription = await system.SubscribeAsync(TellingSystem.OfInsurer("9901"));
        await system.PlannedAsync("uzovi9901");
        await system.PlannedAsync("uzovi9901");

        var whole = (await system.ReadAsync(subscription)).Where(step => step.Event is not null).ToList();
        Assert.True(whole.Count > 6, $"{whole.Count} events");
        Assert.Equal(whole.Select(step => step.Position).Order(StringComparer.Ordinal), whole.Select(step => step.Position));
        Assert.Equal(whole.Count, whole.Select(step => step.Event.Id).Distinct().Count());
        Assert.All(whole, step => Assert.Equal(step.Position, step.Event.Attributes["sequence"].CeString));
        for (var i = 0; i < whole.Count; i += 2)
        {
            Assert.Equal(whole.Skip(i + 1).Select(step => step.Event), await system.EventsAsync(subscription, whole[i].Position));
        }
    }

    [Fact]
    public async Task A_snapshot_and_the_tail_meet_without_gap_or_double()
    {
        var subscription = await system.SubscribeAsync(TellingSystem.OfInsurer("9901"));
        var caseId = await system.PlannedAsync("uzovi9901");
        using var limit = new CancellationTokenSource(Patience.Limit);
        using var call = system.Feed.Read(new ReadRequest { SubscriptionId = subscription, Snapshot = true }, cancellationToken: limit.Token);
        var steps = call.ResponseStream;

        Assert.True(await steps.MoveNext(limit.Token));
        Assert.NotNull(steps.Current.SnapshotBegun);
        Assert.True(await steps.MoveNext(limit.Token));
        var standing = JsonNode.Parse(steps.Current.Standing.TextData)!;
        Assert.Equal(1, (int)standing["plan"]!["version"]!);
        Assert.True(await steps.MoveNext(limit.Token));
        var place = steps.Current.Position;
        Assert.Equal(1, steps.Current.SnapshotEnded.Cases);

        await system.Cases.RecordFactsAsync(new RecordFactsRequest { RequestId = Requests.NewId(), CaseId = caseId, Facts = { Requests.OfNeed("n1", "gp.canTreat", Requests.Yes) } });
        await system.Cases.PlanAsync(caseId, version: 2);
        Event? next = null;
        while (next?.Type != "nl.samenhang.plannen.gewijzigd.v1" && await steps.MoveNext(limit.Token))
        {
            next = steps.Current.Event;
        }

        Assert.Equal(2, (int)JsonNode.Parse(next!.TextData)!["version"]!);
        Assert.Contains((await system.EventsAsync(subscription, place)), told => told.Id == next.Id);
        Assert.DoesNotContain((await system.EventsAsync(subscription, place)), told => told.Type == "nl.samenhang.plannen.opgesteld.v1");
    }

    [Fact]
    public async Task A_reader_who_is_told_nothing_gets_on_by_heartbeats()
    {
        var other = await system.SubscribeAsync(TellingSystem.OfInsurer("9902"));
        using var limit = new CancellationTokenSource(Patience.Limit);
        using var call = system.Feed.Read(new ReadRequest { SubscriptionId = other, AfterPosition = "" }, cancellationToken: limit.Token);
        Assert.True(await call.ResponseStream.MoveNext(limit.Token));
        var first = call.ResponseStream.Current;
        Assert.NotNull(first.Heartbeat);

        await system.PlannedAsync("uzovi9901");

        var later = first.Position;
        while (string.CompareOrdinal(later, first.Position) <= 0 && await call.ResponseStream.MoveNext(limit.Token))
        {
            Assert.NotNull(call.ResponseStream.Current.Heartbeat);
            later = call.ResponseStream.Current.Position;
        }

        Assert.True(string.CompareOrdinal(later, first.Position) > 0);
    }

    [Fact]
    public async Task Types_and_filters_choose_and_a_filter_of_the_reader_chooses_further()
    {
        var request = TellingSystem.OfInsurer("9901", types: ["nl.samenhang.plannen.opgesteld.v1", "nl.samenhang.bevindingen.ontstaan.v1"]);
        var subscription = await system.SubscribeAsync(request);
        await system.PlannedAsync("uzovi9901");

        var types = (await system.EventsAsync(subscription)).Select(told => told.Type).Distinct().ToList();
        Assert.Contains("nl.samenhang.plannen.opgesteld.v1", types);
        Assert.All(types, type => Assert.Contains(type, request.Types_));
        var filter = JsonParser.Default.Parse<Struct>("""{ "sql": "type LIKE '%.plannen.%'" }""");
        Assert.All((await system.ReadAsync(subscription, filters: filter)).Where(step => step.Event is not null), step => Assert.Equal("nl.samenhang.plannen.opgesteld.v1", step.Event.Type));
    }

    [Fact]
    public async Task What_is_wrong_with_a_subscription_is_told_all_at_once()
    {
        var request = TellingSystem.OfInsurer("99", types: ["nl.samenhang.niets.v1"]);
        request.Purpose = "reclame";
        request.Filters.Add(JsonParser.Default.Parse<Struct>("""{ "soundsLike": { "type": "x" } }"""));
        request.Filters.Add(JsonParser.Default.Parse<Struct>("""{ "sql": "type = = 'x'" }"""));

        var refused = await system.Subscriptions.CreateSubscriptionAsync(request).RefusedAsync(StatusCode.InvalidArgument);

        var fields = refused.ViolatedFields();
        Assert.Contains("subscriber", fields);
        Assert.Contains("purpose", fields);
        Assert.Contains("types[0]", fields);
        Assert.Contains(fields, field => field.StartsWith("filters[0]", StringComparison.Ordinal));
        Assert.Contains(fields, field => field.StartsWith("filters[1]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_queue_without_a_broker_is_refused()
    {
        await system.Subscriptions.CreateSubscriptionAsync(TellingSystem.OfInsurer("9901", DeliveryProtocol.Amqp)).ResponseAsync.ContinueWith(
            call => Assert.Equal(StatusCode.FailedPrecondition, Assert.IsType<RpcException>(call.Exception!.InnerException).StatusCode), TaskScheduler.Default);
    }

    [Fact]
    public async Task The_same_request_makes_one_subscription_and_it_can_be_paused_listed_and_ended()
    {
        var request = TellingSystem.OfInsurer("9901");
        request.Filters.Add(JsonParser.Default.Parse<Struct>("""{ "prefix": { "type": "nl.samenhang." } }"""));
        var made = (await system.Subscriptions.CreateSubscriptionAsync(request)).Subscription;
        Assert.Equal(made, (await system.Subscriptions.CreateSubscriptionAsync(request)).Subscription);
        Assert.Equal(request.Filters, made.Filters);

        var listed = await system.Subscriptions.ListSubscriptionsAsync(new ListSubscriptionsRequest { SubscriberKind = SubscriberKind.Insurer, Subscriber = "9901" });
        Assert.Contains(listed.Subscriptions, one => one.SubscriptionId == made.SubscriptionId);
        var paused = await system.Subscriptions.PauseSubscriptionAsync(new PauseSubscriptionRequest { RequestId = Requests.NewId(), SubscriptionId = made.SubscriptionId, By = "insurer" });
        Assert.Equal(SubscriptionStatus.Paused, paused.Subscription.Status);
        await system.Subscriptions.ResumeSubscriptionAsync(new ResumeSubscriptionRequest { RequestId = Requests.NewId(), SubscriptionId = made.SubscriptionId, By = "insurer" });

        using var limit = new CancellationTokenSource(Patience.Limit);
        using var call = system.Feed.Read(new ReadRequest { SubscriptionId = made.SubscriptionId }, cancellationToken: limit.Token);
        Assert.True(await call.ResponseStream.MoveNext(limit.Token));
        await system.Subscriptions.DeleteSubscriptionAsync(new DeleteSubscriptionRequest { RequestId = Requests.NewId(), SubscriptionId = made.SubscriptionId, By = "insurer" });
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(limit.Token))
            {
                // Heartbeats, until the end.
            }
        });
        Assert.Equal(StatusCode.NotFound, ended.StatusCode);
        Assert.Equal(SubscriptionStatus.Ended, (await system.Subscriptions.GetSubscriptionAsync(new GetSubscriptionRequest { SubscriptionId = made.SubscriptionId })).Subscription.Status);
    }

    [Fact]
    public async Task One_subscription_reads_a_few_streams_at_once_and_no_more()
    {
        var subscription = await system.SubscribeAsync(TellingSystem.OfInsurer("9901"));
        using var limit = new CancellationTokenSource(Patience.Limit);
        var open = new List<AsyncServerStreamingCall<ReadResponse>>();
        for (var i = 0; i < 4; i++)
        {
            open.Add(system.Feed.Read(new ReadRequest { SubscriptionId = subscription }, cancellationToken: limit.Token));
            Assert.True(await open[i].ResponseStream.MoveNext(limit.Token));
        }

        using var fifth = system.Feed.Read(new ReadRequest { SubscriptionId = subscription }, cancellationToken: limit.Token);
        Assert.Equal(StatusCode.ResourceExhausted, (await Assert.ThrowsAsync<RpcException>(() => fifth.ResponseStream.MoveNext(limit.Token))).StatusCode);
        open.ForEach(call => call.Dispose());
        await Patience.Until(
            async () =>
            {
                try
                {
                    return (await system.ReadAsync(subscription)).Count > 0;
                }
                catch (RpcException full) when (full.StatusCode == StatusCode.ResourceExhausted)
                {
                    return false;
                }
            },
            "a closed stream makes room");
    }

    [Fact]
    public async Task A_gap_report_names_and_serves_what_is_missing()
    {
        var subscription = await system.SubscribeAsync(TellingSystem.OfInsurer("9901"));
        await system.PlannedAsync("uzovi9901");
        var whole = (await system.ReadAsync(subscription)).Where(step => step.Event is not null).ToList();
        var ids = whole.Select(step => step.Event.Id).ToList();
        var middle = whole[whole.Count / 2].Position;
        var (early, late) = (whole.Where(step => string.CompareOrdinal(step.Position, middle) <= 0).ToList(), whole.Where(step => string.CompareOrdinal(step.Position, middle) > 0).ToList());

        var answer = await GapsAsync(new ReportGapsRequest
        {
            SubscriptionId = subscription,
            Ranges =
            {
                new HeldRange { UntilPosition = middle, Ids = { early.Skip(1).Select(step => step.Event.Id), "een-id-van-elders" } },
                new HeldRange { AfterPosition = middle, Count = late.Count, Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(late.Select(step => step.Event.Id + "\n"))))) },
            },
        });

        var outcomes = answer.Where(item => item.Outcome is not null).Select(item => item.Outcome).ToList();
        Assert.Equal([false, true], outcomes.Select(outcome => outcome.Complete));
        Assert.Equal([early.Count, late.Count], outcomes.Select(outcome => outcome.Expected));
        Assert.Equal([ids[0]], outcomes[0].MissingIds);
        Assert.Equal(["een-id-van-elders"], outcomes[0].UnknownIds);
        Assert.Equal(whole[0].Event, Assert.Single(answer, item => item.Missing is not null).Missing.Event);

        var wrongHash = await GapsAsync(new ReportGapsRequest { SubscriptionId = subscription, Ranges = { new HeldRange { Count = 1, Sha256 = new string('0', 64) } } });
        Assert.Equal(ids, wrongHash.Where(item => item.Missing is not null).Select(item => item.Missing.Event.Id));
    }

    private async Task<IReadOnlyList<ReportGapsResponse>> GapsAsync(ReportGapsRequest request)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        using var call = system.Feed.ReportGaps(request, cancellationToken: limit.Token);
        return await call.ResponseStream.ReadAllAsync(limit.Token).ToListAsync(limit.Token);
    }
}
