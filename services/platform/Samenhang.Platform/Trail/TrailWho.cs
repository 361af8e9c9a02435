using System.Text;
using Grpc.Core;

namespace Samenhang.Platform.Trail;

/// <summary>Who made a call, as far as the call says it.</summary>
internal static class TrailWho
{
    private const string Subject = "x-samenhang-subject";
    private const string Role = "x-samenhang-role";
    private const string Tenant = "x-samenhang-tenant";

    /// <summary>The line with what is known of the caller.</summary>
    public static TrailLine Tell(ServerCallContext context, TrailLine line) => line with
    {
        Subject = Text(context.RequestHeaders, Subject),
        Role = Text(context.RequestHeaders, Role),
        Tenant = Text(context.RequestHeaders, Tenant),
    };

    private static string? Text(Metadata headers, string name) =>
        TrailCalls.Clean(headers.GetValue(name) ?? (headers.GetValueBytes(name + "-bin") is { } bytes ? Encoding.UTF8.GetString(bytes) : null));
}
