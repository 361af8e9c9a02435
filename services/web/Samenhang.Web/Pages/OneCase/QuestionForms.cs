using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>Questions, answered in their place.</summary>
internal static class QuestionForms
{
    /// <summary>Maps the form.</summary>
    public static void MapQuestionForms(this RouteGroupBuilder pages)
    {
        pages.MapGet("/cases/{caseId}/answers", (string caseId) => PageResult.GoTo($"/cases/{Uri.EscapeDataString(caseId)}#questions")).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/answers", AnswerAsync).For(PageAccess.Casework);
    }

    /// <summary>The name of the form of a question.</summary>
    public static string NameOf(string factId) => "answer-" + factId.Replace('.', '-');

    private static async Task<IResult> AnswerAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var form = await FormState.ReadAsync(http);
        var page = PageContext.Of(http);
        var factId = form["fact"];
        var notKnown = form.Has("not_known");
        FactValue? value = null;
        if (!notKnown)
        {
            var described = await casemanager.Sight.DescribeFactsAsync(new DescribeFactsRequest { FactIds = { factId } }, cancellationToken: http.RequestAborted);
            value = FactForm.Read(form, "answer", described.Facts[0], page.Voice);
            if (value is null && form.IsGood)
            {
                form.Wrong("answer", page.Voice["answer.none"]);
            }
        }

        return await CaseForms.SendAsync(
            http,
            form,
            async () =>
            {
                await casemanager.Questions.AnswerQuestionAsync(
                    new AnswerQuestionRequest
                    {
                        RequestId = form.RequestId, CaseId = caseId, NotKnown = notKnown, By = form["by"],
                        Answer = new RecordedFact { Fact = new Fact { FactId = factId, Value = value } },
                    },
                    cancellationToken: http.RequestAborted);
                await CaseForms.SettleAsync(http, casemanager, caseId);
            },
            () => ($"/cases/{Uri.EscapeDataString(caseId)}#questions", new Notice(notKnown ? "answer.left" : "answer.recorded", [], NameOf(factId))),
            () => CaseRoutes.ShowAsync(http, casemanager, caseId, new SentForm(NameOf(factId), form)),
            field => field.StartsWith("answer", StringComparison.Ordinal) ? "answer" : null);
    }
}
