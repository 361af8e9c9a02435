using Samenhang.Language;

namespace Samenhang.Messages.Cases;

/// <summary>What something in a domain says about a case, in the words of the vocabulary.</summary>
public sealed record CaseNews
{
    /// <summary>Facts of the client.</summary>
    public IReadOnlyList<KnownFact> Facts { get; init; } = [];

    /// <summary>Provisions in their newest state, with their facts.</summary>
    public IReadOnlyList<ProvisionView> Provisions { get; init; } = [];

    /// <summary>Parties in their newest state.</summary>
    public IReadOnlyList<PartyView> Parties { get; init; } = [];

    /// <summary>What happened.</summary>
    public IReadOnlyList<CaseEvent> Events { get; init; } = [];

    /// <summary>Documents.</summary>
    public IReadOnlyList<EvidenceView> Evidence { get; init; } = [];

    /// <summary>Documents that the same record gave before and that hold no more.</summary>
    public IReadOnlyList<EvidenceView> EvidenceTakenBack { get; init; } = [];
}

/// <summary>
/// Something happened to a record of insured care, the municipality or UWV: a referral was made, a trajectory closed, a decision
/// taken. Facts, provisions and parties are all that the record says after it: the newest version holds and an older one that comes
/// later is not read. Events and documents are those of this message alone, and always count.
/// </summary>
public sealed record RecordReported
{
    /// <summary>The service that keeps the record.</summary>
    public required string Domain { get; init; }

    /// <summary>The name that this domain has for the case.</summary>
    public required string CasePseudonym { get; init; }

    /// <summary>The kind of record: <c>trajectory</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The record.</summary>
    public required string RecordId { get; init; }

    /// <summary>Counts the changes of this record.</summary>
    public required long Version { get; init; }

    /// <summary>What happened: <c>trajectory-opened</c>.</summary>
    public required string Happened { get; init; }

    /// <summary>What it says about the case.</summary>
    public required CaseNews News { get; init; }
}
