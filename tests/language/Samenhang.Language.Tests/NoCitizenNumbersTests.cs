using System.Text.RegularExpressions;

namespace Samenhang.Language.Tests;

/// <summary>
/// The repository is public: no file of it may hold a number that could be somebody's. A number passes the 11-proef one time in eleven by
/// chance, so a long number that trips this test is written another way, or a test number (9999…) is taken.
/// </summary>
public sealed partial class NoCitizenNumbersTests
{
    private static readonly string[] Skipped = [".git", "bin", "obj", "node_modules", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>What tools write: hashes and versions, no data of people.</summary>
    private static readonly string[] Generated = ["packages.lock.json", "package-lock.json"];

    [Fact]
    public void No_file_holds_what_may_be_a_real_citizen_number()
    {
        var found = Files(new DirectoryInfo(Repository.Root))
            .SelectMany(file => NineDigits().Matches(File.ReadAllText(file.FullName))
                .Where(match => Bsn.TryParse(match.Value, out var bsn) && !bsn.IsTestNumber)
                .Select(match => $"{Path.GetRelativePath(Repository.Root, file.FullName)}: *******{match.Value[7..]}"));
        Assert.Empty(found);
    }

    [Fact]
    public void The_search_sees_the_files_that_matter()
    {
        var files = Files(new DirectoryInfo(Repository.Root)).Select(file => file.Extension).ToHashSet();
        Assert.Superset(new HashSet<string> { ".cs", ".json", ".md", ".yaml" }, files);
    }

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(file => file.Length < 4 * 1024 * 1024 && !Generated.Contains(file.Name))
            .Concat(folder.EnumerateDirectories().Where(sub => !Skipped.Contains(sub.Name)).SelectMany(Files));

    [GeneratedRegex(@"(?<![0-9A-Za-z_.-])[0-9]{9}(?![0-9A-Za-z_-])", RegexOptions.CultureInvariant)]
    private static partial Regex NineDigits();
}
