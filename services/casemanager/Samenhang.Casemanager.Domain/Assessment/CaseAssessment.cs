using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Assessment;

/// <summary>What one round found out about a case.</summary>
public sealed record CaseAssessment
{
    /// <summary>The case, with the answer of zvw filled in at each need (coverage.zvwTitle).</summary>
    public required Case Case { get; init; }

    /// <summary>The coverage matrix: the rows of all services, in the order of needs, services and schemes.</summary>
    public required IReadOnlyList<Coverage> Coverage { get; init; }

    /// <summary>The findings that were raised, and those that a missing fact leaves open.</summary>
    public required FindingResult Findings { get; init; }

    /// <summary>The services that did not answer in time, in the order of asking. The rows of these services are missing.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];
}
