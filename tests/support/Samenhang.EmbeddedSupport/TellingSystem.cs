using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Access;
using Samenhang.Host.Embedded;
using Samenhang.Platform.Access;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Feed.V1;
using Domain = Samenhang.Protos.Common.V1.Domain;

namespace Samenhang.EmbeddedSupport;

/// <summary>The whole system in this process with two insurers and a municipality, and those who listen to it.</summary>
public sealed class TellingSystem : IAsyncDisposable
{
    /// <summary>The OIN by which the employer of the cases is known.</summary>
    public const string EmployerOin = "00000099000000011000";

    private readonly TemporaryFolder data = new();
    private readonly TemporaryFolder tenants = new();
    private readonly Dictionary<string, string?> settings;
    private readonly Dictionary<string, SubscriberKind> kinds = [];
    private EmbeddedSystem? system;

    /// <summary>Takes settings over its own.</summary>
    public TellingSystem(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var known = Path.Combine(AppContext.BaseDirectory, "tenants");
        foreach (var file in Directory.GetFiles(known))
        {
            File.Copy(file, tenants.File(Path.GetFileName(file)));
        }

        // A second insurer, to tell apart from the first.
        File.WriteAllText(tenants.File("uzovi9902.yaml"), "id: uzovi9902\nkind: insurer\nname: Zorgverzekeraar Het Duin\n");
        this.settings = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["Samenhang:Tenants"] = tenants.Path, ["Samenhang:Events:HeartbeatEvery"] = "00:00:00.2" };
    }

    internal RecordedLog Log { get; } = new();

    internal EmbeddedSystem System => system!;

    internal CasemanagerService.CasemanagerServiceClient Cases => new(System.Casemanager);

    internal SubscriptionService.SubscriptionServiceClient Subscriptions => new(System.Casemanager);

    /// <summary>Host and port of the casemanager.</summary>
    internal string Address => $"127.0.0.1:{System.AddressOf("casemanager").Port}";

    /// <summary>The folder with the stores.</summary>
    internal string DataFolder => data.Path;

    internal FeedService.FeedServiceClient Feed => new(System.Casemanager);

    /// <summary>Starts it, or starts it again on what it had on disk.</summary>
    public async Task StartAsync()
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        system = await EmbeddedSystem.StartAsync(
            new EmbeddedOptions
            {
                DataFolder = data.Path,
                UseDefaultPorts = false,
                WithWeb = false,
                Settings = settings,
                Services = services => services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(Log)),
            },
            limit.Token);
    }

    /// <summary>Stops it; what it wrote stays.</summary>
    public Task StopAsync() => System.DisposeAsync().AsTask();

    /// <summary>Stops it and removes what it wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        if (system is not null)
        {
            await system.DisposeAsync();
        }

        Log.Dispose();
        data.Dispose();
        tenants.Dispose();
    }

    /// <summary>A subscription of an insurer.</summary>
    internal static CreateSubscriptionRequest OfInsurer(string uzovi, DeliveryProtocol protocol = DeliveryProtocol.Grpc, params string[] types) => new()
    {
        RequestId = Requests.NewId(),
        SubscriberKind = SubscriberKind.Insurer,
        Subscriber = uzovi,
        Purpose = "zvw-uitvoering",
        LegalGround = Protos.Casemanager.V1.LegalGround.LegalDuty,
        Types_ = { types },
        Protocol = protocol,
        By = "insurer",
    };

    internal static CreateSubscriptionRequest OfMunicipality(string code, DeliveryProtocol protocol = DeliveryProtocol.Grpc) => new()
    {
        RequestId = Requests.NewId(),
        SubscriberKind = SubscriberKind.Municipality,
        Subscriber = code,
        Purpose = "wmo-uitvoering",
        LegalGround = Protos.Casemanager.V1.LegalGround.PublicTask,
        Protocol = protocol,
        By = "gemeente",
    };

    internal static CreateSubscriptionRequest OfEmployer(DeliveryProtocol protocol = DeliveryProtocol.Grpc) => new()
    {
        RequestId = Requests.NewId(),
        SubscriberKind = SubscriberKind.Employer,
        Subscriber = EmployerOin,
        Purpose = "verzuimbegeleiding",
        LegalGround = Protos.Casemanager.V1.LegalGround.LegalDuty,
        Protocol = protocol,
        By = "employer",
    };

    /// <summary>A subscription; its id.</summary>
    internal async Task<string> SubscribeAsync(CreateSubscriptionRequest request) => (await CreateAsync(request)).SubscriptionId;

    /// <summary>A subscription, asked for by the subscriber itself.</summary>
    internal async Task<Subscription> CreateAsync(CreateSubscriptionRequest request)
    {
        using var channel = ChannelAs(request.SubscriberKind);
        var made = (await new SubscriptionService.SubscriptionServiceClient(channel).CreateSubscriptionAsync(request)).Subscription;
        kinds[made.SubscriptionId] = request.SubscriberKind;
        return made;
    }

    /// <summary>A connection in the role of a kind of subscriber.</summary>
    internal GrpcChannel ChannelAs(SubscriberKind kind) => DevelopmentChannel.Open(
        System.AddressOf("casemanager").ToString(),
        speaker: new Speaker("subscriber", kind switch
        {
            SubscriberKind.Municipality => CallerRole.Municipality,
            SubscriberKind.Employer => CallerRole.Employer,
            SubscriberKind.Uwv => CallerRole.Uwv,
            _ => CallerRole.Insurer,
        }, "*"));

    /// <summary>A case of an insurer and a municipality, with its first plan; its id.</summary>
    internal async Task<string> PlannedAsync(string insurer, string tenant = "gm9901", string marker = "merkteken")
    {
        var request = Requests.BurnOut();
        request.Insurer = insurer;
        request.Tenant = tenant;
        request.Title = $"{marker} titel";
        request.Bsn = "999990019";
        request.Provisions[0].Goal = $"{marker} doel";
        request.Provisions[0].Product = $"{marker} product";
        request.Provisions.Add(new Provision { ProvisionId = "p2", Scheme = "employer-reintegration-track1", Domain = Domain.Employer, Status = ProvisionStatus.Running, NeedIds = { "n2" } });
        request.Parties[0].Organisation = EmployerOin;
        var opened = await Cases.OpenCaseAsync(request);
        await Cases.PlanAsync(opened.CaseId);
        return opened.CaseId;
    }

    /// <summary>All that is told from a position to now.</summary>
    internal async Task<IReadOnlyList<ReadResponse>> ReadAsync(string subscription, string after = "", bool snapshot = false, params Struct[] filters)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        var request = new ReadRequest { SubscriptionId = subscription, UntilNow = true, Filters = { filters } };
        if (snapshot)
        {
            request.Snapshot = true;
        }
        else
        {
            request.AfterPosition = after;
        }

        using var channel = ChannelAs(kinds.GetValueOrDefault(subscription));
        using var call = new FeedService.FeedServiceClient(channel).Read(request, cancellationToken: limit.Token);
        return await call.ResponseStream.ReadAllAsync(limit.Token).ToListAsync(limit.Token);
    }

    /// <summary>The events that are told from a position to now.</summary>
    internal async Task<IReadOnlyList<Event>> EventsAsync(string subscription, string after = "") =>
        [.. (await ReadAsync(subscription, after)).Where(step => step.ItemCase == ReadResponse.ItemOneofCase.Event).Select(step => step.Event)];
}
