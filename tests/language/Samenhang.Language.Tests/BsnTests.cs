using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Samenhang.Language.Tests;

/// <summary>The citizen service number. All numbers here are of the range that is issued to nobody.</summary>
public sealed class BsnTests
{
    [Theory]
    [InlineData("999990019")]
    [InlineData("999990342")]
    [InlineData("999993653")]
    [InlineData("9999.95.492")]
    [InlineData(" 999 995 492 ")]
    [InlineData("9999-95492")]
    public void A_number_that_passes_the_eleven_test_is_read(string text)
    {
        Assert.True(Bsn.TryParse(text, out var bsn));
        Assert.True(bsn.IsTestNumber);
        Assert.Equal(9, bsn.Reveal().Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("999990018")]
    [InlineData("99999001")]
    [InlineData("9999900190")]
    [InlineData("99999001a")]
    [InlineData("٩٩٩٩٩٠٠١٩")]
    [InlineData("000000000")]
    [InlineData("00000000")]
    [InlineData("100000001")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(Bsn.TryParse(text, out var bsn));
        Assert.Null(bsn);
    }

    [Fact]
    public void Eight_digits_are_a_number_without_its_leading_zero()
    {
        // 8·1 − 8 = 0: a number of the lowest range, which is not issued.
        Assert.True(Bsn.TryParse("10000008", out var bsn));
        Assert.Equal("0" + "10000008", bsn.Reveal());
        Assert.False(bsn.IsTestNumber);
    }

    [Fact]
    public void It_never_prints_itself()
    {
        Assert.True(Bsn.TryParse("999990019", out var bsn));
        Assert.Equal("*******19", bsn.ToString());
        Assert.Equal("*******19", $"{bsn}");
        Assert.Equal("*******19", string.Format(CultureInfo.InvariantCulture, "{0}", bsn));
    }

    [Fact]
    public void Two_of_the_same_number_are_equal()
    {
        Assert.True(Bsn.TryParse("999990019", out var one));
        Assert.True(Bsn.TryParse("9999 90 019", out var same));
        Assert.True(Bsn.TryParse("999990342", out var other));
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void One_wrong_digit_is_always_noticed() =>
        Prop.ForAll(TestNumbers(), Gen.Choose(0, 8).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (number, place, change) =>
        {
            var digits = number.ToCharArray();
            digits[place] = (char)('0' + ((digits[place] - '0' + change) % 10));
            return Bsn.PassesElevenTest(number) && !Bsn.PassesElevenTest(digits);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_neighbours_swapped_are_always_noticed() =>
        Prop.ForAll(TestNumbers(), Gen.Choose(0, 7).ToArbitrary(), (number, place) =>
        {
            var digits = number.ToCharArray();
            (digits[place], digits[place + 1]) = (digits[place + 1], digits[place]);
            return digits[place] == digits[place + 1] || !Bsn.PassesElevenTest(digits);
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<string> TestNumbers() =>
        Gen.Elements(Enumerable.Range(999_900_000, 100_000).Select(n => n.ToString(CultureInfo.InvariantCulture)).Where(n => Bsn.PassesElevenTest(n)).ToArray()).ToArbitrary();
}
