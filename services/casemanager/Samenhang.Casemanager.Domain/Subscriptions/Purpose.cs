using Samenhang.Casemanager.Domain.Events;

namespace Samenhang.Casemanager.Domain.Subscriptions;

/// <summary>Why somebody may process what it is told (AVG, article 6, first paragraph).</summary>
public enum LegalGround
{
    /// <summary>The client consented (a): then only cases in which a consent to share the plan stands are told of.</summary>
    Consent,

    /// <summary>A duty of the law (c).</summary>
    LegalDuty,

    /// <summary>A public task (e).</summary>
    PublicTask,
}

/// <summary>What events may be used for. A closed list: what is not on it is no purpose.</summary>
/// <param name="Id">The code.</param>
/// <param name="Audience">Whose purpose it is.</param>
/// <param name="Grounds">The grounds on which it can rest.</param>
/// <param name="Title">What it is, in Dutch.</param>
/// <param name="Source">The law that gives it.</param>
public sealed record Purpose(string Id, Audience Audience, IReadOnlyList<LegalGround> Grounds, string Title, string Source)
{
    /// <summary>All purposes.</summary>
    public static IReadOnlyList<Purpose> All { get; } =
    [
        new("zvw-uitvoering", Audience.Insurer, [LegalGround.LegalDuty], "Uitvoering van de zorgverzekering", "Zvw, artikel 11"),
        new("zorgbemiddeling", Audience.Insurer, [LegalGround.Consent, LegalGround.LegalDuty], "Bemiddeling bij het vinden van zorg", "Zvw, artikel 11"),
        new("wmo-uitvoering", Audience.Municipality, [LegalGround.PublicTask], "Uitvoering van de Wmo 2015", "Wmo 2015, artikel 5.1.1"),
        new("jeugdwet-uitvoering", Audience.Municipality, [LegalGround.PublicTask], "Uitvoering van de Jeugdwet", "Jeugdwet, artikel 7.4.0"),
        new("participatiewet-uitvoering", Audience.Municipality, [LegalGround.PublicTask], "Uitvoering van de Participatiewet", "Participatiewet, artikel 7"),
        new("suwi-uitvoering", Audience.Uwv, [LegalGround.PublicTask], "Uitvoering van de werknemersverzekeringen", "Wet SUWI, artikel 30"),

        // An employee's consent to the employer is as a rule not free: it is no ground here.
        new("verzuimbegeleiding", Audience.Employer, [LegalGround.LegalDuty], "Begeleiding bij ziekte en re-integratie", "BW 7:658a; Wet verbetering poortwachter"),
        new("casemanagement", Audience.CasemanagerOrganisation, [LegalGround.Consent, LegalGround.PublicTask], "Casemanagement", "AVG, artikel 6, eerste lid, onder a of e"),
    ];

    /// <summary>The purpose with this code; null = there is none.</summary>
    public static Purpose? Find(string id) => All.FirstOrDefault(purpose => purpose.Id == id);
}
