using System.Collections.Immutable;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.HandOvers;

/// <summary>
/// What may be done with a hand-over, and what follows: the step itself, the events that findings read, and the receiver's provision.
/// Pure. Whatever a step tells is recorded once, here; the plan reads the register.
/// </summary>
internal sealed class HandOverDecisions(Vocabulary vocabulary, StoppedEvents stopped)
{
    private const string Gp = "huisarts";

    // Who sends a client on with a referral.
    private static readonly string[] Referrers = [Gp, "medical-specialist", "company-physician"];

    /// <summary>The changes that follow, or why not.</summary>
    public (List<CaseChange>? Changes, CaseError? Error) Decide(CaseState state, CaseCommand.MoveHandOver command)
    {
        var (move, today) = (command.Move, state.Opened!.AsOf ?? command.At.Day);
        var on = command.On ?? today;
        var id = IdOf(move);
        var life = id is null ? null : state.HandOvers.Find(id);
        if (id is not null && life is null)
        {
            return (null, new CaseError.NoSuchItem("hand_over"));
        }

        var who = new WhoIsWho(vocabulary, state);
        if (new HandOverChecks(vocabulary, state, who).Of(move, life, command.By, on, today) is { Count: > 0 } faults)
        {
            return (null, new CaseError.Invalid(faults));
        }

        if (life is not null && !MayFollow(move, life.Status))
        {
            return (null, Forbidden(
                "HAND_OVER_STATUS", $"Dit kan niet met een overdracht die {Nl(life.Status)} is.", $"This cannot be done with a hand-over that is {En(life.Status)}."));
        }

        var writing = new Writing(vocabulary, state, who, life, command, on);
        var changes = move switch
        {
            HandOverMove.Offer offer => writing.Offer(offer),
            HandOverMove.Accept accept => writing.Accept(accept),
            HandOverMove.Decline decline => writing.Decline(decline),
            HandOverMove.Ask ask => writing.Step(HandOverStatus.InformationAsked, ask.Question),
            HandOverMove.Inform inform => writing.Inform(inform),
            HandOverMove.Start start => writing.Start(start),
            HandOverMove.Complete complete => writing.Complete(complete, stopped),
            HandOverMove.ClientDeclines declines => writing.ClientDeclines(declines),
            HandOverMove.Withdraw withdraw => writing.Withdraw(withdraw),
            _ => throw new InvalidOperationException($"{move.GetType().Name} is nothing that can be done with a hand-over."),
        };
        var error = DataWithoutConsent(move, life, who, on) ?? LetGo(move, life, state) ?? stopped.WhyNot(state, changes, command.At);
        return error is null ? (changes, null) : (null, error);
    }

    private static string? IdOf(HandOverMove move) => move switch
    {
        HandOverMove.Offer => null,
        HandOverMove.Accept { Id: var id } => id,
        HandOverMove.Decline { Id: var id } => id,
        HandOverMove.Ask { Id: var id } => id,
        HandOverMove.Inform { Id: var id } => id,
        HandOverMove.Start { Id: var id } => id,
        HandOverMove.Complete { Id: var id } => id,
        HandOverMove.ClientDeclines { Id: var id } => id,
        HandOverMove.Withdraw { Id: var id } => id,
        _ => throw new InvalidOperationException($"{move.GetType().Name} is nothing that can be done with a hand-over."),
    };

    private static bool MayFollow(HandOverMove move, HandOverStatus status) => move switch
    {
        HandOverMove.Accept or HandOverMove.Decline or HandOverMove.Ask => status == HandOverStatus.Offered,
        HandOverMove.Inform => status == HandOverStatus.InformationAsked,
        HandOverMove.Start => status == HandOverStatus.Accepted,
        HandOverMove.Complete => status == HandOverStatus.Started,
        HandOverMove.ClientDeclines or HandOverMove.Withdraw => status is HandOverStatus.Offered or HandOverStatus.InformationAsked or HandOverStatus.Accepted,
        _ => false,
    };

