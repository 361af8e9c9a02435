using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Caching.Memory;
using Samenhang.Access;
using Samenhang.Api;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Casemanager.Store;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;

namespace Samenhang.Casemanager.Access;

/// <summary>
/// Holds the case that a call names against who calls, before the method begins: every request with a field <c>case_id</c>, whatever the
/// method. A case of somebody else does not exist for the caller.
/// </summary>
public sealed class CaseGate(CaseTable table, CaseDesk cases, CaseRules rules, Days days) : Interceptor, IDisposable
{
    private const string Field = "case_id";
    private const string Ours = "/samenhang.casemanager.";

    private readonly CaseAccess access = new(new PublicSight(rules.Vocabulary));

    // A case never changes its municipality, so it is asked once.
    private readonly MemoryCache tenants = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await RequireAsync(request, context);
        return await continuation(request, context);
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await RequireAsync(request, context);
        await continuation(request, responseStream, context);
    }

    /// <inheritdoc/>
    public void Dispose() => tenants.Dispose();

    private async ValueTask RequireAsync<TRequest>(TRequest request, ServerCallContext context)
    {
        if (context.Method.StartsWith(Ours, StringComparison.Ordinal)
            && request is IMessage message
            && message.Descriptor.FindFieldByName(Field) is { FieldType: FieldType.String } field
            && field.Accessor.GetValue(message) is string { Length: > 0 } caseId
            && !await LetsAsync(context.Caller(), caseId, context.CancellationToken))
        {
            throw new RpcFailure(new Error.NotFound("case"));
        }
    }

    /// <summary>Whether a case is one of the caller's own, or is not there: that the method itself says.</summary>
    public async ValueTask<bool> LetsAsync(Caller caller, string caseId, CancellationToken cancellationToken)
    {
        if (CaseAccess.WithoutLooking(caller, caseId) is { } known)
        {
            return known;
        }

        if (caller.Role is CallerRole.Casemanager or CallerRole.PrivacyOfficer)
        {
            return await TenantOfAsync(caseId, cancellationToken) is not { } tenant || CaseAccess.IsOfTenant(caller, tenant);
        }

        // What is not there the method itself says.
        return (await cases.FindAsync(caseId, cancellationToken)).Match(state => access.IsOwn(caller, state, days.Today), _ => true);
    }

    /// <summary>The municipality of a case, empty for none; null when there is no such case.</summary>
    private async ValueTask<string?> TenantOfAsync(string caseId, CancellationToken cancellationToken)
    {
        if (!tenants.TryGetValue(caseId, out string? tenant) && (tenant = await table.TenantAsync(caseId, cancellationToken)) is not null)
        {
            tenants.Set(caseId, tenant, new MemoryCacheEntryOptions { Size = 1 });
        }

        return tenant;
    }
}
