using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Questions;

/// <summary>
/// Who may be asked for a fact. A question tells something too: nobody is asked for what he may not see. The client may always be
/// asked about himself, and is when nobody else may or can.
/// </summary>
internal sealed class LawfulSource(Vocabulary vocabulary, DomainViews views)
{
    public const string Client = "client";

    // Who knows best within insured care, in order; somatic facts begin with the specialist, facts of the GP with the GP.
    private static readonly string[] Treating = ["regiebehandelaar", "hoofdbehandelaar", "medical-specialist", "huisarts"];
    private static readonly string[] Somatic = ["medical-specialist", "huisarts"];
    private static readonly string[] Gp = ["huisarts"];

    // Who pays the care does not speak for those who give it.
    private static readonly string?[] Payers = ["insurer", "zorgkantoor"];

    /// <summary>A party id, else a role or service.</summary>
    public string For(FactDefinition fact, IReadOnlySet<string> needs, Case @case) => fact.Sensitivity switch
    {
        "medical" => InCare(fact, needs, @case),
        "income" => Of(Services.Uwv, fact, @case) ?? Of(Services.Gemeente, fact, @case) ?? ClientOf(@case),
        "work" => Employer(fact, @case) ?? ClientOf(@case),
        "social" => PartyOf(Services.Gemeente, fact, @case) ?? ClientOf(@case),
        "identity" => ClientOf(@case),
        _ => Process(fact, needs, @case),
    };

    /// <summary>A fact about the client himself, which he may always answer; how others arrange their help is theirs to tell.</summary>
    public static bool IsOfClient(FactDefinition fact) => fact.Sensitivity != "process";

    /// <summary>
    /// Whether somebody may answer what is asked of another: that one, the client about himself, or who works in the same service, may see
    /// the fact and does not merely pay.
    /// </summary>
    /// <param name="who">A party id, role or service.</param>
    /// <param name="askedOf">Of whom it is asked.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="case">The case.</param>
    public bool MayAnswer(string who, string askedOf, FactDefinition fact, Case @case)
    {
        if (who == askedOf || who == RoleOf(askedOf, @case))
        {
            return true;
        }

        var role = RoleOf(who, @case);
        if (role is Client or "representative")
        {
            return IsOfClient(fact);
        }

        if (askedOf == Services.Casemanager)
        {
            return role is "casemanager" or "overall-coordinator";
        }

        var service = ServiceOf(who, @case);
        return service is not null && Services.Asked.Contains(service) && service == ServiceOf(askedOf, @case) && !Payers.Contains(role) && views.Sees(service, fact, @case);
    }

    /// <summary>Medical facts: whoever treats, else zvw.</summary>
    private string InCare(FactDefinition fact, IReadOnlySet<string> needs, Case @case)
    {
        if (!views.Sees(Services.Zvw, fact, @case))
        {
            return ClientOf(@case);
        }

        var roles = Area(fact) switch { "somatic" => Somatic, "gp" => Gp, _ => Treating };
        var providers = @case.Provisions.Where(p => p.NeedIds.Any(needs.Contains)).Select(p => p.ProviderId).ToHashSet();
        var known = @case.Parties.Where(p => p.Service == Services.Zvw).ToList();
        return roles.Select(role => known.FirstOrDefault(p => p.Role == role && providers.Contains(p.Id))).FirstOrDefault(p => p is not null)?.Id
            ?? roles.Select(role => known.FirstOrDefault(p => p.Role == role)).FirstOrDefault(p => p is not null)?.Id
            ?? Services.Zvw;
    }

    /// <summary>
    /// The employer, only for what it may see and only while the client has one and does not forbid the contact.
    /// </summary>
    private string? Employer(FactDefinition fact, Case @case)
    {
        var status = @case.Facts[vocabulary.FactById["work.status"]];
        var forbidden = @case.Facts[vocabulary.FactById["work.disclosureAllowed"]].Truth == Truth.False;
        var employed = status is { Kind: ValueKind.Code, Code: "employed" } || (!status.IsKnown && @case.Parties.Any(p => p.Role == "employer"));
        return employed && !forbidden ? Of(Services.Employer, fact, @case) : null;
    }

    /// <summary>Facts about how help is arranged: by what the fact is about, else the first service that may see it.</summary>
    private string Process(FactDefinition fact, IReadOnlySet<string> needs, Case @case)
    {
        var own = Area(fact) switch
        {
            "coord" or "party" or "plan" or "handover" => Services.Casemanager,
            "gemeente" => Of(Services.Gemeente, fact, @case),
            "ips" => Of(Services.Uwv, fact, @case) ?? Of(Services.Gemeente, fact, @case),
            "prov" => ServiceOfProvision(fact, needs, @case),
            _ => null,
        };
        return own ?? (views.Sees(Services.Zvw, fact, @case) ? InCare(fact, needs, @case) : null)
            ?? Of(Services.Gemeente, fact, @case) ?? Of(Services.Uwv, fact, @case) ?? Services.Casemanager;
    }

    /// <summary>A fact of a provision is asked of the service that the provision belongs to.</summary>
    private string? ServiceOfProvision(FactDefinition fact, IReadOnlySet<string> needs, Case @case) =>
        @case.Provisions.Where(p => needs.Count == 0 || p.NeedIds.Any(needs.Contains))
            .Select(p => p.Scheme.Service).Where(s => s is Services.Gemeente or Services.Uwv)
            .Select(s => Of(s, fact, @case)).FirstOrDefault(s => s is not null);

    /// <summary>The service, by its party in the case when there is one; null when it may not see the fact.</summary>
    private string? Of(string service, FactDefinition fact, Case @case) =>
        views.Sees(service, fact, @case) ? PartyOf(service, fact, @case) ?? service : null;

    private string? PartyOf(string service, FactDefinition fact, Case @case) =>
        views.Sees(service, fact, @case)
            ? (@case.Parties.FirstOrDefault(p => p.Service == service && p.Role == service) ?? @case.Parties.FirstOrDefault(p => p.Service == service && p.Role != "company-physician"))?.Id
            : null;

    private string? RoleOf(string who, Case @case) =>
        @case.Parties.FirstOrDefault(p => p.Id == who)?.Role ?? (vocabulary.PartyRoles.ContainsKey(who) ? who : null);

    /// <summary>Of a party, else of the service with this name, else of the role: the casemanager service is no party of insured care.</summary>
    private string? ServiceOf(string who, Case @case) =>
        @case.Parties.FirstOrDefault(p => p.Id == who) is { } party ? party.Service ?? vocabulary.PartyRoles.GetValueOrDefault(party.Role)?.Service
        : Services.Asked.Contains(who) || who == Services.Casemanager ? who
        : vocabulary.PartyRoles.GetValueOrDefault(who)?.Service;

    private static string ClientOf(Case @case) => @case.Parties.FirstOrDefault(p => p.Role == Client)?.Id ?? Client;

    private static string Area(FactDefinition fact) => fact.Id[..fact.Id.IndexOf('.', StringComparison.Ordinal)];
}