    /// <summary>Data go only with consent of the day (VWS-46, VWS-47). A hand-over without data needs none.</summary>
    private static CaseError.Forbidden? DataWithoutConsent(HandOverMove move, HandOverLife? life, WhoIsWho who, DateOnly on)
    {
        var (from, to, shares) = move switch
        {
            HandOverMove.Offer offer => (offer.From, offer.To, offer.Shares),
            HandOverMove.Inform inform => (life!.From, life.To, inform.Shares),
            _ => ("", "", []),
        };
        var missing = shares.Where(category => !who.MayGive(from, to, category, on)).ToList();
        return missing.Count == 0 ? null : Forbidden(
            "DATA_WITHOUT_CONSENT",
            $"De cliënt gaf geen toestemming om dit te delen: {string.Join(", ", missing)}. Draag over zonder deze gegevens, of vraag toestemming (regel VWS-46).",
            $"The client gave no consent to share this: {string.Join(", ", missing)}. Hand over without these data, or ask for consent (rule VWS-46).");
    }

    /// <summary>An offer is taken back only when somebody holds the needs: nobody is let go (VWS-45).</summary>
    private static CaseError.Forbidden? LetGo(HandOverMove move, HandOverLife? life, CaseState state)
    {
        var alone = move is HandOverMove.Withdraw ? life!.NeedIds.Where(need => !IsHeld(need, life, state)).ToList() : [];
        return alone.Count == 0 ? null : Forbidden(
            "NEED_NOT_HELD",
            $"Niemand helpt de cliënt dan nog bij: {string.Join(", ", alone)}. Zoek eerst een ander die het overneemt (regel VWS-45).",
            $"Nobody would hold these needs then: {string.Join(", ", alone)}. First find another who takes over (rule VWS-45).");
    }

    private static bool IsHeld(string need, HandOverLife except, CaseState state) =>
        state.Provisions.Any(p => p.Id != except.ToProvision && p.NeedIds.Contains(need) && p.Status is "granted" or "running") ||
        state.HandOvers.All.Any(other => other.Id != except.Id && other.NeedIds.Contains(need) && other.IsReceived);

    private static CaseError.Forbidden Forbidden(string type, string nl, string en) => new(type, new Sentence(nl, en));

    private static string Nl(HandOverStatus status) => status switch
    {
        HandOverStatus.Proposed => "voorgesteld",
        HandOverStatus.Offered => "aangeboden",
        HandOverStatus.Accepted => "aangenomen",
        HandOverStatus.Refused => "geweigerd",
        HandOverStatus.InformationAsked => "blijven liggen op een vraag",
        HandOverStatus.Started => "begonnen",
        HandOverStatus.Completed => "afgerond",
        HandOverStatus.ClientDeclined => "afgeslagen door de cliënt",
        HandOverStatus.Withdrawn => "ingetrokken",
    };

    private static string En(HandOverStatus status) => status switch
    {
        HandOverStatus.Proposed => "proposed",
        HandOverStatus.Offered => "offered",
        HandOverStatus.Accepted => "accepted",
        HandOverStatus.Refused => "refused",
        HandOverStatus.InformationAsked => "waiting for information",
        HandOverStatus.Started => "started",
        HandOverStatus.Completed => "completed",
        HandOverStatus.ClientDeclined => "declined by the client",
        HandOverStatus.Withdrawn => "withdrawn",
    };

    /// <summary>Writes down what one step changes in the case.</summary>
    private sealed class Writing(Vocabulary vocabulary, CaseState state, WhoIsWho who, HandOverLife? life, CaseCommand.MoveHandOver command, DateOnly on)
    {
        private static readonly string[] NotStarted = ["suggested", "requested", "offered", "granted"];

