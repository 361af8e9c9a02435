using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Reports;

/// <summary>A time in which something asked attention in a case: a finding that stood open, or a hand-over that nobody had taken over.</summary>
public sealed record SteeringSpell
{
    /// <summary>The flag, or "hand-over".</summary>
    public required string Subject { get; init; }

    /// <summary>The family of the flag, or "hand-over".</summary>
    public required string Family { get; init; }

    /// <summary>On which need, provision and party, or which hand-over: so that the same is counted once.</summary>
    public required string Item { get; init; }

    /// <summary>1 for the first time, 2 when it came back …</summary>
    public required int Number { get; init; }

    /// <summary>0 none, 1 info, 2 attention, 3 urgent.</summary>
    public required int Severity { get; init; }

    /// <summary>The organisation that must act, else its role; null when it is not known.</summary>
    public string? Organisation { get; init; }

    /// <summary>Since when the client waits; null when this is not about waiting, or when the plan does not tell any more.</summary>
    public DateOnly? WaitingSince { get; init; }

    /// <summary>The day on which it began.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>The day on which it ended; null = it goes on.</summary>
    public DateOnly? ClosedOn { get; init; }
}

/// <summary>Reads from a case what those who steer count.</summary>
/// <param name="vocabulary">The findings and roles.</param>
/// <param name="dayOf">The day of a moment.</param>
public sealed class SteeringSpells(Vocabulary vocabulary, Func<DateTimeOffset, DateOnly> dayOf)
{
    // Who is a person in the case and no organisation gets no line, however often the role comes.
    private static readonly string[] Persons = ["client", "relative", "informal-carer", "representative", "volunteer", "helper"];

    private readonly Dictionary<string, Flag> flags = vocabulary.Flags.ToDictionary(flag => flag.Id);

    /// <summary>Everything that asked attention in a case, as far as its findings and hand-overs tell.</summary>
    public IEnumerable<SteeringSpell> Of(CaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. state.Findings.All.SelectMany(life => OfFinding(life, state)), .. state.HandOvers.All.Select(life => OfHandOver(life, state))];
    }

    /// <summary>Whether somebody did something: a clock, a question to a domain and what a plan follows from are nobody's doing.</summary>
    public static bool IsDoneBySomebody(CaseChange change) => change is not (
        DayBegan or RoundStarted or CoverageAsked or CoverageAnswered or CoverageTimedOut or PlanMade or PlanConfirmed
        or FindingsRaised or FindingsClosed or Work.ProposalsLapsed or Households.HouseholdHeard);

    private IEnumerable<SteeringSpell> OfFinding(FindingLife life, CaseState state)
    {
        // A finding that the vocabulary does not have any more is not counted: its family is not known.
        if (!flags.TryGetValue(life.Key.FlagId, out var flag))
        {
            yield break;
        }

        var organisation = OrganisationOf(life.Key, state);
        FindingStep? opened = null;
        var number = 0;
        foreach (var step in life.Steps)
        {
            var asks = step.Status is FindingStatus.Open or FindingStatus.Acknowledged;
            if (asks && opened is null)
            {
                opened = step;
                number++;
            }
            else if (!asks && opened is not null)
            {
                yield return Spell(opened, dayOf(step.At));
                opened = null;
            }
        }

        if (opened is not null)
        {
            yield return Spell(opened, null) with { WaitingSince = WaitingSince(life.Key, state) };
        }

        SteeringSpell Spell(FindingStep from, DateOnly? closedOn) => new()
        {
            Subject = flag.Id,
            Family = flag.Family,
            Item = $"{life.Key.NeedId}|{life.Key.ProvisionId}|{life.Key.PartyId}",
            Number = number,
            Severity = (int)flag.Severity + 1,
            Organisation = organisation,
            OpenedOn = dayOf(from.At),
            ClosedOn = closedOn,
        };
    }

    /// <summary>An offer that was refused still has no receiver, until the need is offered again.</summary>
    private SteeringSpell OfHandOver(HandOverLife life, CaseState state)
    {
        var ended = life.Steps.FirstOrDefault(step =>
            step.Status is HandOverStatus.Accepted or HandOverStatus.Started or HandOverStatus.Completed or HandOverStatus.ClientDeclined or HandOverStatus.Withdrawn);
        var offeredAgain = ended is null && life.Status == HandOverStatus.Refused
            ? state.HandOvers.All.SkipWhile(other => other.Id != life.Id).Skip(1).FirstOrDefault(other => other.NeedIds.Intersect(life.NeedIds).Any())?.Steps[0]
            : null;
        return new()
        {
            Subject = SteeringNames.HandOver,
            Family = SteeringNames.HandOver,
            Item = life.Id,
            Number = 1,
            Severity = 0,
            Organisation = NameOf(life.From, state),
            OpenedOn = dayOf(life.Steps[0].At),
            ClosedOn = (ended ?? offeredAgain) is { } last ? dayOf(last.At) : null,
        };
    }

    private static DateOnly? WaitingSince(FindingKey key, CaseState state)
    {
        if (key.FlagId != SteeringNames.WaitingTime || state.Plan is not { } plan)
        {
            return null;
        }

        var items = state.Provisions.Where(provision => provision.Id == key.ProvisionId || (key.NeedId is { } need && provision.NeedIds.Contains(need)))
            .Select(provision => provision.Id).ToHashSet();
        var terms = plan.Deadlines.Where(term => term.Flag == key.FlagId && term.ItemId is { } item && items.Contains(item)).ToList();
        return terms.Count == 0 ? null : terms.Min(term => term.StartedOn);
    }

    private string? OrganisationOf(FindingKey key, CaseState state)
    {
        if (key.PartyId is { } party)
        {
            return NameOf(party, state);
        }

        if (key.ProvisionId is { } id && state.Provisions.Find(provision => provision.Id == id)?.ProviderId is { } provider)
        {
            return NameOf(provider, state);
        }

        if (key.NeedId is { } need)
        {
            var responsible = state.Plan?.Responsible.Where(one => one.NeedId == need).ToList() ?? [];
            return responsible.Find(one => one.PartyId is not null) is { PartyId: { } carries } ? NameOf(carries, state)
                : responsible.Count > 0 ? NameOf(responsible[0].Role, state)
                : null;
        }

        return state.Plan?.Coordinator is { } coordinator ? NameOf(coordinator, state) : null;
    }

    /// <summary>The organisation of a party, else its role; null of a person.</summary>
    private string? NameOf(string who, CaseState state)
    {
        var party = state.Parties.Find(one => one.Id == who);
        var role = party?.Role ?? who;
        return Persons.Contains(role) ? null
            : party?.Organisation?.Trim() is { Length: > 0 } organisation ? organisation
            : vocabulary.PartyRoles.GetValueOrDefault(role)?.LabelNl;
    }
}
