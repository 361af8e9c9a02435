using System.Net;
using Microsoft.AspNetCore.Routing;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.TestSupport;

namespace Samenhang.Web.Tests.SignIn;

/// <summary>Walks every address as every role, and looks for words that this role may not see.</summary>
public sealed class PlantedWordsTests(RunningSystem system) : IClassFixture<RunningSystem>
{
    private const string Title = "Zilvermeeuw met psychose";
    private const string Organisation = "Kwikstaart Zorg";
    private const string Bsn = "999990342";

    [Theory]
    [InlineData(DemoPerson.Noor, false)]
    [InlineData(DemoPerson.Bram, true)]
    [InlineData(DemoPerson.Fatima, false)]
    [InlineData(DemoPerson.Client, false)]
    [InlineData(DemoPerson.Employer, false)]
    [InlineData(DemoPerson.Insurer, false)]
    public async Task Nothing_of_a_case_of_others_stands_on_any_page(string person, bool mayKnow)
    {
        var planted = (await system.Casemanager.OpenCaseAsync(new OpenCaseRequest
        {
            RequestId = "planted",
            Title = Title,
            Bsn = Bsn,
            Tenant = "gm9902",
            Needs = { new Need { NeedId = "n1", Kind = "psych-treatment" } },
            Parties = { new Party { PartyId = "p1", Role = "care-provider", Organisation = Organisation } },
        })).CaseId;
        using var walker = await system.Web.SignInAsync(person, system.Simon);
        var seen = false;
        var pages = 0;
        foreach (var address in Addresses(planted).Concat(Addresses(system.Simon)).Distinct())
        {
            using var answer = await walker.Client.GetAsync(address);
            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            pages += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
            Assert.False(text.Contains(Bsn, StringComparison.Ordinal), $"{person} sees a BSN on {address}.");
            foreach (var word in new[] { "Zilvermeeuw", Organisation })
            {
                var has = text.Contains(word, StringComparison.OrdinalIgnoreCase);
                Assert.False(has && !mayKnow, $"{person} sees “{word}” on {address}.");
                seen |= has;
            }

            // Why Simon is ill is no matter of his employer, nor of those who steer.
            if (person is DemoPerson.Employer or DemoPerson.Fatima)
            {
                Assert.False(text.Contains("burn-out", StringComparison.OrdinalIgnoreCase), $"{person} reads why Simon is ill on {address}.");
            }
        }

        Assert.True(pages > 0, $"{person} gets no page at all.");
        Assert.Equal(mayKnow, seen); // The words can be found by who may see them: so the search works.
    }

    /// <summary>Every address that is read, filled in with one case; and a search that finds it.</summary>
    private IEnumerable<string> Addresses(string caseId) => system.Web.Endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
        .Where(endpoint => !endpoint.RoutePattern.RawText!.Contains("live", StringComparison.Ordinal) && !endpoint.RoutePattern.RawText.StartsWith("/sign", StringComparison.Ordinal))
        .Where(endpoint => endpoint.RoutePattern.Parameters.All(part => part.Name is "caseId" or "number"))
        .Select(endpoint => endpoint.RoutePattern.RawText!.Replace("{caseId}", caseId, StringComparison.Ordinal).Replace("{number:int}", "2", StringComparison.Ordinal))
        .Concat(["/cases?q=psychose", "/?q=psychose"]);
}
