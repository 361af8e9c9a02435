using FsCheck;
using FsCheck.Fluent;

namespace Samenhang.Language.Tests;

/// <summary>Kleene's tables, written out, and the laws that hold for all values.</summary>
public sealed class TruthTests
{
    private const Truth F = Truth.False;
    private const Truth U = Truth.Unknown;
    private const Truth T = Truth.True;

    private static readonly Arbitrary<Truth> AnyTruth = Gen.Elements(F, U, T).ToArbitrary();

    [Theory]
    [InlineData(F, F, F)]
    [InlineData(F, U, F)]
    [InlineData(F, T, F)]
    [InlineData(U, F, F)]
    [InlineData(U, U, U)]
    [InlineData(U, T, U)]
    [InlineData(T, F, F)]
    [InlineData(T, U, U)]
    [InlineData(T, T, T)]
    public void And_is_false_if_any_is_false_else_unknown_if_any_is_unknown(Truth left, Truth right, Truth expected) =>
        Assert.Equal(expected, left.And(right));

    [Theory]
    [InlineData(F, F, F)]
    [InlineData(F, U, U)]
    [InlineData(F, T, T)]
    [InlineData(U, F, U)]
    [InlineData(U, U, U)]
    [InlineData(U, T, T)]
    [InlineData(T, F, T)]
    [InlineData(T, U, T)]
    [InlineData(T, T, T)]
    public void Or_is_true_if_any_is_true_else_unknown_if_any_is_unknown(Truth left, Truth right, Truth expected) =>
        Assert.Equal(expected, left.Or(right));

    [Theory]
    [InlineData(F, T)]
    [InlineData(U, U)]
    [InlineData(T, F)]
    public void Not_swaps_true_and_false_and_keeps_unknown(Truth value, Truth expected) => Assert.Equal(expected, value.Not());

    [Fact]
    public void De_Morgan_holds() => Holds((a, b) => a.And(b).Not() == a.Not().Or(b.Not()));

    [Fact]
    public void And_and_or_do_not_mind_the_order() => Holds((a, b) => a.And(b) == b.And(a) && a.Or(b) == b.Or(a));

    [Fact]
    public void And_and_or_do_not_mind_the_grouping() =>
        Prop.ForAll(AnyTruth, AnyTruth, AnyTruth, (a, b, c) => a.And(b).And(c) == a.And(b.And(c)) && a.Or(b).Or(c) == a.Or(b.Or(c))).QuickCheckThrowOnFailure();

    [Fact]
    public void Absorption_holds() => Holds((a, b) => a.And(a.Or(b)) == a && a.Or(a.And(b)) == a);

    /// <summary>Learning what was unknown may decide an answer, but never turns a decided one.</summary>
    [Fact]
    public void Learning_a_value_never_turns_a_known_result() => Holds((a, b) =>
        new[] { F, T }.All(learned => Keeps(U.And(a), learned.And(a)) && Keeps(U.Or(b), learned.Or(b)) && Keeps(U.Not(), learned.Not())));

    [Fact]
    public void A_known_value_is_never_unknown()
    {
        Assert.Equal(T, Kleene.Known(true));
        Assert.Equal(F, Kleene.Known(false));
    }

    private static bool Keeps(Truth before, Truth after) => before == U || before == after;

    private static void Holds(Func<Truth, Truth, bool> law) => Prop.ForAll(AnyTruth, AnyTruth, law).QuickCheckThrowOnFailure();
}
