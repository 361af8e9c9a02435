using System.Collections.Frozen;
using System.Text.Json;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Escalations;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Households;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Cases;

/// <summary>
/// Decides what becomes of a command, from the state of the case and nothing else: no store, no clock, no chance. The same state
/// and command give the same changes.
/// </summary>
/// <remarks>
/// Whatever is recorded starts a round. In a round zvw is asked first, then the others, each only if what it may see has changed
/// since its last answer; when nothing is awaited any more the plan is made. An answer counts once, in its own round; the order in
/// which answers come leaves no trace in the plan.
/// </remarks>
public sealed class CaseDecisions(Vocabulary vocabulary, CaseAssessor assessor)
{
    private readonly PlanAssembler plans = new(vocabulary);
    private readonly StoppedEvents stopped = new(vocabulary, assessor);
    private readonly HandOverDecisions handOvers = new(vocabulary, new StoppedEvents(vocabulary, assessor));
    private readonly EscalationDecisions escalations = new(vocabulary, new StoppedEvents(vocabulary, assessor));
    private readonly PlanDifference differences = new(vocabulary);
    private readonly WorkDecisions works = new(vocabulary);
    private readonly QuestionDecisions questions = new(vocabulary);
    private readonly IReadOnlyList<string> allDocuments = [.. vocabulary.Documents.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The changes that follow, or why there are none.</summary>
    public Decision Decide(CaseState state, CaseCommand command)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        if (command is not CaseCommand.Open && state.Opened is null)
        {
            return new Decision.Refused(new CaseError.NoSuchCase());
        }

        if (command.ExpectedVersion is { } expected && expected != state.Version)
        {
            return new Decision.Refused(new CaseError.StaleVersion(expected, state.Version));
        }

        if (RestrictionDecisions.MustWait(state, command))
        {
            return new Decision.Refused(RestrictionDecisions.Restricted);
        }

        var decided = WhatFollows(state, command);
        return decided is Decision.Accepted { Changes: var changes } && CaseSize.WhyNot(state, changes) is { } full ? new Decision.Refused(full) : decided;
    }

