using System.Security.Cryptography;
using System.Text;

namespace Samenhang.Rules;

/// <summary>A file that rules stand in: its name and its text, with line ends made equal so that a checkout on any system has the same digest.</summary>
public sealed class RuleFile
{
    /// <summary>Takes a text as if it were the content of a file.</summary>
    public RuleFile(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Name = name;
        Text = text.ReplaceLineEndings("\n");
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
    }

    /// <summary>The name without folder.</summary>
    public string Name { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the text, in lower-case hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>Reads a file.</summary>
    public static RuleFile Read(string path) => new(Path.GetFileName(path), File.ReadAllText(path));

    /// <summary>All rulebook files of a folder, by name.</summary>
    public static IReadOnlyList<RuleFile> ReadFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(Read)];
}
