using System.Text;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Samenhang.Leaks.Tests.Calls;

/// <summary>What somebody got for a call: messages, or a refusal with all that it says.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Messages">The messages of the answer.</param>
/// <param name="Raw">Every byte of answer, error text, headers and details, as text.</param>
internal sealed record Answer(Grpc.Core.StatusCode Status, IReadOnlyList<IMessage> Messages, string Raw)
{
    /// <summary>Of a refusal, the fields that were wrong; else what it said.</summary>
    public string Why { get; private init; } = "";

    /// <summary>The fields that were wrong.</summary>
    public IReadOnlyList<string> WrongFields { get; private init; } = [];

    /// <summary>Of an answer.</summary>
    public static Answer Of(IReadOnlyList<IMessage> messages, Metadata? trailers = null) =>
        new(StatusCode.OK, messages, string.Join('\n', messages.Select(message => Encoding.UTF8.GetString(message.ToByteArray())).Append(Text(trailers))));

    /// <summary>Of a refusal, perhaps after some messages.</summary>
    public static Answer Of(RpcException refused, IReadOnlyList<IMessage> before) =>
        new(refused.StatusCode, before, Of(before).Raw + $"\n{refused.Status.Detail}\n{Text(refused.Trailers)}")
        {
            WrongFields = refused.StatusCode == StatusCode.InvalidArgument ? refused.ViolatedFields() : [],
            Why = refused.StatusCode == StatusCode.InvalidArgument ? string.Join(", ", refused.Detail<BadRequest>().FieldViolations.Select(fault => $"{fault.Field}: {fault.Description}")) : refused.Status.Detail,
        };

    private static string Text(Metadata? metadata) =>
        string.Join('\n', (metadata ?? []).Select(entry => $"{entry.Key}: {(entry.IsBinary ? Encoding.UTF8.GetString(entry.ValueBytes) : entry.Value)}"));
}
