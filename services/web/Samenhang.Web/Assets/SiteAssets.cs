using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Samenhang.Web.Assets;

/// <summary>
/// The stylesheet, the scripts and the icon. They lie in the program, so that the pages look the same whichever host serves them; the
/// address holds a hash of the content, so that a browser may keep them for ever.
/// </summary>
internal sealed partial class SiteAssets
{
    private readonly Dictionary<string, Asset> assets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> scripts = new(StringComparer.Ordinal);

    /// <summary>Reads them once.</summary>
    public SiteAssets()
    {
        Style = Add("site.css", "text/css; charset=utf-8", Read("site.css"));
        Icon = Add("icon.svg", "image/svg+xml", Read("icon.svg"));
        Script = AddScript("site.js");
    }

    /// <summary>The address of the stylesheet.</summary>
    public string Style { get; }

    /// <summary>The address of the icon.</summary>
    public string Icon { get; }

    /// <summary>The address of the script that begins on every page.</summary>
    public string Script { get; }

    /// <summary>Serves one, or 404.</summary>
    public IResult Serve(string name, HttpResponse response)
    {
        if (!assets.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.Type);
    }

    // A module names others by their file; a browser needs the address that holds the hash. So the ones it names come first.
    private string AddScript(string name)
    {
        if (!scripts.TryGetValue(name, out var address))
        {
            var text = Encoding.UTF8.GetString(Read(name));
            text = ImportedModule().Replace(text, import => $"\"{AddScript(import.Groups[1].Value)}\"");
            scripts[name] = address = Add(name, "text/javascript; charset=utf-8", Encoding.UTF8.GetBytes(text));
        }

        return address;
    }

    private string Add(string name, string type, byte[] content)
    {
        var address = $"{Path.GetFileNameWithoutExtension(name)}.{Convert.ToHexStringLower(SHA256.HashData(content))[..12]}{Path.GetExtension(name)}";
        assets[address] = new(content, type);
        return $"/assets/{address}";
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(SiteAssets).Assembly.GetManifestResourceStream($"assets/{name}")
            ?? throw new InvalidOperationException($"The program lacks its own file {name}.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private sealed record Asset(byte[] Content, string Type);

    [GeneratedRegex(@"""\./([a-z0-9-]+\.js)""")]
    private static partial Regex ImportedModule();
}
