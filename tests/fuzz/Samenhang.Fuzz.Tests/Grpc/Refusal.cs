using Google.Rpc;
using Grpc.Core;

namespace Samenhang.Fuzz.Tests.Grpc;

/// <summary>What is wrong with how a call was refused, if anything.</summary>
internal static class Refusal
{
    private static readonly StatusCode[] OursToGive =
    [
        StatusCode.InvalidArgument, StatusCode.NotFound, StatusCode.AlreadyExists, StatusCode.FailedPrecondition, StatusCode.Aborted, StatusCode.PermissionDenied,
        StatusCode.Unauthenticated, StatusCode.ResourceExhausted, StatusCode.OutOfRange,
    ];

    /// <summary>Null when it is clear: a code that says whose fault it is, a reason for machines, a sentence in two languages, and of an invalid request the fields.</summary>
    public static string? FaultOf(StatusCode code, Metadata trailers)
    {
        if (!OursToGive.Contains(code))
        {
            return "not a code of a refusal";
        }

        if (trailers.GetValueBytes("grpc-status-details-bin") is not { } bytes)
        {
            return "no details";
        }

        var details = Google.Rpc.Status.Parser.ParseFrom(bytes).Details;
        return !details.Any(detail => detail.Is(ErrorInfo.Descriptor)) ? "no reason"
            : details.Count(detail => detail.Is(LocalizedMessage.Descriptor)) != 2 ? "not in two languages"
            : code == StatusCode.InvalidArgument && !details.Any(detail => detail.TryUnpack<BadRequest>(out var faults) && faults.FieldViolations.Count > 0) ? "no fields"
            : null;
    }
}
