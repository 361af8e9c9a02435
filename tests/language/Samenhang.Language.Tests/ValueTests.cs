using FsCheck;
using FsCheck.Fluent;

namespace Samenhang.Language.Tests;

/// <summary>What a value is, and when two are the same.</summary>
public sealed class ValueTests
{
    [Fact]
    public void What_nobody_wrote_is_unknown()
    {
        Value value = default;
        Assert.False(value.IsKnown);
        Assert.Equal(Truth.Unknown, value.Truth);
        Assert.Equal("unknown", value.ToString());
        Assert.Equal(Value.Unknown, Value.Of((string?)null));
        Assert.Equal(Value.Unknown, Value.Of(Truth.Unknown));
    }

    [Fact]
    public void The_empty_set_is_known()
    {
        var empty = Value.SetOf([]);
        Assert.True(empty.IsKnown);
        Assert.Empty(empty.Set);
        Assert.NotEqual(Value.Unknown, empty);
    }

    [Fact]
    public void Sets_do_not_mind_order_and_doubles() =>
        Prop.ForAll(Words(), words =>
        {
            var one = Value.SetOf(words);
            var other = Value.SetOf(words.Reverse().Concat(words));
            return one == other && one.GetHashCode() == other.GetHashCode() && words.All(one.Contains) && !one.Contains("§");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_number_is_equal_whatever_its_trailing_zeros()
    {
        Assert.Equal(Value.Of(12.50m), Value.Of(12.5m));
        Assert.Equal(Value.Of(12.50m).GetHashCode(), Value.Of(12.5m).GetHashCode());
        Assert.Equal("12.5", Value.Of(12.50m).ToString());
    }

    [Fact]
    public void A_day_comes_back_as_it_went_in() =>
        Prop.ForAll(Gen.Choose(0, DateOnly.MaxValue.DayNumber).ToArbitrary(), number =>
        {
            var day = DateOnly.FromDayNumber(number);
            return Value.Of(day).Date == day;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Values_of_different_kinds_are_never_equal()
    {
        Value[] values = [Value.Unknown, Value.Of(true), Value.Of(1m), Value.Of(DateOnly.FromDayNumber(1)), Value.Of("true"), Value.SetOf(["true"])];
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = 0; j < values.Length; j++)
            {
                Assert.Equal(i == j, values[i] == values[j]);
            }
        }
    }

    [Fact]
    public void Reading_a_value_as_another_kind_is_a_mistake_of_the_caller() =>
        Assert.Throws<InvalidOperationException>(() => Value.Of("a").Number);

    [Fact]
    public void A_fact_set_holds_no_unknown_values()
    {
        var fact = Repository.Vocabulary.FactById["work.sickListed"];
        var known = FactSet.Empty.With(fact, Value.Of(true));
        Assert.Equal(Value.Of(true), known[fact]);
        Assert.Empty(known.With(fact, Value.Unknown));
        Assert.Equal(Value.Unknown, FactSet.Empty[fact]);
    }

    [Theory]
    [InlineData("2016-01-01", true)]
    [InlineData("2016-12-31", true)]
    [InlineData("2015-12-31", false)]
    [InlineData("2017-01-01", false)]
    public void Both_ends_of_a_period_belong_to_it(string day, bool inside) =>
        Assert.Equal(inside, new Period(new(2016, 1, 1), new(2016, 12, 31)).Contains(DateOnly.ParseExact(day, "yyyy-MM-dd", null)));

    [Fact]
    public void An_open_period_holds_every_day()
    {
        Assert.True(Period.Always.Contains(DateOnly.MinValue));
        Assert.True(new Period(null, new(2016, 1, 1)).Contains(DateOnly.MinValue));
        Assert.True(new Period(new(2016, 1, 1), null).Contains(DateOnly.MaxValue));
    }

    private static Arbitrary<string[]> Words() => Gen.ArrayOf(Gen.Elements("a", "b", "c", "burn-out", "none")).ToArbitrary();
}
