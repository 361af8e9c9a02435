using System.Globalization;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.Pages.OneCase;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Emergencies;

/// <summary>Accesses in an emergency, for who watches over the use of data: who, when, which case and why; and what was found when somebody looked.</summary>
internal static class EmergencyPages
{
    /// <summary>Where they begin.</summary>
    public const string Begin = "/emergencies";

    private const int OnAPage = 50;

    /// <summary>Maps the page and its form.</summary>
    public static void MapEmergencies(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Begin, (HttpContext http, CasemanagerConnection casemanager, string? show, long? before) => ShowAsync(http, casemanager, show, before, SentForm.None)).For(PageAccess.Oversight);
        pages.MapPost(Begin + "/{number:long}", ReviewAsync).For(PageAccess.Oversight);
    }

    /// <summary>The name of the form about an access.</summary>
    public static string FormOf(long number) => "emergency-" + number.ToString(CultureInfo.InvariantCulture);

    private static async Task<IResult> ShowAsync(HttpContext http, CasemanagerConnection casemanager, string? show, long? before, SentForm sent)
    {
        var onlyOpen = show != "all";
        var answer = await casemanager.Emergencies.ListEmergenciesAsync(
            new ListEmergenciesRequest { OnlyOpen = onlyOpen, PageSize = OnAPage, BeforeNumber = before ?? 0 }, cancellationToken: http.RequestAborted);
        return PageResult.Of<EmergenciesPage>(http, new { Answer = answer, OnlyOpen = onlyOpen, Sent = sent });
    }

    private static async Task<IResult> ReviewAsync(HttpContext http, CasemanagerConnection casemanager, long number)
    {
        var form = await FormState.ReadAsync(http);
        form.Require("opinion", PageContext.Of(http).Voice);
        var show = form["show"] == "all" ? "all" : null;
        return await CaseForms.SendAsync(
            http,
            form,
            async () => await casemanager.Emergencies.ReviewEmergencyAsync(
                new ReviewEmergencyRequest
                {
                    RequestId = form.RequestId,
                    Number = number,
                    Opinion = form.Choice<EmergencyOpinion>("opinion"),
                    Note = form["note"],
                },
                cancellationToken: http.RequestAborted),
            () => (show is null ? Begin : Begin + "?show=all", new Notice("emergencies.done", [], FormOf(number))),
            () => ShowAsync(http, casemanager, show, number + 1, new SentForm(FormOf(number), form)));
    }
}
