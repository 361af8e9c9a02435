namespace Samenhang.Access;

/// <summary>What a token says of its holder, after its signature and dates were found right.</summary>
/// <param name="Issuer">Who vouches for it.</param>
/// <param name="Subject">Who, as the issuer knows them; holds no BSN and no name.</param>
/// <param name="Role">As what; null when the token names no role that we know.</param>
/// <param name="Organisation">The OIN (20 digits) of the organisation; empty = none.</param>
/// <param name="Tenant">The municipality, region or insurer to which the holder belongs, as policies name it (<c>gm9901</c>); <c>*</c> = all of this installation; empty = none.</param>
/// <param name="Cases">The cases to which the holder is limited; empty = not by case.</param>
/// <param name="Scopes">What the token allows.</param>
/// <param name="Actor">The service that speaks for the holder (RFC 8693); empty = the holder speaks.</param>
public sealed record TokenClaims(
    string Issuer, string Subject, CallerRole? Role, string Organisation, string Tenant, IReadOnlyList<string> Cases, IReadOnlySet<string> Scopes, string Actor = "")
{
    /// <summary>The tenant of who stands for all of an installation.</summary>
    public const string Everywhere = "*";
}

/// <summary>Who makes a call, and what for. It exists only for a call that was admitted.</summary>
/// <param name="Token">Who.</param>
/// <param name="Role">As what.</param>
/// <param name="Purpose">What for: the code of a purpose; empty for a call that is about no person.</param>
/// <param name="Ground">On which legal ground; null for a call that is about no person.</param>
/// <param name="Emergency">Why the rules of a normal day are passed over; empty = they are not.</param>
/// <param name="Confidential">Whether the person must not see now that this call was made.</param>
public sealed record Caller(TokenClaims Token, CallerRole Role, string Purpose, LegalGround? Ground, string Emergency, bool Confidential)
{
    /// <summary>The subject as the issuer gives it.</summary>
    public string Subject => Token.Subject;

    /// <summary>The municipality, region or insurer; <c>*</c> = all.</summary>
    public string Tenant => Token.Tenant;

    /// <summary>Whether this caller stands for all of this installation.</summary>
    public bool IsEverywhere => Token.Tenant == TokenClaims.Everywhere;

    /// <summary>Whether this caller passes over the rules of a normal day, with a reason that is looked at afterwards.</summary>
    public bool IsEmergency => Emergency.Length > 0;
}
