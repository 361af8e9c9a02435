using Samenhang.Platform.Errors;
using Samenhang.Zvw.Paths;

namespace Samenhang.Zvw.Referrals;

/// <summary>What may happen to a referral, and when. Pure.</summary>
public static class ReferralDecisions
{
    /// <summary>Begins a path with a referral.</summary>
    public static Result<CarePathEvent> Make(CarePath asked) => new CarePathEvent.ReferralMade(asked);

    /// <summary>Takes back a referral that nobody used.</summary>
    public static Result<CarePathEvent> Withdraw(CarePath path, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path switch
        {
            { Referral: null } => path.Forbids("NO_REFERRAL", "Dit zorgpad heeft geen verwijzing.", "This path has no referral."),
            { Trajectory: not null } => path.Forbids("REFERRAL_USED", "Met deze verwijzing is al een traject begonnen.", "A trajectory began with this referral."),
            { Referral.WithdrawnOn: not null } => path.Forbids("REFERRAL_WITHDRAWN", "Deze verwijzing is al ingetrokken.", "This referral was taken back already."),
            { Referral: { } referral } => path.NotBefore(referral.IssuedOn, on).Map<CarePathEvent>(open =>
                new CarePathEvent.ReferralWithdrawn(open.After(open with { Referral = referral with { WithdrawnOn = on } }))),
        };
    }
}
