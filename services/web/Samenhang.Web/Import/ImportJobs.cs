using System.Collections.Concurrent;
using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.SignIn;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Import;

/// <summary>
/// The imports that go on or are just done. They live in this process: when it ends, the rows that were done are done, and sending the same
/// list again does the rest.
/// </summary>
internal sealed class ImportJobs(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private const int AtOnce = 4;
    private const int MostJobs = 20;
    private const int MostTries = 5;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(2);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, ImportJob> jobs = new(StringComparer.Ordinal);

    /// <summary>An import of this person; null when there is none.</summary>
    public ImportJob? Find(string id, Person? person) => jobs.TryGetValue(id, out var job) && job.Owner.Subject == person?.Subject ? job : null;

    /// <summary>The imports of this person, the newest first.</summary>
    public IReadOnlyList<ImportJob> Of(Person? person) => [.. jobs.Values.Where(job => job.Owner.Subject == person?.Subject).OrderByDescending(job => job.StartedAt)];

    /// <summary>Begins an import; null when too many go on. The same id again finds the one that was begun.</summary>
    public ImportJob? Begin(string id, Person person, string source, IReadOnlyList<ImportRow> rows, Voice voice)
    {
        var now = clock.GetUtcNow();
        foreach (var old in jobs.Values.Where(job => job.IsDone && now - job.StartedAt > KeptFor))
        {
            jobs.TryRemove(old.Id, out _);
        }

        if (Find(id, person) is { } begun)
        {
            return begun;
        }

        var job = new ImportJob(id, person, source, rows.Count, now);
        if (jobs.Count >= MostJobs || !jobs.TryAdd(id, job))
        {
            return null;
        }

        _ = Task.Run(() => RunAsync(job, rows, voice, lifetime.ApplicationStopping), CancellationToken.None);
        return job;
    }

    private async Task RunAsync(ImportJob job, IReadOnlyList<ImportRow> rows, Voice voice, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<PageCaller>().Person = job.Owner;
        var casemanager = scope.ServiceProvider.GetRequiredService<CasemanagerConnection>();
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = CancellationToken.None }, async (row, _) =>
            job.Report(await OneAsync(casemanager, job, row, voice, stopping)));
    }

    private async Task<RowReport> OneAsync(CasemanagerConnection casemanager, ImportJob job, ImportRow row, Voice voice, CancellationToken stopping)
    {
        if (row.Case is null)
        {
            return new(row.Line, row.Reference, RowOutcome.Refused, "", row.Faults);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                stopping.ThrowIfCancellationRequested();
                var reply = await casemanager.Intake.ImportCaseAsync(
                    new ImportCaseRequest { Source = job.Source, Reference = row.Reference, Case = row.Case }, cancellationToken: stopping);
                return new(row.Line, row.Reference, reply.AlreadyOpen ? RowOutcome.Known : RowOutcome.Opened, reply.CaseId, []);
            }
            catch (RpcException busy) when (busy.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded && attempt < MostTries && !stopping.IsCancellationRequested)
            {
                await Task.Delay(TryAgainAfter * attempt, clock, CancellationToken.None);
            }
            catch (RpcException failure) when (failure.StatusCode is StatusCode.AlreadyExists)
            {
                return new(row.Line, row.Reference, RowOutcome.Refused, "", [voice["import.otherContent"]]);
            }
            catch (RpcException failure) when (failure.StatusCode is not (StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled) && Rejection.TryRead(failure, out var rejection))
            {
                var texts = rejection.Violations(voice).Select(violation => violation.Text).ToList();
                return new(row.Line, row.Reference, RowOutcome.Refused, "", texts.Count > 0 ? texts : [rejection.Text(voice)]);
            }
            catch (Exception stopped) when (stopped is RpcException or OperationCanceledException)
            {
                return new(row.Line, row.Reference, RowOutcome.NotTried, "", [voice["import.notTried"]]);
            }
        }
    }
}
