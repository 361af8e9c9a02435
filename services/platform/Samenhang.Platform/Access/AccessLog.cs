using Microsoft.Extensions.Logging;

namespace Samenhang.Platform.Access;

internal static partial class AccessLog
{
    [LoggerMessage(EventId = 1101, EventName = "CallRefused", Level = LogLevel.Warning, Message = "The call {Method} was refused: {Reason}.")]
    public static partial void Refused(ILogger logger, string method, string reason);

    [LoggerMessage(EventId = 1102, EventName = "IssuerKeysUnavailable", Level = LogLevel.Warning, Message = "The keys of issuer {Issuer} could not be read ({Fault}); those that are known stay in use.")]
    public static partial void KeysUnavailable(ILogger logger, string issuer, string fault);

    [LoggerMessage(
        EventId = 1103, EventName = "DevelopmentAccess", Level = LogLevel.Warning,
        Message = "DEVELOPMENT: whoever can read {File} can be anybody. Never use this with data of real people.")]
    public static partial void Development(ILogger logger, string file);

    [LoggerMessage(EventId = 1104, EventName = "EmergencyAccess", Level = LogLevel.Warning, Message = "An emergency access through {Method}: it waits to be looked at.")]
    public static partial void Emergency(ILogger logger, string method);
}
