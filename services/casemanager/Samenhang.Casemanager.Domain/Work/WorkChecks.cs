using Samenhang.Casemanager.Domain.Cases;

namespace Samenhang.Casemanager.Domain.Work;

/// <summary>Checks what people want to write in the work: every fault with the path of its field, all at once.</summary>
internal static class WorkChecks
{
    public static void Check(this CaseChecks checks, CaseCommand.DoWork work, CaseState state)
    {
        checks.Who(work.By, "by");
        switch (work.Wish)
        {
            case WorkWish.Accept accept:
                checks.Text(accept.Text, "text");
                if (accept.Owner is { } owner)
                {
                    checks.Who(owner, "owner");
                }

                break;
            case WorkWish.Decline decline:
                Required(checks, decline.Reason, "reason");
                break;
            case WorkWish.Add add:
                Content(checks, add.Content, state);
                break;
            case WorkWish.Change change:
                Content(checks, change.Content, state);
                if (state.Work.Find(change.ItemId) is { } item && item.Content.GetType() != change.Content.GetType())
                {
                    checks.Fault("content", "Dit werk is van een andere soort.", "This piece of work is of another kind.");
                }

                break;
            case WorkWish.AppointCoordinator appoint:
                checks.PartyOfCase(appoint.PartyId, "party_id");
                break;
            case WorkWish.AppointDirector appoint:
                checks.PartyOfCase(appoint.PartyId, "party_id");
                checks.ProvisionOfCase(appoint.ProvisionId, "provision_id");
                break;
            default:
                throw new InvalidOperationException($"{work.Wish.GetType().Name} is no wish about work.");
        }
    }

    private static void Content(CaseChecks checks, WorkContent content, CaseState state)
    {
        switch (content)
        {
            case WorkAction action:
                Required(checks, action.Text, "content.action.text");
                checks.Who(action.Owner, "content.action.owner");
                Need(checks, action.NeedId, "content.action.need_id");
                checks.Text(action.Note, "content.action.note");
                if (action.Evidence is { } evidence)
                {
                    checks.Evidence(evidence, "content.action.evidence");
                }

                if (action.Status == WorkStatus.Done && action.Evidence is null && string.IsNullOrWhiteSpace(action.Note))
                {
                    checks.Fault("content.action.evidence", "Wat gedaan is, heeft een document of een toelichting als bewijs.", "What is done has a document or a note to prove it.");
                }

                if (action.Status == WorkStatus.Cancelled)
                {
                    Required(checks, action.Note ?? "", "content.action.note");
                }

                if (action.Status != WorkStatus.Done && action.Evidence is not null)
                {
                    checks.Fault("content.action.evidence", "Alleen wat gedaan is, heeft een bewijs.", "Only what is done has evidence.");
                }

                break;
            case WorkGoal goal:
                Required(checks, goal.Text, "content.goal.text");
                Need(checks, goal.NeedId, "content.goal.need_id");
                checks.Text(goal.DroppedBecause, "content.goal.dropped_because");
                break;
            case WorkEvaluation evaluation:
                if (state.Work.Find(evaluation.GoalId)?.Content is not WorkGoal)
                {
                    checks.Fault("content.evaluation.goal_id", "Dit plan heeft geen doel met dit kenmerk.", "This plan has no goal with this id.");
                }

                checks.Text(evaluation.Note, "content.evaluation.note");
                checks.Span(evaluation.On, evaluation.Next, "content.evaluation.next");
                break;
            case WorkAgreement agreement:
                if (agreement.Sides.Select(side => side.Organisation).Distinct(StringComparer.OrdinalIgnoreCase).Count() < 2)
                {
                    checks.Fault("content.agreement.sides", "Een afspraak is tussen ten minste twee organisaties.", "An agreement is between at least two organisations.");
                }

                for (var i = 0; i < agreement.Sides.Count; i++)
                {
                    Required(checks, agreement.Sides[i].Organisation, $"content.agreement.sides[{i}].organisation");
                    checks.PartyOfCase(agreement.Sides[i].PartyId, $"content.agreement.sides[{i}].party_id");
                }

                Required(checks, agreement.About, "content.agreement.about");
                checks.Span(agreement.From, agreement.To, "content.agreement.to");
                break;
            case WorkContactPoint point:
                Required(checks, point.Organisation, "content.contact_point.organisation");
                checks.PartyOfCase(point.PartyId, "content.contact_point.party_id");
                Required(checks, point.About, "content.contact_point.about");
                checks.Span(point.From, point.To, "content.contact_point.to");
                break;
            default:
                throw new InvalidOperationException($"{content.GetType().Name} is no piece of work.");
        }
    }

    private static void Required(CaseChecks checks, string text, string path)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            checks.Fault(path, "Dit veld moet ingevuld zijn.", "This field must be filled in.");
        }

        checks.Text(text, path);
    }

    private static void Need(CaseChecks checks, string? needId, string path)
    {
        if (needId is not null)
        {
            checks.NeedOfCase(needId, path);
        }
    }
}
