using Grpc.Core;
using Samenhang.Access;

namespace Samenhang.Platform.Access;

/// <summary>Who makes a call, once it was admitted.</summary>
public static class CallerOfCall
{
    /// <summary>Who makes this call.</summary>
    /// <exception cref="InvalidOperationException">The call did not pass the gate: a fault of the host.</exception>
    public static Caller Caller(this ServerCallContext context) =>
        context.FindCaller() ?? throw new InvalidOperationException($"The call {context.Method} did not pass the gate.");

    /// <summary>Who makes this call; null when it was not admitted.</summary>
    public static Caller? FindCaller(this ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.UserState.TryGetValue(typeof(Caller), out var caller) ? (Caller)caller : null;
    }

    /// <summary>What the token of this call says, also when the call was refused after it was checked; null = no valid token.</summary>
    public static TokenClaims? FindToken(this ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.FindCaller()?.Token ?? (context.UserState.TryGetValue(typeof(TokenClaims), out var claims) ? (TokenClaims)claims : null);
    }
}
