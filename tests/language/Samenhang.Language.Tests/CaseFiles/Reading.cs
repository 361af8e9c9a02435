using Samenhang.Language.CaseFiles;

namespace Samenhang.Language.Tests.CaseFiles;

/// <summary>Reads texts as case files, and says what came.</summary>
internal static class Reading
{
    public static CaseFile File(string json) => new CaseFileReader(Repository.Vocabulary).Read(json, "a.json") switch
    {
        CaseFileReading.Read read => read.File,
        CaseFileReading.Faulty faulty => throw new Xunit.Sdk.XunitException(string.Join('\n', faulty.Faults.Select(fault => fault.LineEn))),
        _ => throw new InvalidOperationException(),
    };

    public static IReadOnlyList<CaseFileFault> Faults(string json, CaseFileOptions? options = null) =>
        new CaseFileReader(Repository.Vocabulary, options).Read(json, "a.json") is CaseFileReading.Faulty faulty ? faulty.Faults : [];

    /// <summary>The one fault of a case with these members beside format and asOf.</summary>
    public static CaseFileFault Fault(string members) =>
        Assert.Single(Faults($$"""{"format": "samenhang-case/1", "asOf": "2016-10-01", {{members}}}"""));
}
