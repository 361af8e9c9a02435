using Microsoft.Extensions.Configuration;
using Samenhang.Api.Hosting;
using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Rules;
using Samenhang.Rules.Policies;

namespace Samenhang.Domains;

/// <summary>The rulebook of one domain, read and checked when the service starts; the numbers and policies in it follow their files.</summary>
public sealed class DomainRulebook<TDomain>
    where TDomain : IDomain
{
    private readonly CurrentPolicies policies;
    private volatile Rulebook now;

    /// <summary>Reads the rulebook from <see cref="RulebookFolders"/>.</summary>
    /// <exception cref="RulebookException">A rule is wrong; all faults at once, with file and line. The service must not start.</exception>
    public DomainRulebook(Vocabulary vocabulary, CurrentPolicies policies, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(policies);
        Vocabulary = vocabulary;
        this.policies = policies;
        Rules = RulebookSet.Load(
            vocabulary,
            RulebookFolders.Vocabulary(configuration),
            new Dictionary<string, string> { [TDomain.Name] = RulebookFolders.Of(TDomain.Name, configuration) },
            policies.Now);
        now = Rules.ByService[TDomain.Name];
    }

    /// <summary>The names that its rules and questions use.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The rules themselves, as they were read, for what a domain decides with them besides cover.</summary>
    public RulebookSet Rules { get; }

    /// <summary>The numbers and policies of this moment.</summary>
    public PolicySet Policies => policies.Now;

    /// <summary>The rulebook under the numbers and policies of this moment. Take it once for an answer and its version.</summary>
    public Rulebook Now
    {
        get
        {
            var newest = policies.Now;
            var known = now;
            return known.Policies == newest ? known : now = known.With(newest);
        }
    }
}
