using Grpc.Core;
using Samenhang.Gemeente;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Gemeente.V1;
using Samenhang.Protos.Types;
using Samenhang.Protos.Uwv.V1;
using Samenhang.Protos.Zvw.V1;
using Samenhang.Rules;
using Samenhang.Uwv;
using Samenhang.Zvw;
using GemeenteWire = Samenhang.Protos.Gemeente.V1;
using UwvWire = Samenhang.Protos.Uwv.V1;
using ZvwWire = Samenhang.Protos.Zvw.V1;

namespace Samenhang.Domains.Tests;

/// <summary>A domain alone: it answers from its own rulebook and keeps its own provisions.</summary>
public sealed class DomainServiceTests
{
    [Fact]
    public async Task Zvw_answers_a_question_and_tells_why()
    {
        await using var service = await StartZvwAsync();
        var zvw = new ZvwService.ZvwServiceClient(service.Channel);

        var answer = await zvw.AssessAsync(new ZvwWire.AssessRequest
        {
            Case = View("psych-treatment", Fact("health.dsmDisorder", "confirmed"), Fact("health.classification", "disorder")),
            Explain = new ZvwWire.RowToExplain { NeedId = "n1", Scheme = "gp-care" },
        });

        Assert.Contains(answer.Rows, row => row.Scheme == "gp-care" && row.Outcome == Outcome.Covered);
        Assert.All(answer.Rows, row => Assert.Equal(Domain.Zvw, row.Domain));
        Assert.All(answer.Rows, row => Assert.NotEmpty(row.Rules));
        Assert.NotEmpty(answer.Explanation);
        Assert.NotEmpty(answer.RulebookVersion);
        service.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_question_with_unknown_words_gets_every_violation()
    {
        await using var service = await StartZvwAsync();
        var request = new ZvwWire.AssessRequest { Case = View("psych-treatmnt", Fact("health.dsmDisorder", "maybe")) };
        request.Case.AsOf = new Date { Year = 2016, Month = 2, Day = 31 };

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new ZvwService.ZvwServiceClient(service.Channel).AssessAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        var details = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        var fields = details.Details.Single(any => any.Is(Google.Rpc.BadRequest.Descriptor)).Unpack<Google.Rpc.BadRequest>().FieldViolations.Select(violation => violation.Field);
        Assert.Equal(["case.as_of", "case.needs[0].facts[0].value.code_value", "case.needs[0].kind"], fields.Order(StringComparer.Ordinal));
        service.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_municipality_takes_a_provision_from_request_to_end()
    {
        await using var service = await DomainProcess.StartAsync("gemeente", builder => builder.AddGemeente(), app => app.MapGemeente());
        var gemeente = new GemeenteService.GemeenteServiceClient(service.Channel);
        var request = new GemeenteWire.RequestProvisionRequest
        {
            RequestId = "r1", CasePseudonym = "c1", Scheme = "pw-reintegration", NeedIds = { "n1" }, RequestedOn = Day(1),
        };

        var asked = (await gemeente.RequestProvisionAsync(request)).Provision;
        var again = (await gemeente.RequestProvisionAsync(request)).Provision;
        var granted = (await gemeente.DecideProvisionAsync(new GemeenteWire.DecideProvisionRequest
        {
            RequestId = "r2", ProvisionId = asked.ProvisionId, ExpectedVersion = 1, Decision = Decision.Grant, DecidedOn = Day(2),
        })).Provision;
        var started = (await gemeente.StartProvisionAsync(new GemeenteWire.StartProvisionRequest { RequestId = "r3", ProvisionId = asked.ProvisionId, From = Day(3) })).Provision;
        var stopped = (await gemeente.StopProvisionAsync(new GemeenteWire.StopProvisionRequest { RequestId = "r4", ProvisionId = asked.ProvisionId, To = Day(9) })).Provision;

        Assert.Equal(asked, again);
        Assert.Equal([ProvisionStatus.Requested, ProvisionStatus.Granted, ProvisionStatus.Running, ProvisionStatus.Ended], new[] { asked, granted, started, stopped }.Select(step => step.Status));
        Assert.Equal(4, stopped.Version);
        var listed = await gemeente.ListProvisionsAsync(new GemeenteWire.ListProvisionsRequest { CasePseudonym = "c1" });
        Assert.Equal([stopped], listed.Provisions);
        Assert.Empty((await gemeente.ListProvisionsAsync(new GemeenteWire.ListProvisionsRequest { CasePseudonym = "c2" })).Provisions);
        Assert.Equal(stopped, (await gemeente.GetProvisionAsync(new GemeenteWire.GetProvisionRequest { ProvisionId = asked.ProvisionId })).Provision);
        service.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_provision_that_the_case_has_already_keeps_its_id_there()
    {
        await using var service = await DomainProcess.StartAsync("gemeente", builder => builder.AddGemeente(), app => app.MapGemeente());
        var gemeente = new GemeenteService.GemeenteServiceClient(service.Channel);

        var asked = (await gemeente.RequestProvisionAsync(new GemeenteWire.RequestProvisionRequest
        {
            RequestId = "r1", CasePseudonym = "c1", CaseProvisionId = "p7", Scheme = "pw-reintegration", NeedIds = { "n1" }, RequestedOn = Day(1),
        })).Provision;

        Assert.Equal("p7", asked.CaseProvisionId);
        Assert.NotEqual("p7", asked.ProvisionId);
        service.Log.HasNoErrors();
    }

    [Fact]
    public async Task Uwv_refuses_with_a_reason_and_stops_who_comes_too_late()
    {
        await using var service = await DomainProcess.StartAsync("uwv", builder => builder.AddUwv(), app => app.MapUwv());
        var uwv = new UwvService.UwvServiceClient(service.Channel);
        var asked = (await uwv.RequestProvisionAsync(new UwvWire.RequestProvisionRequest
        {
            RequestId = "r1", CasePseudonym = "c1", Scheme = "uwv-ips-subsidy", NeedIds = { "n1" }, RequestedOn = Day(1),
        })).Provision;
        var refusal = new UwvWire.DecideProvisionRequest { RequestId = "r2", ProvisionId = asked.ProvisionId, Decision = Decision.Refuse, DecidedOn = Day(2) };

        await RefusedAsync(StatusCode.InvalidArgument, async () => await uwv.DecideProvisionAsync(refusal));
        refusal.RefusalReason = "no-funds";
        var refused = (await uwv.DecideProvisionAsync(refusal)).Provision;

        Assert.Equal((ProvisionStatus.Refused, "no-funds"), (refused.Status, refused.RefusalReason));
        await RefusedAsync(StatusCode.FailedPrecondition, async () => await uwv.StartProvisionAsync(new UwvWire.StartProvisionRequest { RequestId = "r3", ProvisionId = asked.ProvisionId }));
        await RefusedAsync(StatusCode.Aborted, async () => await uwv.StartProvisionAsync(new UwvWire.StartProvisionRequest { RequestId = "r4", ProvisionId = asked.ProvisionId, ExpectedVersion = 1 }));
        await RefusedAsync(StatusCode.AlreadyExists, async () => await uwv.StartProvisionAsync(new UwvWire.StartProvisionRequest { RequestId = "r2", ProvisionId = asked.ProvisionId }));
        await RefusedAsync(StatusCode.NotFound, async () => await uwv.GetProvisionAsync(new UwvWire.GetProvisionRequest { ProvisionId = "none" }));
        await RefusedAsync(StatusCode.InvalidArgument, async () => await uwv.RequestProvisionAsync(new UwvWire.RequestProvisionRequest
        {
            RequestId = "r5", CasePseudonym = "c1", Scheme = "wmo-begeleiding", NeedIds = { "n1" },
        }));
        service.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_wrong_rule_stops_the_start_with_file_line_and_suggestion()
    {
        using var rulebook = new TemporaryFolder();
        await File.WriteAllTextAsync(rulebook.File("wrong.yaml"), """
            source: 002_cbc2ba9c0265af32.txt
            rules:
            - id: ARB-45
              title: A rule with a misspelt fact
              lines: 496-502
              strength: interpretation
              valid: 2013-01-01..
              basis: text
              clauses:
              - covers: [ggz]
                for: [psych-treatment]
                when: health.dsmDisordr = confirmed
                nl: De verzekering betaalt.
                en: The insurance pays.
            """);

        var stopped = await Assert.ThrowsAsync<RulebookException>(() => StartZvwAsync(new Dictionary<string, string?> { ["Samenhang:Rulebooks:zvw"] = rulebook.Path }));

        var fault = Assert.Single(stopped.Faults);
        Assert.EndsWith("wrong.yaml", fault.File, StringComparison.Ordinal);
        Assert.InRange(fault.Line, 1, 14);
        Assert.Contains("health.dsmDisorder", fault.Message, StringComparison.Ordinal);
    }

    private static Task<DomainProcess> StartZvwAsync(IReadOnlyDictionary<string, string?>? settings = null) =>
        DomainProcess.StartAsync("zvw", builder => builder.AddZvw(), app => app.MapZvw(), settings);

    private static CaseView View(string need, params Fact[] facts) => new()
    {
        CasePseudonym = "c1",
        AsOf = new Date { Year = 2016, Month = 10, Day = 1 },
        Rulebooks = { "002a", "002b" },
        Facts = { new Fact { FactId = "client.insuredZvw", Value = new FactValue { BoolValue = true } } },
        Needs = { new Need { NeedId = "n1", Kind = need, Facts = { facts } } },
    };

    private static Fact Fact(string id, string code) => new() { FactId = id, Value = new FactValue { CodeValue = code } };

    private static Date Day(int day) => new() { Year = 2016, Month = 9, Day = day };

    private static async Task RefusedAsync(StatusCode code, Func<Task> call) => Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
}
