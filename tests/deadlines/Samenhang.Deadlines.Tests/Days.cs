using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;

namespace Samenhang.Deadlines.Tests;

internal static class Days
{
    public static Vocabulary Vocabulary { get; } = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Suspension Off(string from, string? to) => new(Day(from), to is null ? null : Day(to), "gemeente", "wacht op gegevens");

    /// <summary>What must hold for whatever FsCheck comes up with; a failure names the seed that shows it.</summary>
    public static void HoldForAnySeed(Action<Random> property) =>
#pragma warning disable CA5394 // No secret: the same seed must give the same days.
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => property(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20261122, 1101, 60));

    public static DateOnly RandomDay(this Random random) => new DateOnly(2008, 1, 1).AddDays(random.Next(11_000));

    public static Term RandomTerm(this Random random, params TermUnit[] units) =>
        new(random.Next(1, 120), units[random.Next(units.Length)], random.Next(2) == 0);

    /// <summary>Up to three standstills around a day; the last may be open.</summary>
    public static List<Suspension> RandomSuspensions(this Random random, DateOnly around, bool mayBeOpen = true) =>
    [
        .. Enumerable.Range(0, random.Next(4)).Select(i =>
        {
            var from = around.AddDays(random.Next(-20, 150));
            return new Suspension(from, mayBeOpen && random.Next(5) == 0 ? null : from.AddDays(random.Next(60)), "gemeente", $"reden {i}");
        }),
    ];
#pragma warning restore CA5394
}
