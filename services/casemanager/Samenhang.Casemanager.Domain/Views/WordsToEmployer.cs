using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Views;

/// <summary>Words of a case that would reach the employer and may not.</summary>
/// <param name="What">Where they stand.</param>
/// <param name="Place">The same as a key: the fact, or the party.</param>
/// <param name="Hits">The words.</param>
public sealed record WithheldWords(Sentence What, string Place, IReadOnlyList<ScreenHit> Hits)
{
    private const int Most = 5;

    /// <summary>The words, after each other; the first ones of many.</summary>
    public Sentence Words => new(string.Join(", ", Hits.Take(Most).Select(hit => hit.Named.Nl)), string.Join(", ", Hits.Take(Most).Select(hit => hit.Named.En)));
}

/// <summary>
/// The words that a person wrote and that an employer can read, held against <see cref="EmployerScreen"/>: facts without a list of values, and who takes part
/// on the employer's side. Every other field of the employer's view is a code, a day or a name that we made. Pure.
/// </summary>
internal sealed class WordsToEmployer(Vocabulary vocabulary)
{
    // A code, but one that can say that a carer takes part.
    private const string Profession = "party.profession";
    private const string Employer = "employer";

    /// <summary>Whether a fact with this value may go on.</summary>
    public bool Passes(FactDefinition fact, Value value) =>
        fact.Id == Profession ? value.Kind != ValueKind.Code || Passes(value.Code) : Hits(fact, value).Count == 0;

    /// <summary>Whether a word of a party may go on: an organisation, or a profession.</summary>
    public bool Passes(string? word) => word is null || vocabulary.EmployerScreen.Hits(word).Count == 0;

    /// <summary>What stands in a value that may not go on; empty for a fact that no employer sees.</summary>
    public IReadOnlyList<ScreenHit> Hits(FactDefinition fact, Value value) =>
        !IsFree(fact) ? [] : value.Kind switch
        {
            ValueKind.Code => vocabulary.EmployerScreen.Hits(value.Code),
            ValueKind.Set => [.. value.Set.SelectMany(vocabulary.EmployerScreen.Hits).Distinct()],
            _ => [],
        };

    /// <summary>Whether a party takes part on the employer's side.</summary>
    public bool IsOfEmployer(string role, string? service) =>
        (service is null || service == Services.Employer) && vocabulary.PartyRoles.GetValueOrDefault(role)?.Service == Services.Employer;

    /// <summary>
    /// What stands in the name of an organisation on the employer's side that must be written otherwise. A hospital is an employer too: the own name of an
    /// employer is kept behind when it does not pass, and nobody is asked to change it.
    /// </summary>
    public IReadOnlyList<ScreenHit> Hits(string role, string? service, string? organisation) =>
        organisation is not null && role != Employer && IsOfEmployer(role, service) ? vocabulary.EmployerScreen.Hits(organisation) : [];

    /// <summary>All words of a case that were stopped on their way to the employer.</summary>
    /// <param name="whole">The case.</param>
    /// <param name="sees">Whether the employer may know a fact in this case.</param>
    public IReadOnlyList<WithheldWords> In(Case whole, Func<FactDefinition, bool> sees)
    {
        var facts =
            from fact in whole.Facts.Concat(whole.Needs.SelectMany(need => need.Facts)).Concat(whole.Provisions.SelectMany(p => p.Facts)).Concat(whole.Parties.SelectMany(p => p.Facts))
            let hits = Hits(fact.Key, fact.Value)
            where hits.Count > 0 && sees(fact.Key)
            select new WithheldWords(new(fact.Key.LabelNl, fact.Key.LabelEn), fact.Key.Id, hits);
        var parties =
            from party in whole.Parties
            let hits = Hits(party.Role, party.Service, party.Organisation)
            where hits.Count > 0
            select new WithheldWords(new("Naam van de organisatie", "Name of the organisation"), party.Id, hits);
        return [.. facts.Concat(parties).DistinctBy(withheld => withheld.Place)];
    }

    // A list of values is of the vocabulary; what has none can hold whatever somebody typed.
    private static bool IsFree(FactDefinition fact) =>
        fact.VisibleTo.Contains(Services.Employer) && fact.Values is null && fact.Type is FactType.String or FactType.Set;
}
