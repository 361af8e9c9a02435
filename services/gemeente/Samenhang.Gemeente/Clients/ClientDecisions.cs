using Samenhang.Gemeente.Support;
using Samenhang.Platform.Errors;

namespace Samenhang.Gemeente.Clients;

/// <summary>What may happen to a file as a whole. Pure.</summary>
public static class ClientDecisions
{
    /// <summary>Ties the file to a case.</summary>
    public static Result<ClientEvent?> Link(ClientFile client, string casePseudonym, IReadOnlyList<InCase> applications)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(applications);
        if (client.CasePseudonym is { } known && known != casePseudonym)
        {
            return Refusals.Forbidden("CASE_LINKED", "client", "Dit dossier hoort al bij een andere casus.", "This file belongs to another case already.");
        }

        var after = client with { CasePseudonym = casePseudonym };
        foreach (var item in applications)
        {
            if (after.Application(item.ApplicationId) is not { } application)
            {
                return new Error.NotFound("application", item.ApplicationId);
            }

            var placed = application with { NeedIds = item.NeedIds, CaseProvisionId = item.CaseProvisionId ?? application.CaseProvisionId };
            after = after with { Applications = after.Applications.With(placed, other => other.Id) };
        }

        return new ClientEvent.CaseLinked(after);
    }

    /// <summary>Holds messages from a day on.</summary>
    public static Result<ClientEvent?> Block(ClientFile client, DateOnly since)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.SafetyBlockSince is not null ? Refusals.Nothing : new ClientEvent.SafetyBlockSet(client with { SafetyBlockSince = since, SafetyBlockLiftedOn = null });
    }

    /// <summary>Lets messages go again; the terms of those that were held begin on this day.</summary>
    public static Result<ClientEvent?> Unblock(ClientFile client, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.SafetyBlockSince is not { } since
            ? Refusals.Forbidden("NO_SAFETY_BLOCK", "client", "De berichten over deze cliënt worden niet vastgehouden.", "The messages about this client are not held.")
            : Refusals.TooEarly("client", since, on) is { } tooEarly ? tooEarly
            : new ClientEvent.SafetyBlockLifted(client with
            {
                SafetyBlockSince = null,
                SafetyBlockLiftedOn = on,
                Sent = [.. client.Sent.Select(message => message.Held ? message with { Held = false, On = on } : message)],
            });
    }
}

/// <summary>An application in the words of a case.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="NeedIds">The needs it is for.</param>
/// <param name="CaseProvisionId">The provision that it is; null when the case has none.</param>
public sealed record InCase(string ApplicationId, IReadOnlyList<string> NeedIds, string? CaseProvisionId);
