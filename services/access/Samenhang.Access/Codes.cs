using System.Collections.Frozen;

namespace Samenhang.Access;

/// <summary>How roles and grounds are written in tokens, metadata and files.</summary>
public static class Codes
{
    private static readonly FrozenDictionary<string, CallerRole> Roles =
        Enum.GetValues<CallerRole>().ToFrozenDictionary(role => role.ToCode(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, LegalGround> Grounds =
        Enum.GetValues<LegalGround>().ToFrozenDictionary(ground => ground.ToCode(), StringComparer.Ordinal);

    /// <summary>The code of a role.</summary>
    public static string ToCode(this CallerRole role) => role switch
    {
        CallerRole.CompanyPhysician => "company-physician",
        CallerRole.PrivacyOfficer => "privacy-officer",
        _ => role.ToString().ToLowerInvariant(),
    };

    /// <summary>The code of a ground.</summary>
    public static string ToCode(this LegalGround ground) => ground switch
    {
        LegalGround.Consent => "toestemming",
        LegalGround.Contract => "overeenkomst",
        LegalGround.LegalDuty => "wettelijke-plicht",
        LegalGround.VitalInterest => "vitaal-belang",
        LegalGround.PublicTask => "publieke-taak",
        _ => throw new ArgumentOutOfRangeException(nameof(ground), ground, "No ground."),
    };

    /// <summary>The role with this code; null = there is none.</summary>
    public static CallerRole? RoleOf(string? code) => code is not null && Roles.TryGetValue(code, out var role) ? role : null;

    /// <summary>The ground with this code; null = there is none.</summary>
    public static LegalGround? GroundOf(string? code) => code is not null && Grounds.TryGetValue(code, out var ground) ? ground : null;
}
