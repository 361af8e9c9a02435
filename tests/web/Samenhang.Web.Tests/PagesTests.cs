using System.Net;
using System.Text.RegularExpressions;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.Web.Tests;

public sealed partial class PagesTests(RunningSystem system) : IClassFixture<RunningSystem>
{
    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public async Task All_that_the_plan_says_stands_on_the_page(string language)
    {
        foreach (var caseId in new[] { system.Simon, system.Monique })
        {
            var plan = await system.PlanAsync(caseId);
            Assert.NotEmpty(plan.Coverage);
            Assert.NotEmpty(plan.Findings);
            Assert.NotEmpty(plan.Questions);
            var page = TextOf(await system.Web.ReadAsync($"/cases/{caseId}?lang={language}"));
            foreach (var row in plan.Coverage)
            {
                Has(page, In(language, row.Label));
                Has(page, In(language, row.Explanation));
                Assert.All(row.Rules, rule => HasRule(page, rule));
                Assert.All(row.OpenConditions, condition => Has(page, In(language, condition)));
                Assert.All(row.MissingFacts, fact => Has(page, fact));
            }

            foreach (var finding in plan.Findings)
            {
                Has(page, In(language, finding.Title));
                Has(page, In(language, finding.Explanation));
                Has(page, In(language, finding.SuggestedAction));
                Assert.All(finding.Rules, rule => HasRule(page, rule));
            }

            // Simon's GP would be told without his consent.
            Assert.Equal(caseId == system.Simon, plan.Blocked.Any(blocked => blocked.EventType == "data-exchanged"));
            foreach (var blocked in plan.Blocked)
            {
                Has(page, blocked.EventType);
                Has(page, In(language, blocked.Explanation));
                Assert.All(blocked.Rules, rule => HasRule(page, rule));
            }

            Assert.All(plan.Questions, question => Has(page, In(language, question.Text)));
            Assert.All(plan.Actions, action => Has(page, In(language, action.Text)));
            Assert.All(plan.Deadlines, term => Has(page, In(language, term.Title)));
            Assert.All(plan.Responsible.SelectMany(carrier => carrier.RuleIds), rule => Has(page, rule));
        }
    }

    [Fact]
    public async Task Findings_stand_with_the_urgent_first()
    {
        var plan = await system.PlanAsync(system.Simon);
        var page = TextOf(await system.Web.ReadAsync($"/cases/{system.Simon}"));
        var places = plan.Findings.OrderByDescending(finding => finding.Severity)
            .Select(finding => page.IndexOf(finding.Title.Nl, StringComparison.Ordinal)).ToList();
        Assert.Equal(places.Order(), places);
    }

    [Theory]
    [InlineData(null, null, "nl", "Casussen")]
    [InlineData("?lang=en", "nl", "en", "Cases")]
    [InlineData("", "en-GB,nl;q=0.5", "en", "Cases")]
    [InlineData("", "fr, en;q=0.3, nl;q=0.9", "nl", "Casussen")]
    [InlineData("?lang=fr", "de", "nl", "Casussen")]
    public async Task The_language_follows_the_address_then_the_browser_then_Dutch(string? query, string? accepts, string language, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cases" + query);
        if (accepts is not null)
        {
            request.Headers.Add("Accept-Language", accepts);
        }

        using var response = await system.Web.Client.SendAsync(request);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_English_page_marks_what_is_only_Dutch()
    {
        const string written = "Bel de wijkverpleegkundige";
        var caseId = await OneCase.OpenedCase.SimonAsync(system);
        await system.Work.AddWorkAsync(new AddWorkRequest { RequestId = "written-in-dutch", CaseId = caseId, By = "casemanager", Content = new() { Action = new() { Text = written, Owner = "casemanager", Status = WorkStatus.Planned } } });
        Assert.Contains($"<span lang=\"nl\">{written}</span>", await system.Web.ReadAsync($"/cases/{caseId}?lang=en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_without_a_need_says_what_is_awaited() =>
        Assert.Contains("noemt nog geen behoefte", await system.Web.ReadAsync($"/cases/{system.Empty}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/cases/01910000-0000-7000-8000-000000000000")]
    [InlineData("/cases/nonsense")]
    [InlineData("/no/such/page")]
    [InlineData("/favicon.ico")]
    public async Task What_does_not_exist_is_a_page_that_says_so(string path)
    {
        using var response = await system.Web.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("<h1>Deze pagina bestaat niet</h1>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        HasSafeHeaders(response);
    }

    [Fact]
    public async Task Without_a_casemanager_the_page_says_to_try_again_and_tells_nothing_inside()
    {
        await using var web = await RunningWeb.StartAsync(new Uri($"http://localhost:{RunningSystem.FreePort()}"));
        using var response = await web.Client.GetAsync("/cases");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("De casussen zijn nu niet bereikbaar", page, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", page, StringComparison.Ordinal);
        HasSafeHeaders(response);
        Assert.Single(web.Log.Of("CasemanagerUnreachable"));
        web.Log.HasNoErrors();
    }

    [Fact]
    public async Task Every_page_is_well_formed_has_safe_headers_and_no_script_or_style_of_its_own()
    {
        foreach (var path in new[] { "/cases", "/help", $"/cases/{system.Simon}", $"/cases/{system.Monique}?lang=en", $"/cases/{system.Empty}" })
        {
            using var response = await system.Web.Client.GetAsync(path);
            Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
            HasSafeHeaders(response);
            var page = await response.Content.ReadAsStringAsync();
            Assert.DoesNotMatch(InlineScript(), page);
            Assert.DoesNotMatch(InlineStyle(), page);
            Assert.Empty(TagBalance.FaultsOf(page));
        }
    }

    [Fact]
    public async Task The_stylesheet_is_small_and_kept_by_the_browser()
    {
        var address = StyleAddress().Match(await system.Web.ReadAsync("/cases")).Groups[1].Value;
        using var response = await system.Web.Client.GetAsync(address);
        Assert.Equal("text/css", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.MaxAge > TimeSpan.FromDays(30));
        Assert.InRange((await response.Content.ReadAsByteArrayAsync()).Length, 1, 50 * 1024);
    }

    private static void HasSafeHeaders(HttpResponseMessage response)
    {
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], response.Headers.GetValues("Referrer-Policy"));
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    private static void Has(string page, string text) => Assert.True(page.Contains(Spaces().Replace(text, " ").Trim(), StringComparison.Ordinal), $"The page lacks: {text}");

    private static void HasRule(string page, RuleSource rule)
    {
        Has(page, rule.RuleId);
        if (rule.Lines.Length > 0)
        {
            Has(page, rule.Lines);
        }
    }

    private static string In(string language, Sentence sentence) => language == "en" && sentence.En.Length > 0 ? sentence.En : sentence.Nl;

    private static string TextOf(string page) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(page, "")), " ");

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"<[^>]+\s(style|on\w+)=", RegexOptions.IgnoreCase)]
    private static partial Regex InlineStyle();

    [GeneratedRegex(@"<script[^>]*>[^<]|<style", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex(@"<link rel=""stylesheet"" href=""([^""]+)""")]
    private static partial Regex StyleAddress();
}
