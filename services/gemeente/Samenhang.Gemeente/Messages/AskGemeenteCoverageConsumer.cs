using MassTransit;
using Samenhang.Domains;
using Samenhang.Domains.Assessment;
using Samenhang.Messages;

namespace Samenhang.Gemeente.Messages;

/// <summary>Hears the questions of the casemanager.</summary>
public sealed class AskGemeenteCoverageConsumer(AssessmentDesk<GemeenteDomain> assessments, DomainRulebook<GemeenteDomain> rulebook) : IConsumer<AskGemeenteCoverage>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<AskGemeenteCoverage> context)
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
