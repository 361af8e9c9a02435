using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>What is done about findings.</summary>
internal static class FindingForms
{
    /// <summary>Maps the forms. Who asks for their address without a form gets the case.</summary>
    public static void MapFindingForms(this RouteGroupBuilder pages)
    {
        pages.MapGet("/cases/{caseId}/findings/{step}", (string caseId) => PageResult.GoTo($"/cases/{Uri.EscapeDataString(caseId)}#findings")).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/findings/{step}", SendAsync).For(PageAccess.Casework);
    }

    private static async Task<IResult> SendAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string step)
    {
        var form = await FormState.ReadAsync(http);
        var voice = PageContext.Of(http).Voice;
        var finding = form.Finding();
        Notice? notice = null;
        Func<Task>? act = null;
        var undo = new UndoForm($"/cases/{Uri.EscapeDataString(caseId)}/findings/reopen", new Dictionary<string, string>(finding.Fields()) { ["reason"] = voice["finding.undoReason"] });
        switch (step)
        {
            case "acknowledge":
                notice = new Notice("finding.acknowledged");
                act = async () => await casemanager.Findings.AcknowledgeFindingAsync(
                    new AcknowledgeFindingRequest { RequestId = form.RequestId, CaseId = caseId, Finding = finding, By = CaseForms.By, Note = form["note"] }, cancellationToken: http.RequestAborted);
                break;
            case "resolve":
                form.Require("type", voice);
                var day = form.Day("date", voice);
                notice = new Notice("finding.resolved", [], "finding-resolve", undo);
                act = async () => await casemanager.Findings.ResolveFindingAsync(
                    new ResolveFindingRequest
                    {
                        RequestId = form.RequestId, CaseId = caseId, Finding = finding, By = CaseForms.By, Note = form["note"],
                        Evidence = new Evidence { Type = form["type"], Date = day, By = form["by"] },
                    },
                    cancellationToken: http.RequestAborted);
                break;
            case "overrule":
                form.Require("reason", voice);
                notice = new Notice("finding.overruled", [], "finding-overrule", undo);
                act = async () => await casemanager.Findings.OverruleFindingAsync(
                    new OverruleFindingRequest { RequestId = form.RequestId, CaseId = caseId, Finding = finding, By = CaseForms.By, Reason = form["reason"] }, cancellationToken: http.RequestAborted);
                break;
            case "reopen":
                form.Require("reason", voice);
                notice = new Notice("finding.reopened", [], "finding-reopen");
                act = async () => await casemanager.Findings.ReopenFindingAsync(
                    new ReopenFindingRequest { RequestId = form.RequestId, CaseId = caseId, Finding = finding, By = CaseForms.By, Reason = form["reason"] }, cancellationToken: http.RequestAborted);
                break;
        }

        return act is null
            ? Edge.PageEdge.Problem(ProblemKind.NotFound, http)
            : await CaseForms.SendAsync(
                http,
                form,
                async () =>
                {
                    await act();
                    await CaseForms.SettleAsync(http, casemanager, caseId);
                },
                () => ($"/cases/{Uri.EscapeDataString(caseId)}#findings", notice!),
                () => WhyRoutes.FindingAsync(http, casemanager, caseId, finding, null, new SentForm($"finding-{step}", form)),
                field => field.StartsWith("evidence.", StringComparison.Ordinal) ? field["evidence.".Length..] : null);
    }
}
