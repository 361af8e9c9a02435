using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Host.Embedded;
using Samenhang.Platform.Access;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Zvw.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>The running system follows an edit of a number or a policy; a faulty edit changes nothing.</summary>
public sealed class WhenAPolicyIsEdited : IAsyncLifetime, IAsyncDisposable
{
    private readonly TemporaryFolder home = new();
    private readonly TemporaryFolder data = new();
    private readonly RecordedLog log = new();
    private EmbeddedSystem? system;
    private GrpcChannel? zvw;

    private CasemanagerService.CasemanagerServiceClient Casemanager => new(system!.Casemanager);

    private ZvwService.ZvwServiceClient Zvw => new(zvw);

    private string Parameters => Path.Combine(home.Path, "services", "language", "vocabulary", "parameters.json");

    private string Tenant(string id) => Path.Combine(home.Path, "services", "language", "tenants", id + ".yaml");

    public async Task InitializeAsync()
    {
        var beside = AppContext.BaseDirectory;
        Copy(Path.Combine(beside, "vocabulary"), "language", "vocabulary");
        Copy(Path.Combine(beside, "tenants"), "language", "tenants");
        foreach (var service in Directory.GetDirectories(Path.Combine(beside, "rulebooks")))
        {
            Copy(service, Path.GetFileName(service), "rulebook");
        }

        Copy(Path.Combine(beside, "claims"), "zvw", "claims");
        Copy(Path.Combine(beside, "istandaarden"), "gemeente", "istandaarden");

        await StartAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        log.Dispose();
        home.Dispose();
        data.Dispose();
    }

    [Fact]
    public async Task An_insurer_that_admits_another_referrer_changes_the_next_answer_and_the_plans_that_stand()
    {
        var before = await Zvw.AssessAsync(Asked());
        Assert.Equal(Outcome.NotCovered, RowOf(before).Outcome);
        Assert.Contains(before.Explanation, node => node.Text.Contains("De Linde: policy.referrers = {huisarts, medisch-specialist}", StringComparison.Ordinal));
        var (caseId, plan) = await OpenAsync(Referred());
        Assert.Contains(plan.Findings, finding => finding.FlagId == "route.referrer-not-accepted");

        Edit(Tenant("uzovi9901"), "[huisarts, medisch-specialist]", "[huisarts, bedrijfsarts, medisch-specialist]");

        AssessResponse after = before;
        await Patience.Until(async () => (after = await Zvw.AssessAsync(Asked())).RulebookVersion != before.RulebookVersion, "the answer follows the edit");
        Assert.Equal(Outcome.Undetermined, RowOf(after).Outcome);
        Assert.DoesNotContain((await Casemanager.PlanAsync(caseId, version: 2)).Findings, finding => finding.FlagId == "route.referrer-not-accepted");
        log.HasNoErrors();
    }

    [Fact]
    public async Task A_new_tariff_year_raises_the_finding_that_waited_for_it()
    {
        var request = Referred();
        request.AsOf = Requests.Day(2017, 2, 1);
        request.Insurer = "";
        request.Provisions[0].Scheme = "gbggz-kort";
        request.Provisions[0].From = Requests.Day(2017, 1, 9);
        request.Provisions[0].Facts.Add(Requests.Fact("claim.price", new FactValue { DecimalValue = "500" }));
        var (caseId, plan) = await OpenAsync(request);
        Assert.DoesNotContain(plan.Findings, finding => finding.FlagId == "claim.price-above-max");

        Edit(Parameters, "[\n {", """
            [
             { "id": "gbggz.maxTariff.kort", "value": 480.10, "unit": "euro", "validFrom": "2017-01-01", "validTo": "2017-12-31",
               "source": { "file": "tariefbeschikking 2017", "lines": "1" }, "overridable": false, "rules": ["GB-121"] },
             {
            """);

        Assert.Contains((await Casemanager.PlanAsync(caseId, version: 2)).Findings, finding => finding.FlagId == "claim.price-above-max");
        log.HasNoErrors();
    }

