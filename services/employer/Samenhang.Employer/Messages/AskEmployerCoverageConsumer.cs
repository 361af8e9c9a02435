using MassTransit;
using Samenhang.Domains;
using Samenhang.Domains.Assessment;
using Samenhang.Messages;
using Samenhang.Messages.Employer;

namespace Samenhang.Employer.Messages;

/// <summary>Hears the questions of the casemanager; what an employer may not know has no place in them.</summary>
public sealed class AskEmployerCoverageConsumer(AssessmentDesk<EmployerDomain> assessments, DomainRulebook<EmployerDomain> rulebook)
    : IConsumer<AskEmployerCoverage>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<AskEmployerCoverage> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return assessments.AnswerAsync(
            context.MessageId!.Value,
            context.Message.Round,
            KnownWords.Read(() => context.Message.ToCase(rulebook.Vocabulary)),
            KnownWords.Read(context.Message.SuggestedSchemes),
            context.CancellationToken);
    }
}
