namespace Samenhang.Access;

/// <summary>Why somebody may process personal data (AVG, article 6, first paragraph).</summary>
public enum LegalGround
{
    /// <summary>The person consented (a): <c>toestemming</c>.</summary>
    Consent,

    /// <summary>A contract with the person (b): <c>overeenkomst</c>.</summary>
    Contract,

    /// <summary>A duty of the law (c): <c>wettelijke-plicht</c>.</summary>
    LegalDuty,

    /// <summary>A vital interest of somebody (d): <c>vitaal-belang</c>.</summary>
    VitalInterest,

    /// <summary>A public task (e): <c>publieke-taak</c>.</summary>
    PublicTask,
}
