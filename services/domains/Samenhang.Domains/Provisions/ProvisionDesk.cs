using Google.Protobuf;
using Samenhang.Domains.Records;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;

namespace Samenhang.Domains.Provisions;

/// <summary>Where requests about provisions are handled.</summary>
public sealed class ProvisionDesk<TDomain>(RecordDesk<TDomain, KeptProvision, ProvisionEvent<TDomain>> provisions)
    where TDomain : IDomain
{
    /// <summary>Takes in a request for a provision.</summary>
    public Task<Result<TReply>> RequestAsync<TReply>(
        RequestIdentity request, Func<string, KeptProvision> asked, Func<KeptProvision, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new()
    {
        ArgumentNullException.ThrowIfNull(asked);
        return provisions.CreateAsync(request, id => new ProvisionEvent<TDomain>.Requested(asked(id)), reply, cancellationToken);
    }

    /// <summary>Grants a request.</summary>
    public Task<Result<TReply>> GrantAsync<TReply>(
        RequestIdentity request, string id, DateOnly on, Func<KeptProvision, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        ChangeAsync(request, id, current => ProvisionDecisions.Grant(current, on), after => new ProvisionEvent<TDomain>.Granted(after), reply, cancellationToken);

    /// <summary>Refuses a request.</summary>
    public Task<Result<TReply>> RefuseAsync<TReply>(
        RequestIdentity request, string id, DateOnly on, string reason, Func<KeptProvision, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        ChangeAsync(request, id, current => ProvisionDecisions.Refuse(current, on, reason), after => new ProvisionEvent<TDomain>.Refused(after), reply, cancellationToken);

    /// <summary>Starts what was granted.</summary>
    public Task<Result<TReply>> StartAsync<TReply>(
        RequestIdentity request, string id, DateOnly from, Func<KeptProvision, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        ChangeAsync(request, id, current => ProvisionDecisions.Start(current, from), after => new ProvisionEvent<TDomain>.Started(after), reply, cancellationToken);

    /// <summary>Stops what runs.</summary>
    public Task<Result<TReply>> StopAsync<TReply>(
        RequestIdentity request, string id, DateOnly to, Func<KeptProvision, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        ChangeAsync(request, id, current => ProvisionDecisions.Stop(current, to), after => new ProvisionEvent<TDomain>.Stopped(after), reply, cancellationToken);

    /// <summary>One provision with its version.</summary>
    public Task<Result<(KeptProvision Provision, long Version)>> FindAsync(string id, CancellationToken cancellationToken) => provisions.FindAsync(id, cancellationToken);

    /// <summary>The provisions of one case with their versions, the first requested first.</summary>
    public Task<IReadOnlyList<(KeptProvision Provision, long Version)>> ListAsync(string casePseudonym, CancellationToken cancellationToken) =>
        provisions.OfCaseAsync(casePseudonym, cancellationToken);

    private Task<Result<TReply>> ChangeAsync<TReply>(
        RequestIdentity request,
        string id,
        Func<KeptProvision, Result<KeptProvision>> decide,
        Func<KeptProvision, ProvisionEvent<TDomain>> happened,
        Func<KeptProvision, long, TReply> reply,
        CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        provisions.ChangeAsync(request, id, current => decide(current).Map(happened), reply, cancellationToken);
}
