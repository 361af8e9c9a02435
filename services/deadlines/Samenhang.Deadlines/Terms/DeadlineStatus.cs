namespace Samenhang.Deadlines.Terms;

/// <summary>How a term stands on a day. Kept in plans: new ones come last.</summary>
public enum DeadlineStatus
{
    /// <summary>More days to go than its warning asks.</summary>
    Running,

    /// <summary>It is near: the warning has begun.</summary>
    Near,

    /// <summary>Today is the last day.</summary>
    Due,

    /// <summary>Met in time.</summary>
    Met,

    /// <summary>Met, after the last day.</summary>
    MetLate,

    /// <summary>The last day has passed and nothing shows that it was met.</summary>
    Missed,

    /// <summary>The last day has passed; no fact can show that it was met, so nothing is said about that.</summary>
    Passed,

    /// <summary>It stands still.</summary>
    Suspended,
}
