using Samenhang.Api.Hosting;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Households;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Language;
using Samenhang.Platform.Hosting;
using Samenhang.Rules;
using Samenhang.Rules.Policies;

namespace Samenhang.Casemanager.Cases;

/// <summary>
/// The casemanager's own rulebook and findings, read and checked when the service starts, and the decisions made with them; the numbers and
/// policies in them follow their files.
/// </summary>
public sealed class CaseRules
{
    private readonly CurrentPolicies policies;
    private volatile Standing standing;

    /// <summary>Reads the rulebook.</summary>
    /// <exception cref="RulebookException">A rule is wrong; the service must not start.</exception>
    /// <exception cref="VocabularyException">The list of what flows in a household is wrong.</exception>
    public CaseRules(Vocabulary vocabulary, CurrentPolicies policies, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(policies);
        Vocabulary = vocabulary;
        var set = RulebookSet.Load(
            vocabulary,
            RulebookFolders.Vocabulary(configuration),
            new Dictionary<string, string> { [ServiceNames.Casemanager] = RulebookFolders.Of(ServiceNames.Casemanager, configuration) },
            policies.Now);
        this.policies = policies;
        standing = Standing.Of(vocabulary, set.ByService[ServiceNames.Casemanager], set.Findings);
        Households = HouseholdFlows.Load(RulebookFolders.Vocabulary(configuration), vocabulary);
        Plans = new PlanAssembler(vocabulary);
        Differences = new PlanDifference(vocabulary);
        Questions = new QuestionDecisions(vocabulary);
        Sources = standing.Own.Rules.ToDictionary(rule => rule.Id, rule => rule.Source);
    }

    /// <summary>The names that cases use.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Makes questions and puts answers together.</summary>
    public CaseAssessor Assessor => Now.Assessor;

    /// <summary>What becomes of a command.</summary>
    public CaseDecisions Decisions => Now.Decisions;

    /// <summary>The numbers and policies of this moment.</summary>
    public PolicySet Policies => policies.Now;

    /// <summary>What flows between the cases of a household.</summary>
    public HouseholdFlows Households { get; }

    /// <summary>Makes plans.</summary>
    public PlanAssembler Plans { get; }

    /// <summary>Finds questions, and says what becomes of an answer.</summary>
    public QuestionDecisions Questions { get; }

    /// <summary>Tells plans apart.</summary>
    public PlanDifference Differences { get; }

    /// <summary>Where the casemanager's own rules stand in the documents.</summary>
    public IReadOnlyDictionary<string, RuleSource> Sources { get; }

    /// <summary>The casemanager's own rules that count when an option is on.</summary>
    public IEnumerable<string> RulesOf(string option) => Now.Own.Rules.Where(rule => rule.Option == option).Select(rule => rule.Id);

    /// <summary>The reasoning behind a row of the casemanager's own; null when its rulebook says nothing about it.</summary>
    public RowExplanation? Explain(Case whole, string needId, string scheme) => Now.Own.Explain(whole, needId, scheme);

    private Standing Now
    {
        get
        {
            var newest = policies.Now;
            var known = standing;
            return known.Own.Policies == newest ? known : standing = Standing.Of(Vocabulary, known.Own.With(newest), known.Findings.With(newest));
        }
    }

    /// <summary>What stands under one set of policies; never mixed with another.</summary>
    private sealed record Standing(Rulebook Own, FindingBook Findings, CaseAssessor Assessor, CaseDecisions Decisions)
    {
        public static Standing Of(Vocabulary vocabulary, Rulebook own, FindingBook findings)
        {
            var assessor = CaseAssessor.With(vocabulary, own, findings);
            return new(own, findings, assessor, new CaseDecisions(vocabulary, assessor));
        }
    }
}