    private Decision WhatFollows(CaseState state, CaseCommand command)
    {
        return command switch
        {
            CaseCommand.Open open => Open(state, open),
            CaseCommand.RestrictProcessing restrict => new Decision.Accepted([new ProcessingRestricted(restrict.Ground, restrict.Reason, restrict.By, restrict.Subject, restrict.At.Instant)]),
            CaseCommand.LiftRestriction lift => state.Restriction is null
                ? Forbidden("PROCESSING_NOT_RESTRICTED", "Het gebruik van deze gegevens is niet beperkt.", "The use of these data is not restricted.")
                : new Decision.Accepted(WithRound(state, [new RestrictionLifted(lift.Reason, lift.By, lift.Subject, lift.At.Instant)], lift.At)),
            CaseCommand.RecordFacts record => Record(state, record.At, checks => checks.PlacedFacts(record.Facts), new FactsRecorded(record.Facts, record.Source, record.HoldsFrom, record.At.Instant)),
            CaseCommand.Assign assign => new Decision.Accepted(
                assign.Assignee == state.Assigned?.Assignee ? [] : [new CaseAssigned(assign.Assignee, assign.Name, assign.By, assign.At.Instant)]),
            CaseCommand.AddNeed { Need: var need } => state.Needs.Any(n => n.Id == need.Id)
                ? Forbidden("NEED_EXISTS", $"De behoefte '{need.Id}' staat al in de casus.", $"The case has need '{need.Id}' already.")
                : Record(state, command.At, checks => checks.Need(need, "need"), new NeedAdded(need)),
            CaseCommand.RecordProvision { Provision: var p } => Unless(() => stopped.WhyNotEnd(state, p, command.At), Record(state, command.At, checks => checks.Provision(p, "provision"), new ProvisionRecorded(p))),
            CaseCommand.RecordParty { Party: var p } => Record(state, command.At, checks => checks.Party(p, "party"), new PartyRecorded(p)),
            CaseCommand.RecordConsent { Consent: var c } => Record(state, command.At, checks => checks.Consent(c, "consent"), Given(state, c)),
            CaseCommand.RecordEvent { Event: var e } => Unless(() => stopped.WhyNot(state, [new CaseEventRecorded(e)], command.At), Record(state, command.At, checks => checks.Event(e, "event"), new CaseEventRecorded(e))),
            CaseCommand.RecordEvidence { Evidence: var e } => Record(state, command.At, checks => checks.Evidence(e, "evidence"), new EvidenceRecorded(e)),
            CaseCommand.HearRecord heard => Hear(state, heard),
            CaseCommand.HearHousehold household => HouseholdRegister.Hear(state, household) is { } heard
                ? new Decision.Accepted(WithRound(state, [heard], command.At))
                : new Decision.Accepted([]),
            CaseCommand.TreatFinding treat => Treat(state, treat),
            CaseCommand.DoWork work => Do(state, work),
            CaseCommand.GiveAnswer answer => Follow(state, questions.Decide(state, answer), command.At),
            CaseCommand.MoveHandOver move => Follow(state, handOvers.Decide(state, move), command.At),
            CaseCommand.OpenEscalation open => Follow(state, escalations.Open(state, open), command.At),
            CaseCommand.CloseEscalation close => Follow(state, escalations.Close(state, close), command.At),
            CaseCommand.FollowPolicies => state.Round == 0 || state.RoundPolicies == PoliciesFor(state)
                ? new Decision.Accepted([])
                : new Decision.Accepted(WithRound(state, [], command.At)),
            CaseCommand.SuspendDeadline { Suspension: var s } => state.Suspensions.Any(known => CaseState.IsOpen(known, s.Term, s.ItemId))
                ? Forbidden("TERM_STANDS_STILL", "Deze termijn staat al stil.", "This term stands still already.")
                : Record(state, command.At, checks => checks.Suspension(s), new DeadlineSuspended(s, command.At.Instant)),
            CaseCommand.ResumeDeadline resume => Resume(state, resume),
            CaseCommand.BeginDay => state.Opened!.AsOf is not null || state.Round == 0 || state.RoundAsOf >= command.At.Day
                ? new Decision.Accepted([])
                : new Decision.Accepted(WithRound(state, [new DayBegan(command.At.Day)], command.At)),
            CaseCommand.TakeAnswer answer => TakeAnswer(state, answer),
            CaseCommand.EndWaiting end => EndWaiting(state, end),
            _ => throw new InvalidOperationException($"{command.GetType().Name} is no command of a case."),
        };
    }

    private Decision Open(CaseState state, CaseCommand.Open open)
    {
        if (state.Opened is not null)
        {
            return Forbidden("CASE_EXISTS", "Deze casus bestaat al.", "This case exists already.");
        }

        var checks = new CaseChecks(vocabulary);
        checks.Open(open);
        if (checks.Faults.Count > 0)
        {
            return new Decision.Refused(new CaseError.Invalid(checks.Faults));
        }

        var content = open.Content;
        List<CaseChange> changes =
        [
            new CaseOpened(open.CaseId, open.Title, open.AsOf, content.Rulebooks.Count > 0 ? content.Rulebooks : allDocuments, content.Tenant, content.Options, content.Parameters, content.Open, content.Insurer),
        ];
        if (content.Facts.Count > 0)
        {
            changes.Add(new FactsRecorded([.. content.Facts.Select(f => new PlacedFact(f.Key, f.Value))], open.Source, null, open.At.Instant));
        }

        changes.AddRange(content.Needs.Select(n => new NeedAdded(n)));
        changes.AddRange(content.Provisions.Select(p => new ProvisionRecorded(p)));
        changes.AddRange(content.Parties.Select(p => new PartyRecorded(p)));
        changes.AddRange(content.Consents.Select(c => new ConsentRecorded(c)));
        changes.AddRange(content.Events.Select(e => new CaseEventRecorded(e)));
        changes.AddRange(content.Evidence.Select(e => new EvidenceRecorded(e)));
        return new Decision.Accepted(WithRound(state, changes, open.At));
    }

    private Decision Record(CaseState state, Moment at, Action<CaseChecks> check, CaseChange change)
    {
        var checks = new CaseChecks(vocabulary).In(state);
        check(checks);
        return checks.Faults.Count > 0
            ? new Decision.Refused(new CaseError.Invalid(checks.Faults))
            : new Decision.Accepted(WithRound(state, [change], at));
    }

