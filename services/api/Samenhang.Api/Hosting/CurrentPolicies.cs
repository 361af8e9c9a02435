using Microsoft.Extensions.Configuration;
using Samenhang.Language;
using Samenhang.Rules;
using Samenhang.Rules.Policies;

namespace Samenhang.Api.Hosting;

/// <summary>
/// The dated numbers and the policies of municipalities and insurers as their files say now; one for all services of a host. Who
/// answers takes <see cref="Now"/> once, so that one answer never mixes two sets.
/// </summary>
public sealed class CurrentPolicies
{
    private volatile PolicySet now;
    private volatile TaskCompletionSource changed = Unchanged();

    /// <summary>Reads the files.</summary>
    /// <exception cref="RulebookException">Something in them is wrong; all faults at once, with file and line. The service must not start.</exception>
    public CurrentPolicies(Vocabulary vocabulary, IConfiguration configuration) =>
        now = PolicySet.Load(vocabulary, RulebookFolders.Vocabulary(configuration), RulebookFolders.Tenants(configuration));

    /// <summary>The newest set without faults.</summary>
    public PolicySet Now => now;

    /// <summary>Completes when another set has come. Take it before looking at <see cref="Now"/>, so that no change falls between.</summary>
    public Task Changed => changed.Task;

    internal void Change(PolicySet next)
    {
        now = next;
        var before = changed;
        changed = Unchanged();
        before.SetResult();
    }

    private static TaskCompletionSource Unchanged() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
