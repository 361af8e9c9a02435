using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Samenhang.Web.Frame;

namespace Samenhang.Web.Intake;

/// <summary>
/// Keeps an intake that is not finished in a cookie of the browser: encrypted by the server, out of reach of scripts, sent to the pages of
/// the intake only, of the person who typed it only. So it goes on after a broken session, works without scripts, and what becomes no
/// case leaves no trace at the server.
/// </summary>
internal sealed class IntakeStore(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a draft is kept after it was last saved.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(14);

    // Browsers take about 20 cookies of 4 kB; an intake takes three at most.
    private const int Longest = 11_000;
    private const string Name = "samenhang-intake";
    private const string Path = "/cases/new";

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Samenhang.Web.Intake").ToTimeLimitedDataProtector();
    private readonly ChunkingCookieManager cookies = new() { ThrowForPartialCookies = false };

    /// <summary>The draft of the person who asks; null when there is none.</summary>
    public IntakeDraft? Find(HttpContext http)
    {
        if (cookies.GetRequestCookie(http, Name) is not { Length: > 0 } kept)
        {
            return null;
        }

        try
        {
            using var packed = new MemoryStream(protector.Unprotect(Convert.FromBase64String(kept)));
            using var plain = new BrotliStream(packed, CompressionMode.Decompress);
            var draft = JsonSerializer.Deserialize<IntakeDraft>(plain);
            return draft?.Subject == PageContext.Of(http).Person?.Subject ? draft : null;
        }
        catch (Exception old) when (old is System.Security.Cryptography.CryptographicException or FormatException or JsonException or InvalidDataException)
        {
            // Too old, or made with keys of before: it begins anew.
            return null;
        }
    }

    /// <summary>Keeps it; false when it is too long to be kept.</summary>
    public bool Keep(HttpContext http, IntakeDraft draft)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, draft with { SavedAt = clock.GetUtcNow() });
        }

        var text = Convert.ToBase64String(protector.Protect(packed.ToArray(), Lasts));
        if (text.Length > Longest)
        {
            return false;
        }

        cookies.AppendResponseCookie(http, Name, text, Options(http, Lasts));
        return true;
    }

    /// <summary>Forgets it.</summary>
    public void Forget(HttpContext http) => cookies.DeleteCookie(http, Name, Options(http, null));

    private static CookieOptions Options(HttpContext http, TimeSpan? age) =>
        new() { HttpOnly = true, IsEssential = true, MaxAge = age, SameSite = SameSiteMode.Lax, Path = Path, Secure = http.Request.IsHttps };
}