    /// <summary>What was decided, unless it is right in itself and must not happen now.</summary>
    private static Decision Unless(Func<CaseError?> stop, Decision decided) =>
        decided is Decision.Accepted && stop() is { } error ? new Decision.Refused(error) : decided;

    private Decision Follow(CaseState state, (List<CaseChange>? Changes, CaseError? Error) decided, Moment at) =>
        decided.Changes is { } changes ? new Decision.Accepted(WithRound(state, changes, at)) : new Decision.Refused(decided.Error!);

    private Decision Hear(CaseState state, CaseCommand.HearRecord heard)
    {
        var checks = new CaseChecks(vocabulary).In(state);
        checks.News(heard.News, heard.Service, state);
        if (checks.Faults.Count > 0)
        {
            return new Decision.Refused(new CaseError.Invalid(checks.Faults));
        }

        var changes = new List<CaseChange>();
        if (heard.Version > state.Heard.GetValueOrDefault((heard.Service, heard.Record)))
        {
            var known = new LastKnown(state);
            changes.Add(new RecordHeard(heard.Service, heard.Record, heard.Version));
            if (heard.News.Facts.Any(f => !known.Has(ItemKind.Case, null, f.Key, f.Value)))
            {
                changes.Add(new FactsRecorded([.. heard.News.Facts.Select(f => new PlacedFact(f.Key, f.Value))], heard.Service, null, heard.At.Instant));
            }

            changes.AddRange(heard.News.Provisions.Select(p => Over(state, p)).Where(p => !known.Has(p)).Select(p => new ProvisionRecorded(p)));
            changes.AddRange(heard.News.Parties.Select(p => Over(state, p)).Where(p => !known.Has(p)).Select(p => new PartyRecorded(p)));
        }

        changes.AddRange(heard.News.Events.Where(e => !state.Events.Contains(e)).Select(e => new CaseEventRecorded(e)));
        bool IsTakenBack(Evidence e) => state.TakenBack.Any(back => (back.Service, back.Record) == (heard.Service, heard.Record) && back.Evidence.IsSame(e));
        changes.AddRange(heard.News.Evidence.Where(e => !state.Evidence.Any(e.IsSame) && !IsTakenBack(e)).Select(e => new EvidenceRecorded(e)));
        changes.AddRange(heard.News.EvidenceTakenBack.Where(e => !IsTakenBack(e)).Select(e => new EvidenceTakenBack(heard.Service, heard.Record, e)));
        return new Decision.Accepted(changes.Count == 0 ? [] : WithRound(state, changes, heard.At));
    }

    /// <summary>
    /// The provision as it was told, over what the case has of it: a domain does not tell everything that others recorded. It may
    /// name a need that the case does not have (any more).
    /// </summary>
    private static ProvisionEntry Over(CaseState state, ProvisionEntry told)
    {
        var known = state.Provisions.FirstOrDefault(p => p.Id == told.Id);
        var needs = told.NeedIds.Where(id => state.Needs.Any(need => need.Id == id)).ToList();
        return told with
        {
            NeedIds = needs.Count > 0 ? needs : known?.NeedIds ?? [],
            ProviderId = told.ProviderId ?? known?.ProviderId,
            Payer = told.Payer ?? known?.Payer,
            RequestedOn = told.RequestedOn ?? known?.RequestedOn,
            From = told.From ?? known?.From,

            // What had ended and goes on again has no last day but the one that is told: the stop was taken back.
            To = told.To ?? (known is { Status: "ended" } && told.Status != "ended" ? null : known?.To),
            Product = told.Product ?? known?.Product,
            Goal = told.Goal ?? known?.Goal,
        };
    }

    /// <summary>The party as it was told, over what the case has of it: another record may know it in the same role on another provision.</summary>
    private static PartyEntry Over(CaseState state, PartyEntry told)
    {
        var known = state.Parties.FirstOrDefault(p => p.Id == told.Id);
        return told with
        {
            Profession = told.Profession ?? known?.Profession,
            Organisation = told.Organisation ?? known?.Organisation,
            ProvisionIds = known?.Role == told.Role ? [.. known.ProvisionIds.Union(told.ProvisionIds)] : told.ProvisionIds,
        };
    }

