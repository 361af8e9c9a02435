namespace Samenhang.Access;

/// <summary>What a call says of itself beside its token.</summary>
/// <param name="Purpose">Metadata <c>x-doelbinding</c>; null = not said.</param>
/// <param name="Ground">Metadata <c>x-grondslag</c>; null = not said.</param>
/// <param name="Reason">Metadata <c>x-reden</c>: why this is an emergency; null = not said.</param>
/// <param name="Confidentiality">Metadata <c>x-vertrouwelijkheid</c>: <c>normaal</c> or <c>vertrouwelijk</c>; null = normal.</param>
public sealed record CallStatement(string? Purpose, string? Ground, string? Reason, string? Confidentiality);

/// <summary>Whether a call is admitted: exactly one of both.</summary>
/// <param name="Caller">Who was admitted.</param>
/// <param name="Missing">What is missing or not allowed, as codes for a machine and a person who looks for the fault: <c>scope:case:read</c>, <c>x-doelbinding</c>.</param>
public sealed record Admission(Caller? Caller, IReadOnlyList<string> Missing)
{
    private const int ShortestReason = 10;
    private const int LongestReason = 500;

    /// <summary>Decides about one call; all that is missing is told at once. Pure.</summary>
    /// <param name="book">The lists.</param>
    /// <param name="method">As gRPC writes it.</param>
    /// <param name="token">What the token says.</param>
    /// <param name="said">What the call says.</param>
    public static Admission Decide(AccessBook book, string method, TokenClaims token, CallStatement said)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(said);
        if (book.Right(method) is not { } right)
        {
            return new(null, ["call"]);
        }

        var missing = new List<string>();
        if (token.Role is not { } role)
        {
            return new(null, ["role"]);
        }

        if (!right.Roles.Contains(role))
        {
            missing.Add($"role:{role.ToCode()}");
        }

        if (!token.Scopes.Contains(right.Scope))
        {
            missing.Add($"scope:{right.Scope}");
        }

        if (said.Confidentiality is not (null or "normaal" or "vertrouwelijk"))
        {
            missing.Add("x-vertrouwelijkheid");
        }

        var (purpose, ground) = (said.Purpose is { } id ? book.Purpose(id) : null, Codes.GroundOf(said.Ground));
        if (right.Matter != CallMatter.Reference)
        {
            RequirePurpose(missing, right, role, said, purpose, ground);
        }

        return missing.Count > 0
            ? new(null, missing)
            : new(
                new(
                    token,
                    role,
                    purpose?.Id ?? "",
                    ground,
                    purpose is { IsEmergency: true } ? said.Reason!.Trim() : "",
                    said.Confidentiality == "vertrouwelijk"),
                []);
    }

    private static void RequirePurpose(List<string> missing, CallRight right, CallerRole role, CallStatement said, AccessPurpose? purpose, LegalGround? ground)
    {
        if (purpose is null || !purpose.Roles.Contains(role))
        {
            missing.Add(Named("x-doelbinding", said.Purpose));
        }

        if (ground is not { } known || (purpose is not null && !purpose.Grounds.Contains(known)))
        {
            missing.Add(Named("x-grondslag", said.Ground));
        }

        if (purpose is not { IsEmergency: true })
        {
            return;
        }

        if (!right.ChangesNothing)
        {
            missing.Add($"x-doelbinding:{purpose.Id} only reads");
        }

        if (said.Reason?.Trim() is not { Length: >= ShortestReason and <= LongestReason })
        {
            missing.Add("x-reden");
        }
    }

    // A code that we do not know is not repeated: it could be anything.
    private static string Named(string header, string? said) => said is { Length: > 0 and <= 40 } && said.All(letter => letter is (>= 'a' and <= 'z') or '-') ? $"{header}:{said}" : header;
}
