using Google.Protobuf;
using Grpc.Core;
using Samenhang.Gemeente;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Gemeente.V1;
using Samenhang.Protos.Types;

namespace Samenhang.Domains.Tests.Municipality;

/// <summary>A municipality with its service, and the messages that its system sends about one client.</summary>
internal sealed class MunicipalSystem : IAsyncDisposable
{
    public const string Code = "0363";
    public const string Provider = "98025566";
    public const string OtherProvider = "22227338";
    private readonly DomainProcess process;
    private int requests;

    private MunicipalSystem(DomainProcess process) => this.process = process;

    public ClientService.ClientServiceClient Clients => new(process.Channel);

    public GemeenteService.GemeenteServiceClient Gemeente => new(process.Channel);

    public RecordedLog Log => process.Log;

    public static async Task<MunicipalSystem> StartAsync() =>
        new(await DomainProcess.StartAsync("gemeente", builder => builder.AddGemeente(), app => app.MapGemeente()));

    public ValueTask DisposeAsync() => process.DisposeAsync();

    /// <summary>Sends a message about a client, with a request id of its own, and gives the file after it.</summary>
    public async Task<Client> SendAsync(IMessage message, string client = "client-1")
    {
        var fields = message.Descriptor.Fields;
        var copy = message.Descriptor.Parser.ParseFrom(message.ToByteArray());
        fields["request_id"].Accessor.SetValue(copy, $"request-{Interlocked.Increment(ref requests)}");
        fields["client"].Accessor.SetValue(copy, Named(client));
        var support = new SupportService.SupportServiceClient(process.Channel);
        var assignments = new AssignmentService.AssignmentServiceClient(process.Channel);
        var providers = new ProviderRequestService.ProviderRequestServiceClient(process.Channel);
        return copy switch
        {
            ReportNeedRequest request => (await support.ReportNeedAsync(request)).Client,
            StartInvestigationRequest request => (await support.StartInvestigationAsync(request)).Client,
            ConcludeInvestigationRequest request => (await support.ConcludeInvestigationAsync(request)).Client,
            ApplyRequest request => (await support.ApplyAsync(request)).Client,
            WithdrawApplicationRequest request => (await support.WithdrawApplicationAsync(request)).Client,
            SuspendDecisionRequest request => (await support.SuspendDecisionAsync(request)).Client,
            ResumeDecisionRequest request => (await support.ResumeDecisionAsync(request)).Client,
            DecideApplicationRequest request => (await support.DecideApplicationAsync(request)).Client,
            EndDecisionRequest request => (await support.EndDecisionAsync(request)).Client,
            AssignSupportRequest request => (await assignments.AssignSupportAsync(request)).Client,
            ReportStartRequest request => (await assignments.ReportStartAsync(request)).Client,
            ReportStopRequest request => (await assignments.ReportStopAsync(request)).Client,
            RecordReturnRequest request => (await assignments.RecordReturnAsync(request)).Client,
            RequestAssignmentRequest request => (await providers.RequestAssignmentAsync(request)).Client,
            RequestChangeRequest request => (await providers.RequestChangeAsync(request)).Client,
            AnswerRequestRequest request => (await providers.AnswerRequestAsync(request)).Client,
            ReceiveClaimRequest request => (await providers.ReceiveClaimAsync(request)).Client,
            AnswerClaimRequest request => (await providers.AnswerClaimAsync(request)).Client,
            LinkCaseRequest request => (await Clients.LinkCaseAsync(request)).Client,
            SetSafetyBlockRequest request => (await Clients.SetSafetyBlockAsync(request)).Client,
            _ => throw new ArgumentException(message.Descriptor.FullName, nameof(message)),
        };
    }

    /// <summary>Sends messages in order; the file after the last.</summary>
    public async Task<Client> SendAllAsync(IEnumerable<IMessage> messages, string client = "client-1")
    {
        Client? last = null;
        foreach (var message in messages)
        {
            last = await SendAsync(message, client);
        }

        return last!;
    }

