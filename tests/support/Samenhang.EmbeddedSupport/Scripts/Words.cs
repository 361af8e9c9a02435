using System.Globalization;
using System.Text;

namespace Samenhang.EmbeddedSupport.Scripts;

/// <summary>What stands behind a call in a script: one word or text, a row of them, or fields with their names.</summary>
internal abstract record Words
{
    public sealed record Text(string Value) : Words;

    public sealed record Row(IReadOnlyList<Words> Items) : Words;

    public sealed record Fields(IReadOnlyList<(string Name, Words Value)> Items) : Words;

    /// <summary>Reads the fields at the beginning of a text; also gives what stands behind them.</summary>
    public static (Fields Fields, string Behind) Read(string text)
    {
        var reader = new Reader(text);
        return reader.Value() is Fields fields ? (fields, reader.Rest) : throw new FormatException($"Fields in braces were expected: {text}");
    }

    private sealed class Reader(string text)
    {
        private int at;

        public string Rest => text[at..].Trim();

        public Words Value()
        {
            SkipSpace();
            return Peek() switch
            {
                '{' => new Fields(Many('{', '}', () => (Name(), Value()))),
                '[' => new Row(Many('[', ']', Value)),
                '"' => new Text(Quoted()),
                _ => new Text(Until(",]}")),
            };
        }

        private string Name()
        {
            var name = Until(":");
            Take(':');
            return name;
        }

        private List<T> Many<T>(char open, char close, Func<T> read)
        {
            var items = new List<T>();
            Take(open);
            while (Peek() != close)
            {
                items.Add(read());
                if (Peek() != close)
                {
                    Take(',');
                }
            }

            Take(close);
            return items;
        }

        private string Quoted()
        {
            Take('"');
            var end = text.IndexOf('"', at);
            var value = end < 0 ? throw Wrong("a closing quote") : text[at..end];
            at = end + 1;
            return value;
        }

        private string Until(string ends)
        {
            var value = new StringBuilder();
            while (at < text.Length && !ends.Contains(text[at], StringComparison.Ordinal))
            {
                value.Append(text[at++]);
            }

            return value.ToString().Trim();
        }

        private char Peek()
        {
            SkipSpace();
            return at < text.Length ? text[at] : throw Wrong("more text");
        }

        private void Take(char expected)
        {
            if (Peek() != expected)
            {
                throw Wrong($"'{expected}'");
            }

            at++;
        }

        private void SkipSpace()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }
        }

        private FormatException Wrong(string expected) => new(string.Create(CultureInfo.InvariantCulture, $"At {at} {expected} was expected: {text}"));
    }
}
