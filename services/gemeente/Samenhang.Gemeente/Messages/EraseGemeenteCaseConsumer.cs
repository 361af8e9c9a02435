using MassTransit;
using Samenhang.Domains.Records;
using Samenhang.Messages;

namespace Samenhang.Gemeente.Messages;

/// <summary>Hears that a case is erased.</summary>
public sealed class EraseGemeenteCaseConsumer(CaseErasing<GemeenteDomain> erasing) : IConsumer<EraseGemeenteCase>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<EraseGemeenteCase> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return erasing.EraseAsync(KnownWords.Pseudonym(context.Message.CasePseudonym), context.MessageId!.Value, context.CancellationToken);
    }
}
