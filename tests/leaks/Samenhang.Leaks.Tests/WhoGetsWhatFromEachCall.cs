using System.Text.RegularExpressions;
using Grpc.Core;
using Samenhang.Access;
using Samenhang.Leaks.Tests.Calls;
using Samenhang.Leaks.Tests.Planted;
using Xunit.Abstractions;

namespace Samenhang.Leaks.Tests;

/// <summary>Every call × every role × own case or not: refused as the list says, or an answer in which nothing stands that this role may not know.</summary>
[Collection(OnePlantedSystem.Name)]
public sealed partial class WhoGetsWhatFromEachCall(PlantedSystem system, ITestOutputHelper output)
{
    [LeaksFact]
    public void Who_may_not_make_a_call_is_refused_and_hears_nothing()
    {
        var forbidden = system.Calls.Where(made => !made.Call.Right.Roles.Contains(made.Reader.Role)).ToList();

        Assert.True(forbidden.Count > 1000, $"{forbidden.Count} calls");
        Assert.Empty(forbidden.Where(made => made.Answer.Status != StatusCode.PermissionDenied || made.Answer.Messages.Count > 0).Select(made => $"{made.Reader} {made.Call}: {made.Answer.Status}").Distinct());
    }

    [LeaksFact]
    public void No_planted_word_reaches_who_may_not_read_it()
    {
        output.WriteLine($"{system.Calls.Count} calls, {system.Secrets.Count} planted words, {system.Calls.Sum(made => Secrets.In(made.Answer.Raw))} of them read lawfully");

        NoneOf(
            (from made in system.Calls
             from leak in system.Secrets.LeakedTo(made.Reader, made.Answer.Raw)
             select $"{made.Reader} {made.Call}: {leak}").Distinct());
    }

    [LeaksFact]
    public void No_fact_is_named_to_who_may_not_know_it()
    {
        // Lists that are the same for everybody name every fact and tell of nobody.
        NoneOf(
            (from made in system.Calls
             where made.Call.Right.Matter != CallMatter.Reference && !IsAboutWhatWasSent(made.Call)
             from Match word in Dotted().Matches(Told(made))
             where system.Sight.FactIds.Contains(word.Value) && !system.Sight.MayKnowFact(made.Reader, word.Value)
             select $"{made.Reader} {made.Call}: {word.Value}").Distinct());
    }

    [LeaksFact]
    public void The_bsn_reaches_nobody()
    {
        Assert.Empty(system.Calls.Where(made => made.Answer.Raw.Contains(RichCase.Bsn, StringComparison.Ordinal)).Select(made => $"{made.Reader} {made.Call}").Distinct());
    }

    [LeaksFact]
    public void A_stranger_cannot_change_or_read_the_case()
    {
        Assert.Empty(
            (from made in system.Calls
             where !made.Reader.IsOwn && made.Answer.Status == StatusCode.OK && made.Call.Method.InputType.FindFieldByName("case_id") is not null
             select $"{made.Reader} {made.Call}").Distinct());
    }

    [LeaksFact]
    public void Every_call_is_reached_by_somebody_or_stands_in_the_list_of_those_that_are_not()
    {
        var reached = system.Calls.Where(made => made.Answer.Status == StatusCode.OK).Select(made => made.Call).ToHashSet();
        var missed = KnownCalls.All.Where(call => !reached.Contains(call)).ToDictionary(
            call => call.ToString(),
            call => string.Join("; ", system.Calls.Where(made => made.Call == call && made.Reader.IsOwn && call.Right.Roles.Contains(made.Reader.Role)).Select(made => $"{made.Answer.Status} {made.Answer.Why}").Distinct().Take(3)));
        foreach (var (call, why) in missed)
        {
            output.WriteLine($"{call}: {why}");
        }

        Assert.Empty(missed.Keys.Except(NotReached.Reasons.Keys));
        Assert.Empty(NotReached.Reasons.Keys.Except(KnownCalls.All.Select(call => call.ToString())));
    }

    // These answer about a case that stands in the request and is kept nowhere.
    private static bool IsAboutWhatWasSent(KnownCall call) => call.Method.Name is "Assess" or "TryCase" or "ReadCaseFile";

    private void NoneOf(IEnumerable<string> leaks)
    {
        var found = leaks.Order(StringComparer.Ordinal).ToList();
        found.ForEach(output.WriteLine);
        Assert.Empty(found);
    }

    private static string Told(Made made) => made.Answer.Messages.Count > 0 ? string.Join('\n', made.Answer.Messages) : made.Answer.Raw;

    [GeneratedRegex("[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)+")]
    private static partial Regex Dotted();
}
