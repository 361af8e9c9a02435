using System.Data.Common;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Keys;

/// <summary>A table of a service with texts that are sealed one by one (<see cref="StoreKeys.Close"/>), so that they can be sealed anew with another key.</summary>
/// <remarks>The first column of the key is what each text is bound to.</remarks>
public sealed record SealedTable
{
    /// <summary>The table.</summary>
    public required string Name { get; init; }

    /// <summary>The columns of its primary key, all of text or whole numbers.</summary>
    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>The columns with sealed texts; null is allowed.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>Columns that <see cref="Also"/> needs.</summary>
    public IReadOnlyList<string> Besides { get; init; } = [];

    /// <summary>What else follows from the texts of a row and is written anew with them: hashes by which they are found. Null = nothing.</summary>
    public Action<StoreKeys, SealedRow, RowWrites>? Also { get; init; }

    internal string Columns => string.Join(", ", Key.Concat(Texts).Concat(Besides));

    /// <summary>A row under an older key, or of before there were seals.</summary>
    internal string IsOld => string.Join(" OR ", Texts.Select(text => $"({text} IS NOT NULL AND {text} NOT LIKE @active)"));

    internal SealedRow Read(StoreKeys keys, DbDataReader row)
    {
        var key = Key.Select((_, place) => row.GetValue(place)).ToList();
        var lying = Texts.Select((_, place) => row.IsDBNull(Key.Count + place) ? null : row.GetString(Key.Count + place)).ToList();
        var besides = Besides.Select((_, place) => row.IsDBNull(Key.Count + Texts.Count + place) ? null : row.GetString(Key.Count + Texts.Count + place)).ToList();
        return new(key, lying, besides, [.. lying.Select((text, place) => keys.Open(text, $"{Name}.{Texts[place]}", $"{key[0]}"))]);
    }

    internal void Renew(StoreKeys keys, SealedRow row, RowWrites rows)
    {
        var set = string.Join(", ", Texts.Select((text, place) => $"{text} = @text{place}"));
        var where = string.Join(" AND ", Key.Select((column, place) => $"{column} = @key{place}"));

        // Only while the row is as it was read: what somebody wrote in between is sealed with the newest key already.
        var same = string.Join(" AND ", Texts.Select((text, place) => row.Lying[place] is null ? $"{text} IS NULL" : $"{text} = @was{place}"));
        rows.Add(
            $"UPDATE {Name} SET {set} WHERE {where} AND {same}",
            [
                .. row.Texts.Select((text, place) => ($"@text{place}", (object?)keys.Close(text, $"{Name}.{Texts[place]}", $"{row.Key[0]}"))),
                .. row.Key.Select((value, place) => ($"@key{place}", (object?)value)),
                .. row.Lying.Select((was, place) => ($"@was{place}", (object?)was)).Where(was => was.Item2 is not null),
            ]);
        Also?.Invoke(keys, row, rows);
    }
}

/// <summary>A row of a sealed table.</summary>
/// <param name="Key">The values of the key.</param>
/// <param name="Lying">The texts as they lie in the table.</param>
/// <param name="Besides">The other columns that were asked for.</param>
/// <param name="Texts">The texts.</param>
public sealed record SealedRow(IReadOnlyList<object> Key, IReadOnlyList<string?> Lying, IReadOnlyList<string?> Besides, IReadOnlyList<string?> Texts);
