using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Web.Casemanager;

/// <summary>The way to the casemanager: finds where it lives and calls it, with a bound on every call.</summary>
public sealed class CasemanagerConnection(IServiceDirectory directory, TimeProvider clock) : IDisposable
{
    /// <summary>How long a page waits for the casemanager; a person does not wait longer.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Uri, GrpcChannel> channels = [];
    private readonly Lock turn = new();

    /// <summary>A page of the worklist.</summary>
    /// <exception cref="RpcException">As the contract says; UNAVAILABLE also when nobody knows where the casemanager lives.</exception>
    public Task<ListCasesResponse> ListAsync(ListCasesRequest request, CancellationToken cancellationToken) =>
        CallAsync((client, options) => client.ListCasesAsync(request, options).ResponseAsync, cancellationToken);

    /// <summary>A case.</summary>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public Task<GetCaseResponse> CaseAsync(string caseId, CancellationToken cancellationToken) =>
        CallAsync((client, options) => client.GetCaseAsync(new GetCaseRequest { CaseId = caseId }, options).ResponseAsync, cancellationToken);

    /// <summary>The newest plan of a case.</summary>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public Task<GetPlanResponse> PlanAsync(string caseId, CancellationToken cancellationToken) =>
        CallAsync((client, options) => client.GetPlanAsync(new GetPlanRequest { CaseId = caseId }, options).ResponseAsync, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var channel in channels.Values)
        {
            channel.Dispose();
        }
    }

    /// <summary>All pages only read, so a call that one address could not take may go to the next.</summary>
    private async Task<T> CallAsync<T>(Func<CasemanagerService.CasemanagerServiceClient, CallOptions, Task<T>> call, CancellationToken cancellationToken)
    {
        var addresses = await directory.FindAsync(ServiceNames.Casemanager, cancellationToken);
        var options = new CallOptions(deadline: clock.GetUtcNow().UtcDateTime + AnswerWithin, cancellationToken: cancellationToken);
        for (var i = 0; i < addresses.Count; i++)
        {
            try
            {
                return await call(new(ChannelTo(addresses[i])), options);
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable && i + 1 < addresses.Count)
            {
                continue;
            }
        }

        throw new RpcException(new Status(StatusCode.Unavailable, $"No address is known of {ServiceNames.Casemanager}."));
    }

    private GrpcChannel ChannelTo(Uri address)
    {
        lock (turn)
        {
            if (!channels.TryGetValue(address, out var channel))
            {
                // A plan of a large case with all its sources passes the default of 4 MB only in theory; twice that is the bound.
                channels[address] = channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = 8 * 1024 * 1024 });
            }

            return channel;
        }
    }
}
