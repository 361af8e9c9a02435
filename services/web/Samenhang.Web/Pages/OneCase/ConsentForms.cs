using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>Consent and its withdrawal: first what follows, then the act.</summary>
internal static class ConsentForms
{
    /// <summary>Maps the page and its forms.</summary>
    public static void MapConsentPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/cases/{caseId}/consents", (HttpContext http, CasemanagerConnection casemanager, string caseId) => ShowAsync(http, casemanager, caseId, SentForm.None)).For(PageAccess.Casework);
        pages.MapGet("/cases/{caseId}/consents/preview", (string caseId) => PageResult.GoTo(At(caseId))).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/consents/preview", PreviewAsync).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/consents", RecordAsync).For(PageAccess.Casework);
    }

    private static string At(string caseId) => $"/cases/{Uri.EscapeDataString(caseId)}/consents";

    private static async Task<IResult> ShowAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, SentForm sent)
    {
        var names = NameBook.ReadAsync(http, casemanager, NameList.ConsentCategory);
        var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
        return PageResult.Of<ConsentsPage>(http, new { File = file, Names = await names, Sent = sent });
    }

    private static async Task<IResult> PreviewAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var form = await FormState.ReadAsync(http);
        var page = PageContext.Of(http);
        var consent = Read(form, page);
        if (form.IsGood)
        {
            try
            {
                var preview = casemanager.Sight.PreviewConsentAsync(new PreviewConsentRequest { CaseId = caseId, Consent = consent }, cancellationToken: http.RequestAborted).ResponseAsync;
                var names = NameBook.ReadAsync(http, casemanager, NameList.ConsentCategory);
                var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
                return PageResult.Of<ConsentPreviewPage>(http, new { File = file, Consent = consent, Preview = await preview, Names = await names });
            }
            catch (RpcException failure)
            {
                form.Refused(failure, page, Field);
            }
        }

        return await ShowAsync(http, casemanager, caseId, new SentForm("consent", form));
    }

    private static async Task<IResult> RecordAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var form = await FormState.ReadAsync(http);
        var consent = Read(form, PageContext.Of(http));
        return await CaseForms.SendAsync(
            http,
            form,
            async () =>
            {
                await casemanager.Cases.RecordConsentAsync(
                    new RecordConsentRequest { RequestId = form.RequestId, CaseId = caseId, Consent = consent }, cancellationToken: http.RequestAborted);
                await CaseForms.SettleAsync(http, casemanager, caseId);
            },
            () => (At(caseId), new Notice(consent.WithdrawnOn is null ? "consent.recorded" : "consent.withdrawn", [], "consent")),
            () => ShowAsync(http, casemanager, caseId, new SentForm("consent", form)),
            Field);
    }

    private static Consent Read(FormState form, PageContext page)
    {
        form.Require("from", page.Voice).Require("to", page.Voice).Require("categories", page.Voice);
        return new Consent
        {
            From = form["from"],
            To = form["to"],
            Categories = { form.All("categories") },
            ValidFrom = form.Day("valid_from", page.Voice),
            ValidTo = form.Day("valid_to", page.Voice),
            WithdrawnOn = form.Day("withdrawn_on", page.Voice),
        };
    }

    private static string? Field(string field) => field.StartsWith("consent.", StringComparison.Ordinal) ? field["consent.".Length..] : null;
}
