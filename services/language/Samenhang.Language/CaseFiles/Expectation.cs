namespace Samenhang.Language.CaseFiles;

/// <summary>What a case file expects of the assessment of its case (vocabulary: JSON case file). What is not listed is not checked.</summary>
public sealed record Expectation
{
    /// <summary>Rows that must be there.</summary>
    public IReadOnlyList<ExpectedCoverage> Coverage { get; init; } = [];

    /// <summary>Values that must be derived.</summary>
    public IReadOnlyList<KeyValuePair<FactDefinition, Value>> Facts { get; init; } = [];

    /// <summary>Findings that must be raised.</summary>
    public IReadOnlyList<ExpectedFlag> Flags { get; init; } = [];

    /// <summary>Findings that must not be raised.</summary>
    public IReadOnlyList<ExpectedFlag> NotFlags { get; init; } = [];

    /// <summary>Whether <see cref="Flags"/> is complete: no other finding may be raised.</summary>
    public bool FlagsExact { get; init; }

    /// <summary>Per need the role that is responsible.</summary>
    public IReadOnlyList<ExpectedResponsible> Responsible { get; init; } = [];

    /// <summary>The party that holds the plan, or null when not checked.</summary>
    public string? Coordinator { get; init; }

    /// <summary>The casemanager that is appointed or else proposed, or null when not checked.</summary>
    public ExpectedCasemanager? Casemanager { get; init; }

    /// <summary>Tasks that the plan must hold.</summary>
    public IReadOnlyList<ExpectedTask> Tasks { get; init; } = [];

    /// <summary>Types of events that the system must stop; empty = none is stopped, null = not checked.</summary>
    public IReadOnlyList<string>? Blocked { get; init; }

    /// <summary>Schemes that must be suggested.</summary>
    public IReadOnlyList<ExpectedSuggestion> Suggested { get; init; } = [];

    /// <summary>Schemes that must not be suggested.</summary>
    public IReadOnlyList<ExpectedSuggestion> NotSuggested { get; init; } = [];
}

/// <summary>One expected row. A member that is null is not checked.</summary>
public sealed record ExpectedCoverage
{
    /// <summary>The need.</summary>
    public required string Need { get; init; }

    /// <summary>The scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>The outcome.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>A code of paymentModes.</summary>
    public string? PaymentMode { get; init; }

    /// <summary>The payer.</summary>
    public string? Payer { get; init; }

    /// <summary>The strength.</summary>
    public Strength? Strength { get; init; }

    /// <summary>Whether an opinion opposes the answer.</summary>
    public bool? Contested { get; init; }

    /// <summary>Whether another domain must confirm the answer.</summary>
    public bool? Indicative { get; init; }

    /// <summary>A code of the decision modal.</summary>
    public string? Modal { get; init; }

    /// <summary>The product or claim code.</summary>
    public string? Product { get; init; }

    /// <summary>The reason of an undetermined row.</summary>
    public string? Reason { get; init; }

    /// <summary>Facts that the answer must name as missing; it may name more.</summary>
    public IReadOnlyList<string> MissingFacts { get; init; } = [];

    /// <summary>Rules that must have carried the answer; it may name more.</summary>
    public required IReadOnlyList<string> Rules { get; init; }
}

/// <summary>A finding, on any item when all three are null, else on that item.</summary>
public sealed record ExpectedFlag(string Id, string? Need, string? Provision, string? Party);

/// <summary>The role that is responsible for a need.</summary>
public sealed record ExpectedResponsible(string Need, string Role);

/// <summary>The casemanager: role, profession, one of the schemes, and whether it is the only one. Null and empty are not checked.</summary>
public sealed record ExpectedCasemanager(string? Role, string? Profession, IReadOnlyList<string> Schemes, bool? ExactlyOne);

/// <summary>A task: by whom, before when, about which fact, with which words. Null is not checked.</summary>
/// <param name="Owner">A role, service or party id.</param>
/// <param name="Deadline">A day (yyyy-MM-dd) or the id of a term.</param>
/// <param name="Fact">The fact that it asks for.</param>
/// <param name="Contains">Words in its text.</param>
public sealed record ExpectedTask(string? Owner, string? Deadline, string? Fact, string? Contains);

/// <summary>Schemes for a need that the engine points to, or must not point to.</summary>
public sealed record ExpectedSuggestion(string Need, IReadOnlyList<string> Schemes);
