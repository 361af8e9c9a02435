using Samenhang.Language;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.TestSupport;

namespace Samenhang.Web.Tests.OneCase;

/// <summary>A case of its own for a test that changes something.</summary>
internal static class OpenedCase
{
    private static readonly Vocabulary Vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);

    /// <summary>A bus driver with a burn-out, with findings, terms, proposals and questions.</summary>
    public static Task<string> SimonAsync(RunningSystem system) => OpenAsync(system, "work-participation-a/arb-c07.json", "Simon: buschauffeur met een burn-out");

    /// <summary>Opens the case of a file once more, and waits for its first plan.</summary>
    public static async Task<string> OpenAsync(RunningSystem system, string file, string title)
    {
        var request = OpenCases.Read(file, title, Vocabulary);
        request.RequestId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        var caseId = (await system.Casemanager.OpenCaseAsync(request)).CaseId;
        using var limit = new CancellationTokenSource(Patience.Limit);
        using var watch = system.Casemanager.WatchCase(new WatchCaseRequest { CaseId = caseId }, cancellationToken: limit.Token);
        Assert.True(await watch.ResponseStream.MoveNext(limit.Token), "The stream ended before the first plan.");
        return caseId;
    }
}
