using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Language;
using Common = Samenhang.Protos.Common.V1;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Writes what answers would change as the contract says it.</summary>
internal sealed class QuestionWriter(PlanWriter plans)
{
    /// <summary>A question and what each answer to it would change.</summary>
    public Wire.PreviewQuestionResponse Write(PlanQuestion question, IReadOnlyList<(AnswerEffect Effect, Plan Then)> answers) => new()
    {
        Question = plans.Write(question),
        Answers = { answers.Select(answer => Write(answer.Effect, answer.Then)) },
    };

    private Wire.AnswerPreview Write(AnswerEffect effect, Plan then)
    {
        var known = then.Coverage.SelectMany(row => row.Sources).DistinctBy(source => source.RuleId).ToDictionary(source => source.RuleId);
        return new Wire.AnswerPreview
        {
            Value = effect.Value.ToWire(),
            Decides = effect.Decides,
            Rows =
            {
                effect.Rows.Select(row => new Wire.RowChange
                {
                    NeedId = row.NeedId,
                    Scheme = row.Scheme,
                    Product = row.Product ?? "",
                    Was = ToWire(row.Was),
                    Becomes = ToWire(row.Becomes),
                    Payer = row.Payer ?? "",
                }),
            },
            AppearingFindings = { effect.Appearing.Select(finding => plans.Write(finding, known)) },
            ClosingFindings = { effect.Going.Select(finding => plans.Write(finding, known)) },
            NewQuestions = { effect.NewQuestions },
            GoneQuestions = { effect.GoneQuestions },
        };
    }

    private static Common.Outcome ToWire(Outcome? outcome) => WireLists.ToWire<Outcome, Common.Outcome>(outcome);
}
