using Samenhang.Platform.Errors;

namespace Samenhang.Domains.Provisions;

/// <summary>What may happen to a provision, and when. Pure.</summary>
public static class ProvisionDecisions
{
    /// <summary>Grants a request that is open.</summary>
    public static Result<KeptProvision> Grant(KeptProvision current, DateOnly on) =>
        Open(current).Then(open => NotBefore(open, open.RequestedOn, on))
            .Map(open => open with { Status = ProvisionStatus.Granted, DecidedOn = on });

    /// <summary>Refuses a request that is open.</summary>
    public static Result<KeptProvision> Refuse(KeptProvision current, DateOnly on, string reason) =>
        Open(current).Then(open => NotBefore(open, open.RequestedOn, on))
            .Map(open => open with { Status = ProvisionStatus.Refused, DecidedOn = on, RefusalReason = reason });

    /// <summary>Starts what was granted.</summary>
    public static Result<KeptProvision> Start(KeptProvision current, DateOnly from) => current switch
    {
        { Status: ProvisionStatus.Granted } => NotBefore(current, current.RequestedOn, from)
            .Map(granted => granted with { Status = ProvisionStatus.Running, From = from }),
        _ => Forbidden("PROVISION_NOT_GRANTED", current, "Alleen een toegekende voorziening kan beginnen.", "Only a provision that was granted can start."),
    };

    /// <summary>Stops what runs.</summary>
    public static Result<KeptProvision> Stop(KeptProvision current, DateOnly to) => current switch
    {
        { Status: ProvisionStatus.Running } => NotBefore(current, current.From ?? current.RequestedOn, to)
            .Map(running => running with { Status = ProvisionStatus.Ended, To = to }),
        _ => Forbidden("PROVISION_NOT_RUNNING", current, "Alleen een lopende voorziening kan stoppen.", "Only a running provision can stop."),
    };

    private static Result<KeptProvision> Open(KeptProvision current) => current switch
    {
        { Status: ProvisionStatus.Requested } => current,
        _ => Forbidden("REQUEST_NOT_OPEN", current, "Over deze aanvraag is al beslist.", "This request was decided already."),
    };

    private static Result<KeptProvision> NotBefore(KeptProvision provision, DateOnly earliest, DateOnly day) =>
        day >= earliest ? provision : Forbidden("DAY_TOO_EARLY", provision,
            $"Deze dag ligt vóór {earliest:yyyy-MM-dd}.", $"This day lies before {earliest:yyyy-MM-dd}.");

    private static Error.StateForbids Forbidden(string type, KeptProvision provision, string nl, string en) =>
        new(type, $"provision/{provision.Id}", new BilingualText(nl, en));
}
