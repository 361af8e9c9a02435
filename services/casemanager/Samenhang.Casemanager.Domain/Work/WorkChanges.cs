using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Work;

/// <summary>Something that changed in the work of a case. Part of its log.</summary>
public abstract record WorkChange : CaseChange
{
    private protected WorkChange()
    {
    }
}

/// <summary>A change of the work that a reader of the plan sees, so that it makes the next version of the plan. Only the change is kept, not the plan again.</summary>
/// <param name="PlanVersion">The version that it makes.</param>
/// <param name="By">Who: a party id, role or service.</param>
/// <param name="At">When.</param>
/// <param name="Difference">What changed since the version before.</param>
public abstract record WorkStep(int PlanVersion, string By, DateTimeOffset At, IReadOnlyList<Sentence> Difference) : WorkChange;

/// <summary>A piece of work is new or says something else.</summary>
/// <param name="PlanVersion"><inheritdoc cref="WorkStep"/></param>
/// <param name="By"><inheritdoc cref="WorkStep"/></param>
/// <param name="At"><inheritdoc cref="WorkStep"/></param>
/// <param name="Difference"><inheritdoc cref="WorkStep"/></param>
/// <param name="ItemId">The piece of work.</param>
/// <param name="ItemVersion">Its version from now on; 1 = it is new.</param>
/// <param name="Content">What it says from now on.</param>
/// <param name="Accepts">The proposals that it accepts.</param>
public sealed record WorkWritten(
    int PlanVersion, string By, DateTimeOffset At, IReadOnlyList<Sentence> Difference, string ItemId, int ItemVersion, WorkContent Content, IReadOnlyList<string> Accepts)
    : WorkStep(PlanVersion, By, At, Difference);

/// <summary>Somebody decided not to do what was proposed.</summary>
/// <param name="PlanVersion"><inheritdoc cref="WorkStep"/></param>
/// <param name="By"><inheritdoc cref="WorkStep"/></param>
/// <param name="At"><inheritdoc cref="WorkStep"/></param>
/// <param name="Difference"><inheritdoc cref="WorkStep"/></param>
/// <param name="Proposals">The proposals.</param>
/// <param name="Reason">Why.</param>
public sealed record ProposalDeclined(int PlanVersion, string By, DateTimeOffset At, IReadOnlyList<Sentence> Difference, IReadOnlyList<string> Proposals, string Reason)
    : WorkStep(PlanVersion, By, At, Difference);

/// <summary>A plan no longer makes proposals that were answered: when they come back they are new.</summary>
public sealed record ProposalsLapsed(IReadOnlyList<string> Proposals, int PlanVersion, DateTimeOffset At) : WorkChange;
