using System.Text.RegularExpressions;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Plans;

/// <summary>
/// The terms that run in a case, from deadlines.json. Only what the case shows: a term whose start is not known, or whose trigger
/// is no fact, event or provision, is left out; a term with nothing that can show it was met is never called missed.
/// </summary>
public sealed partial class Deadlines(Vocabulary vocabulary)
{
    /// <summary>A term counts as near when it has at most so many days to go.</summary>
    public const int NearDays = 14;

    private readonly Dictionary<string, string> flagOfDeadline = vocabulary.Deadlines
        .Select(d => (d.Id, Flag: vocabulary.Flags.FirstOrDefault(f => FlagWord().Match(d.WhatHappensIfMissed) is { Success: true } word && word.Groups[1].Value == f.Id)?.Id))
        .Where(d => d.Flag is not null).ToDictionary(d => d.Id, d => d.Flag!);

    /// <summary>The terms of the case on its day, the first due first.</summary>
    public IReadOnlyList<PlanDeadline> Of(Case @case)
    {
        ArgumentNullException.ThrowIfNull(@case);
        return [.. vocabulary.Deadlines
            .Where(d => d is { IsTerm: true, LabelNl: not null, Length: > 0 })
            .SelectMany(d => Starts(d.Trigger, @case)
                .Where(start => start.On <= @case.AsOf && d.While.All(w => Known(w.Key, start.Item, @case) == w.Value))
                .Select(start => Make(d, start.Item, start.On, @case)))
            .OfType<PlanDeadline>()
            .OrderBy(d => d.Due).ThenBy(d => d.Id, StringComparer.Ordinal).ThenBy(d => d.ItemId, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The last day in time. A term of days or months counts from the day after its start; a term of weeks counts weeks of the
    /// absence, in which the first day belongs to week 1. The months clamp to the last day of a shorter month.
    /// </summary>
    public static DateOnly? LastDay(DateOnly start, decimal length, string unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Split(' ', ',')[0] switch
        {
            "days" => start.AddDays((int)length),
            "weeks" => start.AddDays(((int)length * 7) - 1),
            "months" => start.AddMonths((int)length),
            "years" => start.AddMonths((int)length * 12),
            _ => null,
        };
    }

    private PlanDeadline? Make(Deadline deadline, object? item, DateOnly start, Case @case)
    {
        if (LastDay(start, deadline.Length!.Value, deadline.Unit) is not { } due)
        {
            return null;
        }

        var metOn = deadline.MetBy is { } metBy ? Met(metBy, item, start, @case) : null;
        if (metOn is null && due < @case.AsOf && deadline.MetBy is null && deadline.While.Count == 0 && item is null)
        {
            // It ended, nothing can show how, and nothing in the case still depends on it: history, not plan.
            return null;
        }

        return new PlanDeadline
        {
            Id = deadline.Id,
            ItemId = item switch { Need n => n.Id, Provision p => p.Id, _ => null },
            Title = new Sentence(deadline.LabelNl!, deadline.Id),
            StartedOn = start,
            Due = due,
            MetOn = metOn,
            Status = Status(due, metOn, @case.AsOf, deadline.MetBy is not null),
            Owner = @case.Parties.FirstOrDefault(p => p.Role == deadline.Owner)?.Id ?? deadline.Owner,
            Flag = flagOfDeadline.GetValueOrDefault(deadline.Id),
            RuleIds = deadline.Rules,
        };
    }

    private static DeadlineStatus Status(DateOnly due, DateOnly? metOn, DateOnly asOf, bool canBeMet) => metOn is { } met
        ? met <= due ? DeadlineStatus.Met : DeadlineStatus.MetLate
        : (due.DayNumber - asOf.DayNumber) switch
        {
            < 0 => canBeMet ? DeadlineStatus.Missed : DeadlineStatus.Passed,
            0 => DeadlineStatus.Due,
            <= NearDays => DeadlineStatus.Near,
            _ => DeadlineStatus.Running,
        };

    /// <summary>The days on which the trigger happened, each with the need or provision it is about (null = the whole case).</summary>
    private IEnumerable<(object? Item, DateOnly On)> Starts(string trigger, Case @case)
    {
        if (vocabulary.FactById.TryGetValue(trigger, out var fact))
        {
            return fact.Type != FactType.Date ? []
                : new (object? Item, Value Value)[] { (null, @case.Facts[fact]) }
                    .Concat(@case.Needs.Select(n => (Item: (object?)n, Value: n.Facts[fact])))
                    .Concat(@case.Provisions.Select(p => (Item: (object?)p, Value: p.Facts[fact])))
                    .Where(f => f.Value.IsKnown).Select(f => (f.Item, f.Value.Date));
        }

        if (trigger.StartsWith("event:", StringComparison.Ordinal))
        {
            var last = @case.Events.Where(e => e.Type == trigger[6..] && e.Date <= @case.AsOf).Select(e => (DateOnly?)e.Date).Max();
            return last is { } day ? [(null, day)] : [];
        }

        if (ProvisionTrigger().Match(trigger) is { Success: true } match)
        {
            return from p in @case.Provisions
                   where vocabulary.Matches(match.Groups[1].Value, p.Scheme)
                   let day = match.Groups[2].Value == "from"
                       ? p.Status is "granted" or "running" ? p.From : null
                       : p.Status is "requested" or "offered" or "granted" or "running" ? p.RequestedOn : null
                   where day is not null
                   select ((object?)p, day.Value);
        }

        return [];
    }

    private DateOnly? Met(string metBy, object? item, DateOnly start, Case @case)
    {
        DateOnly? met = metBy switch
        {
            "provision.from" => item is Provision p ? p.From : null,
            _ when metBy.StartsWith("event:", StringComparison.Ordinal) => @case.Events.Where(e => e.Type == metBy[6..] && e.Date >= start).Select(e => (DateOnly?)e.Date).Min(),
            _ => Known(metBy, item, @case) is { Kind: ValueKind.Date } value ? value.Date : null,
        };
        return met <= @case.AsOf ? met : null;
    }

    private Value Known(string factId, object? item, Case @case)
    {
        var fact = vocabulary.FactById[factId];
        var own = item switch { Need n => n.Facts[fact], Provision p => p.Facts[fact], _ => Value.Unknown };
        return own.IsKnown ? own : @case.Facts[fact];
    }

    [GeneratedRegex(@"\bflag ([a-z0-9.-]*[a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FlagWord();

    [GeneratedRegex(@"^provision:([^.]+)\.(from|requestedOn)$", RegexOptions.CultureInvariant)]
    private static partial Regex ProvisionTrigger();
}
