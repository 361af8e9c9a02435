using Samenhang.Platform.Access;
using Samenhang.Platform.Consul;
using Samenhang.Platform.Hosting;
using Samenhang.Web.Assets;
using Samenhang.Web.Casemanager;
using Samenhang.Web.ClientPlan;
using Samenhang.Web.Edge;
using Samenhang.Web.Emergencies;
using Samenhang.Web.Frame;
using Samenhang.Web.Live;
using Samenhang.Web.Import;
using Samenhang.Web.Intake;
using Samenhang.Web.MyWork;
using Samenhang.Web.OwnPart;
using Samenhang.Web.Pages;
using Samenhang.Web.Pages.OneCase;
using Samenhang.Web.SignIn;
using Samenhang.Web.Steering;
using Samenhang.Web.Tour;

namespace Samenhang.Web;

/// <summary>The pages, as something that a host can hold.</summary>
public static class WebHost
{
    /// <summary>Adds the pages and their way to the casemanager, which <c>Samenhang:Services:casemanager</c> names.</summary>
    public static IHostApplicationBuilder AddSamenhangWeb(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddSamenhangChannels();
        builder.Services.AddOwnTokens();
        builder.AddConsulSettings("web");
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "samenhang-form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.FormFieldName = "token";
            forms.SuppressXFrameOptionsHeader = true; // The policy of the pages says it already.
        });
        builder.AddSignIn();
        builder.Services.AddScoped<PageCaller>();
        builder.Services.AddScoped<CasemanagerConnection>();
        builder.Services.AddSingleton<CaseWatches>();
        builder.Services.AddSingleton<SiteAssets>();
        builder.Services.AddSingleton<IntakeStore>();
        builder.Services.AddSingleton<ImportJobs>();
        return builder;
    }

    /// <summary>
    /// Maps the pages, and a page for addresses that do not exist. Where other services answer in the same host, hold the pages to
    /// their own port with <c>RequireHost</c>.
    /// </summary>
    public static IEndpointConventionBuilder MapSamenhangWeb(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var all = endpoints.MapGroup("");
        all.MapGet("/assets/{name}", (string name, HttpResponse response, SiteAssets assets) => assets.Serve(name, response));
        var pages = all.MapGroup("").AddEndpointFilter<RouteGroupBuilder, PageEdge>();
        pages.MapMyWork();
        pages.MapCasePages();
        pages.MapGet("/help", (HttpContext http) => PageResult.Of<HelpPage>(http)).For(PageAccess.SignedIn);
        pages.MapLive();
        pages.MapIntake();
        pages.MapImport();
        pages.MapClientPlan();
        pages.MapOwnPart();
        pages.MapSteering();
        pages.MapEmergencies();
        pages.MapTour();
        pages.MapSignIn(endpoints.ServiceProvider);
        pages.MapGet("/preferences", () => Results.NoContent()).For(PageAccess.Anyone);
        pages.MapFallback("{*path}", (HttpContext http) => PageEdge.Problem(ProblemKind.NotFound, http)).For(PageAccess.Anyone);
        return all;
    }
}
