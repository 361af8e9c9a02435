using Samenhang.Gemeente.Clients;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Gemeente.ProviderRequests;
using Samenhang.Gemeente.Support;
using Samenhang.Platform.Errors;

namespace Samenhang.Gemeente.Assignments;

/// <summary>What may be assigned. Pure.</summary>
public static class AssignmentDecisions
{
    /// <summary>
    /// Records an assignment message. Of each assignment the version with the newest moment holds (OP080); the rules are put to what holds
    /// after the whole message, so that one message can withdraw a product and assign it anew.
    /// </summary>
    public static Result<ClientEvent?> Assign(ClientFile client, SentMessage message, IReadOnlyList<Assignment> told, MessageRules rules)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(told);
        ArgumentNullException.ThrowIfNull(rules);
        var after = client;
        var newer = new List<string>();
        foreach (var item in told)
        {
            var version = item;
            if (version.ApplicationId is { } id)
            {
                switch (client.Application(id))
                {
                    case null:
                        return new Error.NotFound("application", id);
                    case { Decision: { Granted: true, Form: DeliveryForm.InKind } } granted:
                        version = version with { Scheme = granted.Scheme };
                        break;
                    default:
                        return Refusals.Forbidden("APPLICATION_NOT_GRANTED_IN_KIND", Subject(version), "Deze aanvraag is niet toegekend in natura.", "This application was not granted in kind.");
                }
            }

            if (version.ProviderReference is { } reference)
            {
                after = after with { Honoured = Honour(after.Honoured, new HonouredRequest(version.Provider, reference, DateOnly.FromDateTime(version.AssignedAt))) };
            }

            switch (after.Assignment(version.Number))
            {
                case { } known when known.Provider != version.Provider:
                    return rules.Refuse("OP275", Subject(version), "Dit nummer is van een andere aanbieder.", "This number is another provider's.");
                case { } known when known.AssignedAt == version.AssignedAt && !known.IsSame(version):
                    return rules.Refuse("OP080", Subject(version), $"Er is al een andere versie van {known.AssignedAt:yyyy-MM-dd HH:mm:ss}.", $"There is another version of {known.AssignedAt:yyyy-MM-dd HH:mm:ss} already.");
                case { } known when known.AssignedAt >= version.AssignedAt:
                    break;
                default:
                    after = after with { Assignments = after.Assignments.With(version, assignment => assignment.Number) };
                    newer.Add(version.Number);
                    break;
            }
        }

        if (newer.Select(number => Conflict(after, after.Assignment(number)!, rules)).FirstOrDefault(error => error is not null) is { } conflict)
        {
            return conflict;
        }

        if (client.Sent.All(sent => sent.Id != message.Id))
        {
            after = after with { Sent = after.Sent.With(message with { Held = client.SafetyBlockSince is not null }, sent => sent.Id) };
        }

        return after.Sent == client.Sent && newer.Count == 0 && after.Honoured.SequenceEqual(client.Honoured) ? Refusals.Nothing : new ClientEvent.SupportAssigned(after);
    }

    private static Error? Conflict(ClientFile after, Assignment version, MessageRules rules)
    {
        if (after.StatusOf(version, rules) == AssignmentStatus.Withdrawn)
        {
            return null;
        }

        if (after.Assignments.FirstOrDefault(other => other.Number != version.Number && other.Provider == version.Provider
            && after.StatusOf(other, rules) != AssignmentStatus.Withdrawn && other.Product.IsSameAs(version.Product) && other.Overlaps(version.From, version.To)) is { } stacked)
        {
            return rules.Refuse("OP259", Subject(version), $"Toewijzing {stacked.Number} loopt in dezelfde periode.", $"Assignment {stacked.Number} runs in the same period.");
        }

        return after.Applications.FirstOrDefault(application => application.Decision is { Form: DeliveryForm.Budget, Product: { } product } budget
            && product.IsSameAs(version.Product) && budget.Overlaps(version.From, version.To)) is { } inBudget
            ? rules.Refuse("OP043", Subject(version), $"Voor dit product is er een pgb vanaf {inBudget.Decision!.From:yyyy-MM-dd}.", $"There is a budget for this product from {inBudget.Decision!.From:yyyy-MM-dd}.")
            : null;
    }

    private static IReadOnlyList<HonouredRequest> Honour(IReadOnlyList<HonouredRequest> honoured, HonouredRequest request)
    {
        static string Name(HonouredRequest item) => $"{item.Provider}/{item.Reference}";
        return honoured.Any(known => Name(known) == Name(request) && known.On <= request.On) ? honoured : honoured.With(request, Name);
    }

    private static string Subject(Assignment assignment) => $"assignment/{assignment.Number}";
}
