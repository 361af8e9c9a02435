using Samenhang.Api.Hosting;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;
using Samenhang.Platform.Hosting;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Cases;

/// <summary>The casemanager's own rulebook and findings, read and checked when the service starts, and the decisions made with them.</summary>
public sealed class CaseRules
{
    private readonly Rulebook own;

    /// <summary>Reads the rulebook.</summary>
    /// <exception cref="RulebookException">A rule is wrong; the service must not start.</exception>
    public CaseRules(Vocabulary vocabulary, IConfiguration configuration)
    {
        Vocabulary = vocabulary;
        var set = RulebookSet.Load(
            vocabulary,
            RulebookFolders.Vocabulary(configuration),
            new Dictionary<string, string> { [ServiceNames.Casemanager] = RulebookFolders.Of(ServiceNames.Casemanager, configuration) });
        own = set.ByService[ServiceNames.Casemanager];
        Assessor = CaseAssessor.With(vocabulary, own, set.Findings);
        Decisions = new CaseDecisions(vocabulary, Assessor);
        Plans = new PlanAssembler(vocabulary);
        Differences = new PlanDifference(vocabulary);
        Sources = own.Rules.ToDictionary(rule => rule.Id, rule => rule.Source);
    }

    /// <summary>The names that cases use.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Makes questions and puts answers together.</summary>
    public CaseAssessor Assessor { get; }

    /// <summary>What becomes of a command.</summary>
    public CaseDecisions Decisions { get; }

    /// <summary>Makes plans.</summary>
    public PlanAssembler Plans { get; }

    /// <summary>Tells plans apart.</summary>
    public PlanDifference Differences { get; }

    /// <summary>Where the casemanager's own rules stand in the documents.</summary>
    public IReadOnlyDictionary<string, RuleSource> Sources { get; }

    /// <summary>The reasoning behind a row of the casemanager's own; null when its rulebook says nothing about it.</summary>
    public RowExplanation? Explain(Case whole, string needId, string scheme) => own.Explain(whole, needId, scheme);
}
