using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Samenhang.Access;
using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Casemanager.Access;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.Subscriptions;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Casemanager.Events;
using Samenhang.Casemanager.Subscriptions;
using Samenhang.Events;
using Samenhang.Events.Filters;
using Samenhang.Language;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Casemanager.V1;
using JsonValue = Google.Protobuf.WellKnownTypes.Value;
using LegalGround = Samenhang.Access.LegalGround;
using SubscriptionStatus = Samenhang.Casemanager.Domain.Subscriptions.SubscriptionStatus;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods about subscriptions: parse, handle, reply.</summary>
public sealed class SubscriptionApi : SubscriptionService.SubscriptionServiceBase
{
    private const int UsualPage = 50;
    private const int LargestPage = 500;
    private const int MostFilters = 100;

    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default);

    private readonly SubscriptionDesk desk;
    private readonly SubscriptionAccess access;
    private readonly CaseRules rules;

    /// <summary>Takes what it works with.</summary>
    public SubscriptionApi(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        desk = services.GetRequiredService<SubscriptionDesk>();
        access = services.GetRequiredService<SubscriptionAccess>();
        rules = services.GetRequiredService<CaseRules>();
    }

    /// <inheritdoc/>
    public override async Task<CreateSubscriptionResponse> CreateSubscription(CreateSubscriptionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(rules.Vocabulary);
        reader.Id("request_id", request.RequestId);
        reader.Text("subscriber", request.Subscriber, RequestReader.LongestId);
        reader.Text("source", request.Source);
        var audience = Known(reader, "subscriber_kind", WireLists.ToOwn<SubscriberKind, Audience>(request.SubscriberKind));
        var ground = Known(reader, "legal_ground", WireLists.ToOwn<Wire.LegalGround, LegalGround>(request.LegalGround));
        var delivery = Known<Delivery>(reader, "protocol", request.Protocol switch
        {
            DeliveryProtocol.Grpc => Delivery.Feed,
            DeliveryProtocol.Amqp => Delivery.Queue,
            _ => null,
        });
        if (request.Filters.Count > MostFilters || request.Types_.Count > PublicEventTypes.All.Count)
        {
            reader.Add("filters", "Er zijn te veel filters of soorten.", "There are too many filters or types.");
        }

        // All faults at once: what is wrong with the shape and what is wrong with the content come in one answer.
        var filters = FilterText(request.Filters, reader);
        foreach (var fault in EventFilterSet.Parse(filters).Faults)
        {
            reader.Add(fault.Field, fault.DescriptionNl, fault.DescriptionEn);
        }

        var wish = new Wish(
            new Subscriber(audience ?? Audience.Insurer, request.Subscriber), request.Purpose, ground ?? LegalGround.PublicTask,
            request.Source.Length == 0 ? null : request.Source, [.. request.Types_], filters, delivery ?? Delivery.Feed);
        var id = desk.NewId();
        if (desk.Decisions.Create(SubscriptionState.None, id, wish, [], request.By, desk.Now).Error is CaseError.Invalid { Faults: var faults })
        {
            // What depends on a kind or ground that was not given cannot be judged.
            foreach (var fault in faults.Where(fault => (audience is not null || fault.Field is not ("subscriber" or "purpose")) && (ground is not null || fault.Field != "legal_ground")))
            {
                reader.Add(fault.Field, fault.Text.Nl, fault.Text.En);
            }
        }

        reader.EnsureValid();
        context.Caller().RequireSubscriber(wish.Subscriber);
        if (wish.Delivery == Delivery.Queue && !desk.HasBroker)
        {
            throw new RpcFailure(new Error.StateForbids("NO_BROKER", SubscriptionDesk.StreamKind, new BilingualText(
                "Dit systeem draait zonder RabbitMQ. Kies gRPC.", "This system runs without RabbitMQ. Choose gRPC.")));
        }

        return (await desk.HandleAsync(
            id,
            RequestIdentity.Of(request.RequestId, request),
            (state, now) => desk.Decisions.Create(state, id, wish, [], request.By, now),
            after => new CreateSubscriptionResponse { Subscription = Shown(after) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GetSubscriptionResponse> GetSubscription(GetSubscriptionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        return new GetSubscriptionResponse { Subscription = Shown(await access.FindAsync(request.SubscriptionId, context)) };
    }

    /// <inheritdoc/>
    public override async Task<ListSubscriptionsResponse> ListSubscriptions(ListSubscriptionsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(rules.Vocabulary);
        reader.OptionalId("page_token", request.PageToken);
        reader.OptionalId("subscriber", request.Subscriber);
        if (request.PageSize is < 0 or > LargestPage)
        {
            reader.Add("page_size", $"Een bladzijde heeft ten hoogste {LargestPage} abonnementen.", $"A page has at most {LargestPage} subscriptions.");
        }

        reader.EnsureValid();
        var size = request.PageSize == 0 ? UsualPage : request.PageSize;
        var audience = WireLists.ToOwn<SubscriberKind, Audience>(request.SubscriberKind);
        if (context.Caller() is { Role: not CallerRole.Operator, IsEverywhere: false } caller)
        {
            caller.RequireSubscriber(new Subscriber(audience ?? Audience.Insurer, request.Subscriber)); // Who sees its own only, names itself.
        }

        var ids = await desk.ListAsync(audience?.ToString(), request.Subscriber.Length == 0 ? null : request.Subscriber, request.PageToken, size + 1, context.CancellationToken);
        var page = new ListSubscriptionsResponse { NextPageToken = ids.Count > size ? ids[size - 1] : "" };
        foreach (var id in ids.Take(size))
        {
            page.Subscriptions.Add(Shown(await access.FindAsync(id, context)));
        }

        return page;
    }

    /// <inheritdoc/>
    public override async Task<PauseSubscriptionResponse> PauseSubscription(PauseSubscriptionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        await EnsureValidAsync(request.RequestId, request.SubscriptionId, context);
        return (await desk.HandleAsync(
            request.SubscriptionId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            (state, now) => desk.Decisions.Pause(state, request.By, now),
            after => new PauseSubscriptionResponse { Subscription = Shown(after) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<ResumeSubscriptionResponse> ResumeSubscription(ResumeSubscriptionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        await EnsureValidAsync(request.RequestId, request.SubscriptionId, context);
        return (await desk.HandleAsync(
            request.SubscriptionId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            (state, now) => desk.Decisions.Resume(state, request.By, now),
            after => new ResumeSubscriptionResponse { Subscription = Shown(after) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<DeleteSubscriptionResponse> DeleteSubscription(DeleteSubscriptionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        await EnsureValidAsync(request.RequestId, request.SubscriptionId, context);
        return (await desk.HandleAsync(
            request.SubscriptionId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            (state, now) => desk.Decisions.End(state, request.By, now),
            after => new DeleteSubscriptionResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <summary>The filters of a request as one JSON array. One that is no JSON is told to the reader and left out: a name without letters, a value without a kind.</summary>
    internal static string FilterText(RepeatedField<Struct> filters, RequestReader reader)
    {
        var texts = new List<string>();
        foreach (var (place, filter) in filters.Index())
        {
            if (IsJson(filter))
            {
                texts.Add(Json.Format(filter));
            }
            else
            {
                reader.Add($"filters[{place}]", "Dit filter is geen JSON: een naam of een waarde is leeg.", "This filter is no JSON: a name or a value is empty.");
            }
        }

        return $"[{string.Join(',', texts)}]";
    }

    private static bool IsJson(Struct value) => value.Fields.All(field => field.Key.Length > 0 && IsJson(field.Value));

    private static bool IsJson(JsonValue value) => value.KindCase switch
    {
        JsonValue.KindOneofCase.None => false,
        JsonValue.KindOneofCase.StructValue => IsJson(value.StructValue),
        JsonValue.KindOneofCase.ListValue => value.ListValue.Values.All(IsJson),
        _ => true,
    };

    private async Task EnsureValidAsync(string requestId, string subscriptionId, ServerCallContext context)
    {
        var reader = new RequestReader(rules.Vocabulary);
        reader.Id("request_id", requestId);
        reader.EnsureValid();
        await access.FindAsync(subscriptionId, context);
    }

    private static IEnumerable<Struct> FiltersOf(Wish wish) =>
        from filter in JsonParser.Default.Parse<ListValue>(wish.Filters).Values select filter.StructValue;

    private static T? Known<T>(RequestReader reader, string field, T? value)
        where T : struct
    {
        if (value is null)
        {
            reader.Add(field, "Dit veld moet ingevuld zijn.", "This field must be filled in.");
        }

        return value;
    }

    private static Wire.Subscription Shown(StreamState<SubscriptionState> subscription)
    {
        var (version, state) = subscription;
        var (id, wish, _, at) = state.Created!;
        return new Wire.Subscription
        {
            SubscriptionId = id,
            Version = version,
            SubscriberKind = WireLists.ToWire<Audience, SubscriberKind>(wish.Subscriber.Audience),
            Subscriber = wish.Subscriber.Identity,
            Purpose = wish.Purpose,
            LegalGround = WireLists.ToWire<LegalGround, Wire.LegalGround>(wish.Ground),
            Source = wish.Source ?? "",
            Types_ = { wish.Types },
            Filters = { FiltersOf(wish) },
            Protocol = wish.Delivery == Delivery.Queue ? DeliveryProtocol.Amqp : DeliveryProtocol.Grpc,
            Sink = wish.Delivery == Delivery.Queue ? Listener.QueueOf(id) : "",
            Status = state.Status switch
            {
                SubscriptionStatus.Active => Wire.SubscriptionStatus.Active,
                SubscriptionStatus.Paused => state.Pause!.Reason == PauseReason.Behind ? Wire.SubscriptionStatus.Behind : Wire.SubscriptionStatus.Paused,
                SubscriptionStatus.Ended => Wire.SubscriptionStatus.Ended,
            },
            CompleteUntil = state.Pause?.After is { } after ? FeedPosition.After(after).ToString() : "",
            CreatedAt = Timestamp.FromDateTimeOffset(at),
        };
    }
}
