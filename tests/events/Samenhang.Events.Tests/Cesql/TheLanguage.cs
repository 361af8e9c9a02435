using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Samenhang.Events.Cesql;

namespace Samenhang.Events.Tests.Cesql;

/// <summary>What holds for CESQL beyond a table of cases: functions of one's own, hostile text, hostile patterns.</summary>
public sealed class TheLanguage
{
    private static readonly string[] Pieces =
    [
        "NOT", "AND", "OR", "XOR", "LIKE", "IN", "EXISTS", "TRUE", "false", "(", ")", "((", ",", "'", "\"", "\\", "\\'", "''", "%", "_", "*", "/", "-", "+", "=", "!=", "<>", "<=", ">",
        "1", "-2147483648", "2147483648", "id", "afwezig", "LENGTH(", "SUBSTRING(id, ", "CONCAT_WS(", "é", "\uD83D", "\0", "\u00a0", "'a%_b'", " NOT LIKE 'x'", " IN (1, 'x')", " ", "\n",
    ];

    [Fact]
    public void A_function_of_ones_own_is_called_by_its_name_and_number_of_arguments()
    {
        var functions = CesqlFunctions.BuiltIn
            .With(new() { Name = "twice", Parameters = [CesqlType.Integer], Returns = CesqlType.Integer, Body = x => new(CesqlValue.Of(x[0].AsInteger * 2)) })
            .With(new() { Name = "LENGTH", Parameters = [null, null], Returns = CesqlType.Integer, Body = _ => new(CesqlValue.Of(2)) });
        Assert.Equal(8, Evaluate("Twice('4')", functions).Value.AsInteger);
        Assert.Equal(3, Evaluate("LENGTH('a', 1) + LENGTH('b')", functions).Value.AsInteger);
        Assert.Equal(CesqlErrorKind.MissingFunction, Evaluate("Twice('4')", CesqlFunctions.BuiltIn).Errors.Single().Kind);
        Assert.Equal(["TWICE/2"], CesqlExpression.Parse("TRUE OR twice(1, 2) = 1", functions).Value!.UnknownFunctions);
    }

    [Fact]
    public void A_function_that_throws_or_returns_another_type_fails_by_itself_and_yields_the_zero_value()
    {
        var functions = CesqlFunctions.BuiltIn
            .With(new() { Name = "BREAK", Returns = CesqlType.String, Body = _ => throw new InvalidOperationException() })
            .With(new() { Name = "LIE", Returns = CesqlType.Integer, Body = _ => new(CesqlValue.Of("text")) });
        foreach (var (text, zero) in new[] { ("BREAK()", CesqlValue.Of("")), ("LIE()", CesqlValue.Of(0)) })
        {
            var result = Evaluate(text, functions);
            Assert.Equal(zero, result.Value);
            Assert.Equal(CesqlErrorKind.FunctionEvaluation, result.Errors.Single().Kind);
        }
    }

    [Theory]
    [InlineData("LENGTH")]
    [InlineData("not")]
    [InlineData("two words")]
    [InlineData("F2")]
    [InlineData("")]
    public void A_function_cannot_take_a_name_that_is_taken_or_is_none(string name) =>
        Assert.Throws<ArgumentException>(() => CesqlFunctions.BuiltIn.With(new() { Name = name, Parameters = [null], Returns = CesqlType.Boolean, Body = _ => new(CesqlValue.Of(true)) }));

    [Fact]
    public void A_name_that_CESQL_reserves_names_no_attribute() => Assert.False(CesqlExpression.Parse("and = 'x'").Succeeded);

