using MassTransit;
using Samenhang.Domains.Records;
using Samenhang.Messages;

namespace Samenhang.Uwv.Messages;

/// <summary>Hears that a case is erased.</summary>
public sealed class EraseUwvCaseConsumer(CaseErasing<UwvDomain> erasing) : IConsumer<EraseUwvCase>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<EraseUwvCase> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return erasing.EraseAsync(KnownWords.Pseudonym(context.Message.CasePseudonym), context.MessageId!.Value, context.CancellationToken);
    }
}
