using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Speech;

namespace Samenhang.Web.ClientPlan;

/// <summary>
/// Picks out of a plan what is for the client, and says it in plain words. Findings, rules and the control of bills are for those who work
/// on the case; what they come to stands here as "this is arranged", "this can be", "we find out".
/// </summary>
internal sealed class ClientWords(Voice voice, Case @case, Plan plan)
{
    private static readonly Outcome[] BestFirst = [Outcome.Covered, Outcome.Conditional, Outcome.Undetermined, Outcome.NotCovered];

    private readonly Dictionary<string, Party> parties = @case.Parties.ToDictionary(party => party.PartyId);

    /// <summary>What the client needs, with how it stands; what is arranged first.</summary>
    public IReadOnlyList<ClientNeed> Needs { get; } =
    [
        .. plan.Needs.Select(need =>
        {
            var rows = plan.Coverage.Where(row => row.NeedId == need.NeedId && BestFirst.Contains(row.Outcome)).OrderBy(row => Array.IndexOf(BestFirst, row.Outcome)).ToList();
            return new ClientNeed(need, rows.Count > 0 ? rows[0].Outcome : Outcome.NotCovered, rows.Count > 0 ? rows[0] : null);
        }).OrderBy(need => Array.IndexOf(BestFirst, need.Outcome)),
    ];

    /// <summary>What people agreed to do and have not done.</summary>
    public IReadOnlyList<WorkAction> Agreed { get; } =
    [
        .. (plan.Work?.Items ?? []).Select(item => item.Content?.Action).OfType<WorkAction>()
            .Where(action => action.Status is not (WorkStatus.Done or WorkStatus.Cancelled))
            .OrderBy(action => action.Due is null).ThenBy(action => action.Due is null ? "" : Voice.Machine(action.Due), StringComparer.Ordinal),
    ];

    /// <summary>The days that come, the first first.</summary>
    public IReadOnlyList<PlanDeadline> Days { get; } =
        [.. plan.Deadlines.Where(term => term.Status is DeadlineStatus.Running or DeadlineStatus.Near or DeadlineStatus.Due && term.Due is not null).OrderBy(term => Voice.Machine(term.Due), StringComparer.Ordinal)];

    /// <summary>What the client is asked.</summary>
    public IReadOnlyList<Question> Questions { get; } =
        [.. plan.Questions.Where(question => question.Priority != QuestionPriority.Low && IsClient(@case, question.AskedOf)).DistinctBy(question => question.FactId)];

    /// <summary>Who holds the plan together; null when nobody does.</summary>
    public string? Holder => plan.Casemanager?.PartyId is { Length: > 0 } appointed ? appointed : plan.Coordinator is { Length: > 0 } coordinator ? coordinator : null;

    /// <summary>Those who help, with their organisation; who holds the plan first. The client and those around are no helpers to call.</summary>
    public IReadOnlyList<Party> Helpers =>
        [.. @case.Parties.Where(party => party.Role is not ("client" or "relative" or "informal-carer" or "representative" or "volunteer" or "helper")).OrderByDescending(party => party.PartyId == Holder)];

    /// <summary>Who, in plain words; the client is "you".</summary>
    public string Who(string owner)
    {
        if (IsClient(@case, owner))
        {
            return voice["client.you"];
        }

        if (parties.TryGetValue(owner, out var party))
        {
            return party.Organisation.Length > 0 ? $"{Role(party.Role)}, {party.Organisation}" : Role(party.Role);
        }

        return owner.Length == 0 ? voice["client.nobodyYet"] : Role(owner);
    }

    /// <summary>A role in words, without what explains it to those who work with it.</summary>
    public string Role(string role)
    {
        var word = voice.Word("role", role) ?? role;
        var aside = word.IndexOf(" (", StringComparison.Ordinal);
        return aside > 0 ? word[..aside] : word;
    }

    /// <summary>Who carries a need; empty when nobody does.</summary>
    public string Carriers(string needId) =>
        string.Join(", ", plan.Responsible.Where(carrier => carrier.NeedId == needId).Select(carrier => Who(carrier.PartyId.Length > 0 ? carrier.PartyId : carrier.Role)).Distinct());

    /// <summary>How a need stands.</summary>
    public string Say(ClientNeed need) => need.Outcome switch
    {
        Outcome.Covered => need.Row is { Payer.Length: > 0 } row ? voice.Say("client.covered", voice.Word("payer", row.Payer) ?? row.Payer) : voice["client.covered.plain"],
        Outcome.Conditional => voice["client.conditional"],
        Outcome.Undetermined => voice["client.undetermined"],
        _ => voice["client.notCovered"],
    };

    private static bool IsClient(Case @case, string who) => who == "client" || @case.Parties.Any(party => party.PartyId == who && party.Role == "client");
}

/// <summary>A need as the client reads it.</summary>
/// <param name="Need">The need.</param>
/// <param name="Outcome">The best answer.</param>
/// <param name="Row">Its row; null when no scheme was considered.</param>
internal sealed record ClientNeed(PlanNeed Need, Outcome Outcome, Coverage? Row);
