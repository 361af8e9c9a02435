using System.Collections.Frozen;

namespace Samenhang.Language;

/// <summary>A kind of need (needs.json).</summary>
/// <param name="Id">The identifier, for example <c>psych-treatment</c>.</param>
/// <param name="LabelNl">What it is called, in Dutch.</param>
/// <param name="Goal">treat, cope, participate, coordinate, income, care, stay or support.</param>
/// <param name="Social">Whether it is a need of the social domain.</param>
/// <param name="SeenByEmployerAs">The neutral word that an employer may see, or null: the need is not sent.</param>
/// <param name="TypicalDomains">The services that such a need usually concerns.</param>
public sealed record NeedKind(string Id, string LabelNl, string Goal, bool Social, string? SeenByEmployerAs, IReadOnlyList<string> TypicalDomains)
{
    /// <summary>What it is called, in English; empty when nobody has written it.</summary>
    public string LabelEn { get; init; } = "";

    /// <summary>What it is called, in both languages.</summary>
    public Sentence Name => new(LabelNl, LabelEn.Length > 0 ? LabelEn : Id);
}

/// <summary>The law and payer of a scheme while a condition holds (schemes.json, lawWhen); the first true one counts.</summary>
public sealed record LawWhen(string If, string Law, string? Payer);

/// <summary>One scheme under which a need can be covered (schemes.json).</summary>
public sealed record Scheme
{
    /// <summary>The identifier, for example <c>gp-care</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The law, or "none".</summary>
    public required string Law { get; init; }

    /// <summary>The service whose rulebook speaks of it, or "none" (the casemanager's own rulebook).</summary>
    public required string Service { get; init; }

    /// <summary>What it is called, in Dutch.</summary>
    public required string LabelNl { get; init; }

    /// <summary>What it is called, in English, with the Dutch names of laws and schemes as they are; empty when nobody has written it.</summary>
    public string LabelEn { get; init; } = "";

    /// <summary>What it is called, in both languages.</summary>
    public Sentence Name => new(LabelNl, LabelEn.Length > 0 ? LabelEn : Id);

    /// <summary>The payer that is expected.</summary>
    public required string Payer { get; init; }

    /// <summary>right, provision, employerDuty, ownAccount, informal, contractOnly or experiment.</summary>
    public required string EntitlementKind { get; init; }

    /// <summary>A code of paymentModes, or null.</summary>
    public required string? PaymentMode { get; init; }

    /// <summary>The days on which the scheme exists; from 9999-12-31 = planned, no date.</summary>
    public required Period Validity { get; init; }

    /// <summary>gp, gbggz or sggz; or null.</summary>
    public required string? Level { get; init; }

    /// <summary>Whether the deductible (eigen risico) counts; null when the documents do not say.</summary>
    public bool? Deductible { get; init; }

    /// <summary>The parameter that holds the maximum tariff, or null.</summary>
    public required string? MaxTariffParameter { get; init; }

    /// <summary>Where law and payer depend on the case; empty for nearly all schemes.</summary>
    public required IReadOnlyList<LawWhen> LawWhen { get; init; }

    /// <summary>The rules that speak of it.</summary>
    public required IReadOnlyList<string> Rules { get; init; }
}

/// <summary>The scope in which a finding is raised: once per item.</summary>
public enum FlagScope
{
    /// <summary>Once for the case.</summary>
    Case,

    /// <summary>Once per need.</summary>
    Need,

    /// <summary>Once per provision.</summary>
    Provision,

    /// <summary>Once per party.</summary>
    Party,
}

/// <summary>How much a finding asks for attention.</summary>
public enum Severity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Somebody should look at it.</summary>
    Attention,

    /// <summary>Somebody must act now.</summary>
    Urgent,
}

/// <summary>A finding that the casemanager can raise (flags.json).</summary>
public sealed record Flag
{
    /// <summary>The identifier; its first word is the family.</summary>
    public required string Id { get; init; }

    /// <summary>uncovered, overlap, route, coordination, deadline, claim, undetermined or privacy.</summary>
    public required string Family { get; init; }

    /// <summary>What it is called, in Dutch.</summary>
    public required string LabelNl { get; init; }

    /// <summary>What it is called, in English; empty when nobody has written it.</summary>
    public string LabelEn { get; init; } = "";

    /// <summary>What it means, in English.</summary>
    public required string Meaning { get; init; }

    /// <summary>How much attention it asks.</summary>
    public required Severity Severity { get; init; }

    /// <summary>On what it is raised.</summary>
    public required FlagScope Scope { get; init; }

