using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Frame;
using Samenhang.Web.Pages.OneCase;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.OwnPart;

/// <summary>What an employer or an insurer gets of a plan: the part that the casemanager says they may see, and nothing that is worked out here.</summary>
internal static class OwnPartPages
{
    /// <summary>Where they begin.</summary>
    public const string Begin = "/part";

    /// <summary>Maps the pages.</summary>
    public static void MapOwnPart(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Begin, (Delegate)ShowCases).For(PageAccess.Part);
        pages.MapGet("/cases/{caseId}/part", ShowAsync).For(PageAccess.Part);
    }

    /// <summary>The address of the own part of a case.</summary>
    public static string Of(string caseId) => $"/cases/{Uri.EscapeDataString(caseId)}/part";

    // A list of cases opens none of them: that somebody looked is written down for the client, and choosing is not looking.
    private static IResult ShowCases(HttpContext http) => PageContext.Of(http).Person!.Cases switch
    {
        [var only] => PageResult.GoTo(Of(only)),
        var cases => PageResult.Of<OwnCasesPage>(http, new { Cases = cases }),
    };

    private static async Task<IResult> ShowAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var person = PageContext.Of(http).Person!;
        var viewer = person.Role == PersonRole.Employer ? Viewer.Employer : Viewer.Insurer;
        var seen = casemanager.Sight.ShowCaseAsAsync(new ShowCaseAsRequest { CaseId = caseId, Viewer = viewer }, cancellationToken: http.RequestAborted).ResponseAsync;
        var names = NameBook.ReadAsync(http, casemanager, NameList.Event, NameList.Scheme);
        await Task.WhenAll(seen, names);
        return PageResult.Of<OwnPartPage>(http, new { CaseId = caseId, Viewer = viewer, Seen = await seen, Names = await names, HasMore = person.Cases.Count > 1 });
    }
}
