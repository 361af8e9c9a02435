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

    private static string ClientOf(Case @case) => @case.Parties.FirstOrDefault(p => p.Role == Client)?.Id ?? Client;

    private static string Area(FactDefinition fact) => fact.Id[..fact.Id.IndexOf('.', StringComparison.Ordinal)];
}
