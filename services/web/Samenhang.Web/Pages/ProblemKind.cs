namespace Samenhang.Web.Pages;

/// <summary>Why a visitor does not get the page.</summary>
public enum ProblemKind
{
    /// <summary>There is no such case or page, or not for this visitor.</summary>
    NotFound,

    /// <summary>The address holds something that is not right.</summary>
    WrongAddress,

    /// <summary>The visitor may not see it.</summary>
    NotAllowed,

    /// <summary>The casemanager does not answer now.</summary>
    Unavailable,

    /// <summary>A form was sent that is too old, or of somebody else.</summary>
    OldForm,

    /// <summary>A bug.</summary>
    Fault,
}
