using System.Runtime.Serialization;
using Samenhang.Language;

namespace Samenhang.Messages;

/// <summary>Reads what a message says in the words of the vocabulary.</summary>
public static class KnownWords
{
    private const int PseudonymLength = 32;

    /// <summary>The name that a domain has for a case, where nothing else in the message tells whether it is one.</summary>
    /// <exception cref="SerializationException">It is none: 32 hexadecimal digits are.</exception>
    public static string Pseudonym(string name) => name is { Length: PseudonymLength } && name.All(char.IsAsciiHexDigitLower)
        ? name
        : throw new SerializationException("The message holds something that is not known here: what it names is no case.");

    /// <summary>The rows that a message suggests, each of a scheme that this service knows.</summary>
    /// <exception cref="SerializationException">One of them is of another.</exception>
    public static IReadOnlyList<SuggestedScheme> Read(IReadOnlyList<SuggestedScheme> suggested, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(suggested);
        ArgumentNullException.ThrowIfNull(vocabulary);
        return suggested.FirstOrDefault(row => !vocabulary.Schemes.ContainsKey(row.Scheme)) is { } unknown
            ? throw new SerializationException($"The message holds something that is not known here: the scheme '{unknown.Scheme}'.")
            : suggested;
    }

    /// <summary>What <paramref name="read"/> makes of a message.</summary>
    /// <exception cref="SerializationException">The message holds a word or value that this service does not know: its sender has another version, or is none of ours.</exception>
    public static T Read<T>(Func<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read();
        }
        catch (Exception unknown) when (unknown is KeyNotFoundException or ArgumentException or FormatException or OverflowException)
        {
            // Without the cause as inner exception: it would go before this one as the reason on a dead letter.
            throw new SerializationException($"The message holds something that is not known here: {unknown.Message}");
        }
    }
}
