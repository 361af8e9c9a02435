using System.Text;

namespace Samenhang.Events.Cesql;

/// <summary>
/// A pattern of LIKE: <c>%</c> any characters, <c>_</c> one character, <c>\%</c> and <c>\_</c> these two themselves. The pattern is cut at each
/// <c>%</c>; the first and the last part must stand at the ends, the others are sought one after the other, each once, so that nothing is
/// tried again. A part is sought by shift-and: for each character of the text one step for each 64 characters of the part.
/// </summary>
internal sealed class LikePattern
{
    private const int One = -1;
    private const int StackLimit = 256;

    private readonly int[] head;
    private readonly int[] tail;
    private readonly Part[] middle;
    private readonly bool open;
    private readonly int shortest;

    public LikePattern(string pattern)
    {
        var parts = Cut(pattern);
        open = parts.Count > 1;
        head = parts[0];
        tail = open ? parts[^1] : [];
        middle = open ? [.. parts[1..^1].Where(part => part.Length > 0).Select(part => new Part(part))] : [];
        shortest = parts.Sum(part => part.Length);
    }

    public bool Matches(string text)
    {
        Span<int> buffer = text.Length <= StackLimit ? stackalloc int[StackLimit] : new int[text.Length];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            buffer[length++] = rune.Value;
        }

        ReadOnlySpan<int> rest = buffer[..length];
        if (length < shortest || (!open && length != shortest) || !Stands(head, rest) || !Stands(tail, rest[(length - tail.Length)..]))
        {
            return false;
        }

        rest = rest[head.Length..(length - tail.Length)];
        foreach (var part in middle)
        {
            var end = part.EndOfFirst(rest);
            if (end < 0)
            {
                return false;
            }

            rest = rest[end..];
        }

        return true;
    }

    private static bool Stands(ReadOnlySpan<int> part, ReadOnlySpan<int> text)
    {
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] != One && part[i] != text[i])
            {
                return false;
            }
        }

        return true;
    }

    private static List<int[]> Cut(string pattern)
    {
        var parts = new List<int[]>();
        var part = new List<int>();
        var runes = pattern.EnumerateRunes().Select(rune => rune.Value).ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            if (runes[i] == '\\' && i + 1 < runes.Length && runes[i + 1] is '%' or '_')
            {
                part.Add(runes[++i]);
            }
            else if (runes[i] == '%')
            {
                parts.Add([.. part]);
                part.Clear();
            }
            else
            {
                part.Add(runes[i] == '_' ? One : runes[i]);
            }
        }

        parts.Add([.. part]);
        return parts;
    }

    /// <summary>A part between two <c>%</c>.</summary>
    private sealed class Part
    {
        private readonly int[] characters;
        private readonly bool literal;
        private readonly Dictionary<int, ulong[]> masks = [];
        private readonly ulong[] others;

        public Part(int[] characters)
        {
            this.characters = characters;
            literal = !characters.Contains(One);
            var words = (characters.Length + 63) / 64;
            others = new ulong[words];
            for (var i = 0; i < characters.Length; i++)
            {
                if (characters[i] == One)
                {
                    others[i / 64] |= 1UL << (i % 64);
                }
            }

            foreach (var character in characters.Where(character => character != One).Distinct())
            {
                var mask = (ulong[])others.Clone();
                for (var i = 0; i < characters.Length; i++)
                {
                    mask[i / 64] |= characters[i] == character ? 1UL << (i % 64) : 0;
                }

                masks[character] = mask;
            }
        }

        /// <summary>Where the first place that fits ends; -1 if none does.</summary>
        public int EndOfFirst(ReadOnlySpan<int> text)
        {
            // For what is short the vectorised search is faster, and its worst case small.
            if (literal && (long)text.Length * characters.Length <= 16 * 1024)
            {
                var at = text.IndexOf(characters);
                return at < 0 ? -1 : at + characters.Length;
            }

            var last = 1UL << ((characters.Length - 1) % 64);
            Span<ulong> state = stackalloc ulong[others.Length];
            state.Clear();
            for (var i = 0; i < text.Length; i++)
            {
                var mask = masks.GetValueOrDefault(text[i], others);
                var carry = 1UL;
                for (var word = 0; word < state.Length; word++)
                {
                    var next = state[word] >> 63;
                    state[word] = ((state[word] << 1) | carry) & mask[word];
                    carry = next;
                }

                if ((state[^1] & last) != 0)
                {
                    return i + 1;
                }
            }

            return -1;
        }
    }
}
