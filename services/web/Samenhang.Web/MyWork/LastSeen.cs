using System.Globalization;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.MyWork;

/// <summary>
/// Up to which moment a person has seen what changed. It is kept in a cookie of that person and in no store: when an employee looked is nobody
/// else's business. Another device shows the changes again, which does no harm.
/// </summary>
internal static class LastSeen
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(7);

    /// <summary>The moment; a week ago for who comes here first.</summary>
    public static DateTimeOffset Of(HttpContext http, Person person, DateTimeOffset now) =>
        DateTimeOffset.TryParse(http.Request.Cookies[NameOf(person)], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment <= now
            ? moment
            : now - FirstLook;

    /// <summary>Everything up to this moment was seen.</summary>
    public static void Set(HttpContext http, Person person, DateTimeOffset moment) => http.Response.Cookies.Append(
        NameOf(person),
        moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        new CookieOptions { HttpOnly = true, IsEssential = true, MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps });

    private static string NameOf(Person person) => "samenhang-seen-" + DraftOwner.Of(person);
}
