using System.Net;
using Samenhang.TestSupport;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Tests.SignIn;

/// <summary>Who gets which page.</summary>
public sealed class RolesTests(RunningSystem system) : IClassFixture<RunningSystem>
{
    [Fact]
    public void Every_address_says_who_it_is_for()
    {
        var silent = system.Web.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<PageAccess>() is null).Select(endpoint => endpoint.RoutePattern.RawText);
        Assert.Equal(["/assets/{name}"], silent);
    }

    [Fact]
    public void Without_signing_in_one_gets_the_way_in_and_nothing_else()
    {
        var open = system.Web.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<PageAccess>() is { Roles: null }).Select(endpoint => endpoint.RoutePattern.RawText).Distinct();
        Assert.Equal(["/development/issuer/authorize", "/preferences", "/sign-in", "/sign-in/callback", "/signed-out", "/{*path}"], open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Those_who_steer_get_no_page_of_a_case()
    {
        var withCase = system.Web.Endpoints.Where(endpoint => endpoint.RoutePattern.Parameters.Any(part => part.Name == "caseId")).ToList();
        Assert.NotEmpty(withCase);
        Assert.DoesNotContain(withCase, endpoint => endpoint.Metadata.GetMetadata<PageAccess>()!.Roles!.Contains(PersonRole.Steering));
    }

    [Theory]
    [InlineData("/cases")]
    [InlineData("/help")]
    [InlineData("/")]
    public async Task Who_is_not_signed_in_is_asked_to_and_comes_back(string path)
    {
        using var browser = PageSession.Nobody(system.Web.Client.BaseAddress!);
        using var page = await browser.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.SeeOther, page.StatusCode);
        Assert.Equal("/sign-in?return=" + Uri.EscapeDataString(path), page.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData(DemoPerson.Noor, "/cases", HttpStatusCode.OK)]
    [InlineData(DemoPerson.Noor, "/cases/{monique}", HttpStatusCode.OK)]
    [InlineData(DemoPerson.Bram, "/cases/{monique}", HttpStatusCode.OK)]
    [InlineData(DemoPerson.Noor, "/cases/{heuveldam}", HttpStatusCode.NotFound)]
    [InlineData(DemoPerson.Bram, "/cases/{heuveldam}", HttpStatusCode.OK)]
    [InlineData(DemoPerson.Fatima, "/cases", HttpStatusCode.Forbidden)]
    [InlineData(DemoPerson.Fatima, "/cases/{monique}", HttpStatusCode.Forbidden)]
    [InlineData(DemoPerson.Client, "/cases", HttpStatusCode.Forbidden)]
    [InlineData(DemoPerson.Client, "/cases/{monique}", HttpStatusCode.Forbidden)]
    [InlineData(DemoPerson.Employer, "/cases", HttpStatusCode.Forbidden)]
    [InlineData(DemoPerson.Insurer, "/cases/{monique}", HttpStatusCode.Forbidden)]
    [InlineData(DemoPerson.Insurer, "/help", HttpStatusCode.OK)]
    [InlineData(DemoPerson.Petra, "/emergencies", HttpStatusCode.OK)]
    [InlineData(DemoPerson.Petra, "/cases", HttpStatusCode.Forbidden)]
    [InlineData(DemoPerson.Petra, "/cases/{monique}", HttpStatusCode.Forbidden)]
    [InlineData(DemoPerson.Noor, "/emergencies", HttpStatusCode.Forbidden)]
    [InlineData(DemoPerson.Client, "/emergencies", HttpStatusCode.Forbidden)]
    public async Task A_page_is_for_the_roles_it_names(string person, string path, HttpStatusCode answer)
    {
        using var browser = await system.Web.SignInAsync(person, system.Monique);
        using var page = await browser.Client.GetAsync(path.Replace("{monique}", system.Monique, StringComparison.Ordinal).Replace("{heuveldam}", system.OfHeuveldam, StringComparison.Ordinal));
        Assert.Equal(answer, page.StatusCode);
        if (answer != HttpStatusCode.OK)
        {
            Assert.DoesNotContain("psychose", await page.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData(DemoPerson.Noor, "/cases", "/cases/new", "/region")]
    [InlineData(DemoPerson.Fatima, "/region", "/help")]
    [InlineData(DemoPerson.Client, "/plan", "/help")]
    [InlineData(DemoPerson.Employer, "/part", "/help")]
    [InlineData(DemoPerson.Insurer, "/part", "/help")]
    [InlineData(DemoPerson.Petra, "/emergencies", "/help")]
    public async Task The_menu_holds_what_the_role_may_open(string person, params string[] addresses)
    {
        using var browser = await system.Web.SignInAsync(person, system.Monique);
        var page = await browser.Client.GetStringAsync("/help");
        Assert.All(addresses, address => Assert.Contains($"<a href=\"{address}\" data-go=", page, StringComparison.Ordinal));
        Assert.Equal(person == DemoPerson.Noor, page.Contains("<a href=\"/cases\" data-go=", StringComparison.Ordinal));
        Assert.Equal(person == DemoPerson.Noor, page.Contains("role=\"search\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_that_does_not_come_from_our_pages_does_nothing()
    {
        using var browser = await system.Web.SignInAsync(DemoPerson.Noor);
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["request_id"] = "1" });
        using var answer = await browser.Client.PostAsync("/sign-out", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Deze pagina was te oud", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(browser.Cookies);
    }

    [Fact]
    public async Task The_form_of_somebody_else_does_nothing()
    {
        using var noor = await system.Web.SignInAsync(DemoPerson.Noor);
        using var bram = await system.Web.SignInAsync(DemoPerson.Bram);
        _ = await bram.Client.GetStringAsync("/help");
        using var answer = await bram.PostAsync("/sign-out", await noor.Client.GetStringAsync("/help"), new Dictionary<string, string>());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_after_the_session_ended_says_that_what_was_typed_is_kept()
    {
        using var noor = await system.Web.SignInAsync(DemoPerson.Noor);
        var page = await noor.Client.GetStringAsync("/help");
        using var nobody = PageSession.Nobody(system.Web.Client.BaseAddress!);
        using var answer = await nobody.PostAsync("/sign-out", page, new Dictionary<string, string>());
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("op dit apparaat bewaard", text, StringComparison.Ordinal);
        Assert.Contains("/sign-in?return=%2Fhelp", text, StringComparison.Ordinal);
    }
}
