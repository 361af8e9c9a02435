using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;
using static Samenhang.Casemanager.Domain.Events.Audience;

namespace Samenhang.Casemanager.Domain.Events;

/// <summary>The id of an item of a case. It was chosen by whoever opened the case, so subscribers get a name of their own for it.</summary>
public readonly record struct ItemName(string Id)
{
    /// <summary>The name of an id; null stays null.</summary>
    public static ItemName? Of(string? id) => id is null ? null : new(id);
}

/// <summary>
/// What an event tells. A closed sum type of flat records: codes of the vocabulary, days, numbers and names of items. No text of a
/// person stands in any of them. Which audience sees which field stands at the field.
/// </summary>
public abstract record PublicData
{
    private protected PublicData()
    {
    }
}

/// <summary>A case.</summary>
[SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
public sealed record CaseData : PublicData
{
    /// <summary>The municipality, as its policy is named.</summary>
    [SeenBy(Municipality, CasemanagerOrganisation)]
    public string? MunicipalPolicy { get; init; }

    /// <summary>The insurer, as its policy is named.</summary>
    [SeenBy(Insurer, CasemanagerOrganisation)]
    public string? InsurerPolicy { get; init; }
}

/// <summary>A case that was erased: there is nothing to tell of it.</summary>
[SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
public sealed record ErasedData : PublicData;

/// <summary>A fact that was corrected: which, and never a value.</summary>
[SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
public sealed record FactCorrectedData : PublicData
{
    /// <summary>The fact, a code of facts.json.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required string Fact { get; init; }

    /// <summary>In which way.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required History.CorrectionKind Kind { get; init; }
}

/// <summary>A need. An employer is told of none: that somebody needs something else than work is not its business.</summary>
[SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
public sealed record NeedData : PublicData
{
    /// <summary>Which need.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public required ItemName Need { get; init; }

    /// <summary>The kind, a code of needs.json.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public required string Kind { get; init; }
}

/// <summary>A row of the coverage matrix.</summary>
[SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
public sealed record CoverageData : PublicData
{
    /// <summary>The need.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public required ItemName Need { get; init; }

    /// <summary>The scheme, a code of schemes.json.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public required string Scheme { get; init; }

    /// <summary>The service of the scheme.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public required string Service { get; init; }

    /// <summary>The outcome.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public required Outcome Outcome { get; init; }

    /// <summary>Who pays, a code; absent when nobody is known.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public string? Payer { get; init; }
}

/// <summary>A version of the plan: what the audience may see of who covers what.</summary>
[SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
public sealed record PlanData : PublicData
{
    /// <summary>1, 2, 3 …</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public required int Version { get; init; }

    /// <summary>The day for which it was made.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public required DateOnly AsOf { get; init; }

    /// <summary>The needs.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public IReadOnlyList<NeedData> Needs { get; init; } = [];

    /// <summary>The rows of the audience's own law.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public IReadOnlyList<CoverageData> Coverage { get; init; } = [];
}

/// <summary>A finding, and how far it has come.</summary>
[SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
public sealed record FindingData : PublicData
{
    /// <summary>The finding, a code of flags.json.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required string Finding { get; init; }

    /// <summary>Its family.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required string Family { get; init; }

    /// <summary>How much attention it asks.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required Severity Severity { get; init; }

    /// <summary>How far it has come.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required Findings.FindingStatus Status { get; init; }

    /// <summary>The need that it is about; absent when it is about none.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public ItemName? Need { get; init; }

    /// <summary>The provision that it is about; absent when it is about none.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public ItemName? Provision { get; init; }

    /// <summary>The party that it is about; absent when it is about none.</summary>
    [SeenBy(CasemanagerOrganisation)]
    public ItemName? Party { get; init; }
}

/// <summary>A provision in its newest state.</summary>
[SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
public sealed record ProvisionData : PublicData
{
    /// <summary>Which provision.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required ItemName Provision { get; init; }

    /// <summary>The scheme, a code of schemes.json.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required string Scheme { get; init; }

    /// <summary>The service of the scheme.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required string Service { get; init; }

    /// <summary>The status, a code of codes.json.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required string Status { get; init; }

    /// <summary>The needs that it serves.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public IReadOnlyList<ItemName> Needs { get; init; } = [];

    /// <summary>When it was asked for.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public DateOnly? RequestedOn { get; init; }

    /// <summary>The first day.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public DateOnly? To { get; init; }
}

/// <summary>A hand-over of needs.</summary>
[SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
public sealed record HandOverData : PublicData
{
    /// <summary>Which hand-over.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public required ItemName HandOver { get; init; }

    /// <summary>How far it is.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public required HandOverStatus Status { get; init; }

    /// <summary>The day of its newest step.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public required DateOnly On { get; init; }

    /// <summary>The service that hands over; absent when the sender belongs to none.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public string? FromService { get; init; }

    /// <summary>The service that receives; absent when the receiver belongs to none.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public string? ToService { get; init; }

    /// <summary>The needs.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public IReadOnlyList<ItemName> Needs { get; init; } = [];

    /// <summary>Why it was refused, a code of prov.refusalReason; absent at other steps.</summary>
    [SeenBy(CasemanagerOrganisation)]
    public string? RefusalReason { get; init; }
}

/// <summary>A question that the plan asks.</summary>
[SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
public sealed record QuestionData : PublicData
{
    /// <summary>The fact, a code of facts.json.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required string Fact { get; init; }

    /// <summary>The service that may lawfully answer; absent when it is a person outside all services.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public string? AskedOf { get; init; }

    /// <summary>How soon.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required QuestionPriority Priority { get; init; }
}

/// <summary>A term.</summary>
[SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
public sealed record TermData : PublicData
{
    /// <summary>The term, a code of deadlines.json.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required string Term { get; init; }

    /// <summary>How it stands.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required DeadlineStatus Status { get; init; }

    /// <summary>The last day on which it is met in time.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public required DateOnly Due { get; init; }

    /// <summary>The need or provision that it is about; absent for the whole case.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public ItemName? Item { get; init; }

    /// <summary>The service of who must act; absent when it is a person outside all services.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public string? Owner { get; init; }
}

/// <summary>A consent of the client.</summary>
[SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
public sealed record ConsentData : PublicData
{
    /// <summary>The service that may give; absent when it is a person outside all services.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public string? FromService { get; init; }

    /// <summary>The service that may receive; absent when it is a person outside all services.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public string? ToService { get; init; }

    /// <summary>The categories of data, codes of codes.json.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The first day.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The last day.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public DateOnly? ValidTo { get; init; }

    /// <summary>The day on which it was taken back; absent while it stands.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public DateOnly? WithdrawnOn { get; init; }
}

/// <summary>All that an audience may see of a case, as it stands: what came before the case came into its sight, and what a snapshot gives.</summary>
[SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
public sealed record StandingData : PublicData
{
    /// <summary>The case.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public CaseData? Case { get; init; }

    /// <summary>The newest plan; absent while there is none.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public PlanData? Plan { get; init; }

    /// <summary>The needs that are covered by nobody.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public IReadOnlyList<NeedData> Uncovered { get; init; } = [];

    /// <summary>The findings that are not closed.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public IReadOnlyList<FindingData> Findings { get; init; } = [];

    /// <summary>The provisions.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public IReadOnlyList<ProvisionData> Provisions { get; init; } = [];

    /// <summary>The hand-overs.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public IReadOnlyList<HandOverData> HandOvers { get; init; } = [];

    /// <summary>The questions that are open.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public IReadOnlyList<QuestionData> Questions { get; init; } = [];

    /// <summary>The terms.</summary>
    [SeenBy(Insurer, Municipality, Uwv, Employer, CasemanagerOrganisation)]
    public IReadOnlyList<TermData> Terms { get; init; } = [];

    /// <summary>The consents.</summary>
    [SeenBy(Insurer, Municipality, Uwv, CasemanagerOrganisation)]
    public IReadOnlyList<ConsentData> Consents { get; init; } = [];
}
