using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Tour;

/// <summary>A step of the guided tour: a real page, what to look at and why.</summary>
/// <param name="Key">The first part of the keys of its texts.</param>
/// <param name="Household">The word with which the title of the household begins that it shows; empty = no household.</param>
/// <param name="Address">The page, with {0} for the case.</param>
/// <param name="Part">The part of the page; empty = its top.</param>
internal sealed record TourStep(string Key, string Household, string Address, string Part);

/// <summary>
/// The guided tour of the demo households. It goes over the real pages, with a banner that a parameter of the address turns on: so it works
/// without scripts, and can be left on any page. The step is remembered, so that it can be taken up again.
/// </summary>
internal static class GuidedTour
{
    /// <summary>The parameter of the address.</summary>
    public const string Parameter = "tour";

    private const string Cookie = "samenhang-tour";
    private const int CasesLookedAt = 200;

    /// <summary>The steps.</summary>
    public static IReadOnlyList<TourStep> Steps { get; } =
    [
        new("tour.cases", "", "/cases", ""),
        new("tour.matrix", "Simon", "/cases/{0}", ""),
        new("tour.finding", "Simon", "/cases/{0}", "findings"),
        new("tour.plan", "Simon", "/cases/{0}", "plan"),
        new("tour.questions", "Monique", "/cases/{0}", "questions"),
        new("tour.client", "Marga", "/cases/{0}/for-client", ""),
        new("tour.looked", "Marga", "/cases/{0}/who-looked", ""),
        new("tour.intake", "", "/cases/new", ""),
        new("tour.region", "", "/region", ""),
    ];

    /// <summary>Maps the pages.</summary>
    public static void MapTour(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/tour", (HttpContext http) => PageResult.Of<TourPage>(http, new { Left = Left(http) })).For(PageAccess.Casework);
        pages.MapGet("/tour/{number:int}", GoAsync).For(PageAccess.Casework);
    }

    /// <summary>The step that a page of this request belongs to, from 1; 0 = none.</summary>
    public static int Of(PageContext page) =>
        page.Person is { IsCasemanager: true } && int.TryParse(page.Address.Query.FirstOrDefault(pair => pair.Key == Parameter).Value, out var number) && number >= 1 && number <= Steps.Count ? number : 0;

    private static int Left(HttpContext http) => int.TryParse(http.Request.Cookies[Cookie], out var number) && number >= 1 && number <= Steps.Count ? number : 0;

    private static async Task<IResult> GoAsync(HttpContext http, CasemanagerConnection casemanager, int number)
    {
        if (number < 1 || number > Steps.Count)
        {
            return PageResult.GoTo("/tour");
        }

        var step = Steps[number - 1];
        var address = step.Address;
        if (step.Household.Length > 0)
        {
            var cases = await casemanager.Cases.ListCasesAsync(new ListCasesRequest { PageSize = CasesLookedAt }, cancellationToken: http.RequestAborted);
            if (cases.Cases.LastOrDefault(one => one.Title.StartsWith(step.Household, StringComparison.Ordinal)) is not { } household)
            {
                return PageResult.Of<TourPage>(http, new { Left = number, Missing = step.Household });
            }

            address = string.Format(System.Globalization.CultureInfo.InvariantCulture, address, Uri.EscapeDataString(household.CaseId));
        }

        http.Response.Cookies.Append(Cookie, number.ToString(System.Globalization.CultureInfo.InvariantCulture), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(30),
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        });
        return PageResult.GoTo($"{address}?{Parameter}={number}{(step.Part.Length > 0 ? "#" + step.Part : "")}");
    }
}
