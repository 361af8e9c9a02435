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
                     where MachinePath().IsMatch(line.Text)
                     select $"{file}({line.Number}): {line.Text.Trim()}");
    }

    [Theory]
    [InlineData("see /home/" + "anna/samenhang")]
    [InlineData("C:\\Users\\" + "anna")]
    [InlineData("\"/wo" + "rk/main\"")]
    [InlineData("../shar" + "ed/domain")]
    public void Would_be_refused_with_one(string line) => Assert.Matches(MachinePath(), line);

    [Theory]
    [InlineData("https://example.nl/home/anna")]
    [InlineData("tests/work/participation")]
    [InlineData("/usr/bin/chromium")]
    public void May_name_a_place_that_is_the_same_everywhere(string line) => Assert.DoesNotMatch(MachinePath(), line);

    private static List<string> Committed()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Solution.Root, "ls-files", "-z", "--cached"]) { RedirectStandardOutput = true })!;
        var names = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. names.Where(name => File.Exists(Path.Combine(Solution.Root, name)))];
    }

    [GeneratedRegex("""(?<![\w./-])(/home/\w+|/root/|/work/|/tmp/wt|/Users/\w+)|[A-Z]:\\Users\\|\.\./shared/""")]
    private static partial Regex MachinePath();
}
