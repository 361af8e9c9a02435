using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Households;

/// <summary>What is made of the facts of the members who give.</summary>
public enum HouseholdTest
{
    /// <summary>True when the fact of one of them is true; else nothing is told.</summary>
    IsTrue,

    /// <summary>How many were born less than so many years ago; nothing is told of nobody.</summary>
    CountYoungerThan,
}

/// <summary>One thing that a household makes known, with the consent of who gives.</summary>
/// <param name="To">The household fact of who receives.</param>
/// <param name="From">The fact of who gives; it never leaves that case.</param>
/// <param name="Test">What is made of it.</param>
/// <param name="Category">The category of data to which who gives must have consented.</param>
/// <param name="Why">Why it is lawful and needed.</param>
/// <param name="Years">The age for <see cref="HouseholdTest.CountYoungerThan"/>.</param>
/// <param name="GiverIs">What who gives must be of who receives; null = any other member.</param>
public sealed record HouseholdFlow(string To, string From, HouseholdTest Test, string Category, string Why, int? Years = null, string? GiverIs = null);

/// <summary>The closed list of what flows in a household (households.json). Nothing else does.</summary>
public sealed class HouseholdFlows
{
    /// <summary>To whom a client consents so that something flows: the cases of the other members.</summary>
    public const string Addressee = "household";

    private const string FileName = "households.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private HouseholdFlows(IReadOnlyList<HouseholdFlow> all, FrozenDictionary<string, string> inverses) => (All, Inverses) = (all, inverses);

    /// <summary>All flows.</summary>
    public IReadOnlyList<HouseholdFlow> All { get; }

    /// <summary>The relations, each with what the other is of the one.</summary>
    public FrozenDictionary<string, string> Inverses { get; }

    /// <summary>Reads the list from the folder of the vocabulary.</summary>
    /// <exception cref="VocabularyException">It is missing or wrong; all faults at once.</exception>
    public static HouseholdFlows Load(string folder, Vocabulary vocabulary)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? Read(File.ReadAllText(path), vocabulary) : throw new VocabularyException([$"{path}: the list is missing"]);
    }

    /// <summary>Reads the list.</summary>
    /// <exception cref="VocabularyException">It is wrong; all faults at once.</exception>
    public static HouseholdFlows Read(string json, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        Lists lists;
        try
        {
            lists = JsonSerializer.Deserialize<Lists>(json, Options) ?? new([], []);
        }
        catch (JsonException e)
        {
            throw new VocabularyException([$"{FileName}({e.LineNumber + 1}): {e.Message}"]);
        }

        var relations = lists.Relations.Select(relation => relation.Id).ToHashSet();
        var faults = lists.Relations
            .Where(one => lists.Relations.Count(other => other.Id == one.Id) > 1 || !lists.Relations.Any(other => other.Id == one.Inverse && other.Inverse == one.Id))
            .Select(one => $"{FileName}: relation {one.Id} stands there twice, or has no inverse that points back")
            .ToList();
        foreach (var (flow, i) in lists.Flows.Select((flow, i) => (flow, i)))
        {
            faults.AddRange(Faults(flow, lists.Flows, relations, vocabulary).Select(fault => $"{FileName}: flows[{i}]: {fault}"));
        }

        return faults.Count == 0
            ? new HouseholdFlows(lists.Flows, lists.Relations.ToFrozenDictionary(relation => relation.Id, relation => relation.Inverse))
            : throw new VocabularyException(faults);
    }

    private static IEnumerable<string> Faults(HouseholdFlow flow, IReadOnlyList<HouseholdFlow> all, HashSet<string> relations, Vocabulary vocabulary)
    {
        var (from, to) = flow.Test switch
        {
            HouseholdTest.IsTrue => (FactType.Bool, FactType.Bool),
            HouseholdTest.CountYoungerThan => (FactType.Date, FactType.Int),
        };
        foreach (var (id, type) in new[] { (flow.From, from), (flow.To, to) })
        {
            if (!vocabulary.FactById.TryGetValue(id, out var fact))
            {
                yield return $"unknown fact {id}{Spelling.Hint(id, vocabulary.FactById.Keys)}";
            }
            else if (fact.Level != FactLevel.Client || fact.Type != type)
            {
                yield return $"{id} is no {type.ToString().ToLowerInvariant()} of the client";
            }
        }

        if (!flow.To.StartsWith("household.", StringComparison.Ordinal) && !flow.To.StartsWith("informalCarer.", StringComparison.Ordinal))
        {
            yield return $"{flow.To} does not speak of the household";
        }

        // What came over a link goes no further: a household is no chain.
        if (all.Any(other => other.To == flow.From) || all.Count(other => other.To == flow.To) > 1)
        {
            yield return $"{flow.From} comes over a link itself, or {flow.To} comes from two places";
        }

        if (!vocabulary.ConsentCategories.Contains(flow.Category))
        {
            yield return $"unknown category {flow.Category}";
        }

        if (flow.GiverIs is { } relation && !relations.Contains(relation))
        {
            yield return $"unknown relation {relation}";
        }

        if ((flow.Test == HouseholdTest.CountYoungerThan) != (flow.Years > 0))
        {
            yield return "years belong to count-younger-than, and are more than nothing";
        }

        if (string.IsNullOrWhiteSpace(flow.Why))
        {
            yield return "says no why";
        }
    }

    private sealed record Lists(IReadOnlyList<Relation> Relations, IReadOnlyList<HouseholdFlow> Flows);

    private sealed record Relation(string Id, string Inverse, string LabelNl);
}
