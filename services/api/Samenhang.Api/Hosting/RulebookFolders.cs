using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Samenhang.Language;

namespace Samenhang.Api.Hosting;

/// <summary>Where the rulebooks lie.</summary>
public static class RulebookFolders
{
    /// <summary>The folder of a service: setting <c>Samenhang:Rulebooks:{service}</c>, else <c>rulebooks/{service}</c> beside the program.</summary>
    public static string Of(string service, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[$"Samenhang:Rulebooks:{service}"] ?? Path.Combine(AppContext.BaseDirectory, "rulebooks", service);
    }

    /// <summary>Adds the vocabulary: one for all services of a host.</summary>
    public static IServiceCollection AddVocabulary(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => VocabularyLoader.Load(VocabularyLoader.DefaultFolder));
        return services;
    }
}
