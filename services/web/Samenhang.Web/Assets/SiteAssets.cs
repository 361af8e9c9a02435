using System.Security.Cryptography;

namespace Samenhang.Web.Assets;

/// <summary>
/// The stylesheet and the icon. They lie in the program, so that the pages look the same whichever host serves them; the address
/// holds a hash of the content, so that a browser may keep them for ever.
/// </summary>
internal sealed class SiteAssets
{
    private readonly Dictionary<string, Asset> assets = new(StringComparer.Ordinal);

    /// <summary>Reads them once.</summary>
    public SiteAssets()
    {
        Style = Read("site.css", "text/css; charset=utf-8");
        Icon = Read("icon.svg", "image/svg+xml");
    }

    /// <summary>The address of the stylesheet.</summary>
    public string Style { get; }

    /// <summary>The address of the icon.</summary>
    public string Icon { get; }

    /// <summary>Serves one, or 404.</summary>
    public IResult Serve(string name, HttpResponse response)
    {
        if (!assets.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.Type);
    }

    private string Read(string name, string type)
    {
        using var stream = typeof(SiteAssets).Assembly.GetManifestResourceStream($"assets/{name}")
            ?? throw new InvalidOperationException($"The program lacks its own file {name}.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var content = memory.ToArray();
        var address = $"{Path.GetFileNameWithoutExtension(name)}.{Convert.ToHexStringLower(SHA256.HashData(content))[..12]}{Path.GetExtension(name)}";
        assets[address] = new(content, type);
        return $"/assets/{address}";
    }

    private sealed record Asset(byte[] Content, string Type);
}
