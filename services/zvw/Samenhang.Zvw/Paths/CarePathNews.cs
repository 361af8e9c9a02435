using Samenhang.Language;
using Samenhang.Messages.Cases;
using Samenhang.Platform.Hosting;
using Samenhang.Zvw.Claims;
using Samenhang.Zvw.Trajectories;

namespace Samenhang.Zvw.Paths;

/// <summary>What a care path says about its case, in the words of the vocabulary.</summary>
public static class CarePathNews
{
    private static readonly KnownValue NotKnown = new();

    /// <summary>The news of an event.</summary>
    public static CaseNews ToNews(this CarePathEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var path = happened.After;
        return new CaseNews
        {
            Provisions = [.. path.Provisions()],
            Parties = [.. path.Parties()],
            Events = [.. Events(happened)],
            Evidence = happened is CarePathEvent.ReferralMade && path.Referral is { } referral
                ? [new EvidenceView("referral-letter", referral.IssuedOn, referral.By,
                    [new("by", new KnownValue { Code = referral.By }), new("to", new KnownValue { Code = referral.ToLevel })])]
                : [],
        };
    }

    /// <summary>A code of provisionStatus.</summary>
    public static string StatusCode(this CarePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path switch
        {
            { Lines: [{ IsWithdrawn: false }, ..] } => "claimed",
            { Trajectory.Closing: not null } => "ended",
            { Trajectory: not null } => "running",
            { Referral.WithdrawnOn: not null } => "withdrawn",
            _ => "requested",
        };
    }

    /// <summary>The provisions of the case that a path is: itself, and each line that was billed beside the first.</summary>
    internal static IEnumerable<ProvisionView> Provisions(this CarePath path)
    {
        var first = path.Lines is [{ IsWithdrawn: false } line, ..] ? line : null;
        yield return View(path, path.IdInCase, path.StatusCode(), first?.Content);
        foreach (var further in path.Lines.Skip(1))
        {
            yield return View(path, path.ProvisionOf(further), further.IsWithdrawn ? "withdrawn" : "claimed", further.IsWithdrawn ? null : further.Content);
        }
    }

    /// <summary>The parties who work on a path. Who was in charge and is no more is a former practitioner.</summary>
    internal static IEnumerable<PartyView> Parties(this CarePath path)
    {
        if (path.Trajectory is not { } trajectory)
        {
            return [];
        }

        var parties = new Dictionary<string, PartyView>();
        foreach (var former in trajectory.MainPractitioners.SkipLast(1))
        {
            parties[former.Practitioner.PartyId] = View(path, former.Practitioner, "former-practitioner");
        }

        foreach (var other in trajectory.CoPractitioners)
        {
            parties[other.PartyId] = View(path, other, "co-practitioner");
        }

        if (trajectory.MainPractitioners is [.., var main])
        {
            parties[main.Practitioner.PartyId] = View(path, main.Practitioner, main.Role);
        }

        return parties.Values;
    }

    /// <summary>The facts that the case heard of a path.</summary>
    internal static IEnumerable<ToldFact> FactsTold(this CarePath path) =>
        path.Provisions().SelectMany(provision => provision.Facts.Select(fact => new ToldFact(provision.Id, fact.Fact)));

