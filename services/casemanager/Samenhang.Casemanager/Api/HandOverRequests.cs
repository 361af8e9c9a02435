using Samenhang.Api.Reading;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Language;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Reads requests about hand-overs and escalations; all violations at once. What names mean is the case's to judge. One reader per request.</summary>
internal sealed class HandOverRequests(Vocabulary vocabulary)
{
    private readonly RequestReader reader = new(vocabulary);

    /// <inheritdoc cref="RequestReader.EnsureValid"/>
    public void EnsureValid() => reader.EnsureValid();

    /// <summary>A case, by its id.</summary>
    public string CaseId(string caseId) => reader.Id("case_id", caseId);

    /// <summary>The case that is to be changed, by whom, and the day on which it happened.</summary>
    public (string CaseId, string By, DateOnly? On) Change(string requestId, string caseId, string by, Samenhang.Protos.Types.Date? on)
    {
        reader.Id("request_id", requestId);
        return (CaseId(caseId), reader.Id("by", by), reader.Day("on", on));
    }

    /// <summary>An offer.</summary>
    public HandOverMove Offer(Wire.OfferHandOverRequest request) => new HandOverMove.Offer
    {
        From = reader.Id("from", request.From),
        To = reader.Id("to", request.To),
        NeedIds = reader.Items("need_ids", request.NeedIds, reader.Id),
        Scheme = reader.OptionalCode("scheme", request.Scheme, vocabulary.Schemes.Keys),
        FromProvision = reader.OptionalId("from_provision_id", request.FromProvisionId),
        ToProvision = reader.OptionalId("to_provision_id", request.ToProvisionId),
        Shares = Shares(request.Shares),
        ContinuityContact = reader.OptionalId("continuity_contact", request.ContinuityContact),
        Text = Note(request.Text),
    };

    /// <summary>An answer.</summary>
    public HandOverMove Answer(Wire.AnswerHandOverRequest request)
    {
        var id = HandOver(request.HandOverId);
        switch (request.AnswerCase)
        {
            case Wire.AnswerHandOverRequest.AnswerOneofCase.Accept:
                return new HandOverMove.Accept(
                    id, Note(request.Accept.Text, "accept.text"), reader.OptionalId("accept.to_provision_id", request.Accept.ToProvisionId));
            case Wire.AnswerHandOverRequest.AnswerOneofCase.Decline:
                return new HandOverMove.Decline(
                    id, reader.Code("decline.reason", request.Decline.Reason, vocabulary.FactById["prov.refusalReason"].Values!), Note(request.Decline.Text, "decline.text"));
            default:
                reader.Add("accept", "Neem aan of weiger.", "Accept or decline.");
                return new HandOverMove.Accept(id, null);
        }
    }

    /// <summary>A question.</summary>
    public HandOverMove Ask(Wire.AskForInformationRequest request) =>
        new HandOverMove.Ask(HandOver(request.HandOverId), reader.OpenText("question", request.Question) ?? "");

    /// <summary>The answer to a question.</summary>
    public HandOverMove Inform(Wire.GiveInformationRequest request) =>
        new HandOverMove.Inform(HandOver(request.HandOverId), reader.OpenText("answer", request.Answer) ?? "", Shares(request.Shares));

    /// <summary>The start.</summary>
    public HandOverMove Start(Wire.StartHandOverRequest request) =>
        new HandOverMove.Start(
            HandOver(request.HandOverId),
            reader.OptionalId("continuity_contact", request.ContinuityContact),
            reader.Day("talked_on", request.TalkedOn),
            reader.OptionalId("to_provision_id", request.ToProvisionId));

    /// <summary>The end.</summary>
    public HandOverMove End(Wire.EndHandOverRequest request)
    {
        var id = HandOver(request.HandOverId);
        var end = reader.Member("end", request.End);
        var talkedOn = reader.Day("talked_on", request.TalkedOn);
        var text = Note(request.Text);
        if (end != Wire.HandOverEnd.Completed && (request.SenderStops || talkedOn is not null))
        {
            reader.Add(request.SenderStops ? "sender_stops" : "talked_on", "Dit hoort alleen bij een overdracht die is afgerond.", "This belongs only to a hand-over that is completed.");
        }

        return end switch
        {
            Wire.HandOverEnd.ClientDeclined => new HandOverMove.ClientDeclines(id, text),
            Wire.HandOverEnd.Withdrawn => new HandOverMove.Withdraw(id, text),
            _ => new HandOverMove.Complete(id, request.SenderStops, talkedOn, text),
        };
    }

    /// <summary>A note that may be left out.</summary>
    public string? Note(string text, string field = "text") => reader.OpenText(field, text);

    private string HandOver(string id) => reader.Id("hand_over_id", id);

    private IReadOnlyList<string> Shares(IReadOnlyList<string> categories) => reader.Codes("shares", categories, vocabulary.ConsentCategories);
}
