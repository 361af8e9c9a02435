using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Access;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Store;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Casemanager.V1;
using RoundStatus = Samenhang.Casemanager.Store.RoundStatus;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods of those who hold cases: find, what waits, assign.</summary>
public sealed class WorklistApi(WorklistTable table, CaseDesk cases, CaseRules rules, Days days, TimeProvider time) : WorklistService.WorklistServiceBase
{
    private const int LongestText = 200;
    private const int DefaultSize = 25;
    private const int MostOnAPage = 200;
    private const int MostWaiting = 300;
    private const int AnswersForDays = 7;
    private const int StalledAfterDays = 28;

    /// <inheritdoc/>
    public override async Task<SearchCasesResponse> SearchCases(SearchCasesRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var query = Query(request, reader);
        reader.EnsureValid();
        query = query with { Tenant = context.Caller().OwnTenant(query.Tenant) };
        if (await table.SearchAsync(query with { Max = query.Max + 1 }, context.CancellationToken) is not { } rows)
        {
            throw new RpcFailure(new Error.StateForbids(
                "TOO_MANY_BY_TITLE",
                "worklist",
                new BilingualText(
                    $"Sorteren op titel kan bij ten hoogste {WorklistSearch.MostByTitle} casussen. Kies eerst een gemeente, een persoon of een woord.",
                    $"Sorting by title works for at most {WorklistSearch.MostByTitle} cases. Choose a municipality, a person or a word first.")));
        }

        return new SearchCasesResponse
        {
            Cases = { rows.Take(query.Max).Select(ToWire) },
            NextPageToken = rows.Count > query.Max ? Token(query.Order, rows[query.Max - 1]) : "",
        };
    }

    /// <inheritdoc/>
    public override async Task<ListWorkResponse> ListWork(ListWorkRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var assignee = Person(reader, "assignee", request.Assignee);
        if (assignee is null)
        {
            reader.Fault("assignee", "Noem de persoon.", "Name the person.");
        }

        reader.EnsureValid();
        context.Caller().RequireSelf(assignee!);
        var waiting = await table.WaitingAsync(
            assignee!, days.Today.AddDays(-AnswersForDays), time.GetUtcNow().AddDays(-StalledAfterDays), MostWaiting, context.CancellationToken);
        return new ListWorkResponse { Work = { waiting.Select(ToWire) }, CaseCount = await table.CountAsync(assignee!, context.CancellationToken) };
    }

