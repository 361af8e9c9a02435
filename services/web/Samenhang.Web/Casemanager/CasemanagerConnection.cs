using Grpc.Core;
using Samenhang.Platform.Discovery;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Web.Casemanager;

/// <summary>The way to the casemanager: finds where it lives and calls it, with a bound on every call.</summary>
public sealed class CasemanagerConnection(ServiceChannels channels, TimeProvider clock)
{
    /// <summary>How long a page waits for the casemanager; a person does not wait longer.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

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

    private Task<T> CallAsync<T>(Func<CasemanagerService.CasemanagerServiceClient, CallOptions, Task<T>> call, CancellationToken cancellationToken)
    {
        var casemanager = channels.Find(ServiceNames.Casemanager)
            ?? throw new RpcException(new Status(StatusCode.Unavailable, $"No address is known of {ServiceNames.Casemanager}."));
        return call(new(casemanager), new CallOptions(deadline: clock.GetUtcNow().UtcDateTime + AnswerWithin, cancellationToken: cancellationToken));
    }
}
