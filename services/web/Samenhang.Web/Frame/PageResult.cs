using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Samenhang.Web.Frame;

/// <summary>The answers that a page's endpoint gives.</summary>
internal static class PageResult
{
    /// <summary>A page. It gets its parameters, and the parameter <c>Page</c>.</summary>
    public static IResult Of<TPage>(HttpContext http, object? parameters = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var all = new Dictionary<string, object?>(new RouteValueDictionary(parameters)) { ["Page"] = PageContext.Of(http) };
        return new RazorComponentResult(typeof(TPage), all) { StatusCode = status };
    }

    /// <summary>After a form did what it was for: go to a page (see other), which tells it once.</summary>
    public static IResult Done(HttpContext http, string address, Notice notice)
    {
        NoticeCookie.Give(http, notice);
        return new SeeOther(address);
    }

    /// <summary>Go to another page.</summary>
    public static IResult GoTo(string address) => new SeeOther(address);

    /// <summary>303: the browser asks the next page with GET, so that "again" does not send the form again.</summary>
    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
