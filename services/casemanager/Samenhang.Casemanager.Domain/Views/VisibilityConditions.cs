using System.Collections.Frozen;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Views;

/// <summary>
/// The conditions under which a service may see a fact (facts.json, visibleIf). The list states them in words; here each wording
/// has the test that it stands for. A wording without a test stops the start: nothing is shown because nobody looked.
/// </summary>
internal static class VisibilityConditions
{
    private static readonly FrozenDictionary<string, Func<Vocabulary, Case, string, bool>> Tests = new Dictionary<string, Func<Vocabulary, Case, string, bool>>
    {
        ["only when it is the paying or responsible body"] = PaysOrIsResponsible,
        ["only with a consent that names this category, or a statutory duty (Jeugdwet, Wlz transfer, crisis)"] = HasMedicalGround,
        ["with consent"] = HasConsentForLimitations,
        ["only as advised by the company physician, without cause or treatment"] = CompanyPhysicianAdvised,
    }.ToFrozenDictionary();

    /// <summary>The wordings of the vocabulary that have no test here; one line each.</summary>
    public static IEnumerable<string> Unknown(Vocabulary vocabulary) =>
        from fact in vocabulary.Facts
        from condition in fact.VisibleIf
        where !Tests.ContainsKey(condition.Value)
        select $"facts.json: {fact.Id}: visibleIf for {condition.Key} reads \"{condition.Value}\", which has no test";

    /// <summary>Whether the condition holds for the service in this case.</summary>
    public static bool Holds(string words, Vocabulary vocabulary, Case @case, string service) => Tests[words](vocabulary, @case, service);

    /// <summary>A need of the case is typically this service's, or a provision of this service stands in the case.</summary>
    private static bool PaysOrIsResponsible(Vocabulary vocabulary, Case @case, string service) =>
        @case.Needs.Any(n => n.Kind.TypicalDomains.Contains(service)) || @case.Provisions.Any(p => p.Scheme.Service == service);

    /// <summary>Consent naming medical data, or a duty of the law: a minor (Jeugdwet), a crisis, a Wlz indication asked or granted.</summary>
    private static bool HasMedicalGround(Vocabulary vocabulary, Case @case, string service) =>
        HasConsent(@case, service, "medical") ||
        IsMinor(vocabulary, @case) ||
        Fact(vocabulary, @case, "health.crisis").Truth == Truth.True ||
        Fact(vocabulary, @case, "wlz.indication") is { Kind: ValueKind.Code, Code: "requested" or "granted" };

    private static bool HasConsentForLimitations(Vocabulary vocabulary, Case @case, string service) =>
        HasConsent(@case, service, "functional-limitations");

    /// <summary>The limitations come from the company physician: one is in the case, or advised.</summary>
    private static bool CompanyPhysicianAdvised(Vocabulary vocabulary, Case @case, string service) =>
        @case.Parties.Any(p => p.Role == "company-physician") || @case.Events.Any(e => e.Type == "bedrijfsarts-advice" && e.Date <= @case.AsOf);

    /// <summary>A consent to the service itself or to one of its parties, on the day of the case.</summary>
    private static bool HasConsent(Case @case, string service, string category) =>
        @case.Consents.Any(c => c.Allows(category, @case.AsOf) &&
            (c.To == service || @case.Parties.Any(p => p.Id == c.To && p.Service == service)));

    private static bool IsMinor(Vocabulary vocabulary, Case @case)
    {
        var birth = Fact(vocabulary, @case, "client.birthDate");
        if (birth.IsKnown)
        {
            return birth.Date.AddYears(18) > @case.AsOf;
        }

        var age = Fact(vocabulary, @case, "client.age");
        return age.IsKnown && age.Number < 18;
    }

    private static Value Fact(Vocabulary vocabulary, Case @case, string id) =>
        vocabulary.FactById.TryGetValue(id, out var fact) ? @case.Facts[fact] : Value.Unknown;
}