        public List<CaseChange> Offer(HandOverMove.Offer offer)
        {
            var from = offer.FromProvision ?? WorksOn(offer.From);
            var id = state.HandOvers.NextId;
            var target = offer.ToProvision is { } named ? state.Provisions.First(p => p.Id == named)
                : offer.Scheme is { } scheme ? NewProvision(id, scheme, offer) : null;
            var isBack = who.Role(offer.To) == Gp && from is not null && IsGgz(state.Provisions.First(p => p.Id == from).Scheme);
            var offered = new HandOverLife
            {
                Id = id, From = offer.From, To = offer.To, NeedIds = offer.NeedIds, Scheme = target?.Scheme, FromProvision = from, ToProvision = target?.Id, IsBackReferral = isBack,
                Warmth = new HandOverWarmth([.. offer.Shares.Distinct()], offer.ContinuityContact, null),
                Steps = [StepOf(HandOverStatus.Offered, offer.Text)],
            };
            List<CaseChange> changes = [new HandOverOffered(offered)];
            if (target is not null && (offer.ToProvision is null || target.Status == "suggested"))
            {
                changes.Add(new ProvisionRecorded(target with { Status = "requested", RequestedOn = target.RequestedOn ?? on }));
            }

            changes.AddRange(ForEachNeed(offered, "handover-offered"));
            if (isBack)
            {
                changes.Add(Happened(offered, "back-referral"));
            }
            else if (who.Role(offer.From) is { } role && Referrers.Contains(role) && who.Service(offer.To) == Services.Zvw)
            {
                changes.Add(Happened(offered, "referral-issued"));
            }

            changes.AddRange(Exchanged(offered, offered.Warmth.Shared));
            if (from is not null)
            {
                var listed = state.HandOvers.All.Where(other => other.FromProvision == from && (other.IsOpen || other.IsReceived)).SelectMany(other => other.NeedIds).Union(offer.NeedIds).Count();
                changes.Add(Facts(new PlacedFact("handover.needsListed", Value.Of(listed), ItemKind.Provision, from)));
            }

            return changes;
        }

        public List<CaseChange> Accept(HandOverMove.Accept accept)
        {
            List<CaseChange> changes = [new HandOverStepped(life!.Id, StepOf(HandOverStatus.Accepted, accept.Text), life.Warmth, accept.ToProvision)];
            changes.AddRange(InPlaceOfTheFirst(accept.ToProvision));
            changes.AddRange(Target("granted", NotStarted, named: accept.ToProvision));
            changes.AddRange(ForEachNeed(life, "handover-accepted"));
            changes.AddRange(TakenNoticeOf(agrees: true));
            return changes;
        }

        public List<CaseChange> Decline(HandOverMove.Decline decline)
        {
            var changes = Step(HandOverStatus.Refused, decline.Text, decline.Reason);
            changes.AddRange(Target("refused", NotStarted, new PlacedFact("prov.refusalReason", Value.Of(decline.Reason), ItemKind.Provision, life!.ToProvision)));
            changes.AddRange(ForEachNeed(life, "handover-refused"));
            if (life.IsBackReferral)
            {
                changes.AddRange(TakenNoticeOf(agrees: false));
            }
            else
            {
                // The client is back with the sender: two such returns between the same two are back-and-forth.
                changes.Add(Returned("provider-rejected"));
                changes.Add(Returned("returned-to-referrer"));
            }

            return changes;
        }

        public List<CaseChange> Inform(HandOverMove.Inform inform)
        {
            var warmth = life!.Warmth with { Shared = [.. life.Warmth.Shared.Union(inform.Shares)] };
            List<CaseChange> changes = [new HandOverStepped(life.Id, StepOf(HandOverStatus.Offered, inform.Text), warmth)];
            changes.AddRange(Exchanged(life, inform.Shares));
            return changes;
        }

