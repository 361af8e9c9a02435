using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Story;

/// <summary>Writes what came out of a step as people read it: the versions of the plan, what changed, what was found, and what is still open.</summary>
internal static class Outcomes
{
    private static readonly (Severity Severity, string Word)[] Severities = [(Severity.Urgent, "Dringend"), (Severity.Attention, "Aandacht"), (Severity.Info, "Ter informatie")];

    /// <param name="versions">The version after the day began, and after each call.</param>
    /// <param name="before">The plan before the step; null = none.</param>
    /// <param name="plans">The plans that came with the step, the oldest first.</param>
    /// <param name="now">The plan now; null = none.</param>
    public static string Of(IReadOnlyList<int> versions, Plan? before, IEnumerable<Plan> plans, Plan? now)
    {
        var was = Names(before);
        var isNow = Names(now);
        return string.Join('\n',
        [
            $"Plan {string.Join(", ", versions)}.",
            .. plans.SelectMany(plan => plan.Difference?.Lines.Select(line => $"~ {line.Nl}") ?? []),
            .. isNow.Except(was).Select(name => $"+ {name}"),
            .. was.Except(isNow).Select(name => $"- {name}"),
            .. Severities.Select(of => (of.Word, Open: Open(now, of.Severity))).Where(of => of.Open.Length > 0).Select(of => $"{of.Word}: {of.Open}"),
        ]);
    }

    private static List<string> Names(Plan? plan) => [.. (plan?.Findings ?? []).Select(Name).Distinct().Order(StringComparer.Ordinal)];

    private static string Open(Plan? plan, Severity severity) => string.Join(", ", (plan?.Findings ?? [])
        .Where(finding => finding.Severity == severity).Select(finding => Name(finding) + Treated(finding)).Order(StringComparer.Ordinal));

    private static string Name(Finding finding) =>
        string.Join(' ', new[] { finding.FlagId, finding.NeedId, finding.ProvisionId, finding.PartyId }.Where(part => part.Length > 0));

    private static string Treated(Finding finding) => finding.Status switch
    {
        FindingStatus.Acknowledged => " (gezien)",
        FindingStatus.Resolved => " (opgelost)",
        FindingStatus.Overruled => " (terzijde)",
        _ => string.Empty,
    };
}
