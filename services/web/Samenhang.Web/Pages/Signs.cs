using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.Web.Pages;

/// <summary>The sign, colour class and key of the word of a status: none of the three alone carries the meaning.</summary>
public readonly record struct Sign(string Mark, string Class, string Key)
{
    /// <summary>Of an outcome; null = no scheme was considered.</summary>
    public static Sign Of(Outcome? outcome) => outcome switch
    {
        Outcome.Covered => new("✔", "good", "outcome.covered"),
        Outcome.Conditional => new("◐", "open", "outcome.conditional"),
        Outcome.NotCovered => new("✘", "bad", "outcome.notCovered"),
        Outcome.Undetermined => new("?", "ask", "outcome.undetermined"),
        Outcome.NotApplicable => new("–", "none", "outcome.notApplicable"),
        Outcome.NotThisDomain => new("–", "none", "outcome.notThisDomain"),
        Outcome.Unspecified or null => new("–", "none", "outcome.none"),
    };

    /// <summary>Of a severity.</summary>
    public static Sign Of(Severity severity) => severity switch
    {
        Severity.Urgent => new("‼", "bad", "severity.urgent"),
        Severity.Attention => new("!", "open", "severity.attention"),
        Severity.Info => new("i", "ask", "severity.info"),
        Severity.Unspecified => new("✔", "good", "severity.none"),
    };

    /// <summary>Of a term.</summary>
    public static Sign Of(DeadlineStatus status) => status switch
    {
        DeadlineStatus.Running => new("○", "ask", "term.running"),
        DeadlineStatus.Near => new("!", "open", "term.near"),
        DeadlineStatus.Due => new("‼", "bad", "term.due"),
        DeadlineStatus.Met => new("✔", "good", "term.met"),
        DeadlineStatus.MetLate => new("✔", "open", "term.metLate"),
        DeadlineStatus.Missed => new("✘", "bad", "term.missed"),
        DeadlineStatus.Suspended => new("‖", "ask", "term.suspended"),
        DeadlineStatus.Passed or DeadlineStatus.Unspecified => new("–", "none", "term.passed"),
    };

    /// <summary>Of a finding, by what people did about it.</summary>
    public static Sign Of(FindingStatus status) => status switch
    {
        FindingStatus.Acknowledged => new("○", "ask", "finding.status.acknowledged"),
        FindingStatus.Resolved => new("✔", "good", "finding.status.resolved"),
        FindingStatus.Overruled => new("–", "none", "finding.status.overruled"),
        FindingStatus.Closed => new("✔", "good", "finding.status.closed"),
        FindingStatus.Open or FindingStatus.Unspecified => new("!", "open", "finding.status.open"),
    };

    /// <summary>Of an action that people agreed on.</summary>
    public static Sign Of(WorkStatus status) => status switch
    {
        WorkStatus.Running => new("◐", "ask", "task.status.running"),
        WorkStatus.Done => new("✔", "good", "task.status.done"),
        WorkStatus.Cancelled => new("–", "none", "task.status.cancelled"),
        WorkStatus.Planned or WorkStatus.Unspecified => new("○", "open", "task.status.planned"),
    };

    /// <summary>Of a hand-over.</summary>
    public static Sign Of(HandOverStatus status) => status switch
    {
        HandOverStatus.Offered or HandOverStatus.Proposed => new("→", "open", $"handOver.{status}"),
        HandOverStatus.InformationAsked => new("?", "ask", $"handOver.{status}"),
        HandOverStatus.Accepted or HandOverStatus.Started => new("◐", "ask", $"handOver.{status}"),
        HandOverStatus.Completed => new("✔", "good", $"handOver.{status}"),
        HandOverStatus.Refused => new("✘", "bad", $"handOver.{status}"),
        _ => new("–", "none", $"handOver.{status}"),
    };
}