    /// <inheritdoc/>
    public override async Task<AssignCaseResponse> AssignCase(AssignCaseRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        reader.Change(request.RequestId, request.CaseId);
        var (assignee, name, by) = (Person(reader, "assignee", request.Assignee), Person(reader, "assignee_name", request.AssigneeName), reader.By(request.By));
        reader.EnsureValid();
        return (await cases.HandleAsync(
            request.CaseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            now => new CaseCommand.Assign(assignee, assignee is null ? null : name ?? assignee, by) { At = now },
            after => new AssignCaseResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    private static string? Person(CaseRequests reader, string field, string text)
    {
        if (text.Length > LongestText || text.Any(char.IsControl))
        {
            reader.Fault(field, $"Gebruik ten hoogste {LongestText} gewone tekens.", $"Use at most {LongestText} ordinary characters.");
        }

        return text.Length == 0 ? null : text;
    }

    private static WorklistQuery Query(SearchCasesRequest request, CaseRequests reader)
    {
        if (request.PageSize is < 0 or > MostOnAPage)
        {
            reader.Fault("page_size", $"Een pagina heeft 1 tot {MostOnAPage} regels.", $"A page has 1 to {MostOnAPage} lines.");
        }

        if (request.Text.Length > LongestText)
        {
            reader.Fault("text", $"Zoek met ten hoogste {LongestText} tekens.", $"Search with at most {LongestText} characters.");
        }

        if (request.Unassigned && request.Assignee.Length > 0)
        {
            reader.Fault("unassigned", "Zoek op een persoon of op casussen van niemand, niet op beide.", "Search for a person or for cases of nobody, not both.");
        }

        if (!System.Enum.IsDefined(request.Order))
        {
            reader.Fault("order", "Deze volgorde bestaat niet.", "There is no such order.");
        }

        if (!System.Enum.IsDefined(request.MinimumSeverity))
        {
            reader.Fault("minimum_severity", "Deze ernst bestaat niet.", "There is no such severity.");
        }

        if (!System.Enum.IsDefined(request.RoundStatus))
        {
            reader.Fault("round_status", "Deze stand bestaat niet.", "There is no such status.");
        }

        var order = request.Order switch
        {
            CaseOrder.Changed => WorklistOrder.Changed,
            CaseOrder.Opened => WorklistOrder.Opened,
            CaseOrder.Title => WorklistOrder.Title,
            _ => WorklistOrder.Urgency,
        };
        return new WorklistQuery
        {
            Tenant = Person(reader, "tenant", request.Tenant),
            Words = SearchWords.Of(request.Text.Length > LongestText ? "" : request.Text),
            Assignee = request.Unassigned ? "" : Person(reader, "assignee", request.Assignee),
            MinimumSeverity = (int)request.MinimumSeverity,
            Family = Person(reader, "finding_family", request.FindingFamily),
            Status = request.RoundStatus == Wire.RoundStatus.Unspecified ? null : (RoundStatus)request.RoundStatus,
            ChangedAfter = reader.Moment("changed_after", request.ChangedAfter),
            Order = order,
            After = After(request.PageToken, order, reader),
            Max = request.PageSize == 0 ? DefaultSize : request.PageSize,
        };
    }

    private static string Token(WorklistOrder order, WorklistRow last) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{(int)order}\n{last.Key}\n{last.Case.CaseId}"));

    private static (string Key, string CaseId)? After(string token, WorklistOrder order, CaseRequests reader)
    {
        if (token.Length == 0)
        {
            return null;
        }

        var bytes = new byte[token.Length];
        if (Convert.TryFromBase64String(token, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split('\n') is [var kind, var key, var caseId] && kind == $"{(int)order}")
        {
            return (key, caseId);
        }

        reader.Fault("page_token", "Dit hoort niet bij deze lijst. Begin opnieuw bij de eerste bladzijde.", "This does not belong to this list. Begin again at the first page.");
        return null;
    }

    private static CaseLine ToWire(WorklistRow row) => new()
    {
        Summary = row.Case.ToWire(),
        OpenedAt = OpenedAt(row.Case.CaseId),
        ChangedAt = row.ChangedAt.ToTimestamp(),
        Change = row.Change?.ToWire(),
        Gravest = row.Gravest?.ToWire(),
        NextDue = row.NextDue.ToWire(),
        Assignee = row.Assignee,
        AssigneeName = row.AssigneeName,
    };

    private static WaitingWork ToWire((string CaseId, string Title, WorklistLine Line) waiting) => new()
    {
        CaseId = waiting.CaseId,
        CaseTitle = waiting.Title,
        Kind = (Wire.WaitingKind)waiting.Line.Kind,
        Severity = (Protos.Common.V1.Severity)waiting.Line.Severity,
        Text = waiting.Line.Text?.ToWire(),
        Step = waiting.Line.Step?.ToWire(),
        Since = ((DateOnly?)waiting.Line.Since).ToWire(),
        Due = waiting.Line.Due.ToWire(),
        From = waiting.Line.From ?? "",
        To = waiting.Line.To ?? "",
        Finding = waiting.Line.Finding is { } finding ? finding.ToWire() : null,
    };

    // The first 48 bits of an id (UUIDv7) are the milliseconds since 1970.
    private static Timestamp? OpenedAt(string caseId) =>
        Guid.TryParse(caseId, out var id) && id.Version == 7
            ? DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id.ToString("N")[..12], 16)).ToTimestamp()
            : null;
}
