using System.Text.Json;

namespace Samenhang.Language.CaseFiles;

/// <summary>A JSON value that remembers where it stands in the text. Immutable once parsed, so that a patched case shares it.</summary>
internal sealed class PlacedJson
{
    /// <summary>The kind; never Undefined.</summary>
    public required JsonValueKind Kind { get; init; }

    /// <summary>The first byte of the value in the file.</summary>
    public required int Offset { get; init; }

    /// <summary>The text of a string, or a number as it was written; else null.</summary>
    public string? Text { get; init; }

    /// <summary>The items of an array; else empty.</summary>
    public IReadOnlyList<PlacedJson> Items { get; init; } = [];

    /// <summary>The members of an object, in the order of the text; else empty.</summary>
    public IReadOnlyList<PlacedMember> Members { get; init; } = [];

    /// <summary>The member with this name, or null.</summary>
    public PlacedJson? this[string name]
    {
        get
        {
            foreach (var member in Members)
            {
                if (member.Name == name)
                {
                    return member.Value;
                }
            }

            return null;
        }
    }
}

/// <summary>A member of an object; <paramref name="Offset"/> is the place of its name.</summary>
internal readonly record struct PlacedMember(string Name, int Offset, PlacedJson Value);
