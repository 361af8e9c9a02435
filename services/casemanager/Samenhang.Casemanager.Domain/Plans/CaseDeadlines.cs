using System.Text.RegularExpressions;
using Samenhang.Deadlines;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Plans;

/// <summary>
/// The terms that run in a case, from deadlines.json. Only what the case shows: a term whose start is not known, or whose trigger
/// is no fact, event or provision, is left out; a term with nothing that can show it was met is never called missed.
/// </summary>
public sealed partial class CaseDeadlines(Vocabulary vocabulary)
{
    // Without a Dutch name it is no date in a client's plan.
    private readonly DeadlineBook book = new(vocabulary.Deadlines.Where(d => d.LabelNl is not null));

    /// <summary>The terms of the case on its day, the first due first.</summary>
    public IReadOnlyList<PlanDeadline> Of(Case @case)
    {
        ArgumentNullException.ThrowIfNull(@case);
        return [.. book.Of(new CaseRecord(@case, vocabulary)).Where(d => !IsHistory(d)).Select(d => Make(d, @case))];
    }

    /// <summary>It ended, nothing can show how, and nothing in the case still depends on it: history, not plan.</summary>
    private static bool IsHistory(RunningDeadline d) =>
        d is { Status: DeadlineStatus.Passed, ItemId: null, Definition.While.Count: 0 };

    private static PlanDeadline Make(RunningDeadline running, Case @case)
    {
        var deadline = running.Definition;
        return new PlanDeadline
        {
            Id = deadline.Id,
            ItemId = running.ItemId,
            Title = new Sentence(deadline.LabelNl!, deadline.LabelEn.Length > 0 ? deadline.LabelEn : deadline.Id),
            StartedOn = running.Term.Start,
            Due = running.Term.Due,
            OriginalDue = running.Term.HasMoved ? running.Term.OriginalDue : null,
            Suspensions = running.Suspensions,
            MetOn = running.MetOn,
            Status = running.Status,
            Owner = @case.Parties.FirstOrDefault(p => p.Role == deadline.Owner)?.Id ?? deadline.Owner,
            Flag = deadline.Flag,
            IsContext = deadline.Basis == DeadlineBasis.Context,
            Source = deadline.Source,
            RuleIds = deadline.Rules,
        };
    }

    /// <summary>A case as a record of what starts and meets terms.</summary>
    private sealed partial class CaseRecord(Case @case, Vocabulary vocabulary) : IDeadlineRecord
    {
        private const string EventPrefix = "event:";

        public DateOnly Today => @case.AsOf;

        public IEnumerable<(string? ItemId, DateOnly On)> Starts(string trigger)
        {
            if (vocabulary.FactById.TryGetValue(trigger, out var fact))
            {
                return fact.Type != FactType.Date ? []
                    : new (string? ItemId, Value Value)[] { (null, @case.Facts[fact]) }
                        .Concat(@case.Needs.Select(n => (ItemId: (string?)n.Id, Value: n.Facts[fact])))
                        .Concat(@case.Provisions.Select(p => (ItemId: (string?)p.Id, Value: p.Facts[fact])))
                        .Where(f => f.Value.IsKnown).Select(f => (f.ItemId, f.Value.Date));
            }

            if (trigger.StartsWith(EventPrefix, StringComparison.Ordinal))
            {
                var last = @case.Events.Where(e => e.Type == trigger[EventPrefix.Length..] && e.Date <= @case.AsOf).Select(e => (DateOnly?)e.Date).Max();
                return last is { } day ? [(null, day)] : [];
            }

            if (ProvisionTrigger().Match(trigger) is { Success: true } match)
            {
                return from p in @case.Provisions
                       where vocabulary.Matches(match.Groups[1].Value, p.Scheme)
                       let day = match.Groups[2].Value == "from"
                           ? p.Status is "granted" or "running" ? p.From : null
                           : p.Status is "requested" or "offered" or "granted" or "running" ? WaitingTime.Since(p, @case, vocabulary) : null
                       where day is not null
                       select ((string?)p.Id, day.Value);
            }

            return [];
        }

        public DateOnly? Met(string metBy, string? itemId, DateOnly from, bool again)
        {
            if (metBy.StartsWith(EventPrefix, StringComparison.Ordinal))
            {
                return @case.Events.Where(e => e.Type == metBy[EventPrefix.Length..] && e.Date >= from).Select(e => (DateOnly?)e.Date).Min();
            }

            var day = metBy == "provision.from" ? @case.Provisions.FirstOrDefault(p => p.Id == itemId)?.From
                : vocabulary.FactById.TryGetValue(metBy, out var fact) && Known(fact, itemId) is { Kind: ValueKind.Date } value ? value.Date : null;
            return again && day < from ? null : day;
        }

        public bool Holds(IReadOnlyDictionary<string, Value> conditions, string? itemId) =>
            conditions.All(condition => Known(vocabulary.FactById[condition.Key], itemId) == condition.Value);

        public IEnumerable<Suspension> Suspensions(Deadline deadline, string? itemId) =>
            @case.Suspensions.Where(s => s.Concerns(deadline.Id, itemId)).Select(s => new Suspension(s.From, s.To, s.By, s.Reason));

        /// <summary>The value on the item, else that of the case. An item is a need or a provision.</summary>
        private Value Known(FactDefinition fact, string? itemId)
        {
            var own = itemId is null ? Value.Unknown
                : @case.Needs.FirstOrDefault(n => n.Id == itemId) is { } need ? need.Facts[fact]
                : @case.Provisions.FirstOrDefault(p => p.Id == itemId) is { } provision ? provision.Facts[fact] : Value.Unknown;
            return own.IsKnown ? own : @case.Facts[fact];
        }

        [GeneratedRegex(@"^provision:([^.]+)\.(from|requestedOn)$", RegexOptions.CultureInvariant)]
        private static partial Regex ProvisionTrigger();
    }
}
