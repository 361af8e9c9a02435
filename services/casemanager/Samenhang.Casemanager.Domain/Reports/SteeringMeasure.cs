namespace Samenhang.Casemanager.Domain.Reports;

/// <summary>What those who steer count. Each is a number of cases, never of persons by name.</summary>
public enum SteeringMeasure
{
    /// <summary>A need or a client that no law reaches: a finding of the family uncovered.</summary>
    BlindSpot,

    /// <summary>Something that is paid or done twice: a finding of the family overlap.</summary>
    DoubleFunding,

    /// <summary>Waiting for the ggz for longer than the norm: deadline.waiting-time.</summary>
    Waiting,

    /// <summary>Needs that were offered to another and that nobody has taken over, or that were let go without a receiver.</summary>
    HandOverWithoutReceiver,

    /// <summary>A plan with an urgent finding that stood open for a number of days in which nobody did anything.</summary>
    StalledPlan,
}

/// <summary>The names by which the store and the vocabulary know what is counted.</summary>
public static class SteeringNames
{
    /// <summary>Family of findings: nobody covers it.</summary>
    public const string Uncovered = "uncovered";

    /// <summary>Family of findings: covered or done twice.</summary>
    public const string Overlap = "overlap";

    /// <summary>The finding about waiting for the ggz.</summary>
    public const string WaitingTime = "deadline.waiting-time";

    /// <summary>The finding about a client whom nobody received.</summary>
    public const string Released = "coordination.released-without-receiver";

    /// <summary>Subject and family of a hand-over that nobody has taken over.</summary>
    public const string HandOver = "hand-over";

    /// <summary>The parameter: a smaller number of cases is never told.</summary>
    public const string SmallestCount = "report.smallestCount";

    /// <summary>The parameter: after so many days without anybody doing anything a plan with an urgent finding is stalled.</summary>
    public const string StalledDays = "report.stalledDays";
}
