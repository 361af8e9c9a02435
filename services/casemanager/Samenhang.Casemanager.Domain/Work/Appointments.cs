using System.Collections.Immutable;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Work;

/// <summary>
/// Who coordinates the whole and who directs a trajectory. An appointment is written in the case itself, in the fact and the roles that the
/// findings about coordination read, so that those come and go by themselves.
/// </summary>
internal sealed class Appointments(Vocabulary vocabulary)
{
    private static readonly string[] DirectorRoles = ["hoofdbehandelaar", "regiebehandelaar"];

    private readonly Responsibilities responsibilities = new(vocabulary);

    /// <summary>The party leads, and nobody else does.</summary>
    public WorkOutcome Coordinator(CaseState state, CaseCommand.DoWork work, WorkWish.AppointCoordinator appoint)
    {
        var leads = responsibilities.Leads(state.ToDocument(Day(state, work)).ToCase(vocabulary));
        if (appoint.Seen is { } seen && seen != (leads is [var lead] ? lead : ""))
        {
            return new WorkOutcome([], Error: new CaseError.StaleAppointment(seen, appoint.PartyId, leads));
        }

        return leads is [var only] && only == appoint.PartyId
            ? new WorkOutcome([])
            : new WorkOutcome(
                [new FactsRecorded(
                    [Leads(appoint.PartyId, true), .. leads.Where(other => other != appoint.PartyId).Select(other => Leads(other, false))], work.By, null, work.At.Instant)],
                Asks: true);
    }

    /// <summary>
    /// The party has the role of director in this trajectory, and no other party that was appointed for it. A party with another role gets
    /// an entry of its own for this one, so that it keeps the other.
    /// </summary>
    public WorkOutcome Director(CaseState state, CaseCommand.DoWork work, WorkWish.AppointDirector appoint)
    {
        var whole = state.ToDocument(Day(state, work)).ToCase(vocabulary);
        var trajectory = whole.Provisions.First(p => p.Id == appoint.ProvisionId);
        if (responsibilities.Director(trajectory, whole) is not { } director)
        {
            return new WorkOutcome([], Error: new CaseError.Forbidden("NO_TRAJECTORY", new Sentence(
                "Bij deze voorziening hoort geen regiebehandelaar.", "This provision has no director.")));
        }

        if (appoint.Seen is { } seen && seen != (director.PartyId ?? ""))
        {
            return new WorkOutcome([], Error: new CaseError.StaleAppointment(seen, appoint.PartyId, director.PartyId is { } now ? [now] : []));
        }

        var person = state.Parties.First(p => p.Id == appoint.PartyId);
        var entryId = person.Role == director.Role ? person.Id : $"{person.Id}.{director.Role}";
        var entry = state.Parties.FirstOrDefault(p => p.Id == entryId) ?? new PartyEntry
        {
            Id = entryId,
            Role = director.Role,
            Profession = person.Profession,
            Organisation = person.Organisation,
            Service = person.Service,
        };
        var before = state.Parties
            .Where(p => p.Id != entryId && DirectorRoles.Contains(p.Role) && p.ProvisionIds.Contains(appoint.ProvisionId))
            .Select(p => new PartyRecorded(Bare(p) with { ProvisionIds = [.. p.ProvisionIds.Where(id => id != appoint.ProvisionId)] }));
        List<CaseChange> changes = [.. before];
        if (!entry.ProvisionIds.Contains(appoint.ProvisionId))
        {
            changes.Add(new PartyRecorded(Bare(entry) with { ProvisionIds = [.. entry.ProvisionIds, appoint.ProvisionId] }));
        }

        return new WorkOutcome(changes, Asks: changes.Count > 0);
    }

    private static DateOnly Day(CaseState state, CaseCommand.DoWork work) => state.Opened!.AsOf ?? work.At.Day;

    private static PlacedFact Leads(string party, bool leads) => new(Responsibilities.LeadFact, Value.Of(leads), ItemKind.Party, party);

    /// <summary>Facts that a recorded party does not name stay as they were.</summary>
    private static PartyEntry Bare(PartyEntry party) => party with { Facts = ImmutableDictionary<string, Value>.Empty };
}
