using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Findings;

/// <summary>What a person wants to do about a finding. A closed sum type.</summary>
public abstract record FindingTreatment
{
    private FindingTreatment()
    {
    }

    /// <summary>Takes notice and works on it.</summary>
    /// <param name="Note">In the person's words, or null.</param>
    public sealed record Acknowledge(string? Note) : FindingTreatment;

    /// <summary>Proves that it is dealt with. The document goes into the case.</summary>
    public sealed record Resolve(Evidence Evidence, string? Note) : FindingTreatment;

    /// <summary>Decides that it does not matter here.</summary>
    public sealed record Overrule(string Reason) : FindingTreatment;

    /// <summary>Takes up again what a person had settled.</summary>
    public sealed record Reopen(string Reason) : FindingTreatment;
}

/// <summary>What may be done about a finding, and when. Pure.</summary>
internal static class FindingTreatments
{
    /// <summary>The step that follows, or why not.</summary>
    public static (FindingStep? Step, CaseError? Error) Decide(FindingLife? life, FindingTreatment treatment, string by, DateTimeOffset at, int planVersion)
    {
        var (to, reason, allowed) = treatment switch
        {
            FindingTreatment.Acknowledge acknowledge => (FindingStatus.Acknowledged, acknowledge.Note, life?.Status is FindingStatus.Open),
            FindingTreatment.Resolve resolve => (FindingStatus.Resolved, resolve.Note, life?.AsksAttention == true),
            FindingTreatment.Overrule overrule => (FindingStatus.Overruled, overrule.Reason, life?.AsksAttention == true),
            FindingTreatment.Reopen reopen => (FindingStatus.Open, reopen.Reason, life?.Status is FindingStatus.Resolved or FindingStatus.Overruled),
            _ => throw new InvalidOperationException($"{treatment.GetType().Name} is no treatment of a finding."),
        };
        return life is null
            ? (null, new CaseError.NoSuchItem("finding"))
            : allowed
                ? (new FindingStep(to, at, by, reason, (treatment as FindingTreatment.Resolve)?.Evidence.Type, planVersion), null)
                : (null, new CaseError.Forbidden("FINDING_STATUS", new Sentence(
                    $"Dit kan niet met een bevinding die {Nl(life.Status)} is.", $"This cannot be done with a finding that is {En(life.Status)}.")));
    }

    private static string Nl(FindingStatus status) => status switch
    {
        FindingStatus.Open => "open",
        FindingStatus.Acknowledged => "in behandeling",
        FindingStatus.Resolved => "opgelost",
        FindingStatus.Overruled => "terzijde gelegd",
        FindingStatus.Closed => "gesloten",
    };

    private static string En(FindingStatus status) => status switch
    {
        FindingStatus.Open => "open",
        FindingStatus.Acknowledged => "acknowledged",
        FindingStatus.Resolved => "resolved",
        FindingStatus.Overruled => "overruled",
        FindingStatus.Closed => "closed",
    };
}
