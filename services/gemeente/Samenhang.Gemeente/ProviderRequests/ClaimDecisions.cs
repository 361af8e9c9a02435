using System.Globalization;
using Samenhang.Gemeente.Clients;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Platform.Errors;

namespace Samenhang.Gemeente.ProviderRequests;

/// <summary>What may happen to claims. Pure.</summary>
public static class ClaimDecisions
{
    /// <summary>Takes in a claim.</summary>
    public static Result<ClientEvent?> Take(ClientFile client, Claim claim, MessageRules rules)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(rules);
        return Find(client, claim.Provider, claim.MessageId) switch
        {
            null => new ClientEvent.ClaimReceived(Put(client, claim)),
            { } known when known.AmountCents == claim.AmountCents => Refusals.Nothing,
            _ => rules.Refuse("OP349", Subject(claim), "Dit nummer is al gebruikt.", "This number was used already."),
        };
    }

    /// <summary>Answers a claim.</summary>
    public static Result<ClientEvent?> Answer(ClientFile client, string provider, string messageId, DateOnly on, long approvedCents)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Find(client, provider, messageId) switch
        {
            null => new Error.NotFound("claim", messageId),
            { AnsweredOn: { } day } claim => day == on && claim.ApprovedCents == approvedCents ? Refusals.Nothing
                : Refusals.Forbidden("CLAIM_ANSWERED", Subject(claim), "Deze declaratie is al beantwoord.", "This claim was answered already."),
            { } claim when approvedCents > claim.AmountCents => Refusals.Forbidden("AMOUNT_TOO_HIGH", Subject(claim),
                string.Create(CultureInfo.InvariantCulture, $"Er is {claim.AmountCents} eurocent gedeclareerd; meer kan niet worden goedgekeurd."),
                string.Create(CultureInfo.InvariantCulture, $"{claim.AmountCents} eurocents were claimed; no more can be approved.")),
            { } claim when Refusals.TooEarly(Subject(claim), claim.ReceivedOn, on) is { } tooEarly => tooEarly,
            { } claim => new ClientEvent.ClaimAnswered(Put(client, claim with { AnsweredOn = on, ApprovedCents = approvedCents })),
        };
    }

    private static Claim? Find(ClientFile client, string provider, string messageId) =>
        client.Claims.FirstOrDefault(claim => claim.Provider == provider && claim.MessageId == messageId);

    private static string Subject(Claim claim) => $"claim/{claim.MessageId}";

    private static ClientFile Put(ClientFile client, Claim claim) => client with { Claims = client.Claims.With(claim, item => $"{item.Provider}/{item.MessageId}") };
}
