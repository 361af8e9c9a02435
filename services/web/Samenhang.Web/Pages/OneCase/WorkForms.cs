using System.Globalization;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>What people agree to do: proposals, actions, who coordinates and who directs.</summary>
internal static class WorkForms
{
    /// <summary>Maps the pages and forms.</summary>
    public static void MapWorkForms(this RouteGroupBuilder pages)
    {
        pages.MapGet("/cases/{caseId}/proposals/{step}", (string caseId) => PageResult.GoTo($"{At(caseId)}#plan")).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/proposals/accept", AcceptAsync).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/proposals/decline", DeclineAsync).For(PageAccess.Casework);
        pages.MapGet("/cases/{caseId}/proposal", ProposalAsync).For(PageAccess.Casework);
        pages.MapGet("/cases/{caseId}/actions/new", (HttpContext http, CasemanagerConnection casemanager, string caseId) => NewAsync(http, casemanager, caseId, null)).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/actions/new", AddAsync).For(PageAccess.Casework);
        pages.MapGet("/cases/{caseId}/actions/{itemId}", (HttpContext http, CasemanagerConnection casemanager, string caseId, string itemId) =>
            ItemAsync(http, casemanager, caseId, itemId, null)).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/actions/{itemId}", ChangeAsync).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/actions/{itemId}/{status}", StepAsync).For(PageAccess.Casework);
        pages.MapGet("/cases/{caseId}/appoint/{what}", (string caseId) => PageResult.GoTo($"{At(caseId)}#people")).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/appoint/{what}", AppointAsync).For(PageAccess.Casework);
    }

    private static string At(string caseId) => $"/cases/{Uri.EscapeDataString(caseId)}";

    private static async Task<IResult> AcceptAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var form = await FormState.ReadAsync(http);
        var voice = PageContext.Of(http).Voice;
        var due = form.Day("due", voice);
        WorkItem? item = null;
        return await CaseForms.SendAsync(
            http,
            form,
            async () =>
            {
                var accepted = await casemanager.Work.AcceptProposalAsync(
                    new AcceptProposalRequest { RequestId = form.RequestId, CaseId = caseId, By = CaseForms.By, ProposalKey = form["key"], Text = form["text"], Owner = form["owner"], Due = due },
                    cancellationToken: http.RequestAborted);
                item = accepted.Item;
                await CaseForms.SettleAsync(http, casemanager, caseId);
            },
            () => ($"{At(caseId)}#work", new Notice("task.accepted", [Short(item!.Content.Action.Text)], "proposal-accept", Undo(caseId, item, WorkStatus.Cancelled, voice["task.undoReason"]))),
            () => ShowProposalAsync(http, casemanager, caseId, form["key"], new SentForm("proposal-accept", form)));
    }

    private static async Task<IResult> DeclineAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var form = (await FormState.ReadAsync(http)).Require("reason", PageContext.Of(http).Voice);
        return await CaseForms.SendAsync(
            http,
            form,
            async () =>
            {
                await casemanager.Work.DeclineProposalAsync(
                    new DeclineProposalRequest { RequestId = form.RequestId, CaseId = caseId, By = CaseForms.By, ProposalKey = form["key"], Reason = form["reason"] }, cancellationToken: http.RequestAborted);
                await CaseForms.SettleAsync(http, casemanager, caseId);
            },
            () => ($"{At(caseId)}#plan", new Notice("task.declined", [], "proposal-decline")),
            () => ShowProposalAsync(http, casemanager, caseId, form["key"], new SentForm("proposal-decline", form)));
    }

    private static Task<IResult> ProposalAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string? key) =>
        ShowProposalAsync(http, casemanager, caseId, key ?? "", SentForm.None);

    private static async Task<IResult> ShowProposalAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string key, SentForm sent)
    {
        var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
        var action = file.Plan.Actions.FirstOrDefault(one => one.ProposalKey.Length > 0 && one.ProposalKey == key);
        return action is null ? Edge.PageEdge.Problem(ProblemKind.NotFound, http) : PageResult.Of<ProposalPage>(http, new { File = file, Action = action, Sent = sent });
    }

    private static async Task<IResult> NewAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, FormState? sent)
    {
        var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
        return PageResult.Of<WorkItemPage>(http, new { File = file, Item = (WorkItem?)null, Form = sent ?? FormState.New(PageContext.Of(http)).Fill("owner", CaseForms.By) });
    }

    private static async Task<IResult> AddAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var form = await FormState.ReadAsync(http);
        var voice = PageContext.Of(http).Voice;
        form.Require("text", voice).Require("owner", voice);
        var content = Content(form, voice, WorkStatus.Planned);
        WorkItem? item = null;
        return await CaseForms.SendAsync(
            http,
            form,
            async () =>
            {
                item = (await casemanager.Work.AddWorkAsync(
                    new AddWorkRequest { RequestId = form.RequestId, CaseId = caseId, By = CaseForms.By, Content = content }, cancellationToken: http.RequestAborted)).Item;
                await CaseForms.SettleAsync(http, casemanager, caseId);
            },
            () => ($"{At(caseId)}#work", new Notice("task.added", [Short(form["text"])], "work-new", Undo(caseId, item!, WorkStatus.Cancelled, voice["task.undoReason"]))),
            () => NewAsync(http, casemanager, caseId, form),
            Field);
    }

    private static async Task<IResult> ItemAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string itemId, FormState? sent)
    {
        var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
        if (file.Plan.Work?.Items.FirstOrDefault(one => one.ItemId == itemId && one.Content.Action is not null) is not { } item)
        {
            return Edge.PageEdge.Problem(ProblemKind.NotFound, http);
        }

        var action = item.Content.Action;
        var form = sent ?? FormState.New(PageContext.Of(http))
            .Fill("text", action.Text).Fill("owner", action.Owner).Fill("due", action.Due is null ? "" : Speech.Voice.Machine(action.Due))
            .Fill("need_id", action.NeedId).Fill("status", action.Status.ToString()).Fill("note", action.Note)
            .Fill("item_version", item.Version.ToString(CultureInfo.InvariantCulture));
        if (sent?.Rejection?.Detail<StaleWorkItem>() is { } stale)
        {
            // What was typed stays; who sends again has seen what stands.
            form.Fill("item_version", stale.Current.Version.ToString(CultureInfo.InvariantCulture));
        }

        return PageResult.Of<WorkItemPage>(http, new { File = file, Item = item, Form = form });
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string itemId)
    {
        var form = await FormState.ReadAsync(http);
        var voice = PageContext.Of(http).Voice;
        form.Require("text", voice).Require("owner", voice);
        var content = Content(form, voice, Enum.TryParse<WorkStatus>(form["status"], out var status) ? status : WorkStatus.Planned);
        return await CaseForms.SendAsync(
            http,
            form,
            async () =>
            {
                await casemanager.Work.ChangeWorkAsync(
                    new ChangeWorkRequest { RequestId = form.RequestId, CaseId = caseId, By = CaseForms.By, ItemId = itemId, ItemVersion = form.Number("item_version"), Content = content },
                    cancellationToken: http.RequestAborted);
                await CaseForms.SettleAsync(http, casemanager, caseId);
            },
            () => ($"{At(caseId)}#work", new Notice("task.changed", [Short(form["text"])], $"work-{itemId}")),
            () => ItemAsync(http, casemanager, caseId, itemId, form),
            Field);
    }

    /// <summary>One step of an action by a button: begin, done, cancel, or back to planned.</summary>
    private static async Task<IResult> StepAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string itemId, string status)
    {
        var form = await FormState.ReadAsync(http);
        if (!Enum.TryParse<WorkStatus>(status, ignoreCase: true, out var next) || next == WorkStatus.Unspecified || !Enum.IsDefined(next))
        {
            return Edge.PageEdge.Problem(ProblemKind.NotFound, http);
        }

        var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
        if (file.Plan.Work?.Items.FirstOrDefault(one => one.ItemId == itemId)?.Content.Action is not { } action)
        {
            return Edge.PageEdge.Problem(ProblemKind.NotFound, http);
        }

        var was = action.Status;
        var content = new WorkContent { Action = new WorkAction(action) { Status = next, Note = form["note"].Length > 0 ? form["note"] : action.Note } };
        WorkItem? item = null;
        return await CaseForms.SendAsync(
            http,
            form,
            async () =>
            {
                item = (await casemanager.Work.ChangeWorkAsync(
                    new ChangeWorkRequest { RequestId = form.RequestId, CaseId = caseId, By = CaseForms.By, ItemId = itemId, ItemVersion = form.Number("item_version"), Content = content },
                    cancellationToken: http.RequestAborted)).Item;
                await CaseForms.SettleAsync(http, casemanager, caseId);
            },
            () => ($"{At(caseId)}#work", new Notice($"task.step.{next}", [Short(action.Text)], null, Undo(caseId, item!, was, ""))),
            () => ItemAsync(http, casemanager, caseId, itemId, form.Fill("text", action.Text).Fill("owner", action.Owner)
                .Fill("due", action.Due is null ? "" : Speech.Voice.Machine(action.Due)).Fill("need_id", action.NeedId).Fill("status", next.ToString())),
            Field);
    }

    private static async Task<IResult> AppointAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string what)
    {
        var form = (await FormState.ReadAsync(http)).Require("party_id", PageContext.Of(http).Voice);
        var name = what == "director" ? $"appoint-{form["provision_id"]}" : "appoint-coordinator";
        return await CaseForms.SendAsync(
            http,
            form,
            async () =>
            {
                if (what == "director")
                {
                    await casemanager.Work.AppointDirectorAsync(
                        new AppointDirectorRequest { RequestId = form.RequestId, CaseId = caseId, By = CaseForms.By, ProvisionId = form["provision_id"], PartyId = form["party_id"], SeenPartyId = form["seen"] },
                        cancellationToken: http.RequestAborted);
                }
                else
                {
                    await casemanager.Work.AppointCoordinatorAsync(
                        new AppointCoordinatorRequest { RequestId = form.RequestId, CaseId = caseId, By = CaseForms.By, PartyId = form["party_id"], SeenPartyId = form["seen"] },
                        cancellationToken: http.RequestAborted);
                }

                await CaseForms.SettleAsync(http, casemanager, caseId);
            },
            () => ($"{At(caseId)}#people", new Notice("people.appointed", [], name)),
            () => CaseRoutes.ShowAsync(http, casemanager, caseId, new SentForm(name, form)));
    }

    private static WorkContent Content(FormState form, Speech.Voice voice, WorkStatus status) => new()
    {
        Action = new WorkAction { Text = form["text"], Owner = form["owner"], Due = form.Day("due", voice), NeedId = form["need_id"], Status = status, Note = form["note"] },
    };

    private static UndoForm Undo(string caseId, WorkItem item, WorkStatus to, string note) => new(
        $"{At(caseId)}/actions/{Uri.EscapeDataString(item.ItemId)}/{to.ToString().ToLowerInvariant()}",
        new Dictionary<string, string> { ["item_version"] = item.Version.ToString(CultureInfo.InvariantCulture), ["note"] = note });

    private static string? Field(string field) => field.StartsWith("content.action.", StringComparison.Ordinal) ? field["content.action.".Length..] : null;

    // A notice travels in a cookie: long texts do not fit in it.
    private static string Short(string text) => text.Length <= 80 ? text : text[..79] + "…";
}
