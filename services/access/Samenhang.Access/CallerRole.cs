namespace Samenhang.Access;

/// <summary>As what somebody calls. In tokens and files it is written in small letters, words with a hyphen between: <c>company-physician</c>.</summary>
public enum CallerRole
{
    /// <summary>Holds cases of one municipality or region.</summary>
    Casemanager,

    /// <summary>Steers a region: sees numbers, never a case.</summary>
    Steering,

    /// <summary>The person whom a case is about.</summary>
    Client,

    /// <summary>Speaks for the employer; never sees anything medical.</summary>
    Employer,

    /// <summary>The company physician: bound to professional secrecy, also towards the employer.</summary>
    CompanyPhysician,

    /// <summary>A health insurer, or the care office beside it.</summary>
    Insurer,

    /// <summary>Gives insured care or support: general practitioner, mental health care, hospital, provider of Wmo support.</summary>
    Provider,

    /// <summary>The municipality that carries out Wmo, Participatiewet and Jeugdwet.</summary>
    Municipality,

    /// <summary>UWV.</summary>
    Uwv,

    /// <summary>Keeps the system running; sees no case.</summary>
    Operator,

    /// <summary>Watches over who saw what: data protection officer, or who reviews an emergency access.</summary>
    PrivacyOfficer,

    /// <summary>A service of Samenhang itself.</summary>
    Service,
}
