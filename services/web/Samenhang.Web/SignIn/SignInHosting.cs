using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn.Development;

namespace Samenhang.Web.SignIn;

/// <summary>Signing in, as part of the pages.</summary>
internal static class SignInHosting
{
    /// <summary>The name of the session.</summary>
    public const string Scheme = "samenhang";

    /// <summary>A folder for the keys of cookies, shared by all replicas; empty = keys of this process only.</summary>
    private const string KeysFolder = "Samenhang:Web:KeysFolder";

    /// <summary>Adds it.</summary>
    public static void AddSignIn(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).PostConfigure(DevelopmentIssuer.Complete).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignInOptions>, SignInOptionsValidator>();
        services.AddDataProtection().SetApplicationName("Samenhang.Web");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>().Configure<IConfiguration, ILoggerFactory>((keys, configuration, loggers) =>
        {
            if (configuration[KeysFolder] is { Length: > 0 } folder)
            {
                keys.XmlRepository = new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(Directory.CreateDirectory(folder), loggers);
            }
        });
        services.AddAuthentication(Scheme).AddCookie(Scheme);
        services.AddOptions<CookieAuthenticationOptions>(Scheme).Configure<IOptions<SignInOptions>, IConfiguration>((cookie, options, configuration) =>
        {
            cookie.Cookie.Name = "samenhang-session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.IsEssential = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = configuration[PublicAddress.Setting]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true
                ? CookieSecurePolicy.Always
                : CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = options.Value.Idle;
            cookie.SlidingExpiration = true;
        });
        services.AddSingleton<SignInSession>();
        services.AddSingleton<PersonClaims>();
        services.AddSingleton<PendingSignIns>();
        services.AddSingleton<Issuer>();
        services.AddSingleton<IdTokenCheck>();
        services.AddSingleton<CodeFlow>();
        services.AddSingleton<DevelopmentIssuer>();
        services.AddSingleton(provider => new BackChannel(
            provider.GetRequiredService<IOptions<SignInOptions>>().Value.Development
                ? new DevelopmentBackChannel(provider.GetRequiredService<DevelopmentIssuer>())
                : new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(3), PooledConnectionLifetime = TimeSpan.FromMinutes(5) }));
    }

    /// <summary>Maps its pages.</summary>
    public static void MapSignIn(this RouteGroupBuilder pages, IServiceProvider services)
    {
        pages.MapGet("/sign-in", BeginAsync).For(PageAccess.Anyone);
        pages.MapGet(CodeFlow.CallbackPath, FinishAsync).For(PageAccess.Anyone);
        pages.MapPost("/sign-out", async (HttpContext http) =>
        {
            await SignInSession.EndAsync(http);
            return PageResult.GoTo("/signed-out");
        }).For(PageAccess.SignedIn);
        pages.MapGet("/signed-out", (HttpContext http) => PageResult.Of<SignedOutPage>(http)).For(PageAccess.Anyone);

        var log = services.GetRequiredService<ILogger<CodeFlow>>();
        var options = services.GetRequiredService<IOptions<SignInOptions>>().Value;
        if (options.Development)
        {
            SignInLog.Development(log);
            pages.MapDevelopmentIssuer();
        }
        else if (options.Authority.Length == 0)
        {
            SignInLog.NotSet(log);
        }
    }

    private static async Task<IResult> BeginAsync(HttpContext http, CodeFlow flow, IOptions<SignInOptions> options, ILogger<CodeFlow> log)
    {
        var page = PublicAddress.Local(http.Request.Query["return"]);
        if (PageContext.Of(http).Person is not null)
        {
            return PageResult.GoTo(page);
        }

        if (options.Value.Authority.Length == 0)
        {
            return Problem(http, SignInProblem.NotSet);
        }

        try
        {
            return PageResult.GoTo(await flow.BeginAsync(http, page));
        }
        catch (IssuerUnavailableException failure)
        {
            SignInLog.Unreachable(log, failure.Message);
            return Problem(http, SignInProblem.Unavailable);
        }
    }

    private static async Task<IResult> FinishAsync(HttpContext http, CodeFlow flow, SignInSession session, ILogger<CodeFlow> log)
    {
        try
        {
            var outcome = await flow.FinishAsync(http);
            if (outcome.Person is not { } person)
            {
                return Problem(http, outcome.Problem!.Value);
            }

            await session.BeginAsync(http, person);
            return PageResult.GoTo(outcome.Return);
        }
        catch (IssuerUnavailableException failure)
        {
            SignInLog.Unreachable(log, failure.Message);
            return Problem(http, SignInProblem.Unavailable);
        }
    }

    private static IResult Problem(HttpContext http, SignInProblem problem) => PageResult.Of<SignInProblemPage>(http, new { Problem = problem.ToString() }, problem switch
    {
        SignInProblem.NoRole => StatusCodes.Status403Forbidden,
        SignInProblem.Unavailable or SignInProblem.NotSet => StatusCodes.Status503ServiceUnavailable,
        SignInProblem.NotBegunHere or SignInProblem.Refused or SignInProblem.NotTrusted => StatusCodes.Status400BadRequest,
    });
}
