using Samenhang.Access;
using Samenhang.Platform.Access;

namespace Samenhang.Leaks.Tests.Planted;

/// <summary>Somebody who may come to know something.</summary>
/// <param name="Role">As what.</param>
/// <param name="IsOwn">Whether the case is theirs.</param>
/// <param name="Tenant">The municipality or insurer in the token.</param>
/// <param name="Cases">The cases in the token.</param>
internal sealed record Reader(CallerRole Role, bool IsOwn, string Tenant, IReadOnlyList<string>? Cases)
{
    /// <summary>Who makes the calls.</summary>
    public Speaker Speaker => new($"{(IsOwn ? "own" : "stranger")}-{Role.ToCode()}", Role, Tenant, Cases);

    /// <summary>Everybody: each role that has to do with the case, and where a role is held to its own cases, a stranger in it.</summary>
    public static IReadOnlyList<Reader> All(string caseId)
    {
        const string Elsewhere = "0199aaaa-0000-7000-8000-000000000000";
        return [.. Enum.GetValues<CallerRole>().SelectMany(role => role switch
        {
            CallerRole.Casemanager or CallerRole.Municipality or CallerRole.Steering or CallerRole.PrivacyOfficer => [Own(role, "gm9901"), Stranger(role, "gm9902")],
            CallerRole.Insurer => [Own(role, "uzovi9901"), Stranger(role, "uzovi9902")],
            CallerRole.Client => [Own(role, "", caseId), Stranger(role, "", Elsewhere)],
            CallerRole.Employer or CallerRole.Uwv => [Own(role, "*", caseId), Stranger(role, "", Elsewhere)],
            _ => (Reader[])[Own(role, "")], // These have no cases of their own.
        })];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Role.ToCode()} ({(IsOwn ? "own" : "a stranger")})";

    private static Reader Own(CallerRole role, string tenant, string? caseId = null) => new(role, true, tenant, caseId is null ? null : [caseId]);

    private static Reader Stranger(CallerRole role, string tenant, string? caseId = null) => new(role, false, tenant, caseId is null ? null : [caseId]);
}
