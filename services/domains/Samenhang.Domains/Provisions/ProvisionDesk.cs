using Google.Protobuf;
using Samenhang.Domains.Store;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;

namespace Samenhang.Domains.Provisions;

/// <summary>Where requests about provisions are handled: load, decide, append.</summary>
public sealed class ProvisionDesk<TDomain>(Streams<ProvisionState<TDomain>, ProvisionEvent<TDomain>> provisions, ProvisionTable<TDomain> table, TimeProvider time)
    where TDomain : IDomain
{
    /// <summary>The first part of a provision's stream.</summary>
    public const string StreamKind = "provision";

    /// <summary>Takes in a request for a provision.</summary>
    public Task<Result<TReply>> RequestAsync<TReply>(
        RequestIdentity request, Func<string, KeptProvision> asked, Func<KeptProvision, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new()
    {
        ArgumentNullException.ThrowIfNull(asked);
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        return HandleAsync(id, request, current => ProvisionDecisions.Request(current, asked(id)), after => new ProvisionEvent<TDomain>.Requested(after), reply, cancellationToken);
    }

    /// <summary>Grants a request.</summary>
    public Task<Result<TReply>> GrantAsync<TReply>(
        RequestIdentity request, string id, DateOnly on, Func<KeptProvision, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        HandleAsync(id, request, current => ProvisionDecisions.Grant(current, id, on), after => new ProvisionEvent<TDomain>.Granted(after), reply, cancellationToken);

    /// <summary>Refuses a request.</summary>
    public Task<Result<TReply>> RefuseAsync<TReply>(
        RequestIdentity request, string id, DateOnly on, string reason, Func<KeptProvision, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        HandleAsync(id, request, current => ProvisionDecisions.Refuse(current, id, on, reason), after => new ProvisionEvent<TDomain>.Refused(after), reply, cancellationToken);

    /// <summary>Starts what was granted.</summary>
    public Task<Result<TReply>> StartAsync<TReply>(
        RequestIdentity request, string id, DateOnly from, Func<KeptProvision, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        HandleAsync(id, request, current => ProvisionDecisions.Start(current, id, from), after => new ProvisionEvent<TDomain>.Started(after), reply, cancellationToken);

    /// <summary>Stops what runs.</summary>
    public Task<Result<TReply>> StopAsync<TReply>(
        RequestIdentity request, string id, DateOnly to, Func<KeptProvision, long, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        HandleAsync(id, request, current => ProvisionDecisions.Stop(current, id, to), after => new ProvisionEvent<TDomain>.Stopped(after), reply, cancellationToken);

    /// <summary>One provision with its version.</summary>
    public async Task<Result<(KeptProvision Provision, long Version)>> FindAsync(string id, CancellationToken cancellationToken)
    {
        var (version, state) = await provisions.LoadAsync(id, cancellationToken);
        return state.Current is { } found ? (found, version) : new Error.NotFound("provision", id);
    }

    /// <summary>The provisions of one case with their versions, the first requested first.</summary>
    public async Task<IReadOnlyList<(KeptProvision Provision, long Version)>> ListAsync(string casePseudonym, CancellationToken cancellationToken)
    {
        var found = new List<(KeptProvision, long)>();
        foreach (var id in await table.OfCaseAsync(casePseudonym, cancellationToken))
        {
            var (version, state) = await provisions.LoadAsync(id, cancellationToken);
            found.Add((state.Current!, version));
        }

        return found;
    }

    private Task<Result<TReply>> HandleAsync<TReply>(
        string id,
        RequestIdentity request,
        Func<KeptProvision?, Result<KeptProvision>> decide,
        Func<KeptProvision, ProvisionEvent<TDomain>> happened,
        Func<KeptProvision, long, TReply> reply,
        CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new() =>
        provisions.HandleRequestAsync(
            id,
            request,
            state => decide(state.Current).Then(after => Result<IReadOnlyList<ProvisionEvent<TDomain>>>.Success([happened(after)])),
            after => reply(after.State.Current!, after.Version),
            cancellationToken);
}
