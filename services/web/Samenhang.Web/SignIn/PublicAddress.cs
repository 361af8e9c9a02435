namespace Samenhang.Web.SignIn;

/// <summary>The address by which browsers know these pages.</summary>
internal static class PublicAddress
{
    /// <summary>The setting: needed behind a proxy that speaks TLS for us; empty = as the request says.</summary>
    public const string Setting = "Samenhang:Web:PublicAddress";

    /// <summary>Without a slash at the end.</summary>
    public static string Of(HttpContext http) =>
        http.RequestServices.GetRequiredService<IConfiguration>()[Setting] is { Length: > 0 } set ? set.TrimEnd('/') : $"{http.Request.Scheme}://{http.Request.Host}";

    /// <summary>A page of ours to return to; the beginning when it is not surely one of ours.</summary>
    public static string Local(string? address) =>
        address is { Length: > 0 and <= 2000 } && address[0] == '/' && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl) && !address.StartsWith("/sign-", StringComparison.Ordinal)
            ? address
            : "/";
}
