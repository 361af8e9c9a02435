using Microsoft.Extensions.Caching.Memory;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;

namespace Samenhang.Web.SignIn;

/// <summary>
/// Whose case it is: a casemanager gets the cases of the own municipality, and those that belong to none; others only the cases that the
/// issuer names for them. What is not theirs does not exist.
/// </summary>
internal sealed class CaseGuard : IDisposable
{
    // A case never changes its municipality, so it is asked once.
    private readonly MemoryCache tenants = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    /// <summary>Whether this person gets pages of this case.</summary>
    /// <exception cref="Grpc.Core.RpcException">The casemanager does not know the case, or does not answer.</exception>
    public async Task<bool> LetsAsync(Person person, string caseId, CasemanagerConnection casemanager, CancellationToken cancellationToken)
    {
        if (!person.IsCasemanager)
        {
            return person.Cases.Contains(caseId, StringComparer.Ordinal);
        }

        if (!tenants.TryGetValue<string>(caseId, out var tenant))
        {
            tenant = (await casemanager.Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId }, cancellationToken: cancellationToken)).Case.Tenant;
            tenants.Set(caseId, tenant, new MemoryCacheEntryOptions { Size = 1 });
        }

        return string.IsNullOrEmpty(tenant) || tenant == person.Tenant;
    }

    /// <inheritdoc/>
    public void Dispose() => tenants.Dispose();
}
