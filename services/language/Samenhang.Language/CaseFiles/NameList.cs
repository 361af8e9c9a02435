using System.Collections.Frozen;

namespace Samenhang.Language.CaseFiles;

/// <summary>A closed list of names that a case file may use, with the word for one of them.</summary>
internal sealed record NameList(Sentence Noun, FrozenSet<string> Names);

/// <summary>The lists of the vocabulary that a case file draws on.</summary>
internal sealed class NameLists(Vocabulary vocabulary)
{
    public NameList Facts { get; } = new(new("Het feit", "fact"), [.. vocabulary.FactById.Keys]);

    public NameList NeedKinds { get; } = new(new("De soort behoefte", "kind of need"), [.. vocabulary.Needs.Keys]);

    public NameList Schemes { get; } = new(new("De regeling", "scheme"), [.. vocabulary.Schemes.Keys]);

    public NameList Status { get; } = new(new("De status", "status"), vocabulary.ProvisionStatus);

    public NameList Roles { get; } = new(new("De rol", "role"), [.. vocabulary.PartyRoles.Keys]);

    public NameList Professions { get; } = new(new("Het beroep", "profession"), [.. vocabulary.Professions.Keys]);

    public NameList Services { get; } = new(new("Het domein", "domain"), ["zvw", "gemeente", "uwv", "employer", "casemanager", "none"]);

    public NameList Events { get; } = new(new("De soort gebeurtenis", "type of event"), vocabulary.EventTypes);

    public NameList Evidence { get; } = new(new("De soort bewijs", "type of evidence"), vocabulary.EvidenceTypes);

    public NameList ConsentCategories { get; } = new(new("De toestemmingscategorie", "consent category"), vocabulary.ConsentCategories);

    public NameList Options { get; } = new(new("De optie", "option"), vocabulary.Options);

    public NameList Documents { get; } = new(new("Het regelboek", "rulebook"), [.. vocabulary.Documents.Keys]);

    public NameList Parameters { get; } = new(new("De parameter", "parameter"), [.. vocabulary.Parameters.Keys]);

    public NameList OpenLists { get; } = new(new("De lijst", "list"), vocabulary.OpenLists);

    public NameList Flags { get; } = new(new("De bevinding", "flag"), [.. vocabulary.Flags.Select(flag => flag.Id)]);

    public NameList Deadlines { get; } = new(new("De termijn", "deadline"), [.. vocabulary.Deadlines.Select(deadline => deadline.Id)]);

    public NameList PaymentModes { get; } = new(new("De betaalwijze", "payment mode"), [.. vocabulary.PaymentModes.Keys]);

    public NameList Modals { get; } = new(new("De modaliteit", "modal"), vocabulary.Modals);

    public NameList Reasons { get; } = new(new("De reden", "reason"), vocabulary.UndeterminedReasons);

    public NameList Outcomes { get; } = new(new("De uitkomst", "outcome"), [.. Enum.GetValues<Outcome>().Select(outcome => outcome.Code())]);

    public NameList Strengths { get; } = new(new("De sterkte", "strength"), [.. Enum.GetValues<Strength>().Select(strength => strength.Code())]);
}
