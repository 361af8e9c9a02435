using Grpc.Core;

namespace Samenhang.Web.Edge;

/// <summary>What the pages log: never an address, a title or a case.</summary>
internal static partial class PageLog
{
    [LoggerMessage(EventId = 7001, EventName = "CasemanagerUnreachable", Level = LogLevel.Warning, Message = "The casemanager does not answer: {Status}.")]
    public static partial void Unreachable(ILogger log, StatusCode status);

    [LoggerMessage(EventId = 7002, EventName = "CasemanagerFailed", Level = LogLevel.Error, Message = "The casemanager failed: {Status}.")]
    public static partial void Refused(ILogger log, StatusCode status);

    [LoggerMessage(EventId = 7003, EventName = "PageFailed", Level = LogLevel.Error, Message = "A page could not be made.")]
    public static partial void Failed(ILogger log, Exception fault);

    [LoggerMessage(EventId = 7004, EventName = "FormNotOurs", Level = LogLevel.Information, Message = "A form was refused: its token is missing, of another person, or too old.")]
    public static partial void OldForm(ILogger log);

    [LoggerMessage(EventId = 7005, EventName = "PartFailed", Level = LogLevel.Warning, Message = "A part of a page could not be read: {Status}. The rest of the page stands.")]
    public static partial void PartFailed(ILogger log, StatusCode status);
}
