using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.TestSupport;

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

    /// <summary>What the pages logged.</summary>
    public RecordedLog Log { get; }

    /// <summary>Starts them.</summary>
    public static async Task<RunningWeb> StartAsync(Uri casemanager)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var log = new RecordedLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddSamenhangWeb();
        builder.Configuration["Samenhang:Services:casemanager"] = casemanager.ToString();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapSamenhangWeb();
        await app.StartAsync();
        return new RunningWeb(app, log);
    }

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
