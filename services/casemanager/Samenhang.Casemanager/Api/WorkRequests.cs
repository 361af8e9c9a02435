using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Language;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Reads requests about the work of a case; all violations at once. One reader per request.</summary>
internal sealed class WorkRequests(Vocabulary vocabulary)
{
    private const int LongestName = 200;

    private readonly RequestReader reader = new(vocabulary);

    /// <inheritdoc cref="RequestReader.EnsureValid"/>
    public void EnsureValid() => reader.EnsureValid();

    /// <summary>The request's own id, the case that it wants to change, and who asks it.</summary>
    public (string CaseId, string By) Who(string requestId, string caseId, string by)
    {
        reader.Id("request_id", requestId);
        return (reader.Id("case_id", caseId), reader.Id("by", by));
    }

    public WorkWish Accept(Wire.AcceptProposalRequest request) => new WorkWish.Accept(
        reader.Id("proposal_key", request.ProposalKey),
        reader.OpenText("text", request.Text),
        reader.OptionalId("owner", request.Owner),
        reader.Day("due", request.Due));

    public WorkWish Decline(Wire.DeclineProposalRequest request) =>
        new WorkWish.Decline(reader.Id("proposal_key", request.ProposalKey), Words("reason", request.Reason));

    public WorkWish Add(Wire.AddWorkRequest request) => new WorkWish.Add(Content(request.Content));

    public WorkWish Change(Wire.ChangeWorkRequest request)
    {
        if (request.ItemVersion < 1)
        {
            reader.Add("item_version", "Geef de versie die u zag: 1 of hoger.", "Give the version that you saw: 1 or higher.");
        }

        return new WorkWish.Change(reader.Id("item_id", request.ItemId), request.ItemVersion, Content(request.Content));
    }

    public WorkWish Appoint(Wire.AppointCoordinatorRequest request) => new WorkWish.AppointCoordinator(
        reader.Id("party_id", request.PartyId), request.HasSeenPartyId ? Seen(request.SeenPartyId) : null);

    public WorkWish Appoint(Wire.AppointDirectorRequest request) => new WorkWish.AppointDirector(
        reader.Id("provision_id", request.ProvisionId), reader.Id("party_id", request.PartyId), request.HasSeenPartyId ? Seen(request.SeenPartyId) : null);

    /// <summary>Which page of the history.</summary>
    public (string CaseId, long After, int Size) Page(Wire.ListWorkHistoryRequest request)
    {
        const int Default = 200;
        const int Most = 500;
        if (request.PageSize is < 0 or > Most)
        {
            reader.Add("page_size", $"Een pagina heeft 1 tot {Most} regels.", $"A page has 1 to {Most} lines.");
        }

        if (request.AfterVersion < 0)
        {
            reader.Add("after_version", "Een versie is 0 of hoger.", "A version is 0 or higher.");
        }

        return (reader.Id("case_id", request.CaseId), request.AfterVersion, request.PageSize == 0 ? Default : request.PageSize);
    }

    /// <summary>What a piece of work is to say.</summary>
    private WorkContent Content(Wire.WorkContent? content)
    {
        switch (content?.KindCase)
        {
            case Wire.WorkContent.KindOneofCase.Action:
                var action = content.Action;
                return new WorkAction
                {
                    Text = Words("content.action.text", action.Text),
                    Owner = reader.Id("content.action.owner", action.Owner),
                    Due = reader.Day("content.action.due", action.Due),
                    NeedId = reader.OptionalId("content.action.need_id", action.NeedId),
                    Status = WireLists.ToOwn<Wire.WorkStatus, WorkStatus>(reader.OptionalMember("content.action.status", action.Status)) ?? WorkStatus.Planned,
                    Evidence = action.Evidence is null ? null : reader.Evidence("content.action.evidence", action.Evidence),
                    Note = reader.OpenText("content.action.note", action.Note),
                };
            case Wire.WorkContent.KindOneofCase.Goal:
                var goal = content.Goal;
                return new WorkGoal(
                    reader.Id("content.goal.need_id", goal.NeedId), Words("content.goal.text", goal.Text), reader.Day("content.goal.target", goal.Target),
                    reader.OpenText("content.goal.dropped_because", goal.DroppedBecause));
            case Wire.WorkContent.KindOneofCase.Evaluation:
                var evaluation = content.Evaluation;
                return new WorkEvaluation(
                    reader.Id("content.evaluation.goal_id", evaluation.GoalId),
                    reader.RequiredDay("content.evaluation.on", evaluation.On),
                    WireLists.ToOwn<Wire.EvaluationResult, EvaluationResult>(reader.Member("content.evaluation.result", evaluation.Result)) ?? default,
                    reader.OpenText("content.evaluation.note", evaluation.Note),
                    reader.Day("content.evaluation.next", evaluation.Next));
            case Wire.WorkContent.KindOneofCase.Agreement:
                var agreement = content.Agreement;
                return new WorkAgreement(
                    reader.Items("content.agreement.sides", agreement.Sides, (path, side) => new AgreementSide(
                        Words($"{path}.organisation", side.Organisation, LongestName), reader.Id($"{path}.party_id", side.PartyId))),
                    Words("content.agreement.about", agreement.About),
                    reader.RequiredDay("content.agreement.from", agreement.From),
                    reader.Day("content.agreement.to", agreement.To));
            case Wire.WorkContent.KindOneofCase.ContactPoint:
                var point = content.ContactPoint;
                return new WorkContactPoint(
                    Words("content.contact_point.organisation", point.Organisation, LongestName),
                    reader.Id("content.contact_point.party_id", point.PartyId),
                    Words("content.contact_point.about", point.About),
                    reader.Day("content.contact_point.from", point.From),
                    reader.Day("content.contact_point.to", point.To));
            default:
                reader.Add("content", "Geef een actie, doel, terugblik, afspraak of contactpunt.", "Give an action, goal, evaluation, agreement or contact point.");
                return new WorkGoal("", "", null, null);
        }
    }

    /// <summary>Whom the caller saw: a party, or nobody.</summary>
    private string Seen(string partyId) => reader.OptionalId("seen_party_id", partyId) ?? "";

    /// <summary>A text that must be given.</summary>
    private string Words(string field, string text, int longest = RequestReader.LongestText)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            reader.Add(field, "Dit veld moet ingevuld zijn.", "This field must be filled in.");
        }

        return reader.OpenText(field, text, longest) ?? "";
    }
}
