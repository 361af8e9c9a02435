using Samenhang.Domains.Records;

namespace Samenhang.Zvw.Paths;

/// <summary>What happened to a care path.</summary>
public abstract record CarePathEvent(CarePath After) : RecordEvent<CarePath>(After)
{
    /// <summary>Somebody referred.</summary>
    public sealed record ReferralMade(CarePath After) : CarePathEvent(After);

    /// <summary>A referral that nobody used was taken back.</summary>
    public sealed record ReferralWithdrawn(CarePath After) : CarePathEvent(After);

    /// <summary>A trajectory began; if the path has a referral, this used it.</summary>
    public sealed record TrajectoryOpened(CarePath After) : CarePathEvent(After);

    /// <summary>The product changed.</summary>
    public sealed record ProductChanged(CarePath After) : CarePathEvent(After);

    /// <summary>Somebody is in charge from now on.</summary>
    public sealed record MainPractitionerAssigned(CarePath After) : CarePathEvent(After);

    /// <summary>The trajectory ended.</summary>
    public sealed record TrajectoryClosed(CarePath After) : CarePathEvent(After);

    /// <summary>A line of a bill came in.</summary>
    public sealed record ClaimReported(CarePath After) : CarePathEvent(After);

    /// <summary>A line was replaced.</summary>
    public sealed record ClaimCorrected(CarePath After) : CarePathEvent(After);

    /// <summary>A line was taken back.</summary>
    public sealed record ClaimWithdrawn(CarePath After) : CarePathEvent(After);
}
