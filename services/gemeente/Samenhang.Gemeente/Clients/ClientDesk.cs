using Google.Protobuf;
using Samenhang.Api;
using Samenhang.Domains.Records;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Wire = Samenhang.Protos.Gemeente.V1;

namespace Samenhang.Gemeente.Clients;

/// <summary>Where requests about the file of a client are handled: load, decide (pure), append, and reply with the whole file.</summary>
public sealed class ClientDesk(RecordDesk<GemeenteDomain, ClientFile, ClientEvent> files, MessageRules rules, Days days)
{
    /// <summary>Changes a file; it is made when there is none.</summary>
    public async Task<TReply> HandleAsync<TReply>(
        ClientRequest request,
        Func<ClientFile, Result<ClientEvent?>> decide,
        Func<ClientFile, Wire.Client, TReply> reply,
        CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new()
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(decide);
        ArgumentNullException.ThrowIfNull(reply);
        return (await files.KeepAsync(
            request.Identity,
            request.Client.FileId,
            (id, current) => decide(current ?? ClientFile.New(id, request.Client)),
            (client, version) => reply(client, client.ToWire(version, rules, days.Today)),
            cancellationToken)).OrFail();
    }

    /// <summary>A file.</summary>
    public async Task<Wire.Client> FindAsync(ClientName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var (client, version) = (await files.FindAsync(name.FileId, cancellationToken)).OrFail();
        return client.ToWire(version, rules, days.Today);
    }
}

/// <summary>Which request about whose file.</summary>
/// <param name="Identity">The request.</param>
/// <param name="Client">Whose file.</param>
public sealed record ClientRequest(RequestIdentity Identity, ClientName Client);
