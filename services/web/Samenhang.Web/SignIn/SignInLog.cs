namespace Samenhang.Web.SignIn;

/// <summary>What signing in logs: never a name, a subject or a token.</summary>
internal static partial class SignInLog
{
    [LoggerMessage(EventId = 7101, EventName = "SignInNotBegunHere", Level = LogLevel.Information, Message = "An answer of the issuer was refused: this browser did not begin it, or used it before.")]
    public static partial void NotBegunHere(ILogger log);

    [LoggerMessage(EventId = 7102, EventName = "SignInRefused", Level = LogLevel.Information, Message = "The issuer gave no token.")]
    public static partial void Refused(ILogger log);

    [LoggerMessage(EventId = 7103, EventName = "SignInNotTrusted", Level = LogLevel.Warning, Message = "A token of the issuer was refused: {Fault}.")]
    public static partial void NotTrusted(ILogger log, TokenFault fault);

    [LoggerMessage(EventId = 7104, EventName = "SignInWithoutRole", Level = LogLevel.Information, Message = "Somebody signed in who has no role here.")]
    public static partial void NoRole(ILogger log);

    [LoggerMessage(EventId = 7105, EventName = "IssuerUnreachable", Level = LogLevel.Warning, Message = "The issuer does not answer: {Reason}")]
    public static partial void Unreachable(ILogger log, string reason);

    [LoggerMessage(EventId = 7106, EventName = "SignInNotSet", Level = LogLevel.Warning, Message = "Nobody can sign in: Samenhang:Web:SignIn names no Authority.")]
    public static partial void NotSet(ILogger log);

    [LoggerMessage(EventId = 7107, EventName = "DevelopmentSignIn", Level = LogLevel.Warning, Message = "Signing in needs no password here: Samenhang:Web:SignIn:Development is on. Use no real data.")]
    public static partial void Development(ILogger log);
}
