using System.Text.Json.Nodes;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Rights;

/// <summary>All that is held about the person of a case, as it is given to that person: words for reading, codes for other programs.</summary>
public sealed record PersonalData
{
    /// <summary>The form of this document; another form is another name.</summary>
    public string Document { get; } = "samenhang.persoonsgegevens/1";

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>What this document is, and what is not in it.</summary>
    public required IReadOnlyList<Sentence> About { get; init; }

    /// <summary>How the case is called on the worklist.</summary>
    public required string Title { get; init; }

    /// <summary>The BSN, masked: the number itself stays in the vault; null = not known.</summary>
    public required string? MaskedBsn { get; init; }

    /// <summary>The municipality or region whose policy holds, or null.</summary>
    public required string? Municipality { get; init; }

    /// <summary>The insurer whose policy holds, or null.</summary>
    public required string? Insurer { get; init; }

    /// <summary>Who holds the case, or null.</summary>
    public required string? HeldBy { get; init; }

    /// <summary>What is known now, who said so and when.</summary>
    public required IReadOnlyList<HeldFact> Facts { get; init; }

    /// <summary>What the person needs.</summary>
    public required IReadOnlyList<HeldItem> Needs { get; init; }

    /// <summary>What was requested, granted, running, refused or ended.</summary>
    public required IReadOnlyList<HeldItem> Provisions { get; init; }

    /// <summary>Who is involved.</summary>
    public required IReadOnlyList<HeldItem> Parties { get; init; }

    /// <summary>Who may give what to whom.</summary>
    public required IReadOnlyList<HeldItem> Consents { get; init; }

    /// <summary>What happened in the life of the person.</summary>
    public required IReadOnlyList<HeldItem> Events { get; init; }

    /// <summary>The documents that are known.</summary>
    public required IReadOnlyList<HeldItem> Evidence { get; init; }

    /// <summary>The newest plan, or null.</summary>
    public required JsonNode? Plan { get; init; }

    /// <summary>Those to whom this case is known, and under which name: they keep records of their own.</summary>
    public required IReadOnlyList<HeldReceiver> Receivers { get; init; }

    /// <summary>Every change since the case was opened, the oldest first.</summary>
    public required IReadOnlyList<HeldChange> History { get; init; }

    /// <summary>Who looked or did something, the newest first.</summary>
    public required IReadOnlyList<HeldVisit> Visits { get; init; }
}

/// <summary>A fact.</summary>
/// <param name="Code">The fact.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Value">The value as a code.</param>
/// <param name="InWords">The value in words.</param>
/// <param name="About">On which kind of item it stands: case, need, provision or party.</param>
/// <param name="ItemId">The item, or null.</param>
/// <param name="HoldsFrom">The day from which it holds; null = for the whole time.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Source">Who said so: a party id, role or service.</param>
public sealed record HeldFact(
    string Code, Sentence Name, JsonNode? Value, Sentence InWords, string About, string? ItemId, DateOnly? HoldsFrom, DateTimeOffset RecordedAt, string Source);

/// <summary>Something that stands in the case.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Recorded">All that is held of it.</param>
public sealed record HeldItem(Sentence Name, JsonNode? Recorded);

/// <summary>Somebody to whom the case is known.</summary>
/// <param name="Service">Who.</param>
/// <param name="Pseudonym">Their name for the case.</param>
public sealed record HeldReceiver(string Service, string Pseudonym);

/// <summary>A change of the case.</summary>
/// <param name="Number">Its place in the case.</param>
/// <param name="At">When it was written.</param>
/// <param name="InWords">What it was.</param>
/// <param name="Recorded">All that was written.</param>
public sealed record HeldChange(long Number, DateTimeOffset At, IReadOnlyList<Sentence> InWords, JsonNode? Recorded);

/// <summary>Somebody looked at the case or did something with it.</summary>
/// <param name="At">When, the last time of this visit.</param>
/// <param name="Times">How often within a short time.</param>
/// <param name="Who">The subject as the issuer gives it; null = not known.</param>
/// <param name="Role">As what.</param>
/// <param name="Organisation">For which organisation.</param>
/// <param name="What">At what.</param>
/// <param name="Deed">What was done.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Ground">On which ground.</param>
/// <param name="Emergency">Why the rules of a normal day were passed over; null = they were not.</param>
public sealed record HeldVisit(
    DateTimeOffset At, int Times, string? Who, string? Role, string? Organisation, string What, string Deed, string Outcome, string? Purpose, string? Ground, string? Emergency);
