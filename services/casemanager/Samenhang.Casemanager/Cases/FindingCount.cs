using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Platform.Telemetry;

namespace Samenhang.Casemanager.Cases;

/// <summary>Counts the findings that plans raise, for those who watch over the system. Only what was kept is counted.</summary>
internal static class FindingCount
{
    /// <summary>Counts what these changes of one case raised.</summary>
    public static void Add(IReadOnlyList<CaseChange> kept)
    {
        var severities = kept.OfType<PlanMade>()
            .SelectMany(made => made.Plan.Findings)
            .GroupBy(FindingRegister.KeyOf)
            .ToDictionary(same => same.Key, same => same.Max(finding => finding.Severity));
        foreach (var key in kept.OfType<FindingsRaised>().SelectMany(raised => raised.Keys))
        {
            Measures.FindingRaised(key.FlagId, severities.TryGetValue(key, out var severity) ? severity.ToString() : "none");
        }
    }
}
