using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Gemeente.V1;
using Date = Samenhang.Protos.Types.Date;

// Usage: municipality CASEMANAGER GEMEENTE ZAAKNUMMER, for example: http://localhost:5100 http://localhost:5102 zaak-2016-0042
using var casemanagerChannel = GrpcChannel.ForAddress(args[0]);
using var gemeenteChannel = GrpcChannel.ForAddress(args[1]);
var zaak = args[2];

// Every call says who calls (a token of your issuer for that service), what for (doelbinding) and on which ground (grondslag).
CallInvoker As(GrpcChannel channel, string token, string purpose) => channel.Intercept(headers =>
{
    headers.Add("authorization", $"Bearer {Environment.GetEnvironmentVariable(token)}");
    headers.Add("x-doelbinding", purpose);
    headers.Add("x-grondslag", "publieke-taak");
    return headers;
});

var asCasemanager = As(casemanagerChannel, "CASEMANAGER_TOKEN", "casemanagement");
var asMunicipality = As(gemeenteChannel, "GEMEENTE_TOKEN", "wmo-uitvoering");
var casemanager = new CasemanagerService.CasemanagerServiceClient(asCasemanager);
var clients = new ClientService.ClientServiceClient(asMunicipality);
var support = new SupportService.SupportServiceClient(asMunicipality);
var assignments = new AssignmentService.AssignmentServiceClient(asMunicipality);

// Your own name for the client. Never a BSN: which person this is, only your system knows.
var client = new ClientReference { MunicipalityCode = "0363", ClientReference_ = $"klant-{zaak}" };

// A request id that follows from your own number makes a retry safe: the same request gets the same reply.
string Request(string step) => $"{zaak}-{step}";

// 1. Open a case at the casemanager; it gives the name by which the municipality knows the case.
var opened = await casemanager.OpenCaseAsync(new OpenCaseRequest
{
    RequestId = Request("open"),
    Title = "Hulp om zelfstandig te leven",
    AsOf = Day(2016, 10, 1),
    Rulebooks = { "002a", "002b" },
    Facts = { new Fact { FactId = "client.insuredZvw", Value = new FactValue { BoolValue = true } } },
    Needs = { new Need { NeedId = "n1", Kind = "guidance-self-reliance" } },
});
var found = (await casemanager.GetCaseAsync(new GetCaseRequest { CaseId = opened.CaseId })).Case;
var pseudonym = found.Pseudonyms.Single(name => name.Domain == Domain.Gemeente).CasePseudonym;

// 2. Tie your client to the case. You may also do this later: then the case hears at once all that the file holds.
await clients.LinkCaseAsync(new LinkCaseRequest { RequestId = Request("link"), Client = client, CasePseudonym = pseudonym });

// 3. Report (melding), investigation (onderzoek), application (aanvraag), decision (beschikking).
await support.ReportNeedAsync(new ReportNeedRequest { RequestId = Request("report"), Client = client, ReportId = "m1", ReportedOn = Day(2016, 9, 5) });
await support.StartInvestigationAsync(new StartInvestigationRequest { RequestId = Request("investigate"), Client = client, ReportId = "m1", StartedOn = Day(2016, 9, 6) });
await support.ConcludeInvestigationAsync(new ConcludeInvestigationRequest
{
    RequestId = Request("conclude"), Client = client, ReportId = "m1", ConcludedOn = Day(2016, 9, 20), Result = InvestigationResult.IndividualProvision,
});
await support.ApplyAsync(new ApplyRequest
{
    RequestId = Request("apply"), Client = client, ApplicationId = "a1", ReportId = "m1", Scheme = "wmo-begeleiding", NeedIds = { "n1" }, AppliedOn = Day(2016, 9, 21),
});
await support.DecideApplicationAsync(new DecideApplicationRequest
{
    RequestId = Request("decide"), Client = client, ApplicationId = "a1", Decision = Decision.Grant, DecidedOn = Day(2016, 9, 28),
    Form = DeliveryForm.InKind, Product = new Product { Category = "02", Code = "02A01" }, From = Day(2016, 11, 1),
});

// 4. Assignment (toewijzing, 301) to a provider, and the start (305) that the provider tells.
await assignments.AssignSupportAsync(Assignment("301-1", "1001"));
await assignments.ReportStartAsync(new ReportStartRequest
{
    RequestId = Request("start"), Client = client, MessageId = "305-1", WrittenAt = At(2016, 11, 4), ProviderAgb = "98025566",
    AssignmentNumber = "1001", StartedOn = Day(2016, 11, 3), Status = DeliveryStatus.New,
});

// 5. A refusal names the rule of the standard and says what to do, in Dutch and in English.
try
{
    await assignments.AssignSupportAsync(Assignment("301-2", "1002"));
}
catch (RpcException refused) when (refused.StatusCode == StatusCode.FailedPrecondition)
{
    var status = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
    var dutch = status.Details.Where(any => any.Is(LocalizedMessage.Descriptor)).Select(any => any.Unpack<LocalizedMessage>()).Single(text => text.Locale == "nl-NL");
    Console.WriteLine($"refused: {dutch.Message}");
}

// 6. Which terms run for this client, and for whom.
foreach (var term in (await clients.GetClientAsync(new GetClientRequest { Client = client })).Client.OpenTerms)
{
    Console.WriteLine($"term: {term.RuleId} {term.About} {term.DueOn.Year:0000}-{term.DueOn.Month:00}-{term.DueOn.Day:00} {term.Owner}");
}

// 7. Read the plan, once the case has heard of the start and has thought about it.
for (var attempt = 0; attempt < 100; attempt++)
{
    var provisions = (await casemanager.GetCaseAsync(new GetCaseRequest { CaseId = opened.CaseId })).Case.Provisions;
    var answer = await casemanager.GetPlanAsync(new GetPlanRequest { CaseId = opened.CaseId });
    if (answer.RoundStatus == RoundStatus.Planned && provisions.Any(provision => provision.Status == ProvisionStatus.Running))
    {
        var row = answer.Plan.Coverage.Single(row => row.NeedId == "n1" && row.Scheme == "wmo-begeleiding");
        Console.WriteLine($"plan: {row.NeedId} {row.Scheme} {row.Outcome}");
        Console.WriteLine($"because: {row.Explanation.Nl}");
        return 0;
    }

    await Task.Delay(200);
}

Console.Error.WriteLine("The plan did not come in time.");
return 1;

AssignSupportRequest Assignment(string messageId, string number) => new()
{
    RequestId = Request(messageId),
    Client = client,
    MessageId = messageId,
    WrittenOn = Day(2016, 10, 17),
    ProviderAgb = "98025566",
    Products =
    {
        new AssignedProduct
        {
            AssignmentNumber = number, AssignedAt = At(2016, 10, 17), Product = new Product { Category = "02", Code = "02A01" }, From = Day(2016, 11, 1), ApplicationId = "a1",
        },
    },
};

static Date Day(int year, int month, int day) => new() { Year = year, Month = month, Day = day };

static Stamp At(int year, int month, int day) => new() { Date = Day(year, month, day), Time = "09:00:00" };
