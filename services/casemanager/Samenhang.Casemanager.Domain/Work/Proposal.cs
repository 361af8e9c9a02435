using System.Security.Cryptography;
using System.Text;
using Samenhang.Casemanager.Domain.Findings;

namespace Samenhang.Casemanager.Domain.Work;

/// <summary>
/// One ground for a proposed action, by which a person's answer is remembered. The key follows from what it is proposed for and on which
/// item, not from its owner: who declined it is not asked again because somebody else became responsible.
/// </summary>
/// <param name="Key">Sixteen hexadecimal digits.</param>
/// <param name="Finding">The finding from which it follows, or null.</param>
public sealed record Proposal(string Key, FindingKey? Finding)
{
    /// <summary>From a finding.</summary>
    internal static Proposal Of(FindingKey finding) => new(KeyOf("finding", finding.FlagId, finding.NeedId, finding.ProvisionId, finding.PartyId), finding);

    /// <summary>From an open condition of an answer.</summary>
    internal static Proposal OfCondition(string needId, string scheme, string? product, string text) => new(KeyOf("condition", needId, scheme, product, text), null);

    /// <summary>From a term that is near.</summary>
    internal static Proposal OfTerm(string term, string? itemId) => new(KeyOf("term", term, itemId), null);

    /// <summary>From a service that did not answer.</summary>
    internal static Proposal OfSilence(string service) => new(KeyOf("silence", service), null);

    /// <summary>From words that may not reach the employer.</summary>
    internal static Proposal OfWords(string place) => new(KeyOf("employer-words", place), null);

    // The unit separator stands in no identifier, so that no two grounds read the same.
    private static string KeyOf(params string?[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts))).AsSpan(0, 8));
}
