using System.Diagnostics.CodeAnalysis;

namespace Samenhang.Language;

/// <summary>
/// A citizen service number (burgerservicenummer): nine digits that pass the 11-proef. It prints masked, so that a log or an
/// exception never shows it; <see cref="Reveal"/> is the one way to read it.
/// </summary>
public sealed class Bsn : IEquatable<Bsn>
{
    private readonly string digits;

    private Bsn(string digits) => this.digits = digits;

    /// <summary>Reads nine digits, or eight with the leading zero left out; spaces, dots and hyphens between them are ignored.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Bsn? bsn)
    {
        bsn = null;
        var digits = new string((text ?? "").Where(c => c is not (' ' or '.' or '-')).ToArray());
        if (digits.Length == 8)
        {
            digits = "0" + digits;
        }

        if (!PassesElevenTest(digits))
        {
            return false;
        }

        bsn = new Bsn(digits);
        return true;
    }

    /// <summary>9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h − i is a multiple of 11, and the number is not zero.</summary>
    /// <param name="digits">Nine ASCII digits; anything else does not pass.</param>
    public static bool PassesElevenTest(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 9 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var sum = -(digits[8] - '0');
        var any = digits[8] - '0';
        for (var i = 0; i < 8; i++)
        {
            sum += (9 - i) * (digits[i] - '0');
            any |= digits[i] - '0';
        }

        return any != 0 && sum % 11 == 0;
    }

    /// <summary>
    /// Whether the number lies in the range 9999xxxxx, which is issued to nobody and serves tests. A repository or a demo may hold these only.
    /// </summary>
    public bool IsTestNumber => digits.StartsWith("9999", StringComparison.Ordinal);

    /// <summary>The nine digits. Only for the vault and for display to those who may see them.</summary>
    public string Reveal() => digits;

    /// <inheritdoc/>
    public bool Equals(Bsn? other) => other is not null && digits == other.digits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Bsn);

    /// <inheritdoc/>
    public override int GetHashCode() => digits.GetHashCode(StringComparison.Ordinal);

    /// <summary>Masked: only the last two digits.</summary>
    public override string ToString() => "*******" + digits[7..];
}
