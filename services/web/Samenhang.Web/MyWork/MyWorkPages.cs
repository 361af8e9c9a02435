using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Edge;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.Pages;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.MyWork;

/// <summary>What waits for a casemanager, and the list in which cases are found.</summary>
internal static class MyWorkPages
{
    private const int ChangesShown = 10;
    private const int UnassignedShown = 5;

    // More cases than one person has, so that all of them are followed; a page shows the first.
    private const int MostMine = 50;

    /// <summary>The stream that tells that something changed in the cases of who looks.</summary>
    public const string Live = "/live/my-work";

    /// <summary>Maps the pages.</summary>
    public static void MapMyWork(this RouteGroupBuilder pages)
    {
        pages.MapGet("/", HomeAsync).For(PageAccess.SignedIn);
        pages.MapPost("/my-work/seen", (Delegate)SeenAsync).For(PageAccess.Casework);
        pages.MapGet("/cases", CasesAsync).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/assign", AssignAsync).For(PageAccess.Casework);
    }

    private static async Task<IResult> HomeAsync(HttpContext http, CasemanagerConnection casemanager)
    {
        var page = PageContext.Of(http);
        var person = page.Person!;
        if (!person.IsCasemanager)
        {
            return PageResult.GoTo(NavigationEntry.HomeOf(person));
        }

        var seen = LastSeen.Of(http, person, page.Now);
        var cancel = http.RequestAborted;
        var work = casemanager.Worklist.ListWorkAsync(new ListWorkRequest { Assignee = person.Subject }, cancellationToken: cancel).ResponseAsync;
        var changed = casemanager.Worklist.SearchCasesAsync(
            new() { Assignee = person.Subject, Order = CaseOrder.Changed, ChangedAfter = seen.ToTimestamp(), PageSize = ChangesShown }, cancellationToken: cancel).ResponseAsync;
        var mine = MineAsync(http, casemanager);
        var nobodys = casemanager.Worklist.SearchCasesAsync(new() { Tenant = person.Tenant, Unassigned = true, PageSize = UnassignedShown }, cancellationToken: cancel).ResponseAsync;
        await Task.WhenAll(work, changed, mine, nobodys);
        return PageResult.Of<MyWorkPage>(http, new { Work = await work, Changed = await changed, Mine = await mine, Nobodys = await nobodys, Seen = seen });
    }

    /// <summary>The cases of who looks, the most urgent first.</summary>
    public static async Task<SearchCasesResponse> MineAsync(HttpContext http, CasemanagerConnection casemanager) => await casemanager.Worklist.SearchCasesAsync(
        new() { Assignee = PageContext.Of(http).Person!.Subject, PageSize = MostMine }, cancellationToken: http.RequestAborted);

    private static async Task<IResult> SeenAsync(HttpContext http)
    {
        var form = await FormState.ReadAsync(http);
        var page = PageContext.Of(http);

        // Up to what the page showed, not up to now: what came in between is shown the next time.
        if (DateTimeOffset.TryParse(form["until"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) && until <= page.Now)
        {
            LastSeen.Set(http, page.Person!, until);
        }

        return PageResult.Done(http, "/", new Notice("work.seen.done"));
    }

    private static async Task<IResult> CasesAsync(HttpContext http, CasemanagerConnection casemanager)
    {
        var page = PageContext.Of(http);
        var filter = CaseFilter.Of(http.Request.Query);
        SearchCasesResponse found;
        try
        {
            found = await casemanager.Worklist.SearchCasesAsync(filter.For(page.Person!), cancellationToken: http.RequestAborted);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.InvalidArgument && filter.After.Length > 0)
        {
            // A link to a page of another order: begin at the first.
            return PageResult.GoTo(page.Address.With("after", null));
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.FailedPrecondition && filter.Order == CaseOrder.Title)
        {
            // So many titles are not opened to be sorted: the same cases in another order, and why.
            return PageResult.Done(http, page.Address.With("order", null), new Notice("cases.tooManyByTitle"));
        }

        return PageResult.Of<CasesPage>(http, new { Found = found, Filter = filter });
    }

    private static async Task<IResult> AssignAsync(HttpContext http, string caseId, CasemanagerConnection casemanager)
    {
        var form = await FormState.ReadAsync(http);
        var person = PageContext.Of(http).Person!;
        var takes = form["take"] == "yes";
        await casemanager.Worklist.AssignCaseAsync(
            new()
            {
                RequestId = form.RequestId,
                CaseId = caseId,
                Assignee = takes ? person.Subject : "",
                AssigneeName = takes ? person.Name : "",
                By = "casemanager",
            },
            cancellationToken: http.RequestAborted);
        var back = PublicAddress.Local(form["page"]);
        return PageResult.Done(http, back, new Notice(
            takes ? "assign.done" : "assign.undone", [], Undo: new UndoForm($"/cases/{caseId}/assign", new Dictionary<string, string> { ["take"] = takes ? "no" : "yes" })));
    }
}
