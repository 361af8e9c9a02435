using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Casemanager;
using Samenhang.Employer;
using Samenhang.Gemeente;
using Samenhang.Language;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.TestSupport;
using Samenhang.Uwv;
using Samenhang.Web.Tests.Degrading;
using Samenhang.Zvw;

namespace Samenhang.Web.Tests;

/// <summary>The casemanager and the four domains as they are, and the pages before them, each on a port of its own.</summary>
public sealed class RunningSystem : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private WebApplication? services;
    private GrpcChannel? channel;

    /// <summary>The pages.</summary>
    internal RunningWeb Web { get; private set; } = null!;

    /// <summary>Monique, psychosis, wants paid work.</summary>
    public string Monique { get; private set; } = "";

    /// <summary>Simon, bus driver with burn-out.</summary>
    public string Simon { get; private set; } = "";

    /// <summary>A case without a need.</summary>
    public string Empty { get; private set; } = "";

    /// <summary>A case of another municipality than that of <see cref="DemoPerson.Noor"/>.</summary>
    public string OfHeuveldam { get; private set; } = "";

    /// <summary>The casemanager, for what a test wants to know apart from the page.</summary>
    internal CasemanagerService.CasemanagerServiceClient Casemanager => new(channel!);

    /// <summary>Where all services answer.</summary>
    internal Uri Address { get; } = new($"http://localhost:{FreePort()}");

    /// <summary>The way of the casemanager to UWV, for its questions that need an answer at once.</summary>
    internal Gate ToUwv { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var address = Address;
        ToUwv = Gate.Before(address);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.AddCasemanager().AddZvw().AddGemeente().AddUwv().AddEmployer();
        builder.Configuration["Samenhang:Store:Folder"] = folder.Path;
        builder.Configuration["Samenhang:Access:DevelopmentKeyFile"] = DevelopmentChannel.KeyFile;
        foreach (var service in ServiceNames.All)
        {
            builder.Configuration[$"Samenhang:Services:{service}"] = (service == ServiceNames.Uwv ? ToUwv.Address : address).ToString();
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(address.Port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        services = builder.Build();
        services.MapCasemanager();
        services.MapZvw();
        services.MapGemeente();
        services.MapUwv();
        services.MapEmployer();
        await services.StartAsync();
        channel = DevelopmentChannel.Open(address.ToString());
        Web = await RunningWeb.StartAsync(address);
        var vocabulary = services.Services.GetRequiredService<Vocabulary>();
        Empty = (await Casemanager.OpenCaseAsync(new OpenCaseRequest { RequestId = "empty", Title = "Aanmelding zonder behoefte" })).CaseId;
        OfHeuveldam = (await Casemanager.OpenCaseAsync(new OpenCaseRequest { RequestId = "heuveldam", Title = "Psychose, van Heuveldam", Tenant = "gm9902" })).CaseId;
        Monique = await OpenAsync(OpenCases.Read("work-participation-a/arb-c01.json", "Monique: psychose, wil betaald werk", vocabulary));
        Simon = await OpenAsync(OpenCases.Read("work-participation-a/arb-c07.json", "Simon: buschauffeur met een burn-out", vocabulary));
    }

    /// <summary>The worklist, apart from the page.</summary>
    internal WorklistService.WorklistServiceClient Worklist => new(channel!);

    /// <summary>The findings, apart from the page.</summary>
    internal FindingService.FindingServiceClient Findings => new(channel!);

    /// <summary>Gives a case to a demo person.</summary>
    internal async Task AssignAsync(string caseId, string person) => await Worklist.AssignCaseAsync(
        new AssignCaseRequest { RequestId = $"assign-{caseId}-{person}", CaseId = caseId, Assignee = person, AssigneeName = "Noor de Vries", By = "casemanager" });
    /// <summary>What a case shows beside its plan.</summary>
    internal CaseSightService.CaseSightServiceClient Sight => new(channel!);

    /// <summary>The work of a case.</summary>
    internal WorkService.WorkServiceClient Work => new(channel!);

    /// <summary>The hand-overs of a case.</summary>
    internal HandOverService.HandOverServiceClient HandOvers => new(channel!);

    /// <summary>The case as the casemanager gives it.</summary>
    internal async Task<Protos.Casemanager.V1.Case> CaseAsync(string caseId) => (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;

    /// <summary>The way to the casemanager for somebody.</summary>
    internal GrpcChannel ChannelAs(Speaker speaker) => DevelopmentChannel.Open(Address.ToString(), speaker: speaker);

    /// <summary>The way to the casemanager, for its other services.</summary>
    internal GrpcChannel Channel => channel!;

    /// <summary>The plan as the casemanager gives it.</summary>
    internal async Task<Plan> PlanAsync(string caseId) => (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan;

    /// <summary>A browser in which somebody is signed in: the way in for every test that opens a page.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="locale">What the browser says it prefers.</param>
    /// <param name="person">One of <see cref="DemoPerson"/>.</param>
    /// <param name="caseId">The case, for who sees one case only.</param>
    internal async Task<Visit> VisitAsync(
        Chromium chromium, int width = 1280, ColorScheme scheme = ColorScheme.Light, string locale = "nl-NL", string person = DemoPerson.Noor, string? caseId = null)
    {
        var visit = await chromium.VisitAsync(width, scheme, locale);
        using var session = await Web.SignInAsync(person, caseId);
        await visit.Page.Context.AddCookiesAsync(session.Cookies.Select(cookie => new Microsoft.Playwright.Cookie
        {
            Name = cookie.Name, Value = cookie.Value, Url = Web.Client.BaseAddress!.ToString(), HttpOnly = true, SameSite = SameSiteAttribute.Lax,
        }));
        return visit;
    }

    /// <summary>The address of a page.</summary>
    public Uri At(string path) => new(Web.Client.BaseAddress!, path);

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Web.DisposeAsync();
        await services!.StopAsync();
        await services.DisposeAsync();
        await ToUwv.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        channel?.Dispose();
        folder.Dispose();
    }

    /// <summary>A port that nobody listens on.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<string> OpenAsync(OpenCaseRequest request)
    {
        var caseId = (await Casemanager.OpenCaseAsync(request)).CaseId;
        using var limit = new CancellationTokenSource(Patience.Limit);
        using var watch = Casemanager.WatchCase(new WatchCaseRequest { CaseId = caseId }, cancellationToken: limit.Token);
        Assert.True(await watch.ResponseStream.MoveNext(limit.Token), "The stream ended before the first plan.");
        return caseId;
    }
}
