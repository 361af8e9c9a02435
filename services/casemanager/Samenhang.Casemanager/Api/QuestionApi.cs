using Grpc.Core;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Casemanager.Questions;
using Samenhang.Language;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Casemanager.V1;
using Plan = Samenhang.Casemanager.Domain.Plans.Plan;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods about questions: parse, handle, reply.</summary>
public sealed class QuestionApi(CaseDesk cases, CaseRules rules, DomainQuestions domains) : QuestionService.QuestionServiceBase
{
    // Each answer that is tried asks four domains. A preview must not take the place of the rounds.
    private const int AtOnce = 3;

    private readonly QuestionWriter writer = new(new PlanWriter(rules));

    /// <inheritdoc/>
    public override async Task<PreviewQuestionResponse> PreviewQuestion(PreviewQuestionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        reader.CaseId(request.CaseId);
        var place = reader.Placed("question", request.Question);
        reader.EnsureValid();
        var state = (await cases.FindAsync(request.CaseId, context.CancellationToken)).OrFail();
        var question = cases.Asked(state, place, "question").OrFail();
        var values = AnswerEffect.AnswersOf(rules.Vocabulary.FactById[place.Fact]);
        return writer.Write(question, values.Count == 0 ? [] : await TryAsync(state, place, values, context.CancellationToken));
    }

    /// <inheritdoc/>
    public override async Task<AnswerQuestionResponse> AnswerQuestion(AnswerQuestionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var answer = reader.Placed("answer", request.Answer);
        var by = reader.By(request.By);
        if (answer.Value.IsKnown == request.NotKnown)
        {
            reader.Fault("not_known", "Geef een antwoord, of zeg dat het niet bekend is; niet beide.", "Give an answer, or say that it is not known; not both.");
        }

        reader.EnsureValid();
        return (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            now => new CaseCommand.GiveAnswer(answer, by) { At = now },
            after => new AnswerQuestionResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <summary>
    /// What each answer would change. The plan without an answer is made now as well, by the same numbers and domains: whatever else
    /// changed since the newest plan is no effect of an answer.
    /// </summary>
    private async Task<IReadOnlyList<(AnswerEffect Effect, Plan Then)>> TryAsync(
        CaseState state, PlacedFact place, IReadOnlyList<Value> values, CancellationToken cancellationToken)
    {
        var plans = new Plan[values.Count + 1];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, plans.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, cancel) =>
            {
                var tried = i == 0 ? CaseDesk.Usable(state).OrFail() : cases.Try(state, [place with { Value = values[i - 1] }]).OrFail();
                var whole = tried.ToDocument(state.Opened!.AsOf ?? state.RoundAsOf).ToCase(rules.Vocabulary);
                plans[i] = rules.Plans.Make((await domains.AssessAsync(whole, cancel)).OrFail(), 0, state.HandOvers, state.Questions);
            });
        return [.. values.Select((value, i) => (AnswerEffect.Of(value, plans[0], plans[i + 1]), plans[i + 1]))];
    }
}
