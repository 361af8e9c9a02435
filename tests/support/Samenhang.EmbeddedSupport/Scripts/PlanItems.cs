using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Net.Client;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.EmbeddedSupport.Scripts;

/// <summary>What the newest plan holds that a call can be about: a finding, a question, a proposal, a term. Each change makes a new plan, so it is looked up just before.</summary>
internal sealed class PlanItems(GrpcChannel casemanager, string caseId, int seed = 0)
{
    private static readonly TimeSpan Rests = TimeSpan.FromSeconds(20);

    private readonly CasemanagerService.CasemanagerServiceClient cases = new(casemanager);
    private readonly CaseSightService.CaseSightServiceClient sight = new(casemanager);
    private Plan plan = new();
    private IReadOnlyList<Question> questions = [];
    private int taken = seed;

    /// <summary>The term that was made to stand still last: it can go on again.</summary>
    private PlanDeadline? still;

    /// <summary>The finding that was treated last: it can be opened again.</summary>
    private FindingRef treated = new();

    /// <summary>Whether a call is about an item of the plan.</summary>
    public static bool AreAskedBy(MethodDescriptor method) => method.InputType.Fields.InFieldNumberOrder().Any(field => IsItem(field));

    /// <summary>Waits until the last change is in the plan, and looks at it.</summary>
    public async Task RefreshAsync()
    {
        using var bound = new CancellationTokenSource(Rests);
        GetPlanResponse now;
        while ((now = await cases.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).RoundStatus == RoundStatus.Asking && !bound.IsCancellationRequested)
        {
            await Task.Delay(50);
        }

        plan = now.Plan ?? plan;

        // A question on a provision would need to say which.
        questions = [.. (await sight.ListOpenQuestionsAsync(new ListOpenQuestionsRequest { CaseId = caseId })).Questions
            .Where(open => open.Fact.Place is FactPlace.Client or FactPlace.Need).Select(open => open.Question)];
    }

    /// <summary>Puts an item into a request that names none.</summary>
    public void Fill(IMessage request)
    {
        taken++;
        foreach (var field in request.Descriptor.Fields.InFieldNumberOrder().Where(IsItem))
        {
            if (field.FieldType == FieldType.String ? field.Accessor.GetValue(request) is string { Length: > 0 } : field.Accessor.GetValue(request) is RecordedFact { Fact.Value: not null })
            {
                continue;
            }

            switch (field.Name)
            {
                case "finding":
                    field.Accessor.SetValue(request, FindingFor(request));
                    break;
                case "proposal_key" when Some(plan.Actions.Where(action => action.ProposalStatus == ProposalStatus.Open)) is { } proposed:
                    field.Accessor.SetValue(request, proposed.ProposalKey);
                    break;
                case "deadline_id" when (request is ResumeDeadlineRequest ? still : Some(plan.Deadlines.Where(term => term.Status is DeadlineStatus.Running or DeadlineStatus.Near))) is { } term:
                    still = term;
                    field.Accessor.SetValue(request, term.DeadlineId);
                    request.Descriptor.FindFieldByName("item_id").Accessor.SetValue(request, term.ItemId);
                    break;
                case "question" or "answer" when Some(questions) is { } asked:
                    var fact = new RecordedFact { Fact = new() { FactId = asked.FactId } };
                    if (asked.NeedIds.Count > 0)
                    {
                        fact.NeedId = asked.NeedIds[0];
                    }

                    field.Accessor.SetValue(request, fact);
                    if (request is AnswerQuestionRequest answer)
                    {
                        answer.By = asked.AskedOf;
                    }

                    break;
            }
        }
    }

    private static bool IsItem(FieldDescriptor field) => !field.IsRepeated && (field.Name is "proposal_key" or "deadline_id"
        || (field.FieldType == FieldType.Message && (field.MessageType.ClrType == typeof(FindingRef) || (field.MessageType.ClrType == typeof(RecordedFact) && field.Name is "question" or "answer"))));

    private FindingRef FindingFor(IMessage request)
    {
        if (request is ReopenFindingRequest)
        {
            return treated;
        }

        var found = Some(plan.Findings.Where(finding => finding.Status == FindingStatus.Open)) is { } open
            ? new FindingRef { FlagId = open.FlagId, NeedId = open.NeedId, ProvisionId = open.ProvisionId, PartyId = open.PartyId }
            : new FindingRef();
        treated = request is OverruleFindingRequest or ResolveFindingRequest ? found : treated;
        return found;
    }

    private T? Some<T>(IEnumerable<T> among)
        where T : class => among.ToList() is { Count: > 0 } list ? list[taken % list.Count] : null;
}
