using Samenhang.Casemanager.Api;
using Samenhang.Host.Commands;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.EmbeddedSupport;

/// <summary>The case files of the demonstration and of the tests as requests to open a case, so that load has the variety of real cases.</summary>
public static class CaseFileRequests
{
    /// <summary>The requests of the case files of the repository that have a need, in the order of their paths; without request ids.</summary>
    /// <param name="each">Only each so manieth file.</param>
    public static IReadOnlyList<OpenCaseRequest> Read(int each)
    {
        var installation = Installation.Find(_ => null);
        var reader = new CaseFileReader(VocabularyLoader.Load(installation.VocabularyFolder));
        return
        [
            .. Directory.EnumerateFiles(installation.CasesFolder, "*.json", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Where((_, place) => place % each == 0)
                .Select(path => reader.ReadFile(path))
                .OfType<CaseFileReading.Read>()
                .Where(read => read.File.Case.Needs.Count > 0)
                .Select(read => OpenCaseRequests.Of(read.File)),
        ];
    }
}
