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

    /// <summary>Whose case a case is, as the newest question about it said; null = nobody's that is known, or nobody asked about it yet.</summary>
    public async Task<string?> KeeperOfAsync(string casePseudonym, CancellationToken cancellationToken) =>
        (await assessments.LoadAsync(casePseudonym, cancellationToken)).State.Keeper;

    /// <summary>Answers a question. The answer is written with the id of the question; the relay publishes it.</summary>
    public Task AnswerAsync(Guid messageId, int round, Case view, IReadOnlyList<SuggestedScheme> suggested, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        var now = rulebook.Now;
        var rows = Measures.EvaluateRules(TDomain.Name, () => now.Assess(view, suggested));
        return assessments.HandleMessageAsync(
            view.Id,
            messageId,
            _ => [new AssessmentEvent<TDomain>.CoverageGiven(view.Id, round, now.Version, rows, TDomain.KeeperOf(view))],
            cancellationToken,
            likelyNew: round == 1);
    }
}