    /// <summary>Sends a message that must be refused; the reason and the sentence in Dutch.</summary>
    public async Task<(string Reason, string Dutch)> RefusesAsync(IMessage message, StatusCode code = StatusCode.FailedPrecondition, string client = "client-1")
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => SendAsync(message, client));
        Assert.Equal(code, refused.StatusCode);
        return (InfoOf(refused).Type, Details(refused).Where(any => any.Is(Google.Rpc.LocalizedMessage.Descriptor))
            .Select(any => any.Unpack<Google.Rpc.LocalizedMessage>()).Single(text => text.Locale == "nl-NL").Message);
    }

    public static Google.Rpc.ErrorInfo InfoOf(RpcException refused) => Details(refused).Single(any => any.Is(Google.Rpc.ErrorInfo.Descriptor)).Unpack<Google.Rpc.ErrorInfo>();

    public static IReadOnlyList<Google.Rpc.BadRequest.Types.FieldViolation> ViolationsOf(RpcException refused) =>
        Details(refused).Single(any => any.Is(Google.Rpc.BadRequest.Descriptor)).Unpack<Google.Rpc.BadRequest>().FieldViolations;

    public static ClientReference Named(string client) => new() { MunicipalityCode = Code, ClientReference_ = client };

    public static Date Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) is var read
        ? new Date { Year = read.Year, Month = read.Month, Day = read.Day } : null!;

    public static Stamp At(string moment) => new() { Date = Day(moment[..10]), Time = moment.Length > 10 ? moment[11..] : "" };

    public static Product Guidance => new() { Category = "02", Code = "02A01" };

    /// <summary>From report to a grant in kind or as a budget, of application <c>a1</c> after report <c>m1</c>.</summary>
    public static IEnumerable<IMessage> Granted(DeliveryForm form = DeliveryForm.InKind, string from = "2026-02-01", string? to = null, string id = "1") =>
    [
        new ReportNeedRequest { ReportId = $"m{id}", ReportedOn = Day("2026-01-05") },
        new StartInvestigationRequest { ReportId = $"m{id}", StartedOn = Day("2026-01-07") },
        new ConcludeInvestigationRequest { ReportId = $"m{id}", ConcludedOn = Day("2026-01-15"), Result = InvestigationResult.IndividualProvision },
        new ApplyRequest { ApplicationId = $"a{id}", ReportId = $"m{id}", Scheme = "wmo-begeleiding", NeedIds = { "n1" }, AppliedOn = Day("2026-01-16") },
        Grant(form, from, to, $"a{id}"),
    ];

    public static DecideApplicationRequest Grant(DeliveryForm form, string from, string? to = null, string application = "a1") => new()
    {
        ApplicationId = application, Decision = Decision.Grant, DecidedOn = Day("2026-01-20"), Form = form, Product = Guidance, From = Day(from), To = to is null ? null : Day(to),
    };

    /// <summary>A message with one product for youth care by referral, which needs no application.</summary>
    public static AssignSupportRequest Assign(string messageId, params AssignedProduct[] products) =>
        new() { MessageId = messageId, WrittenOn = Day("2026-01-26"), ProviderAgb = Provider, Products = { products } };

    public static AssignedProduct Assigned(
        string number, string at, string from = "2026-02-02", string? to = "2026-12-31", string reason = "", string reference = "", string application = "") => new()
        {
            AssignmentNumber = number,
            AssignedAt = At(at),
            Product = Guidance,
            From = Day(from),
            To = to is null ? null : Day(to),
            ChangeReason = reason,
            ProviderReference = reference,
            ApplicationId = application,
            Scheme = application.Length > 0 ? "" : "jeugdhulp",
            NeedIds = { application.Length > 0 ? [] : ["n1"] },
            Volume = new Volume { Amount = 4, Unit = "04", Frequency = "2" },
        };

    public static ReportStartRequest Start(string messageId, string number, string day, string at, DeliveryStatus status = DeliveryStatus.New) => new()
    {
        MessageId = messageId, AssignmentNumber = number, StartedOn = Day(day), WrittenAt = At(at), ProviderAgb = Provider, Status = status,
    };

    public static ReportStopRequest Stop(string messageId, string number, string day, string at, DeliveryStatus status = DeliveryStatus.New) => new()
    {
        MessageId = messageId, AssignmentNumber = number, StoppedOn = Day(day), WrittenAt = At(at), ProviderAgb = Provider, Reason = "02", Status = status,
    };

    public static RequestAssignmentRequest Ask(string reference, string from = "2026-02-02", string? to = "2026-12-31", string received = "2026-01-21") => new()
    {
        ProviderReference = reference, ProviderAgb = Provider, WrittenOn = Day("2026-01-20"), ReceivedOn = Day(received), Product = Guidance,
        From = Day(from), To = to is null ? null : Day(to), Scheme = "jeugdhulp", NeedIds = { "n1" },
    };

    public static AnswerRequestRequest Answer(string reference, RequestAnswer answer, string on, string reason = "", bool elsewhere = false) => new()
    {
        ProviderReference = reference, ProviderAgb = Provider, MessageId = $"319-{reference}-{(int)answer}", Answer = answer, AnsweredOn = Day(on), RefusalReason = reason,
        ResidenceElsewhere = elsewhere,
    };

    private static Google.Protobuf.Collections.RepeatedField<Google.Protobuf.WellKnownTypes.Any> Details(RpcException refused) =>
        Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin")).Details;
}
