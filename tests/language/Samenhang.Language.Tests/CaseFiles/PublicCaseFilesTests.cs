using Samenhang.Language.CaseFiles;

namespace Samenhang.Language.Tests.CaseFiles;

/// <summary>The case files that live in tests/cases.</summary>
public sealed class PublicCaseFilesTests
{
    [Fact]
    public void Every_case_file_reads_without_fault()
    {
        var reader = new CaseFileReader(Repository.Vocabulary, new() { RequireExpectation = true });
        var files = Directory.GetFiles(Repository.Cases, "*.json", SearchOption.AllDirectories);
        Assert.True(files.Length >= 273, $"only {files.Length} case files in {Repository.Cases}");
        var faults = files.Select(reader.ReadFile).OfType<CaseFileReading.Faulty>().SelectMany(faulty => faulty.Faults);
        Assert.Empty(faults.Select(fault => fault.LineEn));
    }

    [Fact]
    public void Every_identifier_is_used_once()
    {
        var reader = new CaseFileReader(Repository.Vocabulary);
        var ids = Directory.GetFiles(Repository.Cases, "*.json", SearchOption.AllDirectories)
            .Select(reader.ReadFile).OfType<CaseFileReading.Read>().Select(read => read.File.Id);
        Assert.Empty(ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
    }
}