    /// <summary>The condition, in the expression language.</summary>
    public required string Predicate { get; init; }

    /// <summary>The more general finding that is dropped for the same item when this one is raised, or null.</summary>
    public required string? Refines { get; init; }

    /// <summary>The suggested next step, in Dutch.</summary>
    public required string SuggestedActionNl { get; init; }

    /// <summary>The suggested next step, in English; empty when nobody has written it.</summary>
    public string SuggestedActionEn { get; init; } = "";

    /// <summary>The rules it rests on; empty for a finding of the engine itself.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The line in flags.json at which the entry stands; for error messages.</summary>
    public required int Line { get; init; }
}

/// <summary>A dated number, day or list (parameters.json). One identifier can have several periods.</summary>
/// <param name="Id">The identifier, for example <c>wvp.uwvReportWeek</c>.</param>
/// <param name="Value">The value; unknown when the text gives none and a tenant must fill it in.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Validity">The days on which it holds; a parameter with unit date has no such test.</param>
/// <param name="Overridable">Whether a municipality, insurer or case may set its own.</param>
/// <param name="Document">The source document.</param>
/// <param name="Lines">The lines in that document.</param>
/// <param name="Rules">The rules that use it.</param>
public sealed record Parameter(string Id, Value Value, string Unit, Period Validity, bool Overridable, string Document, string Lines, IReadOnlyList<string> Rules);

/// <summary>
/// A kind of organisation that has a policy of its own (tenants.json), and what is its to decide. The name of a fact may end in * and then stands
/// for all that begin so; an option * stands for all.
/// </summary>
/// <param name="Id">municipality or insurer.</param>
/// <param name="LabelNl">What it is called, in Dutch.</param>
/// <param name="Facts">The facts that it may state for all its clients.</param>
/// <param name="Parameters">The parameters that it may set its own value for.</param>
/// <param name="Options">The proposals that it may switch on.</param>
public sealed record TenantKind(string Id, string LabelNl, IReadOnlyList<string> Facts, IReadOnlyList<string> Parameters, IReadOnlyList<string> Options)
{
    /// <summary>Whether the fact is its to state.</summary>
    public bool States(string fact) => Named(Facts, fact);

    /// <summary>Whether the parameter is its to set.</summary>
    public bool Sets(string parameter) => Named(Parameters, parameter);

    /// <summary>Whether the proposal is its to switch on.</summary>
    public bool SwitchesOn(string option) => Named(Options, option);

    private static bool Named(IReadOnlyList<string> names, string id) =>
        names.Any(name => name.EndsWith('*') ? id.StartsWith(name[..^1], StringComparison.Ordinal) : name == id);
}

/// <summary>Which items of a case's lists a service may see at most (codes.json, visibility); <c>*</c> stands for all.</summary>
/// <param name="Needs">all, concerning (its typical domain, or served by a provision that it sees) or neutral (only as an employer may see it).</param>
/// <param name="Provisions">The services whose provisions it sees.</param>
/// <param name="Parties">The services whose parties it sees.</param>
/// <param name="Events">The types of events.</param>
/// <param name="Evidence">The types of evidence.</param>
public sealed record ListVisibility(string Needs, IReadOnlySet<string> Provisions, IReadOnlySet<string> Parties, IReadOnlySet<string> Events, IReadOnlySet<string> Evidence)
{
    /// <summary>Whether a set of this visibility holds the code, or all codes.</summary>
    public static bool Allows(IReadOnlySet<string> allowed, string code) => allowed.Contains("*") || allowed.Contains(code);
}

/// <summary>A role that a party can have (codes.json, partyRoles).</summary>
public sealed record PartyRole(string Id, string LabelNl, string Service);

/// <summary>A profession (professions.json).</summary>
public sealed record Profession(string Id, string LabelNl, string TypicalService, string? Register);

/// <summary>Which professions may be main practitioner for a product in a period (professions.json, mainPractitioner).</summary>
public sealed record MainPractitionerRegime(string Role, IReadOnlyList<string> Products, Period Validity, IReadOnlyList<string>? Allow, bool Denies, string? When, IReadOnlyList<string> Rules);

/// <summary>
/// What pays the work of a casemanager or central care provider (professions.json, careManagerPayment): by profession and, where it
/// matters, the place of work and whether there is a contract.
/// </summary>
/// <param name="Professions">The professions; empty for "any other", whom nothing pays.</param>
/// <param name="WorkBase">A code of the fact party.workBase, or null for any.</param>
/// <param name="NeedsContract">Whether it is for those with, or for those without a contract; null = either.</param>
/// <param name="Schemes">The schemes that pay, the usual one first.</param>
/// <param name="TerminalScheme">The scheme that pays in the terminal phase, or null.</param>
/// <param name="Rules">The rules that say so.</param>
public sealed record CareManagerPayment(
    IReadOnlyList<string> Professions, string? WorkBase, bool? NeedsContract, IReadOnlyList<string> Schemes, string? TerminalScheme, IReadOnlyList<string> Rules);

