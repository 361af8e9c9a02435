using Samenhang.Platform.Errors;

namespace Samenhang.Zvw.Indications;

/// <summary>What may happen to an indication, and when. Pure.</summary>
public static class IndicationDecisions
{
    /// <summary>Issues it.</summary>
    public static Result<IndicationEvent> Issue(Indication asked) => new IndicationEvent.IndicationIssued(asked);

    /// <summary>Takes it back.</summary>
    public static Result<IndicationEvent> Withdraw(Indication current, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(current);
        return current switch
        {
            { WithdrawnOn: not null } => Forbidden(current, "INDICATION_WITHDRAWN", "Dit stuk is al ingetrokken.", "This document was taken back already."),
            _ when on < current.IssuedOn => Forbidden(current, "DAY_TOO_EARLY", $"Deze dag ligt vóór {current.IssuedOn:yyyy-MM-dd}.", $"This day lies before {current.IssuedOn:yyyy-MM-dd}."),
            _ => new IndicationEvent.IndicationWithdrawn(current with { WithdrawnOn = on }),
        };
    }

    private static Error.StateForbids Forbidden(Indication current, string type, string nl, string en) =>
        new(type, $"{Indication.Kind}/{current.Id}", new BilingualText(nl, en));
}
