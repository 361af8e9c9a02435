using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Samenhang.Web.Frame;

/// <summary>What was just done, shown once on the next page.</summary>
/// <param name="Key">The key of its text.</param>
/// <param name="Values">What stands in the places of the text; null = nothing.</param>
/// <param name="Form">The form that did it, so that its draft is forgotten; null = none.</param>
/// <param name="Undo">The way back; null where there is none.</param>
public sealed record Notice(string Key, IReadOnlyList<string>? Values = null, string? Form = null, UndoForm? Undo = null);

/// <summary>The form that takes back what was done.</summary>
/// <param name="Action">Where it is sent.</param>
/// <param name="Fields">Its hidden fields, beside the request id.</param>
public sealed record UndoForm(string Action, IReadOnlyDictionary<string, string> Fields);

/// <summary>Carries a notice over a redirect: encrypted, for one page, two minutes at most.</summary>
internal static class NoticeCookie
{
    private const string Name = "samenhang-notice";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(2);

    /// <summary>Keeps it for the next page.</summary>
    public static void Give(HttpContext http, Notice notice) => http.Response.Cookies.Append(
        Name,
        Protector(http).Protect(JsonSerializer.Serialize(notice), Lasts),
        new CookieOptions { HttpOnly = true, IsEssential = true, MaxAge = Lasts, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps });

    /// <summary>Takes it; null when there is none that is ours.</summary>
    public static Notice? Take(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 } kept)
        {
            return null;
        }

        http.Response.Cookies.Delete(Name);
        try
        {
            return JsonSerializer.Deserialize<Notice>(Protector(http).Unprotect(kept));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Too old, or made with keys of before: what was done was done, only the message is gone.
            return null;
        }
    }

    private static ITimeLimitedDataProtector Protector(HttpContext http) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("Samenhang.Web.Notice").ToTimeLimitedDataProtector();
}
