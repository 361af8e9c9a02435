using MassTransit;
using Samenhang.Domains;
using Samenhang.Domains.Assessment;
using Samenhang.Messages;

namespace Samenhang.Uwv.Messages;

/// <summary>Hears the questions of the casemanager.</summary>
public sealed class AskUwvCoverageConsumer(AssessmentDesk<UwvDomain> assessments, DomainRulebook<UwvDomain> rulebook) : IConsumer<AskUwvCoverage>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<AskUwvCoverage> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return assessments.AnswerAsync(
            context.MessageId!.Value,
            context.Message.Round,
            KnownWords.Read(() => context.Message.View.ToCase(rulebook.Vocabulary)),
            KnownWords.Read(context.Message.Suggested, rulebook.Vocabulary),
            context.CancellationToken);
    }
}
