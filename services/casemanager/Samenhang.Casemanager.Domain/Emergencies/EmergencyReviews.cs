using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Emergencies;

/// <summary>What somebody thinks of an access in an emergency.</summary>
public enum EmergencyOpinion
{
    /// <summary>There was an emergency, and what was read was needed.</summary>
    Justified,

    /// <summary>It should not have been read.</summary>
    NotJustified,

    /// <summary>It must be found out.</summary>
    ToBeFoundOut,
}

/// <summary>Somebody looked at an access in an emergency. A stream for each access; the trail itself is not touched.</summary>
/// <param name="Number">The number of the first line of the access.</param>
/// <param name="Opinion">The opinion.</param>
/// <param name="Note">What was found; empty = nothing more to say.</param>
/// <param name="By">Who looked, as the issuer knows this person.</param>
/// <param name="At">When.</param>
public sealed record EmergencyReviewed(long Number, EmergencyOpinion Opinion, string Note, string By, DateTimeOffset At);

/// <summary>What is thought of an access.</summary>
/// <param name="Newest">The newest opinion; null = nobody looked yet.</param>
public sealed record EmergencyReviews(EmergencyReviewed? Newest)
{
    /// <summary>Nobody looked yet.</summary>
    public static EmergencyReviews None { get; } = new((EmergencyReviewed?)null);

    /// <summary>Whether somebody must still look.</summary>
    public bool IsOpen => Newest is null or { Opinion: EmergencyOpinion.ToBeFoundOut };

    /// <summary>The state after an opinion: a later one takes the place of an earlier one.</summary>
    public static EmergencyReviews Evolve(EmergencyReviews state, EmergencyReviewed reviewed) => new(reviewed);

    /// <summary>What becomes of an opinion. Nobody judges the own access.</summary>
    /// <param name="accessedBy">Who made the access.</param>
    /// <param name="opinion">The opinion.</param>
    /// <returns>The change, or why there is none.</returns>
    public static (EmergencyReviewed? Change, CaseError? Error) Decide(string accessedBy, EmergencyReviewed opinion)
    {
        ArgumentNullException.ThrowIfNull(opinion);
        return opinion.By == accessedBy ? (null, new CaseError.Forbidden("OWN_EMERGENCY", new Sentence(
                "Dit was uw eigen spoedtoegang. Laat iemand anders ernaar kijken.", "This was your own access in an emergency. Let somebody else look at it.")))
            : opinion is { Note.Length: 0, Opinion: not EmergencyOpinion.Justified } ? (null, new CaseError.Invalid([new FieldFault("note", new Sentence(
                "Schrijf op wat u hebt gevonden.", "Write down what you found."))]))
            : (opinion, null);
    }
}
