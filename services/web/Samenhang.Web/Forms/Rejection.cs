using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Samenhang.Web.Speech;
using RichStatus = Google.Rpc.Status;

namespace Samenhang.Web.Forms;

/// <summary>Why the casemanager did not do what a form asked, read from the details of its status.</summary>
public sealed class Rejection
{
    private const string DetailsTrailer = "grpc-status-details-bin";
    private static readonly string[] Domains = ["zvw", "gemeente", "uwv", "employer"];
    private readonly RichStatus? details;

    private Rejection(RpcException failure, RichStatus? details)
    {
        Code = failure.StatusCode;
        this.details = details;
        Reason = Detail<ErrorInfo>()?.Type ?? "";
    }

    /// <summary>The kind.</summary>
    public StatusCode Code { get; }

    /// <summary>The stable code of the reason, such as PROPOSAL_ANSWERED; empty when there is none.</summary>
    public string Reason { get; }

    /// <summary>Somebody else was first.</summary>
    public bool IsConflict => Code == StatusCode.Aborted;

    /// <summary>The version that stands, where the conflict is about the version of the case.</summary>
    public long? CurrentVersion =>
        Detail<ErrorInfo>() is { } info && info.Metadata.TryGetValue("current_version", out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>What is wrong with which field, as the contract names it (<c>facts[2].valid_from</c>).</summary>
    public IEnumerable<(string Field, string Text)> Violations(Voice voice) =>
        Detail<BadRequest>()?.FieldViolations.Select(violation => (violation.Field, OneSide(violation.Description, voice.Language))) ?? [];

    /// <summary>The sentence for a person.</summary>
    public string Text(Voice voice)
    {
        ArgumentNullException.ThrowIfNull(voice);
        if (Code is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return Detail<ErrorInfo>() is { } info && info.Metadata.TryGetValue("dependency", out var away) && Domains.Contains(away)
                ? voice.Say("form.domainAway", voice["domain." + away])
                : voice["form.unavailable"];
        }

        return All<LocalizedMessage>().FirstOrDefault(message => message.Locale.StartsWith(voice.Language, StringComparison.Ordinal))?.Message ?? voice["form.failed"];
    }

    /// <summary>A detail of one type, such as both sides of a conflict; null when the status has none.</summary>
    public T? Detail<T>()
        where T : class, IMessage<T>, new() => All<T>().FirstOrDefault();

    /// <summary>Reads a failure; null when it is a bug of ours or the caller went away, which a form can not tell.</summary>
    public static bool TryRead(RpcException failure, [NotNullWhen(true)] out Rejection? rejection)
    {
        ArgumentNullException.ThrowIfNull(failure);
        rejection = null;
        if (failure.StatusCode is StatusCode.Internal or StatusCode.Unknown or StatusCode.Unimplemented or StatusCode.Cancelled or StatusCode.DataLoss)
        {
            return false;
        }

        var bytes = failure.Trailers.GetValueBytes(DetailsTrailer);
        rejection = new(failure, bytes is null ? null : RichStatus.Parser.ParseFrom(bytes));
        return true;
    }

    /// <summary>The half in a language of a text that has both: "Nederlands (English)".</summary>
    internal static string OneSide(string both, string language)
    {
        if (!both.EndsWith(')'))
        {
            return both;
        }

        var depth = 0;
        for (var place = both.Length - 1; place > 0; place--)
        {
            depth += both[place] switch { ')' => 1, '(' => -1, _ => 0 };
            if (depth == 0)
            {
                return language == "nl" ? both[..place].TrimEnd() : both[(place + 1)..^1];
            }
        }

        return both;
    }

    private IEnumerable<T> All<T>()
        where T : class, IMessage<T>, new() => details?.Details.Where(any => any.Is(new T().Descriptor)).Select(any => any.Unpack<T>()) ?? [];
}
