using Samenhang.Casemanager.Domain.Assessment;

namespace Samenhang.Rules.Tests.Properties;

/// <summary>A whole round over rulebooks: what each service sees, its answers, the casemanager's own rows and the findings.</summary>
internal sealed class Round(RulebookSet rulebooks)
{
    private readonly CaseAssessor assessor = CaseAssessor.With(rulebooks.Derived.Vocabulary, rulebooks.ByService["casemanager"], rulebooks.Findings);
    private readonly Dictionary<string, AnswerQuestion> services =
        rulebooks.ByService.Where(book => book.Key != "casemanager").ToDictionary(book => book.Key, book => CaseAssessor.Answer(book.Value));

    public CaseAssessment Of(Case @case) => assessor.Assess(@case, services);
}
