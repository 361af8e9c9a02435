using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Platform.Access;
using Samenhang.TestSupport;
using Samenhang.Web.Live;

namespace Samenhang.Web.Tests;

/// <summary>The pages on a free port, before a casemanager that may or may not be there.</summary>
internal sealed class RunningWeb : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningWeb(WebApplication app, RecordedLog log)
    {
        this.app = app;
        Log = log;
        Client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
            Timeout = Patience.Limit,
        };
    }

    /// <summary>A visitor without cookies.</summary>
    public HttpClient Client { get; }

    /// <summary>What is followed for open pages.</summary>
    public CaseWatches Watches => app.Services.GetRequiredService<CaseWatches>();

    /// <summary>All addresses that are answered.</summary>
    public IEnumerable<RouteEndpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>What the pages logged.</summary>
    public RecordedLog Log { get; }

    /// <summary>Starts them.</summary>
    /// <param name="casemanager">Where it is said to be.</param>
    /// <param name="settings">Over those of a development environment.</param>
    /// <param name="clock">A clock that a test moves; null = the real one.</param>
    /// <param name="environment">Development, unless a test says otherwise.</param>
    /// <param name="signIn">Whether <see cref="Client"/> is signed in, as a casemanager.</param>
    public static async Task<RunningWeb> StartAsync(
        Uri casemanager, IReadOnlyDictionary<string, string?>? settings = null, bool signIn = true, TimeProvider? clock = null, string environment = "Development")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = environment });
        var log = new RecordedLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddSamenhangWeb();
        builder.Configuration["Samenhang:Services:casemanager"] = casemanager.ToString();
        builder.Configuration["Samenhang:Web:SignIn:Development"] = "true";
        if (environment == "Development")
        {
            builder.Configuration["Samenhang:Access:DevelopmentKeyFile"] = DevelopmentChannel.KeyFile;
        }

        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapSamenhangWeb();
        await app.StartAsync();
        var web = new RunningWeb(app, log);
        if (signIn)
        {
            web.Client.DefaultRequestHeaders.Add("Cookie", (await web.SignInAsync(DemoPerson.Noor)).Header);
        }

        return web;
    }

    /// <summary>Walks the way in as somebody, as a browser does.</summary>
    /// <param name="person">One of <see cref="DemoPerson"/>.</param>
    /// <param name="caseId">The case, for who sees one case only.</param>
    public Task<PageSession> SignInAsync(string person, string? caseId = null) => PageSession.BeginAsync(Client.BaseAddress!, person, caseId);

    /// <summary>A page as its source.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
