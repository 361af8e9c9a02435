using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Consul;

/// <summary>Puts Consul in a host that names one, and nothing in others.</summary>
public static class ConsulHosting
{
    /// <summary>
    /// Reads the settings of a service, or of the web page, from Consul's keys and values, and follows them; below variables and the
    /// command line, above files.
    /// </summary>
    /// <param name="builder">The host; its variables have been added.</param>
    /// <param name="name">Whose settings: they lie under <c>samenhang/{name}/</c>.</param>
    public static IHostApplicationBuilder AddConsulSettings(this IHostApplicationBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (UsedIn(builder) is { Settings: true } options)
        {
            var settings = new ConsulSettings(options, name);
            builder.Configuration.AddBelowVariables(settings);
            builder.Services.AddSingleton<IHostedService>(provider => new ConsulSettingsWatch(
                settings,
                provider.GetRequiredService<ConsulClient>(),
                provider.GetRequiredService<BlockingQuery>(),
                provider.GetRequiredService<ILogger<ConsulSettingsWatch>>()));
        }

        return builder;
    }

    /// <summary>The client, for who asks where a service lives.</summary>
    internal static void AddConsul(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(provider => new ConsulClient(provider.GetRequiredService<IOptions<SamenhangOptions>>().Value.Consul));
        builder.Services.AddSingleton(provider => new BlockingQuery(
            provider.GetRequiredService<IOptions<SamenhangOptions>>().Value.Consul.AtMostEvery, provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Registers the services of the host.</summary>
    internal static void AddConsulRegistration(this IHostApplicationBuilder builder)
    {
        if (UsedIn(builder) is { Register: true })
        {
            builder.Services.AddHostedService<ConsulRegistrar>();
        }
    }

    // Wrong settings are told when the host starts, all at once; until then they count as none.
    private static ConsulOptions? UsedIn(IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection($"{SamenhangOptions.Section}:{nameof(SamenhangOptions.Consul)}").Get<ConsulOptions>();
        return options is { IsUsed: true } && !options.Violations().Any() ? options : null;
    }
}
