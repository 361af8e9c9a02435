using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.History;

/// <summary>A change of a case with the moment at which it was written; what was written together has one moment.</summary>
public sealed record DatedChange(DateTimeOffset At, CaseChange Change);

/// <summary>What became known when: the two times of a fact, the day from which it holds and the moment at which it was recorded. Pure.</summary>
/// <param name="dayOf">The day on which a moment falls where the client lives.</param>
public sealed class FactHistory(Func<DateTimeOffset, DateOnly> dayOf)
{
    /// <summary>The case as it was known at a moment: what was written later does not count.</summary>
    public static CaseState AsKnown(IEnumerable<DatedChange> log, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(log);
        return CaseState.From(log.TakeWhile(written => written.At <= at).Select(written => written.Change));
    }

    /// <summary>What is known now of each fact on its place, who said so and when; what was taken back does not stand in it.</summary>
    public static IReadOnlyDictionary<(string Fact, ItemKind On, string? ItemId), RecordedValue> Known(IEnumerable<DatedChange> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var newest = new Dictionary<(string Fact, ItemKind On, string? ItemId), RecordedValue>();
        (string Service, DateTimeOffset At)? heard = null;
        foreach (var (at, change) in log)
        {
            heard = change is RecordHeard record ? (record.Service, at) : heard;
            var by = heard is { } teller && teller.At == at ? teller.Service : Services.Casemanager;
            var (on, id, facts) = change switch
            {
                NeedAdded { Need: var need } => (ItemKind.Need, need.Id, need.Facts),
                ProvisionRecorded { Provision: var provision } => (ItemKind.Provision, provision.Id, provision.Facts),
                PartyRecorded { Party: var party } => (ItemKind.Party, party.Id, party.Facts),
                _ => (ItemKind.Case, "", (IReadOnlyDictionary<string, Value>?)null),
            };
            foreach (var (fact, value) in facts ?? System.Collections.Immutable.ImmutableDictionary<string, Value>.Empty)
            {
                newest[(fact, on, id)] = new RecordedValue(value, null, at, by);
            }

            if (change is FactsRecorded recorded)
            {
                foreach (var fact in recorded.Facts)
                {
                    newest[(fact.Fact, fact.On, fact.ItemId)] = new RecordedValue(fact.Value, recorded.HoldsFrom, recorded.Recorded, recorded.Source);
                }
            }
        }

        return newest.Where(fact => fact.Value.Value.IsKnown).ToDictionary();
    }

    /// <summary>
    /// The facts that were recorded late, corrected or taken back, the oldest recording first. What the case was opened with is the
    /// beginning, and a value that holds from a later day than the one before is news and no correction. With each stands which domains were shown
    /// the value before: what was sent to a domain is in the log, and a correction that a domain may see leads to a new question in the same round.
    /// </summary>
    public IReadOnlyList<FactCorrection> Corrections(IEnumerable<DatedChange> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var found = new List<FactCorrection>();
        var asked = new List<(int Index, DateTimeOffset At, CoverageAsked Question)>();
        var newest = new Dictionary<(string, ItemKind, string?), (RecordedValue Value, int Index)>();
        var index = -1;
        DateTimeOffset? opened = null;
        (string Service, DateTimeOffset At)? heard = null;
        foreach (var (at, change) in log)
        {
            index++;
            opened ??= at;
            heard = change is RecordHeard record ? (record.Service, at) : heard;
            var by = heard is { } teller && teller.At == at ? teller.Service : Services.Casemanager;
            switch (change)
            {
                case FactsRecorded recorded:
                    foreach (var fact in recorded.Facts)
                    {
                        Take(fact, new RecordedValue(fact.Value, recorded.HoldsFrom, recorded.Recorded, recorded.Source), mayBeLate: at != opened);
                    }

                    break;
                case NeedAdded { Need: var need }:
                    Stated(need.Facts, ItemKind.Need, need.Id, at, by);
                    break;
                case ProvisionRecorded { Provision: var provision }:
                    Stated(provision.Facts, ItemKind.Provision, provision.Id, at, by);
                    break;
                case PartyRecorded { Party: var party }:
                    Stated(party.Facts, ItemKind.Party, party.Id, at, by);
                    break;
                case CoverageAsked question:
                    asked.Add((index, at, question));
                    break;
            }
        }

        return [.. found.Select(correction => correction with { Shown = Shown(correction, asked) })];

        // The state of an item comes with the item: its first facts are not late.
        void Stated(IReadOnlyDictionary<string, Value> facts, ItemKind on, string id, DateTimeOffset at, string by)
        {
            foreach (var (fact, value) in facts)
            {
                Take(new PlacedFact(fact, value, on, id), new RecordedValue(value, null, at, by), mayBeLate: false);
            }
        }

        void Take(PlacedFact fact, RecordedValue now, bool mayBeLate)
        {
            var place = (fact.Fact, fact.On, fact.ItemId);
            var known = newest.TryGetValue(place, out var earlier);
            var before = known ? earlier.Value : null;
            newest[place] = (now, index);
            var isLate = now.HoldsFrom is null || now.HoldsFrom < dayOf(now.RecordedAt);
            CorrectionKind? kind =
                before is not { Value.IsKnown: true } ? now.Value.IsKnown && mayBeLate && isLate ? CorrectionKind.Late : null
                : before.Value == now.Value ? null
                : now.HoldsFrom is { } from && (before.HoldsFrom is null || before.HoldsFrom < from) ? isLate ? CorrectionKind.Late : null
                : now.Value.IsKnown ? CorrectionKind.Corrected : CorrectionKind.TakenBack;
            if (kind is { } way)
            {
                found.Add(new FactCorrection(way, fact.Fact, fact.On, fact.ItemId, before, now) { BeforeIndex = known ? earlier.Index : -1, Index = index });
            }
        }
    }

    private static IReadOnlyList<ShownToDomain> Shown(FactCorrection correction, IReadOnlyList<(int Index, DateTimeOffset At, CoverageAsked Question)> asked)
    {
        if (correction.Before is not { Value: { IsKnown: true } old })
        {
            return [];
        }

        return
        [
            .. from one in asked
               where one.Index > correction.BeforeIndex && one.Index < correction.Index && IsIn(one.Question.View)
               group one by one.Question.Service into of
               let anew = asked.Where(one => one.Index > correction.Index && one.Question.Service == of.Key && !IsIn(one.Question.View)).Select(one => (DateTimeOffset?)one.At).FirstOrDefault()
               orderby of.Key
               select new ShownToDomain(of.Key, of.Max(one => one.At), anew),
        ];

        bool IsIn(CaseDocument view) => FactsOf(view, correction)?.TryGetValue(correction.Fact, out var shown) == true && shown == old;
    }

    private static IReadOnlyDictionary<string, Value>? FactsOf(CaseDocument view, FactCorrection correction) => correction.On switch
    {
        ItemKind.Case => view.Facts,
        ItemKind.Need => view.Needs.FirstOrDefault(need => need.Id == correction.ItemId)?.Facts,
        ItemKind.Provision => view.Provisions.FirstOrDefault(provision => provision.Id == correction.ItemId)?.Facts,
        ItemKind.Party => view.Parties.FirstOrDefault(party => party.Id == correction.ItemId)?.Facts,
    };
}
