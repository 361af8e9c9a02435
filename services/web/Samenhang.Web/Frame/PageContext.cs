using Microsoft.AspNetCore.Antiforgery;
using Samenhang.Web.Pages;
using Samenhang.Web.SignIn;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Frame;

/// <summary>What every page knows beside its own subject: who looks, in which language, when, and what was just done.</summary>
public sealed class PageContext
{
    private static readonly TimeZoneInfo Netherlands = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
    private readonly TimeProvider clock;
    private readonly Lazy<AntiforgeryTokenSet> tokens;

    private PageContext(HttpContext http, Person? person, Notice? notice)
    {
        clock = http.RequestServices.GetRequiredService<TimeProvider>();
        tokens = new(() => http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http));
        Person = person;
        Notice = notice;
        Voice = LanguageChoice.Of(http);
        Theme = ThemeChoice.Of(http);
        Address = PageAddress.Of(http.Request);
    }

    /// <summary>The language.</summary>
    public Voice Voice { get; }

    /// <summary>Where the page is.</summary>
    public PageAddress Address { get; }

    /// <summary>Who looks; null = nobody is signed in.</summary>
    public Person? Person { get; }

    /// <summary>Light or dark.</summary>
    public Theme Theme { get; }

    /// <summary>What was just done; null = nothing.</summary>
    public Notice? Notice { get; }

    /// <summary>Now, in the Netherlands.</summary>
    public DateTimeOffset Now => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Netherlands);

    /// <summary>Today, in the Netherlands.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.Date);

    /// <summary>The hidden field that shows that a form came from a page of ours: name and value.</summary>
    internal (string Name, string Value) FormToken => (tokens.Value.FormFieldName, tokens.Value.RequestToken ?? "");

    /// <summary>The context of a request; made once, by the edge.</summary>
    internal static PageContext Of(HttpContext http) =>
        http.Features.Get<PageContext>() ?? throw new InvalidOperationException("This endpoint is not behind the edge of the pages.");

    /// <summary>Makes the context of a request.</summary>
    internal static PageContext Begin(HttpContext http, Person? person)
    {
        var context = new PageContext(http, person, HttpMethods.IsGet(http.Request.Method) ? NoticeCookie.Take(http) : null);
        http.Features.Set(context);

        // A page that is rendered sends the cookie of the tokens; once its body has begun it is too late.
        _ = context.tokens.Value;
        return context;
    }

    /// <summary>An id for a request that changes something: made with the form, so that sending it twice does it once.</summary>
    public string NewRequestId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();
}
