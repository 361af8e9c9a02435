using Microsoft.AspNetCore.Http.HttpResults;
using Samenhang.Platform.Consul;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Assets;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Edge;
using Samenhang.Web.Pages;
using Samenhang.Web.Speech;

namespace Samenhang.Web;

/// <summary>The pages, as something that a host can hold.</summary>
public static class WebHost
{
    private const int CasesOnAPage = 25;

    /// <summary>Adds the pages and their way to the casemanager, which <c>Samenhang:Services:casemanager</c> names.</summary>
    public static IHostApplicationBuilder AddSamenhangWeb(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddSamenhangChannels();
        builder.AddConsulSettings("web");
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton<CasemanagerConnection>();
        builder.Services.AddSingleton<SiteAssets>();
        return builder;
    }

    /// <summary>
    /// Maps the pages, and a page for addresses that do not exist. Where other services answer in the same host, hold the pages to
    /// their own port with <c>RequireHost</c>.
    /// </summary>
    public static IEndpointConventionBuilder MapSamenhangWeb(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var pages = endpoints.MapGroup("").AddEndpointFilter<RouteGroupBuilder, PageEdge>();
        pages.MapGet("/", CasesAsync);
        pages.MapGet("/cases/{caseId}", CaseAsync);
        pages.MapGet("/assets/{name}", (string name, HttpResponse response, SiteAssets assets) => assets.Serve(name, response));
        pages.MapFallback("{*path}", (HttpContext http) => PageEdge.Problem(ProblemKind.NotFound, http));
        return pages;
    }

    private static async Task<IResult> CasesAsync(HttpContext http, CasemanagerConnection casemanager, string? after, string? show)
    {
        var filter = show == "urgent" ? Severity.Urgent : Severity.Unspecified;
        var page = await casemanager.ListAsync(
            new ListCasesRequest { PageSize = CasesOnAPage, PageToken = after ?? "", MinimumSeverity = filter }, http.RequestAborted);
        return Page<CasesPage>(http, new()
        {
            [nameof(CasesPage.Cases)] = page,
            [nameof(CasesPage.OnlyUrgent)] = filter == Severity.Urgent,
            [nameof(CasesPage.IsFirst)] = string.IsNullOrEmpty(after),
        });
    }

    private static async Task<IResult> CaseAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var known = casemanager.CaseAsync(caseId, http.RequestAborted);
        var planned = casemanager.PlanAsync(caseId, http.RequestAborted);
        await Task.WhenAll(known, planned);
        return Page<CasePage>(http, new() { [nameof(CasePage.Case)] = (await known).Case, [nameof(CasePage.Answer)] = await planned });
    }

    private static RazorComponentResult Page<TPage>(HttpContext http, Dictionary<string, object?> parameters)
    {
        parameters["Voice"] = LanguageChoice.Of(http);
        parameters["Address"] = PageAddress.Of(http.Request);
        return new RazorComponentResult(typeof(TPage), parameters);
    }
}
