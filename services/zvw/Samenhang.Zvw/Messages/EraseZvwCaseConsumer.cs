using MassTransit;
using Samenhang.Domains.Records;
using Samenhang.Messages;

namespace Samenhang.Zvw.Messages;

/// <summary>Hears that a case is erased.</summary>
public sealed class EraseZvwCaseConsumer(CaseErasing<ZvwDomain> erasing) : IConsumer<EraseZvwCase>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<EraseZvwCase> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return erasing.EraseAsync(KnownWords.Pseudonym(context.Message.CasePseudonym), context.MessageId!.Value, context.CancellationToken);
    }
}
