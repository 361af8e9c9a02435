using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Samenhang.Platform.Trail;

/// <summary>What a line says of a call, read from the call itself.</summary>
internal static class TrailCalls
{
    private const int DeepestCase = 3;
    private const int LongestText = 200;
    private const int LongestKey = 64;

    private static readonly string[] CaseFields = ["case_id", "case_pseudonym"];
    private static readonly string[] Made = ["Open", "Create", "Import", "Register", "Report", "Request", "Add", "Make", "Issue", "Offer", "Receive", "Record", "Apply", "Ask", "Start"];
    private static readonly string[] TakenAway = ["Delete", "Remove", "Withdraw"];
    private static readonly string[] ReadOne = ["Get", "Watch", "Read", "Show"];

    private static readonly ConcurrentDictionary<MessageDescriptor, IReadOnlyList<IReadOnlyList<FieldDescriptor>>> Cases = new();
    private static readonly ConcurrentDictionary<MessageDescriptor, IReadOnlyList<FieldDescriptor>> Parts = new();

    /// <summary>The service of gRPC: what stands before the last slash.</summary>
    public static string ServiceOf(string method) => method[1..method.LastIndexOf('/')];

    /// <summary>
    /// What kind of deed a call is. What carries a request id changes something; what is asked of one thing or one case is a reading; what
    /// goes over many, or computes something, is executed.
    /// </summary>
    public static TrailAction ActionOf(string method, object? request)
    {
        var name = method[(method.LastIndexOf('/') + 1)..];
        if (request is IMessage message && message.Descriptor.FindFieldByName("request_id") is not null)
        {
            return Begins(name, TakenAway) ? TrailAction.Delete : Begins(name, Made) ? TrailAction.Create : TrailAction.Update;
        }

        return Begins(name, ReadOne) || CaseOf(request) is not null ? TrailAction.Read : TrailAction.Execute;
    }

    /// <summary>What came of it.</summary>
    public static TrailOutcome OutcomeOf(StatusCode status) => status switch
    {
        StatusCode.OK => TrailOutcome.Success,
        StatusCode.PermissionDenied or StatusCode.Unauthenticated or StatusCode.ResourceExhausted => TrailOutcome.SeriousFailure,
        StatusCode.Internal or StatusCode.Unknown or StatusCode.Unavailable or StatusCode.DataLoss or StatusCode.DeadlineExceeded or StatusCode.Unimplemented =>
            TrailOutcome.MajorFailure,
        _ => TrailOutcome.MinorFailure,
    };

    /// <summary>The case, or its pseudonym, that a message is about; null = no single one. What does not look like a name that we gave is not taken over.</summary>
    public static string? CaseOf(object? message) => message is IMessage known
        ? Cases.GetOrAdd(known.Descriptor, PathsToCase).Select(path => At(known, path)).FirstOrDefault(IsKey)
        : null;

    /// <summary>Of what a request asks beside the case: <c>finding</c>, or with the name when it is one that we gave.</summary>
    public static string? PartOf(object? request) => request is IMessage known
        ? Parts.GetOrAdd(known.Descriptor, IdFields)
            .Select(field => (Field: field, Value: (string)field.Accessor.GetValue(known)))
            .Where(part => part.Value.Length > 0)
            .Select(part => part.Field.Name[..^"_id".Length] + (Guid.TryParse(part.Value, out var id) ? $":{id}" : ""))
            .FirstOrDefault()
        : null;

    /// <summary>A text of somebody else, as short and plain as a line keeps it; null = it says nothing.</summary>
    public static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var plain = new string([.. text.Trim().Take(LongestText).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '\uFFFD' : letter)]);
        return plain.Length > 0 ? plain : null;
    }

    private static bool Begins(string name, string[] verbs) => Array.Exists(verbs, verb => name.StartsWith(verb, StringComparison.Ordinal));

    private static bool IsKey(string? key) =>
        key is { Length: >= 16 and <= LongestKey } && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static string? At(IMessage message, IReadOnlyList<FieldDescriptor> path)
    {
        for (var step = 0; step < path.Count - 1; step++)
        {
            if (path[step].Accessor.GetValue(message) is not IMessage next)
            {
                return null;
            }

            message = next;
        }

        return (string)path[^1].Accessor.GetValue(message);
    }

    /// <summary>The fields that name a case, the nearest first.</summary>
    private static IReadOnlyList<IReadOnlyList<FieldDescriptor>> PathsToCase(MessageDescriptor message)
    {
        var found = new List<IReadOnlyList<FieldDescriptor>>();
        var at = new List<(MessageDescriptor Message, IReadOnlyList<FieldDescriptor> Path)> { (message, []) };
        for (var depth = 0; depth < DeepestCase; depth++)
        {
            foreach (var (here, path) in at)
            {
                found.AddRange(here.Fields.InDeclarationOrder()
                    .Where(field => field is { FieldType: FieldType.String, IsRepeated: false } && CaseFields.Contains(field.Name))
                    .Select(field => (IReadOnlyList<FieldDescriptor>)[.. path, field]));
            }

            at = [.. from step in at
                     from field in step.Message.Fields.InDeclarationOrder()
                     where field is { FieldType: FieldType.Message, IsRepeated: false, IsMap: false } && !field.MessageType.FullName.StartsWith("google.", StringComparison.Ordinal)
                     select (field.MessageType, (IReadOnlyList<FieldDescriptor>)[.. step.Path, field])];
        }

        return found;
    }

    private static IReadOnlyList<FieldDescriptor> IdFields(MessageDescriptor message) =>
        [.. message.Fields.InDeclarationOrder().Where(field =>
            field is { FieldType: FieldType.String, IsRepeated: false } && field.Name.EndsWith("_id", StringComparison.Ordinal)
            && field.Name != "request_id" && !CaseFields.Contains(field.Name))];
}
