using Google.Protobuf;

namespace Samenhang.Platform.Errors;

/// <summary>A sentence for a person, in plain Dutch and in English. It never holds personal data.</summary>
/// <param name="Nl">The Dutch sentence (level B1).</param>
/// <param name="En">The same sentence in English.</param>
public sealed record BilingualText(string Nl, string En);

/// <summary>One thing that is wrong with one field of a request.</summary>
/// <param name="Field">The path of the field as the proto names it, for example <c>facts[2].valid_from</c>.</param>
/// <param name="DescriptionNl">What is wrong and how to mend it, in plain Dutch.</param>
/// <param name="DescriptionEn">The same in English.</param>
/// <param name="Rule">The rule of a law or standard that says so, for example <c>OP033</c>; null when it is only the shape.</param>
public sealed record FieldViolation(string Field, string DescriptionNl, string DescriptionEn, string? Rule = null);

/// <summary>
/// An expected failure of a command or question. Handlers return it inside a <see cref="Result{T}"/>; one file maps it to a
/// gRPC status (<c>Samenhang.Platform.Grpc.ErrorStatus</c>). Nothing secret belongs in an error: it is shown to the caller.
/// </summary>
/// <remarks>A closed sum type: a switch over it names every case.</remarks>
public abstract record Error
{
    private Error()
    {
    }

    /// <summary>The request itself is wrong: INVALID_ARGUMENT, with every violation at once.</summary>
    /// <param name="Violations">All violations found; never empty.</param>
    public sealed record Invalid(IReadOnlyList<FieldViolation> Violations) : Error;

    /// <summary>Unknown, or not visible to the caller (the two are told apart to nobody): NOT_FOUND.</summary>
    /// <param name="Kind">What was asked for, a noun as the proto names it: <c>case</c>, <c>need</c>.</param>
    /// <param name="Id">The identifier as the caller gave it; leave it out when it could be personal data.</param>
    public sealed record NotFound(string Kind, string? Id = null) : Error;

    /// <summary>The request id was used before with other content: ALREADY_EXISTS.</summary>
    /// <param name="RequestId">The request id that was used twice.</param>
    public sealed record AlreadyExists(string RequestId) : Error;

    /// <summary>The caller's expected version is not the current one: ABORTED; read again and retry.</summary>
    /// <param name="Expected">The version the caller expected.</param>
    /// <param name="Current">The version that stands.</param>
    /// <param name="BothSides">A detail with what the caller wanted and what stands; null when the whole can be read again.</param>
    public sealed record StaleVersion(long Expected, long Current, IMessage? BothSides = null) : Error;

    /// <summary>Somebody else changed in the meantime what the caller saw, and it has no version of its own: ABORTED.</summary>
    /// <param name="BothSides">A detail with what the caller wanted and what stands.</param>
    public sealed record Overtaken(IMessage BothSides) : Error;

    /// <summary>The request is well formed, but the state of things forbids it: FAILED_PRECONDITION.</summary>
    /// <param name="Type">A stable code for the precondition, upper snake case: <c>CASE_CLOSED</c>.</param>
    /// <param name="Subject">What it is about, for example <c>case/0199…</c>.</param>
    /// <param name="Text">What stands in the way.</param>
    public sealed record StateForbids(string Type, string Subject, BilingualText Text) : Error;

    /// <summary>The caller showed no valid token: UNAUTHENTICATED.</summary>
    /// <param name="Missing">What is missing, for example <c>token</c>.</param>
    public sealed record Unauthenticated(string Missing) : Error;

    /// <summary>The caller is known but has no scope, purpose or legal ground: PERMISSION_DENIED.</summary>
    /// <param name="Missing">What is missing, for example <c>scope:case.read</c> or <c>purpose</c>.</param>
    public sealed record PermissionDenied(string Missing) : Error;

    /// <summary>A limit was passed (message size, rate, number): RESOURCE_EXHAUSTED.</summary>
    /// <param name="Limit">The limit's stable code, upper snake case.</param>
    /// <param name="Text">Which limit and how to stay below it.</param>
    public sealed record LimitPassed(string Limit, BilingualText Text) : Error;

    /// <summary>A store, the broker or another service does not answer now: UNAVAILABLE; the same request may be sent again.</summary>
    /// <param name="Dependency">What does not answer, for example <c>store</c>, <c>broker</c>.</param>
    /// <param name="RetryAfter">How long to wait before the next try.</param>
    public sealed record Unavailable(string Dependency, TimeSpan RetryAfter) : Error;
}
