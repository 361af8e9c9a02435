using Samenhang.Platform.Hosting;

namespace Samenhang.Web;

/// <summary>The pages, as something that a host can hold.</summary>
public static class WebHost
{
    /// <summary>Adds the pages and their way to the casemanager.</summary>
    public static IHostApplicationBuilder AddSamenhangWeb(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddSamenhangDirectory();
        builder.Services.AddRazorComponents();
        return builder;
    }

    /// <summary>Maps the pages. With other endpoints in the same host, hold them to a port with <c>RequireHost</c>.</summary>
    public static IEndpointConventionBuilder MapSamenhangWeb(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.MapGroup("");
    }
}
