using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;
using Samenhang.Rules;
using Common = Samenhang.Protos.Common.V1;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Host.Embedded;

/// <summary>Reads from a plan that came over gRPC what a report of matrix and findings shows.</summary>
internal static class PlanReader
{
    /// <summary>Needs, coverage, findings, events that must be stopped and silent services.</summary>
    public static Plan Read(Wire.Plan wire) => new()
    {
        Version = wire.Version,
        AsOf = wire.AsOf.ToDay(),
        Needs = [.. wire.Needs.Select(need => new PlanNeed(need.NeedId, need.Kind))],
        Coverage = [.. wire.Coverage.Select(WireWriter.ToCoverage)],
        Findings = [.. wire.Findings.Select(Read)],
        Settled = [.. wire.SettledFindings.Select(Read)],
        Blocked = [.. wire.Blocked.Select(blocked => new BlockedEvent(blocked.EventType, [.. blocked.Rules.Select(rule => rule.RuleId)], blocked.Explanation.ToSentence()))],
        Silent = [.. wire.SilentDomains.Select(silent => new SilentService(WireCodes.Service(silent.Domain)!, Severity.Attention, silent.Text.ToSentence()))],
    };

    private static PlanFinding Read(Wire.Finding finding) => new()
    {
        FlagId = finding.FlagId,
        Family = finding.Family,
        Severity = (Severity)(finding.Severity - Common.Severity.Info),
        NeedId = NullIfEmpty(finding.NeedId),
        ProvisionId = NullIfEmpty(finding.ProvisionId),
        PartyId = NullIfEmpty(finding.PartyId),
        Title = finding.Title.ToSentence(),
        Explanation = finding.Explanation.ToSentence(),
        SuggestedAction = finding.SuggestedAction.ToSentence(),
        RuleIds = [.. finding.Rules.Select(rule => rule.RuleId)],
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
