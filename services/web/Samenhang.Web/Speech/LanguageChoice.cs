namespace Samenhang.Web.Speech;

/// <summary>Which language a visitor gets: what the address asks (and is then remembered), what was remembered, what the browser prefers, Dutch.</summary>
internal static class LanguageChoice
{
    public const string Parameter = "lang";
    public const string Cookie = "samenhang-language";

    /// <summary>The language for this request.</summary>
    public static Voice Of(HttpContext context)
    {
        if (Known(context.Request.Query[Parameter]) is { } asked)
        {
            context.Response.Cookies.Append(Cookie, asked.Language, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
            return asked;
        }

        return Known(context.Request.Cookies[Cookie]) ?? Preferred(context.Request) ?? Voice.All[0];
    }

    private static Voice? Preferred(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .Where(range => range.Quality is not 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => Known(range.Value.Value))
            .FirstOrDefault(voice => voice is not null);

    private static Voice? Known(string? tag) =>
        Voice.All.FirstOrDefault(voice => tag is not null
            && (tag.Equals(voice.Language, StringComparison.OrdinalIgnoreCase) || tag.StartsWith(voice.Language + "-", StringComparison.OrdinalIgnoreCase)));
}
