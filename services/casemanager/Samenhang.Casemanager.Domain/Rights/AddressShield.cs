using System.Text.Json.Nodes;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Rights;

/// <summary>
/// Takes the names of organisations out of a document that a person takes along, while where the person is must stay secret: the document may be
/// read by who looks for them. In every text, because a name of a party stands in notes and agreements too. Pure.
/// </summary>
internal sealed class AddressShield
{
    private const string Field = "organisation";
    private const int ShortestName = 3;

    private readonly IReadOnlyList<string> names;

    /// <summary>Takes the names from what was recorded.</summary>
    /// <param name="recorded">Every change of the case; empty = nothing is to be kept out.</param>
    public AddressShield(IEnumerable<JsonNode?> recorded)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in recorded)
        {
            Collect(change, found);
        }

        // The longest first, so that no part of a name is left.
        names = [.. found.Where(name => name.Length >= ShortestName).OrderByDescending(name => name.Length)];
    }

    /// <summary>The same without the names.</summary>
    public JsonNode? Over(JsonNode? node)
    {
        if (names.Count == 0)
        {
            return node;
        }

        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                {
                    fields[name] = Over(value?.DeepClone());
                }

                return fields;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Over(item?.DeepClone()))]);
            case JsonValue value when value.TryGetValue(out string? text):
                return JsonValue.Create(Over(text));
            default:
                return node;
        }
    }

    /// <summary>The same without the names.</summary>
    public Sentence Over(Sentence sentence) => names.Count == 0 ? sentence : new(Over(sentence.Nl), Over(sentence.En));

    private string Over(string text) => names.Aggregate(text, (soFar, name) => soFar.Replace(name, AddressProtection.Shielded, StringComparison.OrdinalIgnoreCase));

    private static void Collect(JsonNode? node, HashSet<string> found)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    if (name == Field && value is JsonValue text && text.TryGetValue(out string? said))
                    {
                        found.Add(said);
                    }

                    Collect(value, found);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Collect(item, found);
                }

                break;
        }
    }
}
