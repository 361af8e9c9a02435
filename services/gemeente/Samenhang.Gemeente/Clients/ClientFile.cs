using System.Text.Json.Serialization;
using Samenhang.Domains.Records;
using Samenhang.Gemeente.Assignments;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Gemeente.ProviderRequests;
using Samenhang.Gemeente.Support;

namespace Samenhang.Gemeente.Clients;

/// <summary>
/// What a municipality keeps of one client. It is one record, because its rules speak of all of it together: no product twice, no budget
/// beside support in kind, no second request while one is open.
/// </summary>
public sealed record ClientFile : IRecord
{
    /// <inheritdoc/>
    public static string Kind => "client";

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <summary>Whose file it is.</summary>
    public required ClientName Name { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string OwnReference => Name.ToString();

    /// <inheritdoc/>
    public string? CasePseudonym { get; init; }

    /// <summary>Since when messages are held (OP003); null when they are not.</summary>
    public DateOnly? SafetyBlockSince { get; init; }

    /// <summary>When the last safety block was lifted; null when there was none, or one stands.</summary>
    public DateOnly? SafetyBlockLiftedOn { get; init; }

    /// <summary>The reports.</summary>
    public IReadOnlyList<Report> Reports { get; init; } = [];

    /// <summary>The applications.</summary>
    public IReadOnlyList<Application> Applications { get; init; } = [];

    /// <summary>The assignments.</summary>
    public IReadOnlyList<Assignment> Assignments { get; init; } = [];

    /// <summary>Starts and stops.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; init; } = [];

    /// <summary>The requests of providers.</summary>
    public IReadOnlyList<ProviderRequest> Requests { get; init; } = [];

    /// <summary>The requests that an assignment answered, also when their own message is still to come.</summary>
    public IReadOnlyList<HonouredRequest> Honoured { get; init; } = [];

    /// <summary>The claims.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    /// <summary>The messages to providers.</summary>
    public IReadOnlyList<SentMessage> Sent { get; init; } = [];

    /// <summary>The return messages of providers.</summary>
    public IReadOnlyList<ReturnMessage> Returns { get; init; } = [];

    /// <summary>A file with nothing in it.</summary>
    public static ClientFile New(string id, ClientName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new ClientFile { Id = id, Name = name };
    }

    /// <summary>A report, or null.</summary>
    public Report? Report(string id) => Reports.FirstOrDefault(report => report.Id == id);

    /// <summary>An application, or null.</summary>
    public Application? Application(string id) => Applications.FirstOrDefault(application => application.Id == id);

    /// <summary>An assignment, or null.</summary>
    public Assignment? Assignment(string number) => Assignments.FirstOrDefault(assignment => assignment.Number == number);

    /// <summary>The start that holds for an assignment: the one written last that was not taken back.</summary>
    public Delivery? StartOf(Assignment assignment) => DeliveriesOf(assignment, DeliveryKind.Start).LastOrDefault();

    /// <summary>The stop that holds for an assignment, after the start that holds; null without one.</summary>
    public Delivery? StopOf(Assignment assignment) =>
        StartOf(assignment) is { } start ? DeliveriesOf(assignment, DeliveryKind.Stop).LastOrDefault(stop => stop.Day >= start.Day) : null;

    /// <summary>How far an assignment has come.</summary>
    public AssignmentStatus StatusOf(Assignment assignment, MessageRules rules)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Withdraws(assignment.ChangeReason, assignment.From, assignment.To) ? AssignmentStatus.Withdrawn
            : StartOf(assignment) is null ? AssignmentStatus.Assigned
            : StopOf(assignment) is null ? AssignmentStatus.Started
            : AssignmentStatus.Stopped;
    }

    /// <summary>How a request stands; null = open.</summary>
    public AnswerKind? StateOf(ProviderRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Answer is { Kind: AnswerKind.Accepted or AnswerKind.Rejected } final ? final.Kind
            : Honoured.Any(honoured => honoured.Provider == request.Provider && honoured.Reference == request.Reference) ? AnswerKind.Accepted
            : request.Answer?.Kind;
    }

    /// <summary>Whether a request still waits for its final answer.</summary>
    public bool IsOpen(ProviderRequest request) => StateOf(request) is null or AnswerKind.InInvestigation;

    private IEnumerable<Delivery> DeliveriesOf(Assignment assignment, DeliveryKind kind) => Deliveries
        .Where(delivery => delivery.Kind == kind && delivery.Number == assignment.Number && delivery.Provider == assignment.Provider && !delivery.Removed)
        .OrderBy(delivery => delivery.WrittenAt).ThenBy(delivery => delivery.Day).ThenBy(delivery => delivery.MessageId, StringComparer.Ordinal);
}

/// <summary>Lists whose items have a name.</summary>
internal static class NamedItems
{
    /// <summary>The list with this item in the place of the one with the same name; in the order of the names, so that the order of arrival leaves no trace.</summary>
    public static IReadOnlyList<T> With<T>(this IReadOnlyList<T> items, T item, Func<T, string> name) =>
        [.. items.Where(other => name(other) != name(item)).Append(item).OrderBy(name, StringComparer.Ordinal)];
}
