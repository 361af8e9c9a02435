using Samenhang.Gemeente.Assignments;
using Samenhang.Gemeente.Clients;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Platform.Errors;

namespace Samenhang.Gemeente.ProviderRequests;

/// <summary>What providers may ask, and what may be answered. Pure.</summary>
public static class ProviderRequestDecisions
{
    /// <summary>Takes in a request. It may come after the assignment that answers it (OP080).</summary>
    public static Result<ClientEvent?> Take(ClientFile client, ProviderRequest request, MessageRules rules)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(rules);
        if (client.Requests.FirstOrDefault(known => Name(known) == Name(request)) is { } known)
        {
            return known.IsSame(request) ? Refusals.Nothing
                : rules.Refuse("OP361", Subject(request), "Onder deze referentie staat een ander verzoek.", "Another request stands under this reference.");
        }

        var after = client with { Requests = client.Requests.With(request, Name) };
        if (request.Number is { } number && client.Assignment(number)?.Provider != request.Provider)
        {
            return new Error.NotFound("assignment", number);
        }

        if (after.IsOpen(request))
        {
            if (client.Requests.Any(other => other.Provider == request.Provider && client.IsOpen(other)))
            {
                return rules.Refuse("OP350", Subject(request), "Er staat nog een verzoek open.", "A request is still open.");
            }

            if (request.Number is null && client.Assignments.FirstOrDefault(assignment => assignment.Provider == request.Provider
                && client.StatusOf(assignment, rules) != AssignmentStatus.Withdrawn
                && assignment.Product.IsSameAs(request.Product) && assignment.Overlaps(request.From, request.To)) is { } assigned)
            {
                return rules.Refuse("OP347", Subject(request), $"Toewijzing {assigned.Number} loopt in deze periode.", $"Assignment {assigned.Number} runs in this period.");
            }
        }

        return new ClientEvent.ProviderAsked(after);
    }

    /// <summary>Answers a request.</summary>
    public static Result<ClientEvent?> Answer(ClientFile client, string provider, string reference, GivenAnswer answer, SentMessage message, MessageRules rules)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(rules);
        if (client.Requests.FirstOrDefault(known => known.Provider == provider && known.Reference == reference) is not { } request)
        {
            return new Error.NotFound("request", reference);
        }

        if (request.Answer == answer)
        {
            return Refusals.Nothing;
        }

        if (!client.IsOpen(request) || (request.Answer is not null && answer.Kind == AnswerKind.InInvestigation))
        {
            return Refusals.Forbidden("REQUEST_ANSWERED", Subject(request), "Dit verzoek is al beantwoord.", "This request was answered already.");
        }

        if (Refusals.TooEarly(Subject(request), request.ReceivedOn, answer.On) is { } tooEarly)
        {
            return tooEarly;
        }

        var due = rules.Due("OP359", request.ReceivedOn);
        if (answer.ResidenceElsewhere && answer.On > due)
        {
            return rules.Refuse("OP359", Subject(request), $"Dat kon tot en met {due:yyyy-MM-dd}.", $"That was possible up to {due:yyyy-MM-dd}.");
        }

        return new ClientEvent.ProviderAnswered(client with
        {
            Requests = client.Requests.With(request with { Answer = answer }, Name),
            Sent = client.Sent.With(message with { Held = client.SafetyBlockSince is not null }, sent => sent.Id),
        });
    }

    private static string Name(ProviderRequest request) => $"{request.Provider}/{request.Reference}";

    private static string Subject(ProviderRequest request) => $"request/{request.Reference}";
}
