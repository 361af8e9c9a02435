using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Gemeente.V1;
using Samenhang.Protos.Types;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>What the municipality keeps of a client reaches the case: from report to start, and when it is refused.</summary>
public sealed class WhenTheMunicipalityDecides(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private const string Provider = "98025566";
    private readonly ClientReference client = new() { MunicipalityCode = "0363", ClientReference_ = Requests.NewId() };

    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    private SupportService.SupportServiceClient Support => new(fixture.System.Casemanager);

    private AssignmentService.AssignmentServiceClient Assignments => new(fixture.System.Casemanager);

    private ClientService.ClientServiceClient Clients => new(fixture.System.Casemanager);

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task A_provision_is_followed_from_application_to_start_and_stop()
    {
        var (caseId, pseudonym) = await OpenedAsync();
        await Clients.LinkCaseAsync(new LinkCaseRequest { RequestId = Requests.NewId(), Client = client, CasePseudonym = pseudonym });
        await AppliedAsync(["n1"]);
        await SeesAsync(caseId, ProvisionStatus.Requested);

        await GrantedAsync();
        var granted = await SeesAsync(caseId, ProvisionStatus.Granted);
        Assert.Equal(Requests.Day(2016, 11, 1), granted.From);
        Assert.Contains(granted.Facts, fact => fact.FactId == "prov.actualPayer" && fact.Value.CodeValue == "gemeente");
        Assert.Equal("decision-letter", Assert.Single((await CaseAsync(caseId)).Evidence).Type);

        await Assignments.AssignSupportAsync(Assignment());
        await Assignments.ReportStartAsync(Start());
        Assert.Equal(Requests.Day(2016, 11, 3), (await SeesAsync(caseId, ProvisionStatus.Running)).From);

        await Assignments.ReportStopAsync(new ReportStopRequest
        {
            RequestId = Requests.NewId(), Client = client, MessageId = "307-1", WrittenAt = At(2017, 2, 1), ProviderAgb = Provider, AssignmentNumber = "1001",
            StoppedOn = Requests.Day(2017, 1, 31), Reason = "02", Status = DeliveryStatus.New,
        });
        Assert.Equal(Requests.Day(2017, 1, 31), (await SeesAsync(caseId, ProvisionStatus.Ended)).To);

        await Assignments.ReportStopAsync(new ReportStopRequest
        {
            RequestId = Requests.NewId(), Client = client, MessageId = "307-2", WrittenAt = At(2017, 2, 3), ProviderAgb = Provider, AssignmentNumber = "1001",
            StoppedOn = Requests.Day(2017, 1, 31), Reason = "02", Status = DeliveryStatus.Removed,
        });
        Assert.Null((await SeesAsync(caseId, ProvisionStatus.Running)).To);
        Assert.DoesNotContain(Provider, (await CaseAsync(caseId)).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(client.ClientReference_, (await CaseAsync(caseId)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_safety_block_keeps_where_the_client_is_out_of_the_case_too_until_it_is_lifted()
    {
        const string Shelter = "Opvanghuis De Zwaluw";
        var (caseId, pseudonym) = await OpenedAsync();
        await Casemanager.RecordPartyAsync(new RecordPartyRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, Party = new Party { PartyId = "shelter", Role = "social-worker", Domain = Domain.Gemeente, Organisation = Shelter },
        });
        await Clients.LinkCaseAsync(new LinkCaseRequest { RequestId = Requests.NewId(), Client = client, CasePseudonym = pseudonym });
        Assert.Contains(Shelter, (await CaseAsync(caseId)).ToString(), StringComparison.Ordinal);

        await Clients.SetSafetyBlockAsync(new SetSafetyBlockRequest { RequestId = Requests.NewId(), Client = client, Since = Requests.Day(2016, 10, 1) });
        await Patience.Until(async () => !(await CaseAsync(caseId)).ToString().Contains(Shelter, StringComparison.Ordinal), "the case keeps the name of the shelter to itself");
        var sight = new CaseSightService.CaseSightServiceClient(fixture.System.Casemanager);
        foreach (var viewer in Enum.GetValues<Viewer>().Where(viewer => viewer != Viewer.Unspecified))
        {
            Assert.DoesNotContain(Shelter, (await sight.ShowCaseAsAsync(new ShowCaseAsRequest { CaseId = caseId, Viewer = viewer })).ToString(), StringComparison.Ordinal);
        }

        await Clients.LiftSafetyBlockAsync(new LiftSafetyBlockRequest { RequestId = Requests.NewId(), Client = client, On = Requests.Day(2016, 12, 1) });
        await Patience.Until(async () => (await CaseAsync(caseId)).ToString().Contains(Shelter, StringComparison.Ordinal), "the case shows the name again");
    }

    [Fact]
    public async Task A_file_that_is_linked_later_tells_all_that_it_holds()
    {
        var (caseId, pseudonym) = await OpenedAsync();
        await AppliedAsync([]);
        await GrantedAsync();
        await Assignments.AssignSupportAsync(Assignment());
        await Assignments.ReportStartAsync(Start());
        Assert.Empty((await CaseAsync(caseId)).Provisions);

        await Clients.LinkCaseAsync(new LinkCaseRequest
        {
            RequestId = Requests.NewId(), Client = client, CasePseudonym = pseudonym, Applications = { new ApplicationInCase { ApplicationId = "a1", NeedIds = { "n1" } } },
        });

        var running = await SeesAsync(caseId, ProvisionStatus.Running);
        Assert.Equal(["n1"], running.NeedIds);
        Assert.Equal("decision-letter", Assert.Single((await CaseAsync(caseId)).Evidence).Type);
    }

    [Fact]
    public async Task An_application_takes_up_a_need_that_nobody_worked_on_and_a_refusal_leaves_it_open_again()
    {
        const string NobodyWorksOnIt = "uncovered.life-domain-open";
        var (caseId, pseudonym) = await OpenedAsync();
        await PlannedAsync(caseId, plan => plan.Findings.Any(finding => finding.FlagId == NobodyWorksOnIt), "nobody works on it");
        await Clients.LinkCaseAsync(new LinkCaseRequest { RequestId = Requests.NewId(), Client = client, CasePseudonym = pseudonym });

        await AppliedAsync(["n1"]);
        await PlannedAsync(caseId, plan => plan.Findings.All(finding => finding.FlagId != NobodyWorksOnIt), "the municipality works on it");

        await Support.DecideApplicationAsync(new DecideApplicationRequest
        {
            RequestId = Requests.NewId(), Client = client, ApplicationId = "a1", Decision = Decision.Refuse, RefusalReason = "no-funds", DecidedOn = Requests.Day(2016, 9, 28),
        });
        var plan = await PlannedAsync(caseId, plan => plan.Findings.Any(finding => finding.FlagId == NobodyWorksOnIt), "nobody works on it any more");
        Assert.NotEmpty(plan.Difference.Lines);
        Assert.Equal(Outcome.NotCovered, plan.Row("n1", "wmo-begeleiding").Outcome);
        var refused = Assert.Single((await CaseAsync(caseId)).Provisions);
        Assert.Equal("no-funds", refused.Facts.Single(fact => fact.FactId == "prov.refusalReason").Value.CodeValue);
    }

    [Fact]
    public async Task Debt_help_that_begins_and_ends_is_a_fact_of_the_client()
    {
        var (caseId, pseudonym) = await OpenedAsync();
        var gemeente = new GemeenteService.GemeenteServiceClient(fixture.System.Casemanager);
        var asked = (await gemeente.RequestProvisionAsync(new RequestProvisionRequest
        {
            RequestId = Requests.NewId(), CasePseudonym = pseudonym, Scheme = "debt-support", NeedIds = { "n1" }, RequestedOn = Requests.Day(2016, 9, 5),
        })).Provision;
        await gemeente.DecideProvisionAsync(new DecideProvisionRequest
        {
            RequestId = Requests.NewId(), ProvisionId = asked.ProvisionId, Decision = Decision.Grant, DecidedOn = Requests.Day(2016, 9, 6),
        });

        await gemeente.StartProvisionAsync(new StartProvisionRequest { RequestId = Requests.NewId(), ProvisionId = asked.ProvisionId, From = Requests.Day(2016, 9, 7) });
        await Patience.Until(async () => await HasDebtSupportAsync(caseId) is true, "the client gets debt help");

        await gemeente.StopProvisionAsync(new StopProvisionRequest { RequestId = Requests.NewId(), ProvisionId = asked.ProvisionId, To = Requests.Day(2016, 9, 30) });
        await Patience.Until(async () => await HasDebtSupportAsync(caseId) is false, "the debt help has ended");
    }

    private async Task<bool?> HasDebtSupportAsync(string caseId) =>
        (await CaseAsync(caseId)).Facts.SingleOrDefault(fact => fact.FactId == "gemeente.debtSupport")?.Value?.BoolValue;

    private async Task<(string CaseId, string Pseudonym)> OpenedAsync()
    {
        var (caseId, _) = await fixture.PlannedAsync(new OpenCaseRequest
        {
            RequestId = Requests.NewId(),
            Title = "Hulp om zelfstandig te leven",
            AsOf = Requests.Day(2016, 10, 1),
            Rulebooks = { "002a", "002b", "003" },
            Facts = { Requests.Fact("client.birthDate", new FactValue { DateValue = Requests.Day(1981, 5, 14) }), Requests.Fact("client.insuredZvw", Requests.Yes) },
            Needs = { new Need { NeedId = "n1", Kind = "guidance-self-reliance" } },
        });
        return (caseId, (await CaseAsync(caseId)).Pseudonyms.Single(name => name.Domain == Domain.Gemeente).CasePseudonym);
    }

    private async Task AppliedAsync(IReadOnlyList<string> needs)
    {
        await Support.ReportNeedAsync(new ReportNeedRequest { RequestId = Requests.NewId(), Client = client, ReportId = "m1", ReportedOn = Requests.Day(2016, 9, 5) });
        await Support.StartInvestigationAsync(new StartInvestigationRequest { RequestId = Requests.NewId(), Client = client, ReportId = "m1", StartedOn = Requests.Day(2016, 9, 6) });
        await Support.ConcludeInvestigationAsync(new ConcludeInvestigationRequest
        {
            RequestId = Requests.NewId(), Client = client, ReportId = "m1", ConcludedOn = Requests.Day(2016, 9, 20), Result = InvestigationResult.IndividualProvision,
        });
        await Support.ApplyAsync(new ApplyRequest
        {
            RequestId = Requests.NewId(), Client = client, ApplicationId = "a1", ReportId = "m1", Scheme = "wmo-begeleiding", NeedIds = { needs }, AppliedOn = Requests.Day(2016, 9, 21),
        });
    }

    private async Task GrantedAsync() => await Support.DecideApplicationAsync(new DecideApplicationRequest
    {
        RequestId = Requests.NewId(), Client = client, ApplicationId = "a1", Decision = Decision.Grant, DecidedOn = Requests.Day(2016, 9, 28), Form = DeliveryForm.InKind,
        Product = new Product { Category = "02", Code = "02A01" }, From = Requests.Day(2016, 11, 1),
    });

    private AssignSupportRequest Assignment() => new()
    {
        RequestId = Requests.NewId(), Client = client, MessageId = "301-1", WrittenOn = Requests.Day(2016, 10, 17), ProviderAgb = Provider,
        Products =
        {
            new AssignedProduct
            {
                AssignmentNumber = "1001", AssignedAt = At(2016, 10, 17), Product = new Product { Category = "02", Code = "02A01" }, From = Requests.Day(2016, 11, 1),
                ApplicationId = "a1",
            },
        },
    };

    private ReportStartRequest Start() => new()
    {
        RequestId = Requests.NewId(), Client = client, MessageId = "305-1", WrittenAt = At(2016, 11, 4), ProviderAgb = Provider, AssignmentNumber = "1001",
        StartedOn = Requests.Day(2016, 11, 3), Status = DeliveryStatus.New,
    };

    private static Stamp At(int year, int month, int day) => new() { Date = new Date { Year = year, Month = month, Day = day }, Time = "09:00:00" };

    private async Task<Case> CaseAsync(string caseId) => (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;

    private async Task<Provision> SeesAsync(string caseId, ProvisionStatus status)
    {
        await Patience.Until(async () => (await CaseAsync(caseId)).Provisions.Any(provision => provision.Status == status), $"the case hears: {status}");
        return Assert.Single((await CaseAsync(caseId)).Provisions);
    }

    private async Task<Plan> PlannedAsync(string caseId, Func<Plan, bool> holds, string what)
    {
        Plan? found = null;
        await Patience.Until(
            async () => (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })) is { RoundStatus: RoundStatus.Planned, Plan: { } plan } && holds(found = plan),
            what);
        return found!;
    }
}