        public List<CaseChange> Start(HandOverMove.Start start)
        {
            var warmth = life!.Warmth with { ContinuityContact = start.ContinuityContact ?? life.Warmth.ContinuityContact, TalkedOn = start.TalkedOn ?? life.Warmth.TalkedOn };
            List<CaseChange> changes = [new HandOverStepped(life.Id, StepOf(HandOverStatus.Started, null), warmth, start.ToProvision)];
            changes.AddRange(InPlaceOfTheFirst(start.ToProvision));
            changes.AddRange(Target("running", NotStarted, named: start.ToProvision));
            if (IsBetweenDomains(life))
            {
                changes.Add(Happened(life, "domain-transition"));
            }

            changes.AddRange(Warm(warmth));
            return changes;
        }

        public List<CaseChange> Complete(HandOverMove.Complete complete, StoppedEvents stopped)
        {
            var warmth = life!.Warmth with { TalkedOn = complete.TalkedOn ?? life.Warmth.TalkedOn };
            List<CaseChange> changes = [new HandOverStepped(life.Id, StepOf(HandOverStatus.Completed, complete.Text), warmth)];
            if (complete.SenderStops && state.Provisions.FirstOrDefault(p => p.Id == life.FromProvision && p.Status is "granted" or "running") is { } stopping)
            {
                changes.Add(new ProvisionRecorded(Bare(stopping) with { Status = "ended", To = on }));
                if (stopped.EndOf(stopping.Scheme) is { } end)
                {
                    changes.Add(new CaseEventRecorded(new CaseEvent { Type = end, Date = on, Provision = stopping.Id, From = life.From, To = life.To }));
                }
            }

            changes.AddRange(Warm(warmth));
            return changes;
        }

        public List<CaseChange> ClientDeclines(HandOverMove.ClientDeclines declines)
        {
            var changes = Step(HandOverStatus.ClientDeclined, declines.Text);
            changes.AddRange(Target("offered-declined", NotStarted));
            changes.AddRange(ForEachNeed(life!, "handover-refused"));
            return changes;
        }

        public List<CaseChange> Withdraw(HandOverMove.Withdraw withdraw)
        {
            var changes = Step(HandOverStatus.Withdrawn, withdraw.Text);
            changes.AddRange(Target("withdrawn", NotStarted));
            return changes;
        }

        /// <summary>Only the step.</summary>
        public List<CaseChange> Step(HandOverStatus status, string? text, string? reason = null) => [new HandOverStepped(life!.Id, StepOf(status, text, reason), life.Warmth)];

        private HandOverStep StepOf(HandOverStatus status, string? text, string? reason = null) => new(status, on, command.At.Instant, command.By, reason, text);

        /// <summary>The receiver's provision in its next state, unless its domain told already that it is further.</summary>
        private IEnumerable<CaseChange> Target(string status, string[] after, PlacedFact? fact = null, string? named = null)
        {
            if (state.Provisions.FirstOrDefault(p => p.Id == (named ?? life!.ToProvision)) is not { } target || !after.Contains(target.Status))
            {
                yield break;
            }

            yield return new ProvisionRecorded(Bare(target) with
            {
                Status = status,
                From = status == "running" ? on : target.From,
                To = status == "withdrawn" ? on : target.To,
            });
            if (fact is not null)
            {
                yield return Facts(fact);
            }
        }

        /// <summary>
        /// The receiver's domain knows the help by a provision of its own: the request that was made with the offer went into it. Its day stays,
        /// so that the waiting counts from there.
        /// </summary>
        private IEnumerable<CaseChange> InPlaceOfTheFirst(string? named) =>
            named is not null && named != life!.ToProvision ? Target("withdrawn", NotStarted) : [];

        // Facts that a change does not name stay as they were.
        private static ProvisionEntry Bare(ProvisionEntry provision) => provision with { Facts = ImmutableDictionary<string, Value>.Empty };

        /// <summary>The GP has taken notice of a back-referral, and agrees or not (GB-55, GB-56).</summary>
        private IEnumerable<CaseChange> TakenNoticeOf(bool agrees)
        {
            if (!life!.IsBackReferral)
            {
                yield break;
            }

            yield return new CaseEventRecorded(Event(life, "back-referral-acknowledged") with { AcknowledgedOn = on, AcknowledgedBy = life.To });
            yield return Facts(new PlacedFact("gp.agreesBackReferral", Value.Of(agrees), ItemKind.Provision, life.FromProvision));
        }