/// <summary>To which levels a referrer may refer (referrers.json, acceptance): per level a condition of the expression language, read for the provision. A level that is not in it is undetermined.</summary>
public sealed record ReferrerAcceptance(string Referrer, IReadOnlyDictionary<string, string> To, IReadOnlyList<string> Rules);

/// <summary>The effect of a registration code on payment (codes.json, paymentEffects).</summary>
public sealed record PaymentEffect(string Code, string? Profession, string Effect);

/// <summary>
/// The shared language of all services: facts, needs, schemes, findings, codes, parameters, deadlines, professions, referrers.
/// Loaded and checked once (<see cref="VocabularyLoader"/>); immutable after.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>All facts, at their <see cref="FactDefinition.Index"/>.</summary>
    public required IReadOnlyList<FactDefinition> Facts { get; init; }

    /// <summary>Facts by identifier.</summary>
    public required FrozenDictionary<string, FactDefinition> FactById { get; init; }

    /// <summary>Need kinds by identifier.</summary>
    public required FrozenDictionary<string, NeedKind> Needs { get; init; }

    /// <summary>
    /// The kinds of need as an employer sees them: by neutral word, without goal. They are no kinds that a case can have.
    /// </summary>
    public required FrozenDictionary<string, NeedKind> EmployerNeeds { get; init; }

    /// <summary>Per service what it may see of the lists of a case; the casemanager, who sees all, stands in it not.</summary>
    public required FrozenDictionary<string, ListVisibility> Visibility { get; init; }

    /// <summary>Schemes by identifier.</summary>
    public required FrozenDictionary<string, Scheme> Schemes { get; init; }

    /// <summary>Findings, in the order of the list.</summary>
    public required IReadOnlyList<Flag> Flags { get; init; }

    /// <summary>Parameters by identifier, each with its periods.</summary>
    public required FrozenDictionary<string, IReadOnlyList<Parameter>> Parameters { get; init; }

    /// <summary>A hash over the list of parameters, which can change while a service runs.</summary>
    public required string ParametersVersion { get; init; }

    /// <summary>The kinds of organisation with a policy of their own, by identifier.</summary>
    public required FrozenDictionary<string, TenantKind> TenantKinds { get; init; }

    /// <summary>Terms, in the order of the list.</summary>
    public required IReadOnlyList<Deadline> Deadlines { get; init; }

    /// <summary>Professions by identifier.</summary>
    public required FrozenDictionary<string, Profession> Professions { get; init; }

    /// <summary>The regimes of main practitioners.</summary>
    public required IReadOnlyList<MainPractitionerRegime> MainPractitioners { get; init; }

    /// <summary>What pays the work of casemanagers and central care providers.</summary>
    public required IReadOnlyList<CareManagerPayment> CareManagerPayments { get; init; }

    /// <summary>Referrers, by identifier: their Dutch label.</summary>
    public required FrozenDictionary<string, string> Referrers { get; init; }

    /// <summary>What each referrer may refer to.</summary>
    public required IReadOnlyList<ReferrerAcceptance> ReferrerAcceptance { get; init; }

    /// <summary>Party roles by identifier.</summary>
    public required FrozenDictionary<string, PartyRole> PartyRoles { get; init; }

    /// <summary>Codes of provision status.</summary>
    public required FrozenSet<string> ProvisionStatus { get; init; }

    /// <summary>Codes of event types.</summary>
    public required FrozenSet<string> EventTypes { get; init; }

    /// <summary>Codes of evidence types.</summary>
    public required FrozenSet<string> EvidenceTypes { get; init; }

    /// <summary>Codes of consent categories.</summary>
    public required FrozenSet<string> ConsentCategories { get; init; }

    /// <summary>The lists of a case that may be open.</summary>
    public required FrozenSet<string> OpenLists { get; init; }

    /// <summary>The proposals that a region can switch on.</summary>
    public required FrozenSet<string> Options { get; init; }

    /// <summary>The documents: key (000, 001, 002a, …) to file name.</summary>
    public required FrozenDictionary<string, string> Documents { get; init; }

    /// <summary>Rule prefix (ARB, …) to the documents that hold its rules.</summary>
    public required FrozenDictionary<string, IReadOnlyList<string>> DocumentsOfPrefix { get; init; }

    /// <summary>Named groups of schemes.</summary>
    public required FrozenDictionary<string, FrozenSet<string>> SchemeGroups { get; init; }

    /// <summary>Pairs of schemes that may stand side by side; a name ending in * or starting with @ (a group) matches more.</summary>
    public required IReadOnlyList<(string, string)> AllowedPairs { get; init; }

    /// <summary>Pairs of schemes that exclude each other.</summary>
    public required IReadOnlyList<(string, string)> ExclusivePairs { get; init; }

    /// <summary>Products from light to heavy.</summary>
    public required IReadOnlyList<string> ProductOrder { get; init; }

    /// <summary>Product codes (BK, BM, …) to schemes.</summary>
    public required FrozenDictionary<string, string> ProductCodes { get; init; }

    /// <summary>Effects of registration codes on payment.</summary>
    public required IReadOnlyList<PaymentEffect> PaymentEffects { get; init; }

    /// <summary>Codes of payment modes, with their Dutch label.</summary>
    public required FrozenDictionary<string, string> PaymentModes { get; init; }

    /// <summary>Reasons for undetermined.</summary>
    public required FrozenSet<string> UndeterminedReasons { get; init; }

    /// <summary>Codes of the decision modal.</summary>
    public required FrozenSet<string> Modals { get; init; }

    /// <summary>What may not stand in a text that an employer can read (employer-words.json).</summary>
    public required EmployerScreen EmployerScreen { get; init; }

    /// <summary>Codes of facts in plain Dutch; a code that is a name of its own (WIA, BK) does not stand in it.</summary>
    public required FrozenDictionary<string, string> Words { get; init; }

    /// <summary>A hash over the files it was read from but that of the parameters; the same content gives the same version.</summary>
    public required string Version { get; init; }

    /// <summary>The documents that hold a rule: GB-01 → {001}, X-01 → {000, 003}; empty for an unknown prefix.</summary>
    public IReadOnlyList<string> DocumentsOf(string ruleId)
    {
        var dash = ruleId.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && DocumentsOfPrefix.TryGetValue(ruleId[..dash], out var documents) ? documents : [];
    }

    /// <summary>Whether a scheme matches a pattern: an id, an id with a trailing *, <c>@group</c>, or <c>law:Name</c>.</summary>
    public bool Matches(string pattern, Scheme scheme) =>
        pattern.StartsWith('@') ? SchemeGroups.TryGetValue(pattern[1..], out var group) && group.Contains(scheme.Id)
        : pattern.StartsWith("law:", StringComparison.Ordinal) ? scheme.Law == pattern[4..]
        : pattern.EndsWith('*') ? scheme.Id.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : scheme.Id == pattern;

    /// <summary>A value as a person reads it, in plain Dutch: ja, geen, 12, 1 oktober 2016, vermoed.</summary>
    public string InDutch(Value value) => value.Kind switch
    {
        ValueKind.Unknown => "onbekend",
        ValueKind.Bool => value.Truth == Truth.True ? "ja" : "nee",
        ValueKind.Set => value.Set.IsEmpty ? "geen" : string.Join(", ", value.Set.Select(InDutch)),
        ValueKind.Code => InDutch(value.Code),
        ValueKind.Date => SpokenDay.InDutch(value.Date),
        _ => value.ToString(),
    };

    /// <summary>A value as a person reads it, in English: yes, none, 12, 1 October 2016, suspected. A code is English already.</summary>
    public string InEnglish(Value value) => value.Kind switch
    {
        ValueKind.Unknown => "not known",
        ValueKind.Bool => value.Truth == Truth.True ? "yes" : "no",
        ValueKind.Set => value.Set.IsEmpty ? "none" : string.Join(", ", value.Set.Select(InEnglish)),
        ValueKind.Code => InEnglish(value.Code),
        ValueKind.Date => SpokenDay.InEnglish(value.Date),
        _ => value.ToString(),
    };

    /// <summary>A value as a person reads it.</summary>
    public Sentence InWords(Value value) => new(InDutch(value), InEnglish(value));

    private string InEnglish(string code) =>
        Schemes.TryGetValue(code, out var scheme) ? scheme.Name.En : Words.ContainsKey(code) ? code.Replace('-', ' ') : Professions.TryGetValue(code, out var profession) ? profession.LabelNl : code;

    private string InDutch(string code) =>
        Words.TryGetValue(code, out var word) ? word : Schemes.TryGetValue(code, out var scheme) ? scheme.LabelNl
        : Professions.TryGetValue(code, out var profession) ? profession.LabelNl : code;
}
