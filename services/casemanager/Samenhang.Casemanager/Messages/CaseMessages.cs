using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Escalations;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Households;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Casemanager.Vault;
using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Messages.Cases;
using Samenhang.Messages.Employer;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Messages;

/// <summary>Names the changes of a case in the store, and makes the questions to the domains from them.</summary>
public sealed class CaseMessages
{
    private Pseudonyms? pseudonyms;
    private Vocabulary? vocabulary;

    /// <summary>Takes what a message is made with; once, before the first is published.</summary>
    public void Use(IServiceProvider services)
    {
        pseudonyms = services.GetRequiredService<Pseudonyms>();
        vocabulary = services.GetRequiredService<Vocabulary>();
    }

    /// <summary>Names every change, for ever.</summary>
    public void Name(EventNames<CaseChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        changes
            .Add<CaseOpened>("case-opened")
            .Add<CaseAssigned>("case-assigned")
            .Add<FactsRecorded>("facts-recorded")
            .Add<NeedAdded>("need-added")
            .Add<ProvisionRecorded>("provision-recorded")
            .Add<PartyRecorded>("party-recorded")
            .Add<ConsentRecorded>("consent-recorded")
            .Add<ConsentWithdrawn>("consent-withdrawn")
            .Add<CaseEventRecorded>("case-event-recorded")
            .Add<EvidenceRecorded>("evidence-recorded")
            .Add<EvidenceTakenBack>("evidence-taken-back")
            .Add<RecordHeard>("record-heard")
            .Add<HouseholdHeard>("household-heard")
            .Add<QuestionLeftOpen>("question-left-open")
            .Add<FindingsRaised>("findings-raised")
            .Add<FindingsClosed>("findings-closed")
            .Add<FindingTreated>("finding-treated")
            .Add<WorkWritten>("work-written")
            .Add<ProposalDeclined>("proposal-declined")
            .Add<ProposalsLapsed>("proposals-lapsed")
            .Add<HandOverOffered>("hand-over-offered")
            .Add<HandOverStepped>("hand-over-stepped")
            .Add<EscalationOpened>("escalation-opened")
            .Add<EscalationClosed>("escalation-closed")
            .Add<DeadlineSuspended>("deadline-suspended")
            .Add<DeadlineResumed>("deadline-resumed")
            .Add<DayBegan>("day-began")
            .Add<RoundStarted>("round-started")
            .Publish<CoverageAsked>("coverage-asked", Question)
            .Add<CoverageAnswered>("coverage-answered")
            .Add<CoverageTimedOut>("coverage-timed-out")
            .Add<PlanMade>("plan-made")
            .Add<PlanConfirmed>("plan-confirmed")
            .Add<ProcessingRestricted>("processing-restricted")
            .Add<RestrictionLifted>("restriction-lifted");
    }

    /// <summary>Names every change of an erasure, for ever.</summary>
    public void NameErasure(EventNames<ErasureChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        changes.Add<CaseErased>("case-erased").Publish<DomainAskedToErase>("domain-asked-to-erase", Erasure);
    }

    /// <summary>What a domain hears of an erasure: its own name for the case and nothing else.</summary>
    private object Erasure(DomainAskedToErase asked, EventOrigin origin)
    {
        var names = pseudonyms ?? throw new InvalidOperationException("An erasure was told before the service was mapped.");
        var pseudonym = names.Of(asked.Service, origin.Key);
        return asked.Service switch
        {
            ServiceNames.Zvw => new EraseZvwCase(pseudonym),
            ServiceNames.Gemeente => new EraseGemeenteCase(pseudonym),
            ServiceNames.Uwv => new EraseUwvCase(pseudonym),
            ServiceNames.Employer => new EraseEmployerCase { CasePseudonym = pseudonym },
            _ => throw new InvalidOperationException($"{asked.Service} is no domain."),
        };
    }

    /// <summary>The question to a domain: its own message type, with its own name for the case.</summary>
    private object Question(CoverageAsked asked, EventOrigin origin)
    {
        var words = vocabulary ?? throw new InvalidOperationException("A question was made before the service was mapped.");
        var pseudonym = pseudonyms!.Of(asked.Service, origin.Key);
        var view = asked.View.ToCase(words);
        IReadOnlyList<SuggestedScheme> suggested = [.. asked.Suggested.Select(row => new SuggestedScheme(row.NeedId, row.Scheme))];
        return asked.Service switch
        {
            ServiceNames.Zvw => new AskZvwCoverage(asked.Round, CaseView.Of(view, pseudonym), suggested),
            ServiceNames.Gemeente => new AskGemeenteCoverage(asked.Round, CaseView.Of(view, pseudonym), suggested),
            ServiceNames.Uwv => new AskUwvCoverage(asked.Round, CaseView.Of(view, pseudonym), suggested),
            ServiceNames.Employer => ToEmployer(pseudonyms.ForEmployer(origin.Key)),
            _ => throw new InvalidOperationException($"{asked.Service} is no domain."),
        };

        AskEmployerCoverage ToEmployer(EmployerNames names) => EmployerQuestion.Of(names.In(view), suggested.Select(row => row with { NeedId = names.Of(row.NeedId) }), pseudonym, asked.Round, words);
    }
}
