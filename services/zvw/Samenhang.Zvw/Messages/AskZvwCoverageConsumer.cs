using MassTransit;
using Samenhang.Domains;
using Samenhang.Domains.Assessment;
using Samenhang.Messages;

namespace Samenhang.Zvw.Messages;

/// <summary>Hears the questions of the casemanager.</summary>
public sealed class AskZvwCoverageConsumer(AssessmentDesk<ZvwDomain> assessments, DomainRulebook<ZvwDomain> rulebook) : IConsumer<AskZvwCoverage>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<AskZvwCoverage> context)
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
