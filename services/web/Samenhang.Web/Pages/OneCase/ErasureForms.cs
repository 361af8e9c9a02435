using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>Erasing a case: first what that means and what must stay, then the act.</summary>
internal static class ErasureForms
{
    /// <summary>Maps the page and its form.</summary>
    public static void MapErasure(this RouteGroupBuilder pages)
    {
        pages.MapGet("/cases/{caseId}/erase", (HttpContext http, CasemanagerConnection casemanager, string caseId) => ShowAsync(http, casemanager, caseId, SentForm.None)).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/erase", EraseAsync).For(PageAccess.Casework);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, SentForm sent) =>
        PageResult.Of<ErasePage>(http, new { File = await OneCaseFile.ReadAsync(http, casemanager, caseId), Sent = sent });

    private static async Task<IResult> EraseAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var voice = PageContext.Of(http).Voice;
        var form = (await FormState.ReadAsync(http)).Require("ground", voice).Require("reason", voice);
        return await CaseForms.SendAsync(
            http,
            form,
            async () => await casemanager.Rights.EraseCaseAsync(
                new EraseCaseRequest
                {
                    RequestId = form.RequestId,
                    CaseId = caseId,
                    Ground = form.Choice<ErasureGround>("ground"),
                    Reason = form["reason"],
                },
                cancellationToken: http.RequestAborted),
            () => ("/cases", new Notice("erase.done", [], "erase")),
            () => ShowAsync(http, casemanager, caseId, new SentForm("erase", form)));
    }
}
