using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>Warm hand-overs and referrals, from both sides.</summary>
internal static class HandOverForms
{
    /// <summary>Maps the page and its forms.</summary>
    public static void MapHandOverPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/cases/{caseId}/hand-overs", (HttpContext http, CasemanagerConnection casemanager, string caseId) =>
            ShowAsync(http, casemanager, caseId, SentForm.None)).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/hand-overs", OfferAsync).For(PageAccess.Casework);
        pages.MapGet("/cases/{caseId}/hand-overs/{handOverId}/{step}", (string caseId) => PageResult.GoTo(At(caseId))).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/hand-overs/{handOverId}/{step}", StepAsync).For(PageAccess.Casework);
    }

    /// <summary>The name of the form of a step.</summary>
    public static string NameOf(string handOverId, string step) => $"{handOverId}-{step}";

    private static string At(string caseId) => $"/cases/{Uri.EscapeDataString(caseId)}/hand-overs";

    private static async Task<IResult> ShowAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, SentForm sent)
    {
        var passing = casemanager.HandOvers.ListHandOversAsync(new ListHandOversRequest { CaseId = caseId }, cancellationToken: http.RequestAborted).ResponseAsync;
        var names = NameBook.ReadAsync(http, casemanager, NameList.Scheme, NameList.ConsentCategory, NameList.RefusalReason);
        var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
        return PageResult.Of<HandOversPage>(http, new { File = file, HandOvers = await passing, Names = await names, Sent = sent });
    }

    private static async Task<IResult> OfferAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var form = await FormState.ReadAsync(http);
        var voice = PageContext.Of(http).Voice;
        form.Require("need_ids", voice).Require("from", voice).Require("to", voice);
        HandOverLife? life = null;
        return await CaseForms.SendAsync(
            http,
            form,
            async () =>
            {
                life = (await casemanager.HandOvers.OfferHandOverAsync(
                    new OfferHandOverRequest
                    {
                        RequestId = form.RequestId, CaseId = caseId, By = CaseForms.By, From = form["from"], To = form["to"], Scheme = form["scheme"],
                        NeedIds = { form.All("need_ids") }, Shares = { form.All("shares") }, ContinuityContact = form["continuity_contact"], Text = form["text"],
                    },
                    cancellationToken: http.RequestAborted)).HandOver;
                await CaseForms.SettleAsync(http, casemanager, caseId);
            },
            () => (At(caseId), new Notice("handOver.did.offer", [], "hand-over-offer", new UndoForm($"{At(caseId)}/{life!.HandOverId}/withdraw", new Dictionary<string, string>()))),
            () => ShowAsync(http, casemanager, caseId, new SentForm("hand-over-offer", form)));
    }

    private static async Task<IResult> StepAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string handOverId, string step)
    {
        var form = await FormState.ReadAsync(http);
        var voice = PageContext.Of(http).Voice;
        var id = form.RequestId;
        var by = form["by"].Length > 0 ? form["by"] : CaseForms.By;
        var talked = form.Day("talked_on", voice);
        var to = casemanager.HandOvers;
        var cancel = http.RequestAborted;
        Func<Task>? act = step switch
        {
            "accept" => async () => await to.AnswerHandOverAsync(
                new AnswerHandOverRequest { RequestId = id, CaseId = caseId, HandOverId = handOverId, By = by, Accept = new AcceptHandOver { Text = form["text"] } }, cancellationToken: cancel),
            "decline" => async () => await to.AnswerHandOverAsync(
                new AnswerHandOverRequest { RequestId = id, CaseId = caseId, HandOverId = handOverId, By = by, Decline = new DeclineHandOver { Reason = form["reason"], Text = form["text"] } },
                cancellationToken: cancel),
            "ask" => async () => await to.AskForInformationAsync(
                new AskForInformationRequest { RequestId = id, CaseId = caseId, HandOverId = handOverId, By = by, Question = form["question"] }, cancellationToken: cancel),
            "inform" => async () => await to.GiveInformationAsync(
                new GiveInformationRequest { RequestId = id, CaseId = caseId, HandOverId = handOverId, By = by, Answer = form["answer"], Shares = { form.All("shares") } }, cancellationToken: cancel),
            "start" => async () => await to.StartHandOverAsync(
                new StartHandOverRequest { RequestId = id, CaseId = caseId, HandOverId = handOverId, By = by, ContinuityContact = form["continuity_contact"], TalkedOn = talked }, cancellationToken: cancel),
            "complete" => async () => await to.EndHandOverAsync(
                new EndHandOverRequest
                {
                    RequestId = id, CaseId = caseId, HandOverId = handOverId, By = by, End = HandOverEnd.Completed, SenderStops = form.Has("sender_stops"), TalkedOn = talked, Text = form["text"],
                },
                cancellationToken: cancel),
            "client-declined" => async () => await to.EndHandOverAsync(
                new EndHandOverRequest { RequestId = id, CaseId = caseId, HandOverId = handOverId, By = by, End = HandOverEnd.ClientDeclined, Text = form["text"] }, cancellationToken: cancel),
            "withdraw" => async () => await to.EndHandOverAsync(
                new EndHandOverRequest { RequestId = id, CaseId = caseId, HandOverId = handOverId, By = by, End = HandOverEnd.Withdrawn, Text = form["text"] }, cancellationToken: cancel),
            _ => null,
        };
        switch (step)
        {
            case "decline":
                form.Require("reason", voice);
                break;
            case "ask":
                form.Require("question", voice);
                break;
            case "inform":
                form.Require("answer", voice);
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
                () => (At(caseId), new Notice($"handOver.did.{step}", [], NameOf(handOverId, step))),
                () => ShowAsync(http, casemanager, caseId, new SentForm(NameOf(handOverId, step), form)),
                field => field[(field.LastIndexOf('.') + 1)..]);
    }
}
