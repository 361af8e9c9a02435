using MassTransit;
using Samenhang.Domains.Records;
using Samenhang.Messages;
using Samenhang.Messages.Employer;

namespace Samenhang.Employer.Messages;

/// <summary>Hears that a case is erased.</summary>
public sealed class EraseEmployerCaseConsumer(CaseErasing<EmployerDomain> erasing) : IConsumer<EraseEmployerCase>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<EraseEmployerCase> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return erasing.EraseAsync(KnownWords.Pseudonym(context.Message.CasePseudonym), context.MessageId!.Value, context.CancellationToken);
    }
}
