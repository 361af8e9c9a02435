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
}
