using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>The pages about one case.</summary>
internal static class CaseRoutes
{
    private const int NewestOfTrail = 12;
    private const int TrailOnAPage = 50;

    /// <summary>Maps them.</summary>
    public static RouteGroupBuilder MapCasePages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/cases/{caseId}", (HttpContext http, CasemanagerConnection casemanager, string caseId) => ShowAsync(http, casemanager, caseId, SentForm.None)).For(PageAccess.Casework);
        pages.MapGet("/cases/{caseId}/trail", TrailAsync).For(PageAccess.Casework);
        pages.MapGet("/cases/{caseId}/as/{viewer}", ViewAsync).For(PageAccess.Casework);
        pages.MapWhyPages();
        pages.MapFindingForms();
        pages.MapWorkForms();
        pages.MapQuestionForms();
        pages.MapHandOverPages();
        pages.MapConsentPages();
        pages.MapErasure();
        return pages;
    }

    /// <summary>The case at a glance. Only the case and its plan must be there; each other part says itself when it can not be read.</summary>
    public static async Task<IResult> ShowAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, SentForm sent)
    {
        var log = http.RequestServices.GetRequiredService<ILogger<OneCaseFile>>();
        var questions = PagePart.TryAsync(casemanager.Sight.ListOpenQuestionsAsync(new ListOpenQuestionsRequest { CaseId = caseId }, cancellationToken: http.RequestAborted), log);
        var trail = PagePart.TryAsync(casemanager.Sight.ListTrailAsync(new ListTrailRequest { CaseId = caseId, PageSize = NewestOfTrail }, cancellationToken: http.RequestAborted), log);
        var passing = PagePart.TryAsync(casemanager.HandOvers.ListHandOversAsync(new ListHandOversRequest { CaseId = caseId }, cancellationToken: http.RequestAborted), log);
        var names = PagePart.TryAsync(
            casemanager.Sight.ListNamesAsync(new ListNamesRequest { Lists = { NameList.Event, NameList.Evidence, NameList.Scheme } }, cancellationToken: http.RequestAborted), log);
        var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
        await Task.WhenAll(questions, trail, passing, names);
        return PageResult.Of<CasePage>(http, new
        {
            File = file,
            Questions = await questions,
            Trail = await trail,
            HandOvers = await passing,
            Names = new NameBook(PageContext.Of(http).Voice, (await names)?.Names ?? []),
            Span = Timeline.SpanOf(http.Request.Query["span"]),
            Sent = sent,
        });
    }

    private static async Task<IResult> TrailAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string? kind, long? before)
    {
        var request = new ListTrailRequest { CaseId = caseId, PageSize = TrailOnAPage, BeforeVersion = before ?? 0 };
        if (Enum.TryParse<TrailKind>(kind, ignoreCase: true, out var only) && Enum.IsDefined(only) && only != TrailKind.Unspecified)
        {
            request.Kinds.Add(only);
        }

        var trail = casemanager.Sight.ListTrailAsync(request, cancellationToken: http.RequestAborted).ResponseAsync;
        var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
        var (corrections, facts) = before is null && request.Kinds.Count == 0 ? await CorrectionsAsync(http, casemanager, caseId) : ([], new Dictionary<string, Sentence>());
        return PageResult.Of<TrailPage>(http, new { File = file, Trail = await trail, Kind = request.Kinds.FirstOrDefault(), Corrections = corrections, Facts = facts });
    }

    /// <summary>The corrections of which somebody was told the old value, the newest first, with the names of their facts.</summary>
    private static async Task<(IReadOnlyList<Correction> Corrections, IReadOnlyDictionary<string, Sentence> Facts)> CorrectionsAsync(
        HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var all = await casemanager.History.ListCorrectionsAsync(new ListCorrectionsRequest { CaseId = caseId }, cancellationToken: http.RequestAborted);
        var told = all.Corrections.Where(correction => correction.Told.Count > 0).Reverse().ToList();
        if (told.Count == 0)
        {
            return ([], new Dictionary<string, Sentence>());
        }

        var described = await casemanager.Sight.DescribeFactsAsync(
            new DescribeFactsRequest { FactIds = { told.Select(correction => correction.FactId).Distinct() } }, cancellationToken: http.RequestAborted);
        return (told, described.Facts.ToDictionary(fact => fact.FactId, fact => fact.Name));
    }

    private static async Task<IResult> ViewAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string viewer)
    {
        if (!Enum.TryParse<Viewer>(viewer, ignoreCase: true, out var eyes) || !Enum.IsDefined(eyes) || eyes == Viewer.Unspecified)
        {
            return Edge.PageEdge.Problem(ProblemKind.NotFound, http);
        }

        var seen = casemanager.Sight.ShowCaseAsAsync(new ShowCaseAsRequest { CaseId = caseId, Viewer = eyes }, cancellationToken: http.RequestAborted).ResponseAsync;
        var names = NameBook.ReadAsync(http, casemanager, NameList.Event, NameList.ConsentCategory, NameList.Scheme);
        var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
        return PageResult.Of<ViewAsPage>(http, new { File = file, Seen = await seen, Viewer = eyes, Names = await names });
    }
}