    [Theory]
    [InlineData("1 +", 4)]
    [InlineData("TRUE AND AND", 10)]
    [InlineData("id LIKE 5", 9)]
    [InlineData("'open", 1)]
    [InlineData("id = ?", 6)]
    [InlineData("id = 99999999999", 6)]
    public void A_fault_names_where_the_text_stops_being_an_expression_in_two_languages(string text, int position)
    {
        var fault = Assert.Single(CesqlExpression.Parse(text).Faults);
        Assert.EndsWith($"(position {position})", fault.DescriptionEn, StringComparison.Ordinal);
        Assert.EndsWith($"(plaats {position})", fault.DescriptionNl, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_names_where_it_arose_and_no_value_of_the_event()
    {
        var error = Assert.Single(Evaluate("TRUE AND subject + 1 = 2", CesqlFunctions.BuiltIn, CesqlCase.Plain with { Subject = "geheim" }).Errors);
        Assert.Equal(new CesqlError(CesqlErrorKind.Cast, 18, "+"), error);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("NOT ", "")]
    [InlineData("- ", "")]
    [InlineData("ABS(", ")")]
    [InlineData("1 IN (", ")")]
    [InlineData("1+(", ")")]
    public void Nesting_has_a_limit(string open, string close)
    {
        string Nested(int times) => string.Concat(Enumerable.Repeat(open, times)) + "1" + string.Concat(Enumerable.Repeat(close, times));
        Assert.True(CesqlExpression.Parse(Nested(CesqlExpression.DeepestNesting - 1)).Succeeded);
        Assert.False(CesqlExpression.Parse(Nested(CesqlExpression.DeepestNesting + 1)).Succeeded);
        Assert.False(CesqlExpression.Parse(Nested(600)).Succeeded);
    }

    [Fact]
    public void Length_and_the_number_of_operations_in_a_row_have_a_limit()
    {
        Assert.True(CesqlExpression.Parse("'" + new string('x', CesqlExpression.LongestText - 2) + "'").Succeeded);
        Assert.False(CesqlExpression.Parse("'" + new string('x', CesqlExpression.LongestText - 1) + "'").Succeeded);
        Assert.True(CesqlExpression.Parse(string.Join('+', Enumerable.Repeat("1", CesqlExpression.DeepestTree))).Succeeded);
        Assert.False(CesqlExpression.Parse(string.Join('+', Enumerable.Repeat("1", CesqlExpression.DeepestTree + 1))).Succeeded);
    }

    [Fact]
    public void A_short_expression_makes_no_long_text()
    {
        var result = Evaluate($"LENGTH(CONCAT({string.Join(", ", Enumerable.Repeat("subject", 300))}))", CesqlFunctions.BuiltIn, CesqlCase.Plain with { Subject = new string('x', 10_000) });
        Assert.Equal(CesqlErrorKind.FunctionEvaluation, result.Errors.Single().Kind);
    }

    /// <summary>A matcher that goes back would need more steps than there are atoms: the limit on time only tells the two apart.</summary>
    [Theory]
    [InlineData("%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%b")]
    [InlineData("%a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_ab%")]
    [InlineData("%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%b")]
    public void A_hostile_pattern_takes_no_longer_than_its_text_is_long(string pattern)
    {
        var @event = CesqlCase.Plain with { Subject = new string('a', 50_000) };
        var expression = CesqlExpression.Parse($"subject LIKE '{pattern}'").Value!;
        var longest = CesqlExpression.Parse($"subject LIKE '%{new string('a', 2000)}_{new string('a', 1000)}b%'").Value!;
        var watch = Stopwatch.StartNew();
        Assert.False(expression.Matches(@event));
        Assert.False(longest.Matches(@event));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
    }

    /// <summary>The other way to say what LIKE means: a regular expression. Short texts of few letters meet every branch.</summary>
    [Fact]
    public void Like_says_what_the_regular_expression_of_its_pattern_says()
    {
        var letters = Gen.Elements("a", "b", "%", "_", "\\%", "\\_", "\\", "\U0001F600");
        var texts = Gen.Elements("a", "b", "%", "_", "\\", "\U0001F600").ListOf().Select(parts => string.Concat(parts.Take(150)));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4000).WithReplay(20261122, 8101, 200), Prop.ForAll(Arb.From(letters.ListOf()), Arb.From(texts), (parts, text) =>
        {
            var pattern = string.Concat(parts.Take(90));
            Assert.Equal(AsRegex(pattern).IsMatch(text), new LikePattern(pattern).Matches(text));
        }));
    }

    [Fact]
    public void A_long_part_between_two_percents_is_found_at_any_place()
    {
        for (var length = 60; length < 200; length += 7)
        {
            var part = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * i % 7))));
            var wild = string.Concat(part.Select((c, i) => i % 5 == 2 ? '_' : c));
            for (var before = 0; before < 300; before += 37)
            {
                var text = new string('a', before) + part + new string('z', 300);
                Assert.True(new LikePattern($"%{wild}%").Matches(text));
                Assert.True(new LikePattern($"%{part}%").Matches(text));
                Assert.False(new LikePattern($"%{wild}q%").Matches(text));
            }
        }
    }

    /// <summary>100,000 texts made from the cases by cutting, doubling, swapping and inserting: each gives an expression or a fault, and each expression a value.</summary>
    [Fact]
    public void No_text_does_more_than_give_a_fault()
    {
        var random = new System.Random(20261122);
        var seeds = TheCases.Expressions;
        var @event = CesqlCase.Plain with { Subject = "een onderwerp", Extensions = EventExtensions.Of(("aantal", AttributeValue.Of(3)), ("spoed", AttributeValue.Of(true))) };
        var parsed = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var text = new StringBuilder(seeds[random.Next(seeds.Count)]);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                Mutate(text, random, seeds);
            }

            var read = CesqlExpression.Parse(text.ToString());
            Assert.NotEqual(read.Succeeded, read.Faults.Count > 0);
            if (read.Succeeded)
            {
                parsed++;
                var result = read.Value.Evaluate(@event);
                Assert.Equal(result.Errors.Count == 0 && result.Value == CesqlValue.Of(true), read.Value.Matches(@event));
            }
        }

        // Most mutations break a text; if all did, the evaluation would not have been tried.
        Assert.InRange(parsed, 5_000, 95_000);
    }

    private static void Mutate(StringBuilder text, System.Random random, IReadOnlyList<string> seeds)
    {
        var at = random.Next(text.Length + 1);
        switch (random.Next(6))
        {
            case 0 when text.Length > 0:
                text.Remove(Math.Min(at, text.Length - 1), Math.Min(random.Next(1, 5), text.Length - Math.Min(at, text.Length - 1)));
                break;
            case 1:
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 2:
                text.Insert(at, (char)random.Next(0x20, 0x7f));
                break;
            case 3 when text.Length is > 0 and < 2000:
                text.Append(' ').Append(Pieces[random.Next(Pieces.Length)]).Append(' ').Append(text);
                break;
            case 4:
                text.Insert(0, '(').Append(") ").Append(Pieces[random.Next(Pieces.Length)]).Append(' ').Append(seeds[random.Next(seeds.Count)]);
                break;
            default:
                text.Insert(at, (char)random.Next(0x10000));
                break;
        }
    }

    private static Regex AsRegex(string pattern)
    {
        // One code point is a pair of surrogates or any other unit.
        const string one = @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[\s\S])";
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] is '%' or '_')
            {
                regex.Append(pattern[++i]);
            }
            else
            {
                regex.Append(pattern[i] switch { '%' => $"(?:{one})*?", '_' => one, var c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") });
            }
        }

        return new Regex(regex.Append(@"\z").ToString(), RegexOptions.NonBacktracking);
    }

    private static CesqlResult Evaluate(string text, CesqlFunctions functions, CloudEvent? @event = null) =>
        CesqlExpression.Parse(text, functions).Value!.Evaluate(@event ?? CesqlCase.Plain);
}
