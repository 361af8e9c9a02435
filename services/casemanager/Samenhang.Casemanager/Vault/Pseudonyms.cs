using Samenhang.Casemanager.Domain.Views;
using Samenhang.Platform.Hosting;

namespace Samenhang.Casemanager.Vault;

/// <summary>The name that each domain has for a case. Two domains cannot find out that they have the same client by comparing names.</summary>
public sealed class Pseudonyms(CaseKey key)
{
    /// <summary>The pseudonym of a case in a domain: 32 hexadecimal digits; the same each time.</summary>
    public string Of(string service, string caseId) => Convert.ToHexStringLower(key.Hash($"{service}\n{caseId}"))[..32];

    /// <summary>The names that the employer's side has for the items of a case: sixteen hexadecimal digits each.</summary>
    public EmployerNames ForEmployer(string caseId) => new(id => Of($"{ServiceNames.Employer}:item", $"{caseId}\n{id}")[..16]);
}
