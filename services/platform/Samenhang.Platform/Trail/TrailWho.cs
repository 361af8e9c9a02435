using Grpc.Core;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Keys;

namespace Samenhang.Platform.Trail;

/// <summary>Who made a call, as far as its token was found right; what for, also when it was refused.</summary>
internal static class TrailWho
{
    /// <summary>The line with what is known of the caller.</summary>
    public static TrailLine Tell(ServerCallContext context, StoreKeys keys, TrailLine line)
    {
        var (caller, token) = (context.FindCaller(), context.FindToken());
        return line with
        {
            Issuer = TrailCalls.Clean(token?.Issuer),
            Subject = TrailCalls.Clean(token?.Subject),
            Actor = TrailCalls.Clean(token?.Actor),
            Role = token?.Role?.ToCode(),
            Organisation = TrailCalls.Clean(token?.Organisation),
            Tenant = TrailCalls.Clean(token?.Tenant),
            Purpose = TrailCalls.Clean(context.RequestHeaders.GetValue(CallHeaders.Purpose)),
            Ground = TrailCalls.Clean(context.RequestHeaders.GetValue(CallHeaders.Ground)),
            Activity = TrailCalls.Clean(context.RequestHeaders.GetValue(CallHeaders.Activity)) ?? line.Activity,
            Emergency = keys.Close(TrailCalls.Clean(caller?.Emergency), TrailLine.EmergencyColumn, line.CaseKey ?? ""),
            IsConfidential = caller?.Confidential ?? context.RequestHeaders.GetValue(CallHeaders.Confidentiality) == "vertrouwelijk",
        };
    }
}
