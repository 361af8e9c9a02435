using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Samenhang.Language;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.TestSupport;
using Samenhang.Web.SignIn;
using Need = Samenhang.Protos.Common.V1.Need;
using Party = Samenhang.Protos.Common.V1.Party;

namespace Samenhang.Web.Tests.SignIn;

/// <summary>Walks every address as every role and as nobody, and looks for words that they may not see.</summary>
public sealed partial class PlantedWordsTests(RunningSystem system) : IClassFixture<RunningSystem>
{
    private const string Nobody = "";
    private const string Title = "Zilvermeeuw met psychose";
    private const string Organisation = "Kwikstaart Zorg";
    private const string Bsn = "999990342";
    private const string Agreed = "Waterhoen bellen over de gesprekken";
    private const string Imported = "Roerdomp";
    private const string OwnTitle = "buschauffeur";

    private static readonly Vocabulary Vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);

    private static readonly IReadOnlyDictionary<string, PersonRole> Roles = new Dictionary<string, PersonRole>
    {
        [DemoPerson.Noor] = PersonRole.Casemanager,
        [DemoPerson.Bram] = PersonRole.Casemanager,
        [DemoPerson.Fatima] = PersonRole.Steering,
        [DemoPerson.Client] = PersonRole.Client,
        [DemoPerson.Employer] = PersonRole.Employer,
        [DemoPerson.Insurer] = PersonRole.Insurer,
        [DemoPerson.Petra] = PersonRole.PrivacyOfficer,
    };

    public static TheoryData<string> Everybody => [Nobody, .. Roles.Keys];

    [Fact]
    public void Every_role_walks() => Assert.Equal(Enum.GetValues<PersonRole>().Order(), Roles.Values.Distinct().Order());

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Nobody_reads_a_word_that_is_not_for_them_on_any_page(string person)
    {
        var planted = await PlantAsync();
        using var walker = await WalkerAsync(person);
        var hidden = await HiddenFromAsync(person, planted);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var pages = 0;
        foreach (var (endpoint, address) in Addresses("GET", planted.Other, planted).Concat(Addresses("GET", planted.Own, planted)).DistinctBy(one => one.Address))
        {
            using var answer = await walker.Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            var access = endpoint.Metadata.GetMetadata<PageAccess>();
            if (access is { Roles: { } roles } && (person == Nobody || !roles.Contains(Roles[person])))
            {
                Assert.True(answer.StatusCode == (person == Nobody ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden), $"“{person}” gets {answer.StatusCode} of {address}.");
            }

            if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                // A stream tells versions, and of a case of others it never begins.
                Assert.True(person == DemoPerson.Bram || !address.Contains(planted.Other, StringComparison.Ordinal), $"“{person}” may follow {address}.");
                continue;
            }

            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            pages += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
            foreach (var word in hidden)
            {
                Assert.False(text.Contains(word, StringComparison.OrdinalIgnoreCase), $"“{person}” reads “{word}” on {address}.");
            }

            found.UnionWith(Words(planted).Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
        }

        Assert.True(pages > 0, $"“{person}” gets no page at all.");

        // Who may see the words finds them, so the search works.
        string[] theirs = person switch
        {
            DemoPerson.Noor => [Agreed, Imported, OwnTitle],
            DemoPerson.Bram => [Agreed, Organisation, OwnTitle, Title],
            DemoPerson.Client => [Agreed],
            _ => [],
        };
        Assert.Equal(theirs.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task No_form_does_anything_for_who_may_not_use_it(string person)
    {
        var planted = await PlantAsync();
        using var walker = await WalkerAsync(person);
        var forms = Addresses("POST", planted.Own, planted).Where(one => one.Endpoint.Metadata.GetMetadata<PageAccess>() is { Roles: { } roles } && (person == Nobody || !roles.Contains(Roles[person]))).ToList();
        Assert.Equal(person is DemoPerson.Noor or DemoPerson.Bram, forms.TrueForAll(form => form.Address.StartsWith("/emergencies/", StringComparison.Ordinal)));
        foreach (var (_, address) in forms)
        {
            using var answer = await SendAsync(walker, person, address);
            Assert.True(answer.StatusCode == (person == Nobody ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden), $"“{person}” sends {address}: {answer.StatusCode}.");
        }
    }

    [Fact]
    public async Task No_form_of_a_casemanager_does_anything_in_a_case_of_others()
    {
        var planted = await PlantAsync();
        using var noor = await WalkerAsync(DemoPerson.Noor);
        var before = await VersionAsync(planted.Other);
        var forms = Addresses("POST", planted.Other, planted).Where(one => one.Address.Contains(planted.Other, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(forms);
        foreach (var (_, address) in forms)
        {
            using var answer = await SendAsync(noor, DemoPerson.Noor, address);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"Noor sends {address}: {answer.StatusCode}.");
            Assert.DoesNotContain("Zilvermeeuw", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(before, await VersionAsync(planted.Other));
    }

    private static string[] Words(Planted planted) => [Title, Organisation, Bsn, Agreed, Imported, OwnTitle, planted.OtherBsn];

    [GeneratedRegex("name=\"token\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();

    /// <summary>What this person may read nowhere.</summary>
    private async Task<IReadOnlyList<string>> HiddenFromAsync(string person, Planted planted)
    {
        string[] ofOthers = person == DemoPerson.Bram ? [] : ["Zilvermeeuw", Organisation];
        string[] ofCasework = person is DemoPerson.Noor or DemoPerson.Bram ? [] : [OwnTitle, .. person == DemoPerson.Client ? Array.Empty<string>() : [Agreed, "Waterhoen"]];
        string[] ofNoor = person == DemoPerson.Noor ? [] : [Imported];

        // Why somebody is ill is no matter of the employer, nor of those who steer: no diagnosis, and not even which medical things are known.
        var known = await system.Sight.ListKnownFactsAsync(new ListKnownFactsRequest { CaseId = planted.Own });
        string[] medical = person is DemoPerson.Employer or DemoPerson.Fatima or DemoPerson.Petra or Nobody
            ? ["burn-out", "psychose", .. known.Facts.Where(fact => Vocabulary.FactById[fact.FactId].Sensitivity == "medical").Select(fact => fact.Name.Nl)]
            : [];
        return [Bsn, planted.OtherBsn, .. ofOthers, .. ofCasework, .. ofNoor, .. medical];
    }

    /// <summary>Every address of a method, filled in with what there is: one that cannot be filled in fails the test, so that no page stays unvisited.</summary>
    private IEnumerable<(RouteEndpoint Endpoint, string Address)> Addresses(string method, string caseId, Planted planted)
    {
        var row = planted.Row;
        string[] ValuesOf(string name) => name switch
        {
            "caseId" => [caseId],
            "number" => ["1", "2"],
            "viewer" => ["client", "employer", "insurer", "municipality", "uwv"],
            "needId" => [row.NeedId],
            "scheme" => [row.Scheme],
            "itemId" => [planted.Item],
            "step" or "status" or "handOverId" or "what" => ["done"],
            "id" => [planted.Import],
            "name" => ["site.css"],
            "path" => ["nergens"],
            _ => throw new InvalidOperationException($"The walker has no value for “{name}”: give it one that leads to a page."),
        };

        foreach (var endpoint in system.Web.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(method) ?? method == "GET"))
        {
            IEnumerable<string> addresses = ["/" + endpoint.RoutePattern.RawText!.TrimStart('/')];
            foreach (var part in endpoint.RoutePattern.Parameters)
            {
                addresses = [.. addresses.SelectMany(address => ValuesOf(part.Name).Select(value => Place(part.Name).Replace(address, Uri.EscapeDataString(value), 1)))];
            }

            foreach (var address in addresses)
            {
                Assert.DoesNotContain('{', address);
                yield return (endpoint, address);
                foreach (var query in QueriesOf(endpoint.RoutePattern.RawText!, planted).Where(_ => method == "GET"))
                {
                    yield return (endpoint, address + query);
                }
            }
        }
    }

    // What a page shows beside what its address says. The words that are sought are only begun, for a page repeats them.
    private static string[] QueriesOf(string route, Planted planted) => route switch
    {
        "/cases" or "/" => ["?q=psych", "?q=zilverm"],
        "/cases/{caseId}/why/finding" => [$"?flag={planted.Finding.FlagId}&need={planted.Finding.NeedId}&provision={planted.Finding.ProvisionId}&party={planted.Finding.PartyId}"],
        "/cases/{caseId}/proposal" => [$"?key={planted.Proposal}"],
        "/cases/{caseId}" => ["?span=all", "?lang=en"],
        "/cases/{caseId}/part" or "/cases/{caseId}/for-client" => ["?lang=en", "?type=large"],
        _ => [],
    };

    private static Regex Place(string name) => new($@"\{{\*?{name}(:\w+)?\}}", RegexOptions.None, TimeSpan.FromSeconds(1));

    private async Task<PageSession> WalkerAsync(string person) =>
        person == Nobody ? PageSession.Nobody(system.Web.Client.BaseAddress!) : await system.Web.SignInAsync(person, system.Simon);

    private static async Task<HttpResponseMessage> SendAsync(PageSession walker, string person, string address)
    {
        var fields = new Dictionary<string, string> { ["request_id"] = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(), ["take"] = "yes", ["text"] = "Iets" };
        if (person != Nobody)
        {
            fields["token"] = WebUtility.HtmlDecode(Token().Match(await walker.Client.GetStringAsync("/help")).Groups["value"].Value);
        }

        using var content = new FormUrlEncodedContent(fields);
        return await walker.Client.PostAsync(address, content);
    }

    private async Task<long> VersionAsync(string caseId) =>
        (await system.Sight.ShowCaseAsAsync(new ShowCaseAsRequest { CaseId = caseId, Viewer = Viewer.Client })).CaseVersion;

    private async Task<Planted> PlantAsync()
    {
        const string OtherBsn = "999990019";
        var other = (await system.Casemanager.OpenCaseAsync(new OpenCaseRequest
        {
            RequestId = "planted",
            Title = Title,
            Bsn = Bsn,
            Tenant = "gm9902",
            Needs = { new Need { NeedId = "n1", Kind = "psych-treatment" } },
            Parties = { new Party { PartyId = "p1", Role = "care-provider", Organisation = Organisation } },
        })).CaseId;
        var item = (await system.Work.AddWorkAsync(new AddWorkRequest
        {
            RequestId = "planted-work", CaseId = system.Simon, By = "casemanager", Content = new WorkContent { Action = new WorkAction { Text = Agreed, Owner = "casemanager" } },
        })).Item;
        var plan = await system.PlanAsync(system.Simon);
        using var noor = await WalkerAsync(DemoPerson.Noor);
        using var begun = await SendAsync(noor, OtherBsn);
        var report = begun.Headers.Location!.ToString();
        await Patience.Until(async () => (await noor.Client.GetStringAsync(report)).Contains(Imported, StringComparison.Ordinal), "the report of the list");
        return new(
            other,
            system.Simon,
            OtherBsn,
            report.Split('/')[^1],
            item.ItemId,
            plan.Coverage[0],
            plan.Findings[0],
            plan.Actions.FirstOrDefault(action => action.ProposalKey.Length > 0)?.ProposalKey ?? "");
    }

    // A list that Noor imports; sent once more it is the same list, with its own report.
    private static async Task<HttpResponseMessage> SendAsync(PageSession noor, string bsn)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["token"] = WebUtility.HtmlDecode(Token().Match(await noor.Client.GetStringAsync("/import")).Groups["value"].Value),
            ["request_id"] = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(),
            ["source"] = "planted",
            ["content"] = $"reference;title;needs;municipality;bsn\n{Imported};Aangemeld per lijst;income;gm9901;{bsn}",
        });
        return await noor.Client.PostAsync("/import", content);
    }

    private sealed record Planted(
        string Other, string Own, string OtherBsn, string Import, string Item, Protos.Common.V1.Coverage Row, Protos.Casemanager.V1.Finding Finding, string Proposal);
}
