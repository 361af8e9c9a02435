using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Intake;

/// <summary>The pages of an intake: begin, answer what still matters, look it over, open.</summary>
internal static class IntakePages
{
    /// <summary>The first page.</summary>
    public const string Begin = "/cases/new";

    /// <summary>The questions that matter still.</summary>
    public const string Questions = "/cases/new/questions";

    /// <summary>All of it, before it is opened.</summary>
    public const string Review = "/cases/new/review";

    /// <summary>So many questions stand on a page: as many as fit a screen, and after each the list is made anew.</summary>
    public const int AtOnce = 6;

    /// <summary>Maps the pages.</summary>
    public static void MapIntake(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Begin, ShowBeginAsync).For(PageAccess.Casework);
        pages.MapPost(Begin, TakeBeginAsync).For(PageAccess.Casework);
        pages.MapPost("/cases/new/discard", Discard).For(PageAccess.Casework);
        pages.MapGet(Questions, ShowQuestionsAsync).For(PageAccess.Casework);
        pages.MapPost(Questions, TakeAnswersAsync).For(PageAccess.Casework);
        pages.MapGet(Review, ShowReviewAsync).For(PageAccess.Casework);
        pages.MapPost(Review, OpenAsync).For(PageAccess.Casework);
        pages.MapCaseFile();
    }

    private static async Task<IResult> ShowBeginAsync(HttpContext http, CasemanagerConnection casemanager, IntakeStore drafts)
    {
        var draft = drafts.Find(http);
        var state = FormState.New(PageContext.Of(http));
        if (draft is not null)
        {
            state.Fill("title", draft.Title).Fill("tenant", draft.Tenant).Fill("insurer", draft.Insurer).Fill("as_of", draft.AsOf).FillAll("needs", draft.Needs);
            foreach (var (fact, answer) in draft.Answers)
            {
                FactAnswers.Fill(state, fact, answer);
            }
        }

        return PageResult.Of<IntakeBeginPage>(http, new { Offer = await OfferAsync(http, casemanager), State = state, Draft = draft });
    }

    private static async Task<IResult> TakeBeginAsync(HttpContext http, CasemanagerConnection casemanager, IntakeStore drafts)
    {
        var page = PageContext.Of(http);
        var sent = await FormState.ReadAsync(http);
        var offer = await OfferAsync(http, casemanager);
        var before = drafts.Find(http) ?? NewDraft(page);
        sent.Require("title", page.Voice);
        if (sent.All("needs").Count == 0)
        {
            sent.Wrong("needs", page.Voice["intake.needsRequired"]);
        }

        if (sent["tenant"].Length > 0 && offer.Municipalities.All(place => place.Code != sent["tenant"]))
        {
            sent.Wrong("tenant", page.Voice["fact.wrong.choice"]);
        }

        if (sent["as_of"].Length > 0 && IntakeDraft.Day(sent["as_of"]) is null)
        {
            sent.Wrong("as_of", page.Voice["fact.wrong.day"]);
        }

        var draft = before with
        {
            Title = sent["title"],
            Tenant = sent["tenant"],
            Insurer = sent["insurer"],
            AsOf = sent["as_of"],
            Needs = [.. offer.Needs.Select(need => need.Kind).Intersect(sent.All("needs"))],
            Answers = Answered(before, offer.FirstFacts, sent, page),
        };
        return await KeepAsync(http, casemanager, drafts, draft, sent, sent["go"] == "review" ? Review : Questions)
            ?? PageResult.Of<IntakeBeginPage>(http, new { Offer = offer, State = sent, Draft = draft }, StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Discard(HttpContext http, IntakeStore drafts)
    {
        drafts.Forget(http);
        return PageResult.Done(http, Begin, new Notice("intake.discarded"));
    }

    private static async Task<IResult> ShowQuestionsAsync(HttpContext http, CasemanagerConnection casemanager, IntakeStore drafts)
    {
        if (drafts.Find(http) is not { Needs.Count: > 0 } draft)
        {
            return PageResult.GoTo(Begin);
        }

        var tried = await TryAsync(http, casemanager, draft);
        var state = FormState.New(PageContext.Of(http));
        foreach (var (fact, answer) in draft.Answers)
        {
            FactAnswers.Fill(state, fact, answer);
        }

        return PageResult.Of<IntakeQuestionsPage>(http, new { Draft = draft, Tried = tried, State = state });
    }

    private static async Task<IResult> TakeAnswersAsync(HttpContext http, CasemanagerConnection casemanager, IntakeStore drafts)
    {
        var page = PageContext.Of(http);
        var sent = await FormState.ReadAsync(http);
        if (drafts.Find(http) is not { Needs.Count: > 0 } before)
        {
            return PageResult.GoTo(Begin);
        }

        var tried = await TryAsync(http, casemanager, before);
        var shown = tried.Forms.Where(form => sent.All("asked").Contains(form.FactId)).ToList();
        var draft = before with { Answers = Answered(before, shown, sent, page) };
        return await KeepAsync(http, casemanager, drafts, draft, sent, sent["go"] == "review" ? Review : Questions)
            ?? PageResult.Of<IntakeQuestionsPage>(http, new { Draft = before, Tried = tried, State = sent }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ShowReviewAsync(HttpContext http, CasemanagerConnection casemanager, IntakeStore drafts)
    {
        if (drafts.Find(http) is not { Needs.Count: > 0 } draft)
        {
            return PageResult.GoTo(Begin);
        }

        return await ReviewAsync(http, casemanager, draft, FormState.New(PageContext.Of(http)));
    }

    private static async Task<IResult> OpenAsync(HttpContext http, CasemanagerConnection casemanager, IntakeStore drafts)
    {
        var page = PageContext.Of(http);
        var sent = await FormState.ReadAsync(http);
        if (drafts.Find(http) is not { Needs.Count: > 0 } draft)
        {
            return PageResult.GoTo(Begin);
        }

        var request = draft.ToRequest();
        request.RequestId = sent.RequestId; // Of the page: sending it twice opens one case.
        request.Bsn = new string([.. sent["bsn"].Where(letter => letter is not (' ' or '.' or '-'))]);
        try
        {
            var opened = await casemanager.Cases.OpenCaseAsync(request, cancellationToken: http.RequestAborted);
            drafts.Forget(http);
            return PageResult.Done(http, $"/cases/{Uri.EscapeDataString(opened.CaseId)}", new Notice("intake.opened", [draft.Title]));
        }
        catch (RpcException failure)
        {
            sent.Refused(failure, page, draft.FieldOf);
            return await ReviewAsync(http, casemanager, draft, sent);
        }
    }

    private static async Task<IResult> ReviewAsync(HttpContext http, CasemanagerConnection casemanager, IntakeDraft draft, FormState state)
    {
        var offer = OfferAsync(http, casemanager);
        var tried = TryAsync(http, casemanager, draft);
        await Task.WhenAll(offer, tried);
        return PageResult.Of<IntakeReviewPage>(
            http,
            new { Draft = draft, Offer = await offer, Tried = await tried, State = state },
            state.IsGood ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Keeps the draft and goes on; null when something is wrong: then <paramref name="sent"/> says what.</summary>
    private static async Task<IResult?> KeepAsync(HttpContext http, CasemanagerConnection casemanager, IntakeStore drafts, IntakeDraft draft, FormState sent, string next)
    {
        if (sent.IsGood)
        {
            try
            {
                // What is wrong is told where it was typed, not at the end.
                await TryAsync(http, casemanager, draft);
            }
            catch (RpcException failure)
            {
                sent.Refused(failure, PageContext.Of(http), draft.FieldOf);
            }
        }

        if (sent.IsGood && !drafts.Keep(http, draft))
        {
            sent.Wrong("", PageContext.Of(http).Voice["intake.tooLong"]);
        }

        return sent.IsGood ? PageResult.GoTo(next) : null;
    }

    private static Dictionary<string, IntakeAnswer> Answered(IntakeDraft before, IEnumerable<FactForm> shown, FormState sent, PageContext page)
    {
        var answers = new Dictionary<string, IntakeAnswer>(before.Answers);
        foreach (var form in shown)
        {
            if (FactAnswers.Read(form, sent, page.Voice) is { } answer)
            {
                answers[form.FactId] = answer;
            }
            else
            {
                answers.Remove(form.FactId);
            }
        }

        return answers;
    }

    private static IntakeDraft NewDraft(PageContext page) => new() { Subject = page.Person?.Subject ?? "", RequestId = page.NewRequestId() };

    /// <summary>What can be chosen. Who works for a municipality opens cases of that one, or of none that is known.</summary>
    internal static async Task<DescribeIntakeResponse> OfferAsync(HttpContext http, CasemanagerConnection casemanager)
    {
        var offer = await casemanager.Intake.DescribeIntakeAsync(new DescribeIntakeRequest(), cancellationToken: http.RequestAborted);
        if (PageContext.Of(http).Person is { Tenant.Length: > 0 } person)
        {
            foreach (var other in offer.Municipalities.Where(place => place.Code != person.Tenant).ToList())
            {
                offer.Municipalities.Remove(other);
            }
        }

        return offer;
    }

    private static async Task<TryCaseResponse> TryAsync(HttpContext http, CasemanagerConnection casemanager, IntakeDraft draft) =>
        await casemanager.Intake.TryCaseAsync(new TryCaseRequest { Case = draft.ToRequest() }, cancellationToken: http.RequestAborted);
}
