using System.Text;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using LegalGround = Samenhang.Access.LegalGround;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>A person gets all that is held, and nothing of anybody else (AVG, articles 15 and 20).</summary>
public sealed class WhenAPersonAsksForTheirData(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private const string Bsn = "999990019";

    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task Every_fact_need_provision_party_consent_event_and_document_is_in_it_with_its_name()
    {
        var caseId = await FilledAsync();
        var held = (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;
        var document = await ExportAsync(caseId);

        var expected = held.Facts.Select(fact => ("case", "", fact.FactId))
            .Concat(held.Needs.SelectMany(need => need.Facts.Select(fact => ("need", need.NeedId, fact.FactId))))
            .Concat(held.Provisions.SelectMany(p => p.Facts.Select(fact => ("provision", p.ProvisionId, fact.FactId))))
            .Concat(held.Parties.SelectMany(party => party.Facts.Select(fact => ("party", party.PartyId, fact.FactId))));
        Assert.Equal(
            expected.Order(),
            document.GetProperty("facts").EnumerateArray().Select(fact => (Text(fact, "about"), fact.TryGetProperty("itemId", out var item) ? item.GetString()! : "", Text(fact, "code"))).Order());
        Assert.All(document.GetProperty("facts").EnumerateArray(), fact =>
        {
            Assert.NotEmpty(Text(fact.GetProperty("name"), "nl"));
            Assert.NotEmpty(Text(fact.GetProperty("inWords"), "nl"));
            Assert.NotEmpty(Text(fact, "source"));
            Assert.True(fact.GetProperty("recordedAt").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
        });
        Assert.Equal(held.Needs.Select(need => need.NeedId), Ids(document, "needs"));
        Assert.Equal(held.Provisions.Select(p => p.ProvisionId), Ids(document, "provisions"));
        Assert.Equal(held.Parties.Select(party => party.PartyId), Ids(document, "parties"));
        Assert.Equal(["full"], document.GetProperty("consents").EnumerateArray().Single().GetProperty("recorded").GetProperty("categories").EnumerateArray().Select(code => code.GetString()));
        Assert.Equal(held.Events.Select(happened => happened.Type), document.GetProperty("events").EnumerateArray().Select(happened => Text(happened.GetProperty("recorded"), "type")));
        Assert.Equal(held.Evidence.Select(one => one.Type), document.GetProperty("evidence").EnumerateArray().Select(one => Text(one.GetProperty("recorded"), "type")));
        Assert.Equal(held.Pseudonyms.Select(known => known.CasePseudonym).Order(StringComparer.Ordinal), document.GetProperty("receivers").EnumerateArray().Select(one => Text(one, "pseudonym")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_change_is_in_it_in_order_with_words_and_content()
    {
        var caseId = await FilledAsync();
        var version = (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Version;
        var history = (await ExportAsync(caseId)).GetProperty("history").EnumerateArray().ToList();

        Assert.Equal(Enumerable.Range(1, (int)version), history.Select(change => change.GetProperty("number").GetInt32()));
        Assert.All(history, change => Assert.NotEmpty(Text(change.GetProperty("inWords").EnumerateArray().First(), "nl")));
        Assert.Superset(
            new HashSet<string> { "case-opened", "facts-recorded", "coverage-asked", "plan-made", "consent-recorded" },
            history.Select(change => Text(change.GetProperty("recorded"), "change")).ToHashSet());
    }

    [Fact]
    public async Task Nothing_of_another_case_and_no_whole_bsn_is_in_it()
    {
        var caseId = await FilledAsync();
        var request = Requests.BurnOut();
        request.Title = "Een heel andere casus";
        request.Bsn = "999990342";
        request.Parties.Add(new Party { PartyId = "party-of-another", Role = "huisarts", Domain = Domain.Zvw, Organisation = "Praktijk De Andere" });
        var (other, _) = await fixture.PlannedAsync(request);

        var text = (await ExportAsync(caseId)).GetRawText();
        var ofOther = (await ExportAsync(other)).GetRawText();

        foreach (var mark in new[] { other, "Een heel andere casus", "party-of-another", "Praktijk De Andere" })
        {
            Assert.DoesNotContain(mark, text, StringComparison.Ordinal);
            Assert.Contains(mark, ofOther, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Bsn, text, StringComparison.Ordinal);
        Assert.Contains("*******19", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looked_is_in_it_and_who_looked_in_confidence_is_not()
    {
        var caseId = await FilledAsync();
        await LookAsync("noor", caseId, confidential: false);
        await LookAsync("rechercheur", caseId, confidential: true);

        var who = (await ExportAsync(caseId)).GetProperty("visits").EnumerateArray().Select(visit => Text(visit, "who")).ToList();

        Assert.Contains("noor", who);
        Assert.DoesNotContain("rechercheur", who);
    }

    [Fact]
    public async Task Only_the_person_and_those_who_work_for_them_get_it()
    {
        var caseId = await FilledAsync();
        var (other, _) = await fixture.PlannedAsync(Requests.BurnOut());

        Assert.Equal(caseId, Text(await ExportAsync(caseId, new Speaker("client-1", CallerRole.Client, "", [caseId])), "caseId"));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(caseId, new Speaker("fg", CallerRole.PrivacyOfficer, "*")));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(other, new Speaker("client-1", CallerRole.Client, "", [caseId])));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(caseId, new Speaker("els", CallerRole.Employer, "*")));
    }

    private async Task<string> FilledAsync()
    {
        var request = Requests.BurnOut();
        request.Bsn = Bsn;
        request.Consents.Add(new Consent { From = "client", To = "zvw", Categories = { "full" }, ValidFrom = Requests.Day(2016, 1, 1) });
        request.Events.Add(new CaseEvent { Type = "sickness-reported", Date = Requests.Day(2016, 4, 4), From = "employer" });
        request.Evidence.Add(new Evidence { Type = "referral-letter", Date = Requests.Day(2016, 9, 1) });
        return (await fixture.PlannedAsync(request)).CaseId;
    }

    private async Task LookAsync(string subject, string caseId, bool confidential)
    {
        using var bare = GrpcChannel.ForAddress(fixture.AddressOf(ServiceNames.Casemanager));
        using var tokens = new OwnTokens(new AccessOptions { DevelopmentKeyFile = DevelopmentChannel.KeyFile }, TimeProvider.System);
        var headers = tokens.HeadersFor(ServiceNames.Casemanager, new Speaker(subject, CallerRole.Casemanager, "*"), "casemanagement", LegalGround.PublicTask);
        if (confidential)
        {
            headers.Add("x-vertrouwelijkheid", "vertrouwelijk");
        }

        await new CasemanagerService.CasemanagerServiceClient(bare).GetPlanAsync(new GetPlanRequest { CaseId = caseId }, headers);
    }

    private async Task<StatusCode> RefusedAsync(string caseId, Speaker speaker) => (await Assert.ThrowsAsync<RpcException>(() => ExportAsync(caseId, speaker))).StatusCode;

    private async Task<JsonElement> ExportAsync(string caseId, Speaker? speaker = null)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        using var channel = DevelopmentChannel.Open(fixture.AddressOf(ServiceNames.Casemanager).ToString(), speaker: speaker ?? new Speaker("client-1", CallerRole.Client, "", [caseId]));
        using var call = new RightsService.RightsServiceClient(channel).ExportPersonalData(new ExportPersonalDataRequest { CaseId = caseId }, cancellationToken: limit.Token);
        using var file = new MemoryStream();
        var names = new List<string>();
        while (await call.ResponseStream.MoveNext(limit.Token))
        {
            names.Add(call.ResponseStream.Current.FileName);
            call.ResponseStream.Current.Part.WriteTo(file);
        }

        Assert.Equal($"persoonsgegevens-{caseId}.json", names[0]);
        return JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(file.ToArray()));
    }

    private static IEnumerable<string> Ids(JsonElement document, string list) => document.GetProperty(list).EnumerateArray().Select(one => Text(one.GetProperty("recorded"), "id"));

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
