using Grpc.Core;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Api;
using Samenhang.Host.Commands;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Host.Embedded;

/// <summary>One household of the demonstration with the plan that the system made of it.</summary>
internal sealed record DemoHousehold(string Title, string CaseId, Plan Plan);

/// <summary>The households of the demonstration: invented, read from case files, opened as any municipal system would open them.</summary>
/// <param name="vocabulary">What the files are read by.</param>
/// <param name="casemanager">Where they are opened.</param>
/// <param name="worklist">Gives them to the demo casemanager of the pages, so that there is work to see; null = they stay nobody's.</param>
internal sealed class DemoHouseholds(Vocabulary vocabulary, CasemanagerService.CasemanagerServiceClient casemanager, WorklistService.WorklistServiceClient? worklist = null)
{
    private static readonly TimeSpan PlanWithin = TimeSpan.FromSeconds(60);

    /// <summary>The folder of their files.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Demo");

    /// <summary>Opens them all at once and waits for their plans.</summary>
    public async Task<IReadOnlyList<DemoHousehold>> OpenAsync(CancellationToken cancellation)
    {
        var reader = new CaseFileReader(vocabulary);
        var files = Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(path => reader.ReadFile(path) switch
        {
            CaseFileReading.Read read => read.File,
            CaseFileReading.Faulty faulty => throw new InvalidDataException(string.Join(Environment.NewLine, faulty.Faults)),
            _ => throw new InvalidDataException(path),
        });
        return await Task.WhenAll(files.Select(file => OpenAsync(file, cancellation)));
    }

    private async Task<DemoHousehold> OpenAsync(CaseFile file, CancellationToken cancellation)
    {
        // The same request id each time: with a data folder that stays, a second start finds the household that is there.
        var opened = await casemanager.OpenCaseAsync(OpenCaseRequests.Of(file, $"demo-{file.Id}"), cancellationToken: cancellation);
        if (worklist is not null)
        {
            await worklist.AssignCaseAsync(
                new AssignCaseRequest { RequestId = $"demo-{file.Id}-assign", CaseId = opened.CaseId, Assignee = "demo-noor", AssigneeName = "Noor de Vries", By = "casemanager" },
                cancellationToken: cancellation);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(PlanWithin);
        using var watch = casemanager.WatchCase(new WatchCaseRequest { CaseId = opened.CaseId }, cancellationToken: limit.Token);
        return await watch.ResponseStream.MoveNext(limit.Token)
            ? new DemoHousehold(file.Title ?? file.Id, opened.CaseId, watch.ResponseStream.Current.Plan)
            : throw new InvalidOperationException($"The stream of case {opened.CaseId} ended without a plan.");
    }
}
