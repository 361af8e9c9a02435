using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using Samenhang.Web.Pages;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Edge;

/// <summary>What stands around every page: its headers, and a page that helps when something is wrong.</summary>
internal sealed class PageEdge(ILogger<PageEdge> log) : IEndpointFilter
{
    // No script at all, nothing from elsewhere, nobody frames it. What a page holds is personal: no cache keeps it, no other site hears its address.
    private const string Policy =
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        headers.Vary = "Accept-Language, Cookie";
        try
        {
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
    public static RazorComponentResult<ProblemPage> Problem(ProblemKind kind, HttpContext http)
    {
        if (kind == ProblemKind.Unavailable)
        {
            http.Response.Headers.RetryAfter = "5";
        }

        return new(new { Kind = kind, Voice = LanguageChoice.Of(http), Address = PageAddress.Of(http.Request) })
        {
            StatusCode = kind switch
            {
                ProblemKind.NotFound => StatusCodes.Status404NotFound,
                ProblemKind.WrongAddress => StatusCodes.Status400BadRequest,
                ProblemKind.NotAllowed => StatusCodes.Status403Forbidden,
                ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
                ProblemKind.Fault => StatusCodes.Status500InternalServerError,
            },
        };
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
