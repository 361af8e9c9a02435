using Microsoft.Extensions.Configuration;
using Samenhang.Api.Hosting;
using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Rules;

namespace Samenhang.Domains;

/// <summary>The rulebook of one domain, read and checked when the service starts.</summary>
public sealed class DomainRulebook<TDomain>
    where TDomain : IDomain
{
    private readonly Rulebook rulebook;

    /// <summary>Reads the rulebook from <see cref="RulebookFolders"/>.</summary>
    /// <exception cref="RulebookException">A rule is wrong; all faults at once, with file and line. The service must not start.</exception>
    public DomainRulebook(Vocabulary vocabulary, IConfiguration configuration)
    {
        Vocabulary = vocabulary;
        Rules = RulebookSet.Load(
            vocabulary,
            RulebookFolders.Vocabulary(configuration),
            new Dictionary<string, string> { [TDomain.Name] = RulebookFolders.Of(TDomain.Name, configuration) });
        rulebook = Rules.ByService[TDomain.Name];
    }

    /// <summary>The names that its rules and questions use.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The rules themselves, for what a domain decides with them besides cover.</summary>
    public RulebookSet Rules { get; }

    /// <summary>A hash over the rules and the vocabulary.</summary>
    public string Version => rulebook.Version;

    /// <summary>The answer: a pure function of the view and the rows that another answer points to.</summary>
    public IReadOnlyList<Coverage> Assess(Case view, IEnumerable<SuggestedScheme> suggested) =>
        rulebook.Assess(view, suggested.Select(row => (row.NeedId, row.Scheme)));

    /// <summary>The reasoning behind one row; null when the rulebook says nothing about it.</summary>
    public RowExplanation? Explain(Case view, string needId, string scheme) => rulebook.Explain(view, needId, scheme);
}