    [Fact]
    public async Task A_faulty_edit_is_told_with_its_line_and_changes_nothing_until_it_is_mended()
    {
        var before = await Zvw.AssessAsync(Asked());

        Edit(Tenant("uzovi9901"), "policy.hbProfessions", "policy.hbProfesions");
        await Patience.Until(() => log.Of("PoliciesFaulty").Count > 0, "the fault is told");

        Assert.Contains("uzovi9901.yaml(14): policy.hbProfesions is no fact", Assert.Single(log.Of("PoliciesFaulty")).Text, StringComparison.Ordinal);
        var meanwhile = await Zvw.AssessAsync(Asked());
        Assert.Equal(before.RulebookVersion, meanwhile.RulebookVersion);
        Assert.Equal(before.Rows, meanwhile.Rows);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await new Health.HealthClient(zvw).CheckAsync(new HealthCheckRequest())).Status);

        Edit(Tenant("uzovi9901"), "policy.hbProfesions", "policy.hbProfessions");
        Edit(Tenant("uzovi9901"), "value: 70", "value: 63");
        await Patience.Until(async () => (await Zvw.AssessAsync(Asked())).RulebookVersion != before.RulebookVersion, "the mended edit counts");
        Assert.Single(log.Of("PoliciesFaulty"));
    }

    [Fact]
    public async Task An_edit_that_was_made_while_the_system_was_away_counts_when_it_comes_back()
    {
        var (caseId, plan) = await OpenAsync(Referred());
        Assert.Contains(plan.Findings, finding => finding.FlagId == "route.referrer-not-accepted");
        await StopAsync();

        Edit(Tenant("uzovi9901"), "[huisarts, medisch-specialist]", "[huisarts, bedrijfsarts, medisch-specialist]");
        await StartAsync();

        Assert.DoesNotContain((await Casemanager.PlanAsync(caseId, version: 2)).Findings, finding => finding.FlagId == "route.referrer-not-accepted");
        log.HasNoErrors();
    }

    private static Coverage RowOf(AssessResponse answer) => Assert.Single(answer.Rows, row => row.Scheme == "gbggz-middel");

    /// <summary>A treatment that runs in basic ggz on the word of the company physician.</summary>
    private static OpenCaseRequest Referred() => new()
    {
        RequestId = Requests.NewId(),
        Title = "Verwezen door de bedrijfsarts",
        AsOf = Requests.Day(2016, 6, 15),
        Rulebooks = { "001" },
        Insurer = "uzovi9901",
        Facts = { Requests.Fact("client.insuredZvw", Requests.Yes) },
        Needs =
        {
            new Need
            {
                NeedId = "n1",
                Kind = "psych-treatment",
                Facts =
                {
                    Requests.Fact("health.dsmDisorder", Requests.Code("suspected")),
                    Requests.Fact("health.classification", Requests.Code("disorder")),
                    Requests.Fact("health.severity", Requests.Code("moderate")),
                    Requests.Fact("health.riskLevel", Requests.Code("low")),
                    Requests.Fact("health.complexity", Requests.Code("low")),
                    Requests.Fact("gp.canTreat", Requests.No),
                },
            },
        },
        Provisions =
        {
            new Provision
            {
                ProvisionId = "p1", Scheme = "gbggz-middel", Domain = Domain.Zvw, Status = ProvisionStatus.Running, NeedIds = { "n1" }, From = Requests.Day(2016, 6, 1),
                Facts = { Requests.Fact("referral.by", Requests.Code("bedrijfsarts")), Requests.Fact("referral.toLevel", Requests.Code("gbggz")) },
            },
        },
    };

    private static AssessRequest Asked()
    {
        var whole = Referred();
        return new AssessRequest
        {
            Case = new CaseView
            {
                CasePseudonym = "case-1", AsOf = whole.AsOf, Rulebooks = { whole.Rulebooks }, Insurer = whole.Insurer, Facts = { whole.Facts }, Needs = { whole.Needs }, Provisions = { whole.Provisions },
            },
            Explain = new RowToExplain { NeedId = "n1", Scheme = "gbggz-middel" },
        };
    }

    private static void Edit(string file, string from, string to)
    {
        var text = File.ReadAllText(file);
        Assert.Contains(from, text, StringComparison.Ordinal);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(file, text[..at] + to + text[(at + from.Length)..]);
    }

    private async Task<(string CaseId, Plan Plan)> OpenAsync(OpenCaseRequest request)
    {
        var opened = await Casemanager.OpenCaseAsync(request);
        return (opened.CaseId, await Casemanager.PlanAsync(opened.CaseId));
    }

    private async Task StartAsync()
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        system = await EmbeddedSystem.StartAsync(
            new EmbeddedOptions
            {
                DataFolder = data.Path,
                UseDefaultPorts = false,
                WithWeb = false,
                Home = home.Path,
                Settings = new Dictionary<string, string?> { ["Samenhang:Policies:LookEvery"] = "00:00:00.05", ["Samenhang:Policies:SettleFor"] = "00:00:00" },
                Services = services => services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(log)),
            },
            limit.Token);
        zvw = DevelopmentChannel.Open(system.AddressOf("zvw").ToString());
    }

    private async Task StopAsync()
    {
        zvw?.Dispose();
        if (system is not null)
        {
            await system.DisposeAsync();
        }
    }

    private void Copy(string folder, string service, string name)
    {
        var to = Directory.CreateDirectory(Path.Combine(home.Path, "services", service, name)).FullName;
        foreach (var file in Directory.GetFiles(folder))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
