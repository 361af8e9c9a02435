using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Work;

/// <summary>What follows from a wish about the work: changes, or why not. Asks is true when the case must be judged again.</summary>
internal sealed record WorkOutcome(IReadOnlyList<CaseChange> Changes, bool Asks = false, CaseError? Error = null);

/// <summary>Decides what becomes of a wish about the work. Pure; the content was checked before.</summary>
internal sealed class WorkDecisions(Vocabulary vocabulary)
{
    /// <summary>How many pieces of work a case can have.</summary>
    private const int MostItems = 1000;

    private readonly WorkDifference difference = new(vocabulary);
    private readonly Appointments appointments = new(vocabulary);

    /// <summary>What follows.</summary>
    public WorkOutcome Decide(CaseState state, CaseCommand.DoWork work) => work.Wish switch
    {
        WorkWish.AppointCoordinator appoint => appointments.Coordinator(state, work, appoint),
        WorkWish.AppointDirector appoint => appointments.Director(state, work, appoint),
        _ when state.Plan is null => Forbidden("NO_PLAN", "Er is nog geen plan.", "There is no plan yet."),
        WorkWish.Accept accept => Accept(state, work, accept),
        WorkWish.Decline decline => Decline(state, work, decline),
        WorkWish.Add add => Full(state) ?? Write(state, work, state.Work.NextId, 1, add.Content, [], difference.Added(add.Content, state)),
        WorkWish.Change change => Change(state, work, change),
        _ => throw new InvalidOperationException($"{work.Wish.GetType().Name} is no wish about work."),
    };

    private WorkOutcome Accept(CaseState state, CaseCommand.DoWork work, WorkWish.Accept accept)
    {
        if (Proposed(state, accept.Proposal) is not { } proposal)
        {
            return Missing("proposal");
        }

        // Who declined it may think better of it, and a settled finding does not forbid the work; what is being done is not begun twice.
        if (state.Work.StatusOf(proposal, state.Findings).Status == ProposalStatus.Accepted)
        {
            return Answered();
        }

        var action = new WorkAction
        {
            Text = accept.Text ?? proposal.Text.Nl,
            Owner = accept.Owner ?? proposal.Owner,
            Due = accept.Due ?? proposal.Due,
            NeedId = proposal.NeedId,
        };
        return Full(state) ?? Write(
            state, work, state.Work.NextId, 1, action, [.. proposal.Proposals.Select(p => p.Key)], [WorkDifference.Accepted(proposal), .. difference.Added(action, state)]);
    }

    private static WorkOutcome Decline(CaseState state, CaseCommand.DoWork work, WorkWish.Decline decline) =>
        Proposed(state, decline.Proposal) is not { } proposal ? Missing("proposal")
        : state.Work.StatusOf(proposal, state.Findings).Status != ProposalStatus.Open ? Answered()
        : new WorkOutcome([new ProposalDeclined(
            state.Plan!.Version + 1, work.By, work.At.Instant, [WorkDifference.Declined(proposal, decline.Reason)], [.. proposal.Proposals.Select(p => p.Key)], decline.Reason)]);

    private WorkOutcome Change(CaseState state, CaseCommand.DoWork work, WorkWish.Change change)
    {
        if (state.Work.Find(change.ItemId) is not { } item)
        {
            return Missing("work_item");
        }

        if (change.SeenVersion != item.Version)
        {
            return new WorkOutcome([], Error: new CaseError.StaleItem(change.SeenVersion, change.Content, item));
        }

        var lines = difference.Changed(item.Content, change.Content, state);
        return lines.Count == 0
            ? new WorkOutcome([]) // It says so already: there is nothing to read in another version.
            : Write(state, work, item.Id, item.Version + 1, change.Content, [], lines);
    }

    /// <summary>The piece of work as it is from now on. A document that proves something goes into the case, so that everybody is asked again.</summary>
    private static WorkOutcome Write(
        CaseState state, CaseCommand.DoWork work, string itemId, int itemVersion, WorkContent content, IReadOnlyList<string> accepts, IReadOnlyList<Sentence> lines)
    {
        var written = new WorkWritten(state.Plan!.Version + 1, work.By, work.At.Instant, lines, itemId, itemVersion, content, accepts);
        return content is WorkAction { Evidence: { } proof } && !state.Evidence.Any(proof.IsSame)
            ? new WorkOutcome([written, new EvidenceRecorded(proof)], Asks: true)
            : new WorkOutcome([written]);
    }

    private static PlanAction? Proposed(CaseState state, string key) => state.Plan!.Actions.FirstOrDefault(action => action.Proposals.Any(proposal => proposal.Key == key));

    private static WorkOutcome? Full(CaseState state) => state.Work.Count < MostItems
        ? null
        : Forbidden("WORK_FULL", $"Een plan heeft ten hoogste {MostItems} acties, doelen en afspraken.", $"A plan has at most {MostItems} pieces of work.");

    private static WorkOutcome Answered() => Forbidden("PROPOSAL_ANSWERED", "Op dit voorstel is al geantwoord.", "This proposal has been answered already.");

    private static WorkOutcome Missing(string kind) => new([], Error: new CaseError.NoSuchItem(kind));

    private static WorkOutcome Forbidden(string type, string nl, string en) => new([], Error: new CaseError.Forbidden(type, new Sentence(nl, en)));
}
