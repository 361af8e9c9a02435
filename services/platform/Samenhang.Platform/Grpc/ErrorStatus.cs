using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Samenhang.Platform.Errors;
using RichStatus = Google.Rpc.Status;
using Status = Grpc.Core.Status;

namespace Samenhang.Platform.Grpc;

/// <summary>
/// The one place where an <see cref="Error"/> becomes a gRPC status with <c>google.rpc</c> details in the trailer
/// <c>grpc-status-details-bin</c>: a machine-readable <see cref="ErrorInfo"/> always, the detail that belongs to the code, and a sentence
/// for a person in Dutch and in English.
/// </summary>
public static class ErrorStatus
{
    /// <summary>The domain of every <see cref="ErrorInfo"/> that Samenhang sends.</summary>
    public const string Domain = "samenhang";

    /// <summary>The trailer that holds the <c>google.rpc.Status</c>.</summary>
    public const string DetailsTrailer = "grpc-status-details-bin";

    // Clients accept 8 KiB of headers by default, and bytes grow by a third in base64: what is above is counted, not sent.
    private const int ViolationBytes = 4 * 1024;
    private const int DescriptionLength = 400;

    private static readonly BilingualText ChangedMeanwhile = new(
        "Iemand anders heeft dit intussen gewijzigd. Haal de nieuwe versie op en probeer het opnieuw.",
        "Someone else has changed this in the meantime. Read the new version and try again.");

    /// <summary>The exception that ends a call with this error.</summary>
    /// <param name="error">The error.</param>
    public static RpcException ToRpcException(this Error error) => error switch
    {
        Error.Invalid invalid => Invalid(invalid),
        Error.NotFound notFound => Failure(
            StatusCode.NotFound,
            "NOT_FOUND",
            new BilingualText("Dit bestaat niet, of u mag het niet zien.", "This does not exist, or you may not see it."),
            [("kind", notFound.Kind), ("id", notFound.Id)]),
        Error.AlreadyExists exists => Failure(
            StatusCode.AlreadyExists,
            "REQUEST_ID_REUSED",
            new BilingualText(
                "Dit verzoeknummer is al gebruikt voor een ander verzoek.", "This request id was used before, with other content."),
            [("request_id", exists.RequestId)]),
        Error.StaleVersion stale => Failure(
            StatusCode.Aborted,
            "STALE_VERSION",
            ChangedMeanwhile,
            [("expected_version", Text(stale.Expected)), ("current_version", Text(stale.Current))],
            stale.BothSides is null ? [] : [stale.BothSides]),
        Error.Overtaken overtaken => Failure(StatusCode.Aborted, "OVERTAKEN", ChangedMeanwhile, [], overtaken.BothSides),
        Error.StateForbids forbids => Failure(
            StatusCode.FailedPrecondition,
            forbids.Type,
            forbids.Text,
            [("subject", forbids.Subject)],
            new PreconditionFailure
            {
                Violations =
                {
                    new PreconditionFailure.Types.Violation
                    {
                        Type = forbids.Type, Subject = forbids.Subject, Description = SideBySide(forbids.Text.Nl, forbids.Text.En),
                    },
                },
            }),
        Error.Unauthenticated unauthenticated => Failure(
            StatusCode.Unauthenticated,
            "UNAUTHENTICATED",
            new BilingualText("U bent niet aangemeld.", "You are not signed in."),
            [("missing", unauthenticated.Missing)]),
        Error.PermissionDenied denied => Failure(
            StatusCode.PermissionDenied,
            "PERMISSION_DENIED",
            new BilingualText("U mag dit niet doen of zien.", "You may not do or see this."),
            [("missing", denied.Missing)]),
        Error.LimitPassed passed => Failure(StatusCode.ResourceExhausted, passed.Limit, passed.Text, []),
        Error.Unavailable unavailable => Failure(
            StatusCode.Unavailable,
            "UNAVAILABLE",
            new BilingualText(
                "Dit lukt nu niet. Probeer het zo opnieuw.", "This does not work at the moment. Please try again shortly."),
            [("dependency", unavailable.Dependency)],
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(unavailable.RetryAfter) }),

        // The compiler can not see that the sum is closed; a test maps every case.
        _ => throw new UnreachableException($"The error {error?.GetType().Name} has no status."),
    };

    /// <summary>The exception that ends a call which met a bug: a fixed text, and the trace id by which the log is found.</summary>
    /// <param name="traceId">The trace id.</param>
    public static RpcException Internal(string traceId) => Failure(
        StatusCode.Internal,
        "INTERNAL",
        new BilingualText(
            $"Er ging iets mis bij ons. Meld dit met kenmerk {traceId}.", $"Something went wrong on our side. Report it with trace id {traceId}."),
        [("trace_id", traceId)],
        new RequestInfo { RequestId = traceId });

    private static RpcException Invalid(Error.Invalid invalid)
    {
        var badRequest = new BadRequest();
        var size = 0;
        foreach (var violation in invalid.Violations)
        {
            var described = new BadRequest.Types.FieldViolation
            {
                Field = Shortened(violation.Field), Description = Shortened(SideBySide(violation.DescriptionNl, violation.DescriptionEn)),
            };
            size += described.CalculateSize();
            if (size > ViolationBytes && badRequest.FieldViolations.Count > 0)
            {
                break;
            }

            badRequest.FieldViolations.Add(described);
        }

        var count = invalid.Violations.Count;
        var leftOut = count - badRequest.FieldViolations.Count;
        var rules = invalid.Violations.Select(violation => violation.Rule).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return Failure(
            StatusCode.InvalidArgument,
            "INVALID_REQUEST",
            count == 1
                ? new BilingualText("Er is één fout in dit verzoek.", "This request has one fault.")
                : new BilingualText($"Er zijn {count} fouten in dit verzoek.", $"This request has {count} faults."),
            [("violations_left_out", leftOut == 0 ? null : Text(leftOut)), ("rules", rules.Count == 0 ? null : string.Join(',', rules))],
            badRequest);
    }

    private static RpcException Failure(
        StatusCode code, string reason, BilingualText text, (string Key, string? Value)[] metadata, params IMessage[] details)
    {
        // The generated type is of an early draft in which field 1 is named type; on the wire it is the reason of today.
        var info = new ErrorInfo { Type = reason, Domain = Domain };
        foreach (var (key, value) in metadata)
        {
            if (value is not null)
            {
                info.Metadata.Add(key, Shortened(value));
            }
        }

        var status = new RichStatus { Code = (int)code, Message = text.En };
        status.Details.AddRange(details.Select(Any.Pack));
        status.Details.Add(Any.Pack(info));
        status.Details.Add(Any.Pack(new LocalizedMessage { Locale = "nl-NL", Message = text.Nl }));
        status.Details.Add(Any.Pack(new LocalizedMessage { Locale = "en", Message = text.En }));
        return new RpcException(new Status(code, text.En), new Metadata { { DetailsTrailer, status.ToByteArray() } });
    }

    private static string SideBySide(string nl, string en) => $"{nl} ({en})";

    private static string Shortened(string text) => text.Length <= DescriptionLength ? text : string.Concat(text.AsSpan(0, DescriptionLength), "…");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
