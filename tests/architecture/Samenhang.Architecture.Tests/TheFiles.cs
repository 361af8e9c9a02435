using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Samenhang.Architecture.Tests;

/// <summary>What no file of the repository may say.</summary>
public sealed partial class TheFiles
{
    /// <summary>A folder of somebody's machine: what works there works nowhere else.</summary>
    [Fact]
    public void Name_no_path_of_a_machine()
    {
        var files = Committed();
        Assert.True(files.Count > 300, $"only {files.Count} files are committed");
        Assert.Empty(from file in files
                     from line in File.ReadLines(Path.Combine(Solution.Root, file)).Select((text, i) => (Text: text, Number: i + 1))
                     where HomeFolder().IsMatch(line.Text) || NamesTheCheckout(line.Text)
                     select $"{file}({line.Number}): {line.Text.Trim()}");
    }

    [Theory]
    [InlineData("see /home/" + "anna/samenhang")]
    [InlineData("C:\\Users\\" + "anna")]
    [InlineData("cd /ro" + "ot/samenhang")]
    public void Would_be_refused_with_one(string line) => Assert.Matches(HomeFolder(), line);

    [Fact]
    public void Would_be_refused_with_the_folder_they_were_checked_out_in() =>
        Assert.True(NamesTheCheckout($"run {Solution.Root}/run"));

    [Theory]
    [InlineData("https://example.nl/home/anna")]
    [InlineData("tests/home/participation")]
    [InlineData("/usr/bin/chromium")]
    public void May_name_a_place_that_is_the_same_everywhere(string line) => Assert.DoesNotMatch(HomeFolder(), line);

    private static List<string> Committed()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Solution.Root, "ls-files", "-z", "--cached"]) { RedirectStandardOutput = true })!;
        var names = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. names.Where(name => File.Exists(Path.Combine(Solution.Root, name)))];
    }

    /// <summary>Wherever this copy stands: a file that names it was written for this machine only.</summary>
    private static bool NamesTheCheckout(string line) =>
        line.Contains(Solution.Root.TrimEnd('/') + "/", StringComparison.Ordinal);

    [GeneratedRegex("""(?<![\w./-])(/home/\w+|/roo[t]/|/Users/\w+)|[A-Z]:\\Users\\""")]
    private static partial Regex HomeFolder();
}
