using Samenhang.Casemanager.Domain.Cases;

namespace Samenhang.Casemanager.Domain.Rights;

/// <summary>Why the use of somebody's data is restricted: AVG, article 18, first paragraph.</summary>
public enum RestrictionGround
{
    /// <summary>The person says that the data are wrong, and that is being looked into (a).</summary>
    AccuracyContested,

    /// <summary>The use is unlawful and the person does not want the data erased (b).</summary>
    UnlawfulUse,

    /// <summary>The data are not needed any more, and the person needs them for a legal claim (c).</summary>
    NeededForClaim,

    /// <summary>The person objected, and that is being weighed (d).</summary>
    ObjectionPending,
}

/// <summary>The data of the case are kept and not used from now on. A round that was under way ends without a plan.</summary>
/// <param name="Ground">Why, as the law names it.</param>
/// <param name="Reason">Why, in somebody's own words.</param>
/// <param name="By">Who said so: a role.</param>
/// <param name="Subject">Who said so, as the issuer gives it.</param>
/// <param name="At">When.</param>
public sealed record ProcessingRestricted(RestrictionGround Ground, string Reason, string By, string Subject, DateTimeOffset At) : CaseChange;

/// <summary>The data of the case may be used again; a round follows in the same append.</summary>
/// <param name="Reason">Why, in somebody's own words.</param>
/// <param name="By">Who said so: a role.</param>
/// <param name="Subject">Who said so, as the issuer gives it.</param>
/// <param name="At">When.</param>
public sealed record RestrictionLifted(string Reason, string By, string Subject, DateTimeOffset At) : CaseChange;
