using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Rights;

/// <summary>What stands still while the use of a case is restricted (AVG, article 18). Pure.</summary>
public static class RestrictionDecisions
{
    /// <summary>The code of the refusal.</summary>
    public const string Code = "PROCESSING_RESTRICTED";

    /// <summary>Why a command is refused.</summary>
    public static CaseError.Forbidden Restricted { get; } = new(Code, new Sentence(
        "Het gebruik van deze gegevens is beperkt. Ze worden alleen bewaard, tot iemand de beperking opheft.",
        "The use of these data is restricted. They are only kept, until somebody lifts the restriction."));

    /// <summary>
    /// Whether a command must wait until the restriction is lifted. Keeping is allowed (second paragraph): what domains and the household tell is
    /// taken in, so that nothing is lost, and starts no round.
    /// </summary>
    public static bool MustWait(CaseState state, CaseCommand command)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Restriction is not null && command is not (CaseCommand.LiftRestriction or CaseCommand.HearRecord or CaseCommand.HearHousehold or CaseCommand.TakeAnswer);
    }
}