    private Decision Resume(CaseState state, CaseCommand.ResumeDeadline resume) =>
        state.Suspensions.FirstOrDefault(s => CaseState.IsOpen(s, resume.Term, resume.ItemId)) is { } standing
            ? Record(
                state, resume.At, checks => checks.Resumption(standing, resume),
                new DeadlineResumed(resume.Term, resume.ItemId, resume.On, resume.By, resume.Reason, resume.At.Instant))
            : Forbidden("TERM_RUNS", "Deze termijn staat niet stil.", "This term does not stand still.");

    /// <summary>A consent with a day of withdrawal ends those that stand; when none stands it is kept as history.</summary>
    private static CaseChange Given(CaseState state, Consent consent) =>
        consent.WithdrawnOn is { } on && state.Consents.Any(c => c.From == consent.From && c.To == consent.To && c.WithdrawnOn is null)
            ? new ConsentWithdrawn(consent.From, consent.To, on)
            : new ConsentRecorded(consent);

    /// <summary>What a person does about a finding. A document that proves something may change the case, so that everybody is asked again.</summary>
    private Decision Treat(CaseState state, CaseCommand.TreatFinding treat)
    {
        var checks = new CaseChecks(vocabulary).In(state);
        checks.Treatment(treat);
        if (checks.Faults.Count > 0)
        {
            return new Decision.Refused(new CaseError.Invalid(checks.Faults));
        }

        var (step, error) = FindingTreatments.Decide(state.Findings.Find(treat.Finding), treat.Treatment, treat.By, treat.At.Instant, state.Plan?.Version ?? 0);
        if (step is null)
        {
            return new Decision.Refused(error!);
        }

        var treated = new FindingTreated(treat.Finding, step);
        return new Decision.Accepted(treat.Treatment is FindingTreatment.Resolve { Evidence: var proof } && !state.Evidence.Any(proof.IsSame)
            ? WithRound(state, [treated, new EvidenceRecorded(proof)], treat.At)
            : [treated]);
    }

    /// <summary>What a person does in the work. Most of it is between people and asks nobody anything.</summary>
    private Decision Do(CaseState state, CaseCommand.DoWork work)
    {
        var checks = new CaseChecks(vocabulary).In(state);
        checks.Check(work, state);
        if (checks.Faults.Count > 0)
        {
            return new Decision.Refused(new CaseError.Invalid(checks.Faults));
        }

        var (changes, asks, error) = works.Decide(state, work);
        return error is not null ? new Decision.Refused(error) : new Decision.Accepted(asks ? WithRound(state, [.. changes], work.At) : changes);
    }

    /// <summary>
    /// An answer counts when its service is awaited in its round. From a service that was given up on in this round it is news: a
    /// new round begins, in which what it changes is asked again. Anything else was answered before or belongs to the past.
    /// </summary>
    private Decision TakeAnswer(CaseState state, CaseCommand.TakeAnswer answer)
    {
        var awaited = state.Pending.GetValueOrDefault(answer.Service);
        var givenUp = state.TimedOut.GetValueOrDefault(answer.Service);
        if (answer.Round != state.Round || (awaited ?? givenUp) is not { } digest)
        {
            return new Decision.Accepted([]);
        }

        var checks = new CaseChecks(vocabulary).In(state);
        checks.Rows(answer.Rows, answer.Service);
        if (checks.Faults.Count > 0)
        {
            return new Decision.Refused(new CaseError.Invalid(checks.Faults));
        }

        CaseChange answered = new CoverageAnswered(answer.Round, answer.Service, digest, answer.Rows);
        return new Decision.Accepted(awaited is not null
            ? GoOn(CaseState.Evolve(state, answered), [answered], answer.At)
            : WithRound(state, [answered], answer.At));
    }

    private Decision.Accepted EndWaiting(CaseState state, CaseCommand.EndWaiting end)
    {
        var silent = state.Pending.Keys.Where(s => end.Services.Count == 0 || end.Services.Contains(s)).Order(StringComparer.Ordinal).ToList();
        if (end.Round != state.Round || silent.Count == 0)
        {
            return new Decision.Accepted([]);
        }

        CaseChange timedOut = new CoverageTimedOut(end.Round, silent);
        return new Decision.Accepted(GoOn(CaseState.Evolve(state, timedOut), [timedOut], end.At));
    }

