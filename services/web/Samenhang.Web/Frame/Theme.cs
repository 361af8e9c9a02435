namespace Samenhang.Web.Frame;

/// <summary>Light, dark, or what the device prefers; asked by the address, then remembered, as the language is.</summary>
public enum Theme
{
    /// <summary>What the device prefers.</summary>
    Auto,

    /// <summary>Dark on light.</summary>
    Light,

    /// <summary>Light on dark.</summary>
    Dark,
}

/// <summary>Which theme a visitor gets.</summary>
internal static class ThemeChoice
{
    public const string Parameter = "theme";
    private const string Cookie = "samenhang-theme";

    /// <summary>The theme for this request.</summary>
    public static Theme Of(HttpContext http)
    {
        if (Known(http.Request.Query[Parameter]) is { } asked)
        {
            http.Response.Cookies.Append(Cookie, Code(asked), new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
            });
            return asked;
        }

        return Known(http.Request.Cookies[Cookie]) ?? Theme.Auto;
    }

    /// <summary>As it stands in an address, and in the attribute <c>data-theme</c>.</summary>
    public static string Code(Theme theme) => theme switch { Theme.Light => "light", Theme.Dark => "dark", Theme.Auto => "auto" };

    private static Theme? Known(string? code) => code switch { "light" => Theme.Light, "dark" => Theme.Dark, "auto" => Theme.Auto, _ => null };
}
