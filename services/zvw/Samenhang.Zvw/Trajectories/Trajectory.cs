using System.Text.Json.Serialization;
using Samenhang.Messages.Cases;

namespace Samenhang.Zvw.Trajectories;

/// <summary>A trajectory (zorgtraject): care with a main practitioner, a product and an end.</summary>
public sealed record Trajectory
{
    /// <summary>The first day.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>Why it began.</summary>
    public required OpeningGround Ground { get; init; }

    /// <summary>The product code now, or null.</summary>
    public string? Product { get; init; }

    /// <summary>What is known of the treatment from its start, as facts of the provision.</summary>
    public IReadOnlyList<KnownFact> Facts { get; init; } = [];

    /// <summary>Who was in charge, the first one first; the last is in charge now.</summary>
    public IReadOnlyList<MainPractitioner> MainPractitioners { get; init; } = [];

    /// <summary>Who else works on it.</summary>
    public IReadOnlyList<Practitioner> CoPractitioners { get; init; } = [];

    /// <summary>The changes of product, the first one first.</summary>
    public IReadOnlyList<ProductChange> Changes { get; init; } = [];

    /// <summary>Its end, or null while it runs.</summary>
    public Closing? Closing { get; init; }
}

/// <summary>Why a trajectory began.</summary>
public enum OpeningGround
{
    /// <summary>On the referral of its path.</summary>
    Referral,

    /// <summary>In a crisis.</summary>
    Crisis,

    /// <summary>Care that needs no referral, or to which the client came by himself.</summary>
    DirectAccess,
}

/// <summary>Who practises in a trajectory: a party of the case.</summary>
public sealed record Practitioner
{
    /// <summary>The party.</summary>
    public required string PartyId { get; init; }

    /// <summary>A code of professions, or null.</summary>
    public string? Profession { get; init; }

    /// <summary>The organisation, or null.</summary>
    public string? Organisation { get; init; }

    /// <summary>His registrations; null when they are not known.</summary>
    public IReadOnlyList<string>? Registrations { get; init; }

    /// <summary>Whether he is in training; null when that is not known.</summary>
    public bool? InTraining { get; init; }
}

/// <summary>Who is in charge of a trajectory from a day.</summary>
public sealed record MainPractitioner(Practitioner Practitioner, DateOnly From)
{
    /// <summary>The quality statute holds from this day, and the regiebehandelaar comes in the place of the hoofdbehandelaar (document 001, lines 604-605 and 875-876).</summary>
    private static readonly DateOnly QualityStatute = new(2017, 1, 1);

    /// <summary>A code of partyRoles.</summary>
    [JsonIgnore]
    public string Role => From < QualityStatute ? "hoofdbehandelaar" : "regiebehandelaar";
}

/// <summary>A change of product.</summary>
/// <param name="Scheme">The scheme from then on.</param>
/// <param name="Product">The product code, or null.</param>
/// <param name="On">The day.</param>
/// <param name="By">Who decided, a party, or null.</param>
/// <param name="DemandChanged">Whether the demand for care changed; null when that is not known.</param>
/// <param name="Recorded">Whether it was written down.</param>
/// <param name="PatientInformed">Whether the patient was told.</param>
public sealed record ProductChange(string Scheme, string? Product, DateOnly On, string? By, bool? DemandChanged, bool? Recorded, bool? PatientInformed);

/// <summary>The end of a trajectory.</summary>
/// <param name="On">The day.</param>
/// <param name="By">Who closed it, a party, or null.</param>
/// <param name="Reason">Why.</param>
/// <param name="Facts">What the main practitioner did, as facts of the provision.</param>
/// <param name="Ends">The event of the case that the end of this kind of care is, or null.</param>
public sealed record Closing(DateOnly On, string? By, ClosingReason Reason, IReadOnlyList<KnownFact> Facts, string? Ends = null);

/// <summary>Why a trajectory ended.</summary>
public enum ClosingReason
{
    /// <summary>Treated as planned.</summary>
    Completed,

    /// <summary>Stopped after the diagnostic phase.</summary>
    AfterDiagnostics,

    /// <summary>Back to the GP.</summary>
    BackToGp,

    /// <summary>On to other care.</summary>
    Elsewhere,

    /// <summary>The client stopped.</summary>
    ClientStopped,

    /// <summary>The client died.</summary>
    Died,
}