    /// <summary>The changes, and the round that they start. A case without needs has nothing to ask, and data whose use is restricted are shown to nobody.</summary>
    private List<CaseChange> WithRound(CaseState state, List<CaseChange> changes, Moment at)
    {
        var after = changes.Aggregate(state, CaseState.Evolve);
        if (after.Needs.Count == 0 || after.Restriction is not null)
        {
            return changes;
        }

        var started = new RoundStarted(state.Round + 1, after.Opened!.AsOf ?? at.Day, PoliciesFor(after));
        changes.Add(started);
        return GoOn(CaseState.Evolve(after, started), changes, at);
    }

    private string PoliciesFor(CaseState state) => assessor.PoliciesFor(state.Opened!.Tenant, state.Opened.Insurer);

    /// <summary>Asks whoever must be asked next; makes the plan when nobody is awaited any more.</summary>
    private List<CaseChange> GoOn(CaseState state, List<CaseChange> changes, Moment at)
    {
        if (!state.IsAsking)
        {
            return changes;
        }

        Case? whole = null; // Only made when somebody is asked or the plan is made.
        var zvw = Ask(Services.Zvw, null);
        if (zvw is null && !state.TimedOut.ContainsKey(Services.Zvw))
        {
            return changes;
        }

        var answers = new Dictionary<string, IReadOnlyList<Coverage>>();
        if (zvw is not null)
        {
            answers[Services.Zvw] = zvw;
        }

        var waiting = false;
        foreach (var service in Services.AfterZvw)
        {
            if (Ask(service, zvw) is { } rows)
            {
                answers[service] = rows;
            }
            else
            {
                waiting |= !state.TimedOut.ContainsKey(service);
            }
        }

        if (!waiting)
        {
            var plan = MakePlan(state, assessor.Assemble(Whole(), answers), at);
            changes.Add(plan);
            var planned = (plan as PlanMade)?.Plan ?? state.Plan!;
            changes.AddRange(state.Findings.MovesTo(planned, at.Instant));
            changes.AddRange(state.Work.MovesTo(planned, at.Instant));
        }

        return changes;

        Case Whole() => whole ??= state.ToCase(vocabulary);

        // The answer that stands for what the service sees now; else null, and the service is asked unless it was already.
        IReadOnlyList<Coverage>? Ask(string service, IReadOnlyList<Coverage>? zvwRows)
        {
            // What a service sees does not change within a round: whatever changes it begins another. So what was asked in it need not be worked out again.
            var standing = state.Answers.GetValueOrDefault(service);
            if (standing?.Round == state.Round)
            {
                return standing.Rows;
            }

            if (state.Pending.ContainsKey(service))
            {
                return null;
            }

            var question = assessor.QuestionFor(service, Whole(), zvwRows);
            var digest = ViewDigest.Of(question, state.RoundPolicies);
            if (standing?.ViewDigest == digest)
            {
                return standing.Rows;
            }

            if (!state.TimedOut.ContainsKey(service))
            {
                changes.Add(new CoverageAsked(state.Round, service, CaseDocument.Of(question.View), question.Suggested, digest));
            }

            return null;
        }
    }

    private CaseChange MakePlan(CaseState state, CaseAssessment assessment, Moment at)
    {
        var plan = plans.Make(assessment, (state.Plan?.Version ?? 0) + 1, state.HandOvers, state.Questions);
        return state.Plan is { } old && SameContent(old, plan)
            ? new PlanConfirmed(state.Round, old.Version, plan.AsOf)
            : new PlanMade(state.Round, at.Instant, plan, state.Plan is null ? [] : differences.Between(state.Plan, plan));
    }

    /// <summary>A plan that differs in its number and day alone is no new version: nobody has anything to read.</summary>
    private static bool SameContent(Plan left, Plan right) => Bare(left) == Bare(right);

    private static string Bare(Plan plan) => JsonSerializer.Serialize(
        plan with { Version = 0, AsOf = default, Coverage = [.. plan.Coverage.Select(c => c with { ValidAt = default })] });

    private static Decision.Refused Forbidden(string type, string nl, string en) => new(new CaseError.Forbidden(type, new Sentence(nl, en)));
}
