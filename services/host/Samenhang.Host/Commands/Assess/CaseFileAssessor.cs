using Samenhang.Casemanager.Domain;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules;

namespace Samenhang.Host.Commands.Assess;

/// <summary>Runs the whole round of a case in this process, as the services would together. Safe for use by many threads.</summary>
internal sealed class CaseFileAssessor
{
    private readonly RulebookSet rulebooks;
    private readonly CaseAssessor assessor;
    private readonly PlanAssembler plans;
    private readonly Dictionary<string, AnswerQuestion> answerers;

    /// <summary>Takes the vocabulary and the rulebooks.</summary>
    public CaseFileAssessor(Vocabulary vocabulary, RulebookSet rulebooks)
    {
        this.rulebooks = rulebooks;
        assessor = new(vocabulary, Answer(Services.Casemanager), rulebooks.Findings.Evaluate);
        plans = new(vocabulary);
        answerers = Services.Asked.ToDictionary(service => service, Answer);
    }

    /// <summary>The case of the file and its variants, in the order of the file.</summary>
    public IEnumerable<AssessedCase> Assess(CaseFile file, string path)
    {
        yield return Assess(file, path, null, file.Case, file.Expect);
        foreach (var variant in file.Variants)
        {
            yield return Assess(file, path, variant.Id, variant.Case, variant.Expect);
        }
    }

    /// <summary>How one row came about: the rulebook of the scheme's service, on what that service sees. Null when no rule speaks of it.</summary>
    public RowExplanation? Explain(Case @case, string needId, Scheme scheme)
    {
        var assessment = assessor.Assess(@case, answerers);
        var service = scheme.Service == "none" ? Services.Casemanager : scheme.Service;
        var zvw = assessment.Coverage.Where(row => row.Service == Services.Zvw).ToList();
        var view = service == Services.Casemanager ? assessment.Case : assessor.QuestionFor(service, @case, zvw).View;
        return rulebooks.ByService[service].Explain(view, needId, scheme.Id);
    }

    private AnswerQuestion Answer(string service)
    {
        var rulebook = rulebooks.ByService[service];
        return question => rulebook.Assess(question.View, question.Suggested.Select(row => (row.NeedId, row.Scheme)));
    }

    private AssessedCase Assess(CaseFile file, string path, string? variant, Case @case, Expectation? expect)
    {
        var assessment = assessor.Assess(@case, answerers);
        return new()
        {
            File = path,
            CaseId = file.Id,
            Title = file.Title,
            Variant = variant,
            Case = @case,
            Plan = plans.Make(assessment, version: 0),
            Facts = rulebooks.FactsOf(assessment.Case),
            Expect = expect,
        };
    }
}
