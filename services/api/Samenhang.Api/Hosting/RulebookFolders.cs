using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Samenhang.Language;

namespace Samenhang.Api.Hosting;

/// <summary>
/// Where vocabulary, rulebooks and the files of tenants lie: in the repository that <c>SAMENHANG_HOME</c> names, so that an edit needs no build; else beside
/// the program.
/// </summary>
public static class RulebookFolders
{
    private const string Home = "Samenhang:Home";

    /// <summary>The rulebook of a service; setting <c>Samenhang:Rulebooks:{service}</c> goes first.</summary>
    public static string Of(string service, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[$"Samenhang:Rulebooks:{service}"]
            ?? (configuration[Home] is { Length: > 0 } home
                ? Path.Combine(home, "services", service, "rulebook")
                : Path.Combine(AppContext.BaseDirectory, "rulebooks", service));
    }

    /// <summary>Another folder of data of a service, beside its rulebook.</summary>
    public static string BesideRulebook(string service, string folder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[Home] is { Length: > 0 } home
            ? Path.Combine(home, "services", service, folder)
            : Path.Combine(AppContext.BaseDirectory, folder);
    }

    /// <summary>The vocabulary.</summary>
    public static string Vocabulary(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[Home] is { Length: > 0 } home
            ? Path.Combine(home, "services", "language", "vocabulary")
            : VocabularyLoader.DefaultFolder;
    }

    /// <summary>The municipalities and insurers with a policy of their own; setting <c>Samenhang:Tenants</c> goes first.</summary>
    public static string Tenants(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration["Samenhang:Tenants"]
            ?? (configuration[Home] is { Length: > 0 } home
                ? Path.Combine(home, "services", "language", "tenants")
                : Path.Combine(AppContext.BaseDirectory, "tenants"));
    }

    /// <summary>Adds the vocabulary, and the numbers and policies that follow their files: one for all services of a host.</summary>
    public static IServiceCollection AddVocabulary(this IServiceCollection services)
    {
        services.AddOptions<PolicyOptions>().BindConfiguration(PolicyOptions.Section)
            .Validate(policies => policies.LookEvery > TimeSpan.Zero, $"{PolicyOptions.Section}:LookEvery must be longer than nothing.")
            .Validate(policies => policies.SettleFor >= TimeSpan.Zero, $"{PolicyOptions.Section}:SettleFor must not be negative.")
            .ValidateOnStart();
        services.TryAddSingleton<CurrentPolicies>();
        services.AddHostedService<PolicyWatch>();
        services.TryAddSingleton(provider => VocabularyLoader.Load(Vocabulary(provider.GetRequiredService<IConfiguration>())));
        return services;
    }
}
