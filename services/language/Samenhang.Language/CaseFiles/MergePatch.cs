using System.Text.Json;

namespace Samenhang.Language.CaseFiles;

/// <summary>
/// The patch of a variant: RFC 7396, with two additions. Arrays whose patch items all have an <c>id</c> merge by that id, and an item with
/// <c>"$remove": true</c> is deleted. A fact set to null stays (it says that the fact is unknown); any other null takes the key out.
/// </summary>
internal static class MergePatch
{
    public static PlacedJson Apply(PlacedJson? target, PlacedJson patch, Vocabulary vocabulary)
    {
        if (target is { Kind: JsonValueKind.Array } && patch is { Kind: JsonValueKind.Array, Items.Count: > 0 } && patch.Items.All(item => IdOf(item) is not null))
        {
            return MergeById(target, patch, vocabulary);
        }

        if (target is not { Kind: JsonValueKind.Object } || patch.Kind != JsonValueKind.Object)
        {
            return patch;
        }

        var members = target.Members.ToList();
        foreach (var change in patch.Members)
        {
            var at = members.FindIndex(member => member.Name == change.Name);
            if (change.Value.Kind == JsonValueKind.Null && !vocabulary.FactById.ContainsKey(change.Name))
            {
                if (at >= 0)
                {
                    members.RemoveAt(at);
                }
            }
            else if (at >= 0)
            {
                members[at] = new(change.Name, change.Offset, Apply(members[at].Value, change.Value, vocabulary));
            }
            else
            {
                members.Add(new(change.Name, change.Offset, Apply(null, change.Value, vocabulary)));
            }
        }

        return new() { Kind = JsonValueKind.Object, Offset = patch.Offset, Members = members };
    }

    private static PlacedJson MergeById(PlacedJson target, PlacedJson patch, Vocabulary vocabulary)
    {
        var items = target.Items.ToList();
        foreach (var change in patch.Items)
        {
            var id = IdOf(change);
            var at = items.FindIndex(item => IdOf(item) == id);
            if (change["$remove"]?.Kind == JsonValueKind.True)
            {
                if (at >= 0)
                {
                    items.RemoveAt(at);
                }
            }
            else if (at >= 0)
            {
                items[at] = Apply(items[at], change, vocabulary);
            }
            else
            {
                items.Add(Apply(new() { Kind = JsonValueKind.Object, Offset = change.Offset }, change, vocabulary));
            }
        }

        return new() { Kind = JsonValueKind.Array, Offset = target.Offset, Items = items };
    }

    private static string? IdOf(PlacedJson item) => item["id"]?.Text;
}
