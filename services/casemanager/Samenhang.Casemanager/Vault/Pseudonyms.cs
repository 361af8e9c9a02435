namespace Samenhang.Casemanager.Vault;

/// <summary>The name that each domain has for a case. Two domains cannot find out that they have the same client by comparing names.</summary>
public sealed class Pseudonyms(CaseKey key)
{
    /// <summary>The pseudonym of a case in a domain: 32 hexadecimal digits; the same each time.</summary>
    public string Of(string service, string caseId) => Convert.ToHexStringLower(key.Hash($"{service}\n{caseId}"))[..32];
}
