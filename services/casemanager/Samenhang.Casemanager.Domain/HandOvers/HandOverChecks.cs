using System.Globalization;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.HandOvers;

/// <summary>Checks what somebody wants to do with a hand-over against the vocabulary and the case: every fault, all at once.</summary>
internal sealed class HandOverChecks(Vocabulary vocabulary, CaseState state, WhoIsWho who)
{
    private const string ReasonFact = "prov.refusalReason";
    private const string OtherReason = "other";
    private const int LongestText = 2000;

    private readonly List<FieldFault> faults = [];

    /// <summary>The client's own no: it is no reason of a receiver.</summary>
    public const string ClientDeclined = "client-declined";

    /// <summary>The reasons that a receiver can give.</summary>
    public static IEnumerable<string> Reasons(Vocabulary vocabulary) => vocabulary.FactById[ReasonFact].Values!.Where(reason => reason != ClientDeclined);

    /// <summary>What is wrong.</summary>
    /// <param name="move">What is wanted.</param>
    /// <param name="life">The hand-over; null for one that is offered.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="on">The day on which it happened.</param>
    /// <param name="today">The day of the case.</param>
    public IReadOnlyList<FieldFault> Of(HandOverMove move, HandOverLife? life, string by, DateOnly on, DateOnly today)
    {
        Who(by, "by");
        if (on > today)
        {
            Fault("on", "Deze dag ligt in de toekomst.", "This day lies in the future.");
        }
        else if (life is not null && on < life.Steps[^1].On)
        {
            Fault("on", "Deze dag ligt voor de vorige stap.", "This day lies before the step before.");
        }

        switch (move)
        {
            case HandOverMove.Offer offer:
                Offer(offer);
                break;
            case HandOverMove.Accept accept:
                Text(accept.Text, "accept.text");
                Provision(accept.ToProvision, life?.FromProvision, "accept.to_provision_id");
                break;
            case HandOverMove.Decline decline:
                Decline(decline);
                break;
            case HandOverMove.Ask { Question: var question }:
                Words(question, "question", "Stel een vraag.", "Ask a question.");
                break;
            case HandOverMove.Inform inform:
                Words(inform.Text, "answer", "Geef een antwoord.", "Give an answer.");
                Shares(inform.Shares);
                break;
            case HandOverMove.Start start:
                Contact(start.ContinuityContact);
                Talk(start.TalkedOn, today);
                Provision(start.ToProvision, life?.FromProvision, "to_provision_id");
                break;
            case HandOverMove.Complete complete:
                Talk(complete.TalkedOn, today);
                Text(complete.Text, "text");
                if (complete.SenderStops && !state.Provisions.Any(p => p.Id == life?.FromProvision && p.Status is "granted" or "running"))
                {
                    Fault("sender_stops", "Deze overdracht noemt geen voorziening van de afzender die loopt.", "This hand-over names no provision of the sender that runs.");
                }

                break;
            case HandOverMove.ClientDeclines { Text: var text }:
                Text(text, "text");
                break;
            case HandOverMove.Withdraw { Text: var text }:
                Text(text, "text");
                break;
        }

        return faults;
    }

    private void Offer(HandOverMove.Offer offer)
    {
        Who(offer.From, "from");
        Who(offer.To, "to");
        if (offer.From == offer.To)
        {
            Fault("to", "Wie overdraagt, kan niet ook ontvangen.", "Who hands over cannot also receive.");
        }

        if (offer.NeedIds.Count == 0)
        {
            Fault("need_ids", "Noem minstens één behoefte.", "Name at least one need.");
        }

        for (var i = 0; i < offer.NeedIds.Count; i++)
        {
            Item(offer.NeedIds[i], string.Create(CultureInfo.InvariantCulture, $"need_ids[{i}]"), state.Needs.Select(need => need.Id), "behoefte", "need");
        }

        if (offer.NeedIds.Distinct().Count() < offer.NeedIds.Count)
        {
            Fault("need_ids", "Een behoefte staat er twee keer.", "A need stands there twice.");
        }

        if (offer.Scheme is { } scheme && !vocabulary.Schemes.ContainsKey(scheme))
        {
            Fault("scheme", $"De regeling '{scheme}' bestaat niet.", $"The scheme '{scheme}' does not exist{Spelling.Hint(scheme, vocabulary.Schemes.Keys)}.");
        }

        Provision(offer.FromProvision, null, "from_provision_id");
        Provision(offer.ToProvision, offer.FromProvision, "to_provision_id");
        Shares(offer.Shares);
        Contact(offer.ContinuityContact);
        Text(offer.Text, "text");
    }

    private void Provision(string? id, string? sender, string field)
    {
        if (id is null)
        {
            return;
        }

        Item(id, field, state.Provisions.Select(provision => provision.Id), "voorziening", "provision");
        if (id == sender)
        {
            Fault(field, "De ontvanger heeft een eigen voorziening nodig.", "The receiver needs a provision of its own.");
        }
    }

    private void Decline(HandOverMove.Decline decline)
    {
        if (!Reasons(vocabulary).Contains(decline.Reason))
        {
            Fault(
                "decline.reason",
                decline.Reason.Length == 0 ? "Geef een reden." : $"De reden '{decline.Reason}' bestaat niet.",
                decline.Reason.Length == 0 ? "Give a reason." : $"The reason '{decline.Reason}' does not exist{Spelling.Hint(decline.Reason, Reasons(vocabulary))}.");
        }

        if (decline.Reason == OtherReason && string.IsNullOrWhiteSpace(decline.Text))
        {
            Fault("decline.text", "Leg de reden uit.", "Explain the reason.");
        }

        Text(decline.Text, "decline.text");
    }

    private void Shares(IReadOnlyList<string> categories)
    {
        for (var i = 0; i < categories.Count; i++)
        {
            if (!vocabulary.ConsentCategories.Contains(categories[i]))
            {
                Fault(
                    string.Create(CultureInfo.InvariantCulture, $"shares[{i}]"), $"De soort gegevens '{categories[i]}' bestaat niet.",
                    $"The category '{categories[i]}' does not exist{Spelling.Hint(categories[i], vocabulary.ConsentCategories)}.");
            }
        }
    }

    private void Contact(string? contact)
    {
        if (contact is not null)
        {
            Who(contact, "continuity_contact");
        }
    }

    private void Talk(DateOnly? talkedOn, DateOnly today)
    {
        if (talkedOn > today)
        {
            Fault("talked_on", "Deze dag ligt in de toekomst.", "This day lies in the future.");
        }
    }

    private void Who(string name, string field)
    {
        if (!who.Knows(name))
        {
            Fault(field, $"'{name}' is geen partij van deze casus, geen rol en geen domein.", $"'{name}' is no party of this case, no role and no domain.");
        }
    }

    private void Item(string id, string field, IEnumerable<string> known, string nl, string en)
    {
        if (!known.Contains(id))
        {
            Fault(field, $"De casus heeft geen {nl} '{id}'.", $"The case has no {en} '{id}'{Spelling.Hint(id, [.. known])}.");
        }
    }

    private void Words(string text, string field, string nl, string en)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Fault(field, nl, en);
        }

        Text(text, field);
    }

    private void Text(string? text, string field)
    {
        if (text?.Length > LongestText)
        {
            Fault(field, $"De tekst is te lang: hoogstens {LongestText} tekens.", $"The text is too long: at most {LongestText} characters.");
        }
    }

    private void Fault(string field, string nl, string en) => faults.Add(new FieldFault(field, new Sentence(nl, en)));
}
