using Grpc.Core;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Frame;
using Samenhang.Web.Pages;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Edge;

/// <summary>
/// What stands around every page: its headers, who may have it, that a form came from a page of ours, and a page that helps when
/// something is wrong. It is the one place where a role is checked.
/// </summary>
internal sealed class PageEdge(SignInSession session, IAntiforgery antiforgery, ILogger<PageEdge> log) : IEndpointFilter
{
    // Scripts and styles of our own only, nothing inline, nothing from elsewhere, nobody frames it. What a page holds is personal: no cache
    // keeps it, no other site hears its address.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        SetHeaders(http.Response.Headers);
        var person = await session.PersonAsync(http);
        http.RequestServices.GetRequiredService<PageCaller>().Person = person;
        PageContext.Begin(http, person);
        try
        {
            if (await RefusalAsync(http, person) is { } refusal)
            {
                await refusal.ExecuteAsync(http);
                return Results.Empty;
            }

            // Rendered here and not after the filter, so that a fault in a page is met too.
            var result = await next(context);
            await ((IResult)result!).ExecuteAsync(http);
        }
        catch (RpcException failure) when (!http.RequestAborted.IsCancellationRequested)
        {
            await Problem(Kind(failure), http).ExecuteAsync(http);
        }
        catch (Exception fault) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            PageLog.Failed(log, fault);
            await Problem(ProblemKind.Fault, http).ExecuteAsync(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The visitor went away; nobody is left to tell.
        }

        return Results.Empty;
    }

    /// <summary>A page that says what is wrong and what to do.</summary>
    public static IResult Problem(ProblemKind kind, HttpContext http)
    {
        if (kind == ProblemKind.Unavailable)
        {
            http.Response.Headers.RetryAfter = "5";
        }

        return PageResult.Of<ProblemPage>(http, new { Kind = kind, http.Request.Method, Back = FormPage(http) }, kind switch
        {
            ProblemKind.NotFound => StatusCodes.Status404NotFound,
            ProblemKind.WrongAddress or ProblemKind.OldForm => StatusCodes.Status400BadRequest,
            ProblemKind.NotAllowed => StatusCodes.Status403Forbidden,
            ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            ProblemKind.Fault => StatusCodes.Status500InternalServerError,
        });
    }

    // The page on which a form stood travels with it; a form that was not read yet is not waited for.
    private static string? FormPage(HttpContext http) =>
        http.Features.Get<IFormFeature>()?.Form?["page"].ToString() is { Length: > 0 } page ? PublicAddress.Local(page) : null;

    private async Task<IResult?> RefusalAsync(HttpContext http, Person? person)
    {
        // Without a word about who it is for, a page is for nobody.
        var access = http.GetEndpoint()?.Metadata.GetMetadata<PageAccess>();
        if (access is null || !access.Lets(person))
        {
            return person is null && access is not null ? await SignInSession.AskToSignInAsync(http) : Problem(ProblemKind.NotAllowed, http);
        }

        // Every address that names a case names it so.
        if (person is not null && http.GetRouteValue("caseId") is string caseId && !person.MayAskFor(caseId))
        {
            return Problem(ProblemKind.NotFound, http);
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !await antiforgery.IsRequestValidAsync(http))
        {
            PageLog.OldForm(log);
            return Problem(ProblemKind.OldForm, http);
        }

        return null;
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        headers.Vary = "Accept-Language, Cookie";
    }

    private ProblemKind Kind(RpcException failure)
    {
        switch (failure.StatusCode)
        {
            case StatusCode.NotFound:
                return ProblemKind.NotFound;
            case StatusCode.InvalidArgument:
                return ProblemKind.WrongAddress;
            case StatusCode.PermissionDenied or StatusCode.Unauthenticated:
                return ProblemKind.NotAllowed;
            case StatusCode.Unavailable or StatusCode.DeadlineExceeded:
                PageLog.Unreachable(log, failure.StatusCode);
                return ProblemKind.Unavailable;
            default:
                PageLog.Refused(log, failure.StatusCode);
                return ProblemKind.Fault;
        }
    }
}
