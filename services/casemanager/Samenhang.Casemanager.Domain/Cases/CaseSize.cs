using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Cases;

/// <summary>
/// How much a case can hold. Far more than a life brings; without an end one client, or one broken system that reports, could make a
/// case of which every question takes seconds.
/// </summary>
public static class CaseSize
{
    /// <summary>The most needs, and as many provisions, parties, consents, documents and standstills of terms.</summary>
    public const int MostItems = 1000;

    /// <summary>The most that can have happened.</summary>
    public const int MostEvents = 5000;

    /// <summary>Why a case cannot take these changes; null when it can.</summary>
    public static CaseError? WhyNot(CaseState state, IReadOnlyList<CaseChange> changes)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(changes);
        return Full(state.Needs.Count, changes.OfType<NeedAdded>().Count(), "behoeften", "needs")
            ?? Full(state.Provisions.Count, changes.OfType<ProvisionRecorded>().Select(c => c.Provision.Id).Distinct().Count(id => state.Provisions.All(known => known.Id != id)), "voorzieningen", "provisions")
            ?? Full(state.Parties.Count, changes.OfType<PartyRecorded>().Select(c => c.Party.Id).Distinct().Count(id => state.Parties.All(known => known.Id != id)), "betrokkenen", "parties")
            ?? Full(state.Consents.Count, changes.OfType<ConsentRecorded>().Count(), "toestemmingen", "consents")
            ?? Full(state.Evidence.Count, changes.OfType<EvidenceRecorded>().Count(), "documenten", "documents")
            ?? Full(state.Suspensions.Count, changes.OfType<DeadlineSuspended>().Count(), "keren dat een termijn stilstaat", "standstills of terms")
            ?? Full(state.Events.Count, changes.OfType<CaseEventRecorded>().Count(), "gebeurtenissen", "events", MostEvents);

        static CaseError? Full(int had, int come, string nl, string en, int most = MostItems) => come == 0 || had + come <= most
            ? null
            : new CaseError.Forbidden("CASE_FULL", new Sentence($"Een casus heeft ten hoogste {most} {nl}.", $"A case has at most {most} {en}."));
    }
}