    /// <summary>The facts of a path, or of a line that is billed on it.</summary>
    internal static IReadOnlyList<KnownFact> Facts(this CarePath path, BillLine? bill)
    {
        var facts = new Dictionary<string, KnownValue>();
        Add(path.Referral is { WithdrawnOn: null } ? path.Referral.Facts : []);
        if (path.Trajectory is { } trajectory)
        {
            // In a crisis nobody asks for a referral (GB-36): there the fact stays open.
            if (path.Referral is null && trajectory.Ground == OpeningGround.DirectAccess)
            {
                facts["referral.by"] = new KnownValue { Code = "none" };
            }

            Add(trajectory.Facts);
            Set("claim.demandChanged", trajectory.Changes.Select(change => change.DemandChanged));
            Set("claim.changeRecorded", trajectory.Changes.Select(change => change.Recorded));
            Set("claim.patientInformedOfChange", trajectory.Changes.Select(change => change.PatientInformed));
            Add(bill?.Facts ?? []);
            if (trajectory.Closing is { } closing)
            {
                facts["claim.closedOn"] = new KnownValue { Day = closing.On };
                if (closing.Reason is ClosingReason.AfterDiagnostics or ClosingReason.Completed)
                {
                    facts["claim.endedAfterDiagnostics"] = new KnownValue { Bool = closing.Reason == ClosingReason.AfterDiagnostics };
                }

                Add(closing.Facts);
            }
        }

        return [.. facts.Select(fact => new KnownFact(fact.Key, fact.Value))];

        void Add(IReadOnlyList<KnownFact> known)
        {
            foreach (var fact in known)
            {
                facts[fact.Fact] = fact.Value;
            }
        }

        // Of all changes together: one that was not told is enough; one of which nothing is known leaves it open.
        void Set(string fact, IEnumerable<bool?> changes)
        {
            var all = changes.ToList();
            if (all.Count > 0 && (all.Contains(false) || !all.Contains(null)))
            {
                facts[fact] = new KnownValue { Bool = !all.Contains(false) };
            }
        }
    }

    private static ProvisionView View(CarePath path, string id, string status, BillLine? bill)
    {
        var facts = path.Facts(bill);
        return new ProvisionView
        {
            Id = id,
            Scheme = bill?.Scheme ?? path.Scheme,
            Domain = ServiceNames.Zvw,
            Status = status,
            NeedIds = path.NeedIds,
            ProviderId = path.ProviderId,
            RequestedOn = path.Referral?.IssuedOn ?? path.Trajectory?.OpenedOn,
            From = path.Trajectory?.OpenedOn,
            To = path.Trajectory?.Closing?.On,
            Product = bill?.Product ?? path.Trajectory?.Product,
            Facts = [.. facts, .. path.OnceTold.Where(told => told.Provision == id && facts.All(fact => fact.Fact != told.Fact)).Select(told => new KnownFact(told.Fact, NotKnown))],
        };
    }

    private static PartyView View(CarePath path, Practitioner who, string role) => new()
    {
        Id = who.PartyId,
        Role = role,
        Profession = who.Profession,
        Organisation = who.Organisation,
        Service = ServiceNames.Zvw,
        ProvisionIds = [.. path.Provisions().Select(provision => provision.Id)],
        Facts =
        [
            .. who.Profession is { } profession ? [new KnownFact("party.profession", new KnownValue { Code = profession })] : Array.Empty<KnownFact>(),
            .. who.Registrations is { } registrations ? [new KnownFact("party.registrations", new KnownValue { Codes = registrations })] : Array.Empty<KnownFact>(),
            .. who.InTraining is { } inTraining ? [new KnownFact("party.inTraining", new KnownValue { Bool = inTraining })] : Array.Empty<KnownFact>(),
        ],
    };

    private static IEnumerable<CaseEvent> Events(CarePathEvent happened)
    {
        var path = happened.After;
        switch (happened)
        {
            case CarePathEvent.ReferralMade when path.Referral is { } referral:
                yield return new CaseEvent { Type = "referral-issued", Date = referral.IssuedOn, Provision = path.IdInCase };
                break;
            case CarePathEvent.TrajectoryOpened when path.Trajectory is { Ground: OpeningGround.Crisis } opened:
                yield return new CaseEvent { Type = "crisis", Date = opened.OpenedOn, Provision = path.IdInCase };
                break;
            case CarePathEvent.TrajectoryClosed when path.Trajectory is { Closing: { } closing }:
                if (closing.Reason is ClosingReason.AfterDiagnostics or ClosingReason.BackToGp)
                {
                    // The case knows the practitioners of the path; another who closed it may be no party there.
                    var by = path.Parties().Any(party => party.Id == closing.By) ? closing.By : null;
                    yield return new CaseEvent { Type = "back-referral", Date = closing.On, Provision = path.IdInCase, Party = by, From = by, To = "huisarts" };
                }

                if (closing.Ends is { } ended)
                {
                    yield return new CaseEvent { Type = ended, Date = closing.On, Provision = path.IdInCase };
                }

                break;
        }
    }
}
