using System.Collections.Frozen;
using System.Text.Json;

namespace Samenhang.Language;

/// <summary>Reads deadlines.json and checks it against the rest of the vocabulary.</summary>
internal static class DeadlineReader
{
    private const string EventPrefix = "event:";
    private const string RecordPrefix = "record:";
    private const string ProvisionStart = "provision.from";

    private static readonly FrozenDictionary<string, TermUnit> Units = Enum.GetValues<TermUnit>().ToFrozenDictionary(unit => JsonNamingPolicy.CamelCase.ConvertName(unit.ToString()));

    /// <summary>One entry.</summary>
    public static Deadline Read(JsonElement entry, List<string> faults)
    {
        var id = entry.GetProperty("id").GetString()!;
        TermUnit? unit = Text(entry, "unit") is not { } code ? null
            : Units.TryGetValue(code, out var known) ? known
            : Report<TermUnit>(faults, $"deadlines.json: {id}: unit {code} is none of {string.Join(", ", Units.Keys.Order(StringComparer.Ordinal))}");
        var deadline = new Deadline
        {
            Id = id,
            LabelNl = Text(entry, "labelNl"),
            LabelEn = Text(entry, "labelEn") ?? "",
            Trigger = Text(entry, "trigger"),
            Follows = entry.TryGetProperty("follows", out var follows) ? ReadFollows(id, follows, faults) : null,
            Length = entry.TryGetProperty("length", out var length) && length.ValueKind == JsonValueKind.Number ? length.GetDecimal() : null,
            Unit = unit,
            UnitNote = Text(entry, "unitNote"),
            CountedBack = Is(entry, "countedBack"),
            Termijnenwet = Is(entry, "termijnenwet"),
            TermijnenwetWhy = Text(entry, "termijnenwetWhy"),
            Suspendable = Is(entry, "suspendable"),
            Recurs = Is(entry, "recurs"),
            Owner = Text(entry, "owner")!,
            IsTerm = Text(entry, "kind") == "term",
            While = entry.TryGetProperty("while", out var states)
                ? states.EnumerateObject().ToFrozenDictionary(p => p.Name, p => VocabularyLoader.ParameterValue(p.Value, "")) : FrozenDictionary<string, Value>.Empty,
            MetBy = Text(entry, "metBy"),
            Flag = Text(entry, "flag"),
            Basis = Text(entry, "validityBasis") == "context" ? DeadlineBasis.Context : DeadlineBasis.Document,
            Source = Text(entry, "source"),
            Rules = entry.TryGetProperty("rules", out var rules) ? [.. rules.EnumerateArray().Select(rule => rule.GetString()!)] : [],
            WhatHappensIfMissed = Text(entry, "whatHappensIfMissed")!,
        };
        return entry.TryGetProperty("near", out var near) ? deadline with { Near = near.GetInt32() } : deadline;
    }

    /// <summary>What must hold of every entry.</summary>
    public static void Check(Vocabulary vocabulary, List<string> faults)
    {
        var ids = vocabulary.Deadlines.Select(d => d.Id).ToList();
        faults.AddRange(ids.GroupBy(id => id).Where(g => g.Count() > 1).Select(g => $"deadlines.json: {g.Key} stands {g.Count()} times"));
        foreach (var deadline in vocabulary.Deadlines)
        {
            faults.AddRange(FaultsOf(deadline, vocabulary, ids).Select(fault => $"deadlines.json: {deadline.Id}: {fault}"));
        }
    }

    private static IEnumerable<string> FaultsOf(Deadline deadline, Vocabulary vocabulary, List<string> ids)
    {
        foreach (var name in deadline.While.Keys.Concat(deadline.MetBy is { } met && !IsOtherThanFact(met) ? [met] : []).Where(name => !vocabulary.FactById.ContainsKey(name)))
        {
            yield return $"{name} is no fact";
        }

        foreach (var type in new[] { deadline.Trigger, deadline.MetBy }.Where(name => name?.StartsWith(EventPrefix, StringComparison.Ordinal) == true).Select(name => name![EventPrefix.Length..]).Where(type => !vocabulary.EventTypes.Contains(type)))
        {
            yield return $"{type} is no event type";
        }

        if (deadline.Trigger is null == deadline.Follows is null)
        {
            yield return "it needs either a trigger or another term that it follows";
        }

        if (deadline.Follows is { } follows && (!ids.Contains(follows.Deadline) || LeadsBack(deadline, vocabulary)))
        {
            yield return $"it follows {follows.Deadline}, which {(ids.Contains(follows.Deadline) ? "follows it" : "is no term")}";
        }

        if (deadline.Length > 0 && deadline is { Unit: not null } && decimal.Truncate(deadline.Length.Value) != deadline.Length)
        {
            yield return "its length is no whole number";
        }

        if (deadline is { IsTerm: true, Unit: not null, TermijnenwetWhy: null })
        {
            yield return "it does not say why the Algemene termijnenwet holds for it or not";
        }

        if (deadline is { CountedBack: true, Follows: null } or { CountedBack: true, Termijnenwet: true } or { CountedBack: true, Suspendable: true })
        {
            yield return "a term counted back follows another, moves only with it, and is outside the Algemene termijnenwet";
        }

        if (deadline is { Recurs: true, MetBy: null })
        {
            yield return "it begins anew when it is met, but nothing shows that";
        }

        if (deadline is { Basis: DeadlineBasis.Context, Source: null } or { Basis: DeadlineBasis.Document, Rules.Count: 0 })
        {
            yield return "it names neither rules of our documents nor, marked context, the article that sets it";
        }

        if (deadline.Flag is { } flag && vocabulary.Flags.All(f => f.Id != flag))
        {
            yield return $"{flag} is no finding";
        }
    }

    private static bool IsOtherThanFact(string metBy) =>
        metBy == ProvisionStart || metBy.StartsWith(EventPrefix, StringComparison.Ordinal) || metBy.StartsWith(RecordPrefix, StringComparison.Ordinal);

    private static bool LeadsBack(Deadline deadline, Vocabulary vocabulary)
    {
        var seen = new HashSet<string> { deadline.Id };
        for (var next = deadline.Follows?.Deadline; next is not null; next = vocabulary.Deadlines.FirstOrDefault(d => d.Id == next)?.Follows?.Deadline)
        {
            if (!seen.Add(next))
            {
                return true;
            }
        }

        return false;
    }

    private static Follows ReadFollows(string id, JsonElement follows, List<string> faults) => new(
        Text(follows, "deadline") ?? "",
        Text(follows, "at") switch
        {
            "met" => FollowsAt.Met,
            "due" => FollowsAt.Due,
            var other => Report<FollowsAt>(faults, $"deadlines.json: {id}: it follows at '{other}', which is neither met nor due"),
        });

    private static T Report<T>(List<string> faults, string fault) where T : struct
    {
        faults.Add(fault);
        return default;
    }

    private static bool Is(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
