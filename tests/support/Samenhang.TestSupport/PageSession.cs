using System.Net;
using System.Text.RegularExpressions;


namespace Samenhang.TestSupport;

/// <summary>The demo persons of the development issuer.</summary>
public static class DemoPerson
{
    /// <summary>A casemanager of Waterwijk.</summary>
    public const string Noor = "demo-noor";

    /// <summary>A casemanager of Heuveldam.</summary>
    public const string Bram = "demo-bram";

    /// <summary>Steers the region.</summary>
    public const string Fatima = "demo-fatima";

    /// <summary>The client of a case.</summary>
    public const string Client = "demo-client";

    /// <summary>The employer's contact in a case.</summary>
    public const string Employer = "demo-employer";

    /// <summary>The insurer's reader of a case.</summary>
    public const string Insurer = "demo-insurer";

    /// <summary>Watches over the use of data in Waterwijk.</summary>
    public const string Petra = "demo-petra";
}

/// <summary>Somebody who is signed in, with the cookies that a browser would have.</summary>
public sealed partial class PageSession : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClientHandler handler;

    private PageSession(Uri web)
    {
        handler = new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false };
        Client = new HttpClient(handler) { BaseAddress = web, Timeout = Patience.Limit };
    }

    /// <summary>Visits as this person; does not follow redirects.</summary>
    public HttpClient Client { get; }

    /// <summary>The cookies that say who this is.</summary>
    public IEnumerable<Cookie> Cookies => cookies.GetCookies(Client.BaseAddress!).Where(cookie => cookie.Name.StartsWith("samenhang-session", StringComparison.Ordinal));

    /// <summary>The same as a header.</summary>
    public string Header => string.Join("; ", Cookies.Select(cookie => $"{cookie.Name}={cookie.Value}"));

    /// <summary>A browser that is not signed in.</summary>
    public static PageSession Nobody(Uri web) => new(web);

    /// <summary>Walks the way in.</summary>
    public static async Task<PageSession> BeginAsync(Uri web, string person, string? caseId = null)
    {
        var session = new PageSession(web);
        using var begun = await session.Client.GetAsync("/sign-in");
        var chooser = begun.Headers.Location!;
        var page = await session.Client.GetStringAsync(chooser);
        using var chosen = await session.PostAsync("/development/issuer/authorize", page, new Dictionary<string, string> { ["person"] = person, ["case"] = caseId ?? "" });
        using var back = await session.Client.GetAsync(chosen.Headers.Location);
        return session.Cookies.Any() ? session : throw new InvalidOperationException($"The way in answered {chosen.StatusCode}, {back.StatusCode}.");
    }

    /// <summary>Sends the first form of a page that goes to an address, as a browser does, with some fields filled in.</summary>
    public Task<HttpResponseMessage> PostAsync(string address, string page, IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var form = FormOf(page, address);
        var all = HiddenField().Matches(form).ToDictionary(
            field => WebUtility.HtmlDecode(field.Groups["name"].Value), field => WebUtility.HtmlDecode(field.Groups["value"].Value), StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            all[name] = value;
        }

        return Client.PostAsync(address, new FormUrlEncodedContent(all));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        handler.Dispose();
    }

    private static string FormOf(string page, string address)
    {
        var form = Form().Matches(page).FirstOrDefault(found => WebUtility.HtmlDecode(found.Groups["action"].Value) == address);
        return form?.Value ?? throw new InvalidOperationException($"The page has no form that goes to {address}.");
    }

    [GeneratedRegex(@"<form method=""post"" action=""(?<action>[^""]*)"".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex(@"<input type=""hidden"" name=""(?<name>[^""]*)"" value=""(?<value>[^""]*)""")]
    private static partial Regex HiddenField();
}
