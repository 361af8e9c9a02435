using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Platform.Store;
using Samenhang.Platform.Telemetry;

namespace Samenhang.Domains.Assessment;

/// <summary>Where questions from the bus are answered, each once.</summary>
public sealed class AssessmentDesk<TDomain>(Streams<AssessmentState<TDomain>, AssessmentEvent<TDomain>> assessments, DomainRulebook<TDomain> rulebook)
    where TDomain : IDomain
{
    /// <summary>The first part of an assessment's stream.</summary>
    public const string StreamKind = "assessment";

    /// <summary>Answers a question. The answer is written with the id of the question; the relay publishes it.</summary>
    public Task AnswerAsync(Guid messageId, int round, Case view, IReadOnlyList<SuggestedScheme> suggested, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        var now = rulebook.Now;
        var rows = Measures.EvaluateRules(TDomain.Name, () => now.Assess(view, suggested));
        return assessments.HandleMessageAsync(
            view.Id,
            messageId,
            _ => [new AssessmentEvent<TDomain>.CoverageGiven(view.Id, round, now.Version, rows)],
            cancellationToken,
            likelyNew: round == 1);
    }
}
