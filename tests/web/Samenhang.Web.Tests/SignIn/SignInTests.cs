using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Samenhang.TestSupport;

namespace Samenhang.Web.Tests.SignIn;

/// <summary>The way in with an issuer outside, and every reason to refuse.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private OutsideIssuer issuer = null!;
    private RunningWeb web = null!;
    private string secretFile = "";

    public async Task InitializeAsync()
    {
        issuer = await OutsideIssuer.StartAsync();
        secretFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(secretFile, "s3cret of the client\n");
        web = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await web.DisposeAsync();
        await issuer.DisposeAsync();
        File.Delete(secretFile);
    }

    [Fact]
    public async Task A_good_token_lets_in_and_goes_to_the_page_that_was_asked()
    {
        using var browser = PageSession.Nobody(web.Client.BaseAddress!);
        using var asked = await browser.Client.GetAsync("/help?lang=en");
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);

        using var back = await ComeBackAsync(browser, asked.Headers.Location!.ToString());
        Assert.Equal("/help", back.Headers.Location!.ToString());
        var page = await browser.Client.GetStringAsync("/help");
        Assert.Contains("Iris Vos", page, StringComparison.Ordinal);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{OutsideIssuer.ClientId}:s3cret%20of%20the%20client")), issuer.LastAuthorization);
    }

    [Fact]
    public async Task The_session_is_a_cookie_that_scripts_can_not_read()
    {
        using var browser = PageSession.Nobody(web.Client.BaseAddress!);
        using var back = await ComeBackAsync(browser);
        var cookie = Assert.Single(back.Headers.GetValues("Set-Cookie"), set => set.StartsWith("samenhang-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Iris", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_with_another_nonce_is_refused() => await IsRefusedAsync(token => token.Claims["nonce"] = "of-another-sign-in", "Nonce");

    [Fact]
    public async Task A_token_without_a_nonce_is_refused() => await IsRefusedAsync(token => token.Claims.Remove("nonce"), "Nonce");

    [Fact]
    public async Task A_token_that_has_expired_is_refused() => await IsRefusedAsync(
        token => (token.NotBefore, token.Expires) = (token.NotBefore!.Value.AddHours(-2), token.Expires!.Value.AddHours(-2)), "Lifetime");

    [Fact]
    public async Task A_token_that_never_expires_is_refused() => await IsRefusedAsync(token => token.Expires = null, "Lifetime");

    [Fact]
    public async Task A_token_that_does_not_hold_yet_is_refused() => await IsRefusedAsync(
        token => (token.NotBefore, token.Expires) = (token.NotBefore!.Value.AddHours(2), token.Expires!.Value.AddHours(3)), "Lifetime");

    [Fact]
    public async Task A_token_for_somebody_else_is_refused() => await IsRefusedAsync(token => token.Audience = "another-client", "Audience");

    [Fact]
    public async Task A_token_of_another_issuer_is_refused() => await IsRefusedAsync(token => token.Issuer = "https://elsewhere.example", "Issuer");

    [Fact]
    public async Task A_token_for_who_acts_for_another_is_refused() => await IsRefusedAsync(token => token.Claims["represents"] = new Dictionary<string, object> { ["sub"] = "s-2" }, "Representation");

    [Fact]
    public async Task A_token_without_a_signature_is_refused()
    {
        issuer.Replace = text => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{text.Split('.')[1]}.";
        await IsRefusedAsync(_ => { }, "Signature");
    }

    [Fact]
    public async Task A_token_signed_with_a_shared_secret_is_refused() => await IsRefusedAsync(
        token => token.SigningCredentials = new(new SymmetricSecurityKey(new byte[64]), SecurityAlgorithms.HmacSha256), "Signature");

    [Fact]
    public async Task A_token_with_a_weaker_or_other_algorithm_is_refused() => await IsRefusedAsync(
        token => token.SigningCredentials = new(token.SigningCredentials.Key, SecurityAlgorithms.RsaSha512), "Signature");

    [Fact]
    public async Task A_token_that_was_changed_is_refused()
    {
        issuer.Replace = text =>
        {
            var parts = text.Split('.');
            return $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("steering", "casemanager", StringComparison.Ordinal))}.{parts[2]}";
        };
        await IsRefusedAsync(_ => { }, "Signature");
    }

    [Fact]
    public async Task A_token_signed_with_a_key_that_is_not_the_issuers_is_refused()
    {
        using var stranger = System.Security.Cryptography.RSA.Create(2048);
        await IsRefusedAsync(token => token.SigningCredentials = new(new RsaSecurityKey(stranger) { KeyId = "stranger" }, SecurityAlgorithms.RsaSha256), "Signature");
    }

    [Fact]
    public async Task A_key_that_the_issuer_changed_is_asked_for()
    {
        using (var first = PageSession.Nobody(web.Client.BaseAddress!))
        {
            using var back = await ComeBackAsync(first);
            Assert.Equal(HttpStatusCode.SeeOther, back.StatusCode);
        }

        // The issuer is asked again when a while has passed since the last time.
        issuer.ChangeKey();
        var clock = new MovableTime();
        issuer.Clock = clock;
        await using var later = await StartAsync(clock);
        using var before = PageSession.Nobody(later.Client.BaseAddress!);
        using (var back = await ComeBackAsync(before))
        {
            Assert.Equal(HttpStatusCode.SeeOther, back.StatusCode);
        }

        issuer.ChangeKey();
        clock.Advance(TimeSpan.FromSeconds(10));
        using var after = PageSession.Nobody(later.Client.BaseAddress!);
        using var again = await ComeBackAsync(after);
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Fact]
    public async Task An_answer_that_was_used_is_refused_the_second_time()
    {
        using var browser = PageSession.Nobody(web.Client.BaseAddress!);
        using var begun = await browser.Client.GetAsync("/sign-in");
        var answer = AnswerTo(begun.Headers.Location!);
        var cookies = begun.Headers.GetValues("Set-Cookie").Select(set => set.Split(';')[0]).ToList();

        // As a thief would who has copied everything, the cookie too.
        using var thief = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = web.Client.BaseAddress };
        thief.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies));
        using var first = await browser.Client.GetAsync(answer);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        using var second = await thief.GetAsync(answer);
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.DoesNotContain("Set-Cookie: samenhang-session", second.Headers.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_a_sign_in_of_another_browser_is_refused()
    {
        using var mine = PageSession.Nobody(web.Client.BaseAddress!);
        using var victim = PageSession.Nobody(web.Client.BaseAddress!);
        using var begun = await mine.Client.GetAsync("/sign-in");
        using var forged = await victim.Client.GetAsync(AnswerTo(begun.Headers.Location!));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Empty(victim.Cookies);
    }

    [Fact]
    public async Task An_account_without_a_role_is_told_whom_to_ask()
    {
        issuer.Misbehave = token => token.Claims["samenhang_role"] = "gardener";
        using var browser = PageSession.Nobody(web.Client.BaseAddress!);
        using var back = await ComeBackAsync(browser);
        Assert.Equal(HttpStatusCode.Forbidden, back.StatusCode);
        Assert.Contains("nog geen rol", await back.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(browser.Cookies);
    }

    [Fact]
    public async Task When_the_person_stops_at_the_issuer_nobody_is_signed_in()
    {
        using var browser = PageSession.Nobody(web.Client.BaseAddress!);
        using var begun = await browser.Client.GetAsync("/sign-in");
        var state = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(begun.Headers.Location!.Query)["state"].ToString();
        using var back = await browser.Client.GetAsync($"/sign-in/callback?error=access_denied&state={state}");
        Assert.Equal(HttpStatusCode.BadRequest, back.StatusCode);
        Assert.Empty(browser.Cookies);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task After_signing_in_one_never_goes_to_another_site(string wanted)
    {
        using var browser = PageSession.Nobody(web.Client.BaseAddress!);
        using var back = await ComeBackAsync(browser, "/sign-in?return=" + Uri.EscapeDataString(wanted));
        Assert.Equal("/", back.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_session_ends_after_an_hour_without_a_page_and_after_half_a_day_anyway()
    {
        var clock = new MovableTime();
        issuer.Clock = clock;
        await using var later = await StartAsync(clock);
        using var browser = PageSession.Nobody(later.Client.BaseAddress!);
        using var back = await ComeBackAsync(browser);
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(11.5); passed += TimeSpan.FromMinutes(45))
        {
            using var page = await browser.Client.GetAsync("/help");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            clock.Advance(TimeSpan.FromMinutes(45));
        }

        using var tooLong = await browser.Client.GetAsync("/help");
        Assert.Equal(HttpStatusCode.SeeOther, tooLong.StatusCode);

        using var idle = PageSession.Nobody(later.Client.BaseAddress!);
        using var begun = await ComeBackAsync(idle);
        clock.Advance(TimeSpan.FromMinutes(61));
        using var tooIdle = await idle.Client.GetAsync("/help");
        Assert.Equal("/sign-in?return=%2Fhelp", tooIdle.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var browser = PageSession.Nobody(web.Client.BaseAddress!);
        using var back = await ComeBackAsync(browser);
        using var signedOut = await browser.PostAsync("/sign-out", await browser.Client.GetStringAsync("/help"), new Dictionary<string, string>());
        Assert.Equal("/signed-out", signedOut.Headers.Location!.ToString());
        Assert.Empty(browser.Cookies);
        using var page = await browser.Client.GetAsync("/help");
        Assert.Equal(HttpStatusCode.SeeOther, page.StatusCode);
    }

    [Fact]
    public async Task When_the_issuer_does_not_answer_the_page_says_so()
    {
        await issuer.DisposeAsync();
        using var browser = PageSession.Nobody(web.Client.BaseAddress!);
        using var begun = await browser.Client.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, begun.StatusCode);
        Assert.Contains("aanmelddienst geeft geen antwoord", await begun.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(web.Log.Of("IssuerUnreachable"));
        web.Log.HasNoErrors();
        issuer = await OutsideIssuer.StartAsync();
    }

    [Fact]
    public async Task Production_does_not_start_with_the_development_issuer()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningWeb.StartAsync(Nowhere, environment: "Production"));
        Assert.Contains("without a password", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_issuer_nobody_comes_in()
    {
        await using var closed = await RunningWeb.StartAsync(
            Nowhere, new Dictionary<string, string?> { ["Samenhang:Web:SignIn:Development"] = "false" }, signIn: false, environment: "Production");
        using var browser = PageSession.Nobody(closed.Client.BaseAddress!);
        using var page = await browser.Client.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        using var chooser = await browser.Client.GetAsync("/development/issuer/authorize");
        Assert.Equal(HttpStatusCode.NotFound, chooser.StatusCode);
    }

    private static Uri Nowhere => new($"http://localhost:{RunningSystem.FreePort()}");

    [Fact]
    public async Task Who_may_see_a_part_of_more_cases_chooses_one_and_none_is_opened_for_the_list()
    {
        issuer.Misbehave = token => (token.Claims["samenhang_role"], token.Claims["samenhang_cases"]) = ("employer", new[] { "case-1", "case-2" });
        using var browser = PageSession.Nobody(web.Client.BaseAddress!);
        using var back = await ComeBackAsync(browser);
        var list = await browser.Client.GetStringAsync("/part");
        Assert.Contains("href=\"/cases/case-1/part\"", list, StringComparison.Ordinal);
        Assert.Contains("href=\"/cases/case-2/part\"", list, StringComparison.Ordinal);
        using var another = await browser.Client.GetAsync("/cases/case-3/part");
        Assert.Equal(HttpStatusCode.NotFound, another.StatusCode);
    }

    [Fact]
    public async Task Who_may_see_a_part_of_no_case_yet_is_told_whom_to_ask()
    {
        issuer.Misbehave = token => token.Claims["samenhang_role"] = "insurer";
        using var browser = PageSession.Nobody(web.Client.BaseAddress!);
        using var back = await ComeBackAsync(browser);
        Assert.Contains("nog geen casus aan u gekoppeld", await browser.Client.GetStringAsync("/part"), StringComparison.Ordinal);
    }

    private Task<RunningWeb> StartAsync(TimeProvider? clock = null) => RunningWeb.StartAsync(
        Nowhere,
        new Dictionary<string, string?>
        {
            ["Samenhang:Web:SignIn:Development"] = "false",
            ["Samenhang:Web:SignIn:Authority"] = issuer.Name,
            ["Samenhang:Web:SignIn:ClientId"] = OutsideIssuer.ClientId,
            ["Samenhang:Web:SignIn:ClientSecretFile"] = secretFile,
        },
        signIn: false,
        clock: clock);

    private async Task IsRefusedAsync(Action<SecurityTokenDescriptor> misbehave, string fault)
    {
        issuer.Misbehave = misbehave;
        using var browser = PageSession.Nobody(web.Client.BaseAddress!);
        using var back = await ComeBackAsync(browser);
        Assert.Equal(HttpStatusCode.BadRequest, back.StatusCode);
        Assert.Contains("klopt niet", await back.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(browser.Cookies);
        Assert.Contains(fault, Assert.Single(web.Log.Of("SignInNotTrusted")).Text, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> ComeBackAsync(PageSession browser, string address = "/sign-in")
    {
        using var begun = await browser.Client.GetAsync(address);
        Assert.StartsWith(issuer.Name + "/authorize?", begun.Headers.Location!.ToString(), StringComparison.Ordinal);
        return await browser.Client.GetAsync(AnswerTo(begun.Headers.Location));
    }

    private string AnswerTo(Uri asked)
    {
        var state = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(asked.Query)["state"].ToString();
        return $"/sign-in/callback?code={issuer.Grant(asked)}&state={state}";
    }
}