        /// <summary>What the parts of a warm hand-over say as facts; of hand-overs between domains each that has started must be warm.</summary>
        private List<CaseChange> Warm(HandOverWarmth warmth)
        {
            var facts = new List<PlacedFact>();
            if (life!.FromProvision is { } from)
            {
                facts.Add(new PlacedFact("handover.dataTransferred", Value.Of(warmth.Shared.Count > 0), ItemKind.Provision, from));
                facts.Add(new PlacedFact("handover.contactListShared", Value.Of(warmth.ContinuityContact is not null), ItemKind.Provision, from));
            }

            if (IsBetweenDomains(life))
            {
                var others = state.HandOvers.All.Where(other => other.Id != life.Id && other.Status is HandOverStatus.Started or HandOverStatus.Completed && IsBetweenDomains(other));
                facts.Add(new PlacedFact("stay.warmHandoverDone", Value.Of(warmth.IsWarm && others.All(other => other.Warmth.IsWarm))));
            }

            List<CaseChange> changes = facts.Count > 0 ? [Facts([.. facts])] : [];
            if (life.IsBackReferral && warmth.TalkedOn is { } talked && talked != life.Warmth.TalkedOn)
            {
                changes.Add(new CaseEventRecorded(Event(life, "provider-gp-talk") with { Date = talked }));
            }

            return changes;
        }

        private bool IsBetweenDomains(HandOverLife passing) =>
            who.Service(passing.From) is { } from && who.Service(passing.To) is { } to && from != to && Services.Asked.Contains(from) && Services.Asked.Contains(to);

        private bool IsGgz(string scheme) => vocabulary.Schemes.TryGetValue(scheme, out var known) && vocabulary.Matches("@ggz", known);

        /// <summary>The one running provision on which the sender works.</summary>
        private string? WorksOn(string sender)
        {
            var provisions = state.Provisions.Where(p => p.Status == "running" && (p.ProviderId == sender || who.Party(sender)?.ProvisionIds.Contains(p.Id) == true)).ToList();
            return provisions.Count == 1 ? provisions[0].Id : null;
        }

        private ProvisionEntry NewProvision(string id, string scheme, HandOverMove.Offer offer)
        {
            var name = $"{id}-{scheme}";
            while (state.Provisions.Any(p => p.Id == name))
            {
                name += "-2";
            }

            return new ProvisionEntry
            {
                Id = name, Scheme = scheme, Domain = vocabulary.Schemes[scheme].Service, Status = "requested", NeedIds = offer.NeedIds,
                ProviderId = who.Party(offer.To)?.Id, RequestedOn = on,
            };
        }

        private IEnumerable<CaseChange> Exchanged(HandOverLife passing, IEnumerable<string> categories) =>
            categories.Distinct().Select(category => new CaseEventRecorded(Event(passing, "data-exchanged") with { Category = category }));

        private IEnumerable<CaseChange> ForEachNeed(HandOverLife passing, string type) => passing.NeedIds.Select(need => new CaseEventRecorded(Event(passing, type) with { Need = need }));

        private CaseEventRecorded Happened(HandOverLife passing, string type) => new(Event(passing, type));

        /// <summary>From the receiver back to the sender.</summary>
        private CaseEventRecorded Returned(string type) => new(Event(life!, type) with { From = life!.To, To = life.From, Party = who.Party(life.To)?.Id });

        private CaseEvent Event(HandOverLife passing, string type) => new()
        {
            Type = type, Date = on, From = passing.From, To = passing.To, Provision = passing.FromProvision, Need = passing.NeedIds.Count == 1 ? passing.NeedIds[0] : null,
        };

        private FactsRecorded Facts(params PlacedFact[] facts) => new(facts, command.By, null, command.At.Instant);
    }
}
