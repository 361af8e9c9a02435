using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Samenhang.Language;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Probes;
using Samenhang.Rules;

namespace Samenhang.Api.Hosting;

/// <summary>How a service runs as a process of its own.</summary>
public static class ServiceProcess
{
    /// <summary>The port on which each service, and the web page, listens when nobody says otherwise.</summary>
    public static IReadOnlyDictionary<string, int> DefaultPorts { get; } = new Dictionary<string, int>
    {
        [ServiceNames.Casemanager] = 5100,
        [ServiceNames.Zvw] = 5101,
        [ServiceNames.Gemeente] = 5102,
        [ServiceNames.Uwv] = 5103,
        [ServiceNames.Employer] = 5104,
        ["web"] = 5080,
    };

    /// <summary>Listens for gRPC (HTTP/2) on the service's own port of localhost, unless <c>urls</c> says otherwise.</summary>
    public static WebApplicationBuilder ListenForGrpc(this WebApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ListenOnOwnPort(service);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        return builder;
    }

    /// <summary>Listens on its own port of localhost, unless <c>urls</c> says otherwise.</summary>
    public static WebApplicationBuilder ListenOnOwnPort(this WebApplicationBuilder builder, string part)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
        {
            builder.Configuration["urls"] = $"http://localhost:{DefaultPorts[part]}";
        }

        return builder;
    }

    /// <summary>Does what the arguments of the program of a service ask: runs it, or asks whether the one that runs is ready (<c>--probe</c>).</summary>
    /// <returns>The exit status.</returns>
    public static Task<int> RunProgramAsync(string[] arguments, Func<WebApplication> build) =>
        ProbeCommand.IsIn(arguments) ? ProbeCommand.RunAsync() : RunServiceAsync(build);

    /// <summary>Builds and runs a service. What is wrong in its rules or settings is told line by line, and the service does not start.</summary>
    /// <param name="build">Makes the host.</param>
    /// <param name="cancellation">Stops it in good order, beside the signals that every host hears.</param>
    /// <returns>The exit status.</returns>
    public static async Task<int> RunServiceAsync(Func<WebApplication> build, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            await using var app = build();
            await ((IHost)app).RunAsync(cancellation);
            return 0;
        }
        catch (Exception cause) when (cause is RulebookException or VocabularyException or Microsoft.Extensions.Options.OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(cause.Message);
            return 1;
        }
    }
}
