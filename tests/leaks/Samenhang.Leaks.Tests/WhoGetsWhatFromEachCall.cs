using Grpc.Core;
using Samenhang.Access;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Leaks.Tests.Calls;
using Samenhang.Leaks.Tests.Planted;
using Xunit.Abstractions;

namespace Samenhang.Leaks.Tests;

/// <summary>Every call × every role × own case or not: refused as the list says, or an answer in which nothing stands that this role may not know.</summary>
[Collection(OnePlantedSystem.Name)]
public sealed class WhoGetsWhatFromEachCall(PlantedSystem system, ITestOutputHelper output)
{
    [Fact]
    public void Who_may_not_make_a_call_is_refused_and_hears_nothing()
    {
        var forbidden = system.Calls.Where(made => !made.Call.Right.Roles.Contains(made.Reader.Role)).ToList();

        Assert.True(forbidden.Count > 1000, $"{forbidden.Count} calls");
        Assert.Empty(forbidden.Where(made => made.Heard.Status != StatusCode.PermissionDenied || made.Heard.IsAnswered).Select(made => $"{made.Reader} {made.Call}: {made.Heard.Status}").Distinct());
    }

    [Fact]
    public void Everybody_made_every_call()
    {
        var readers = Reader.All(system.CaseId);

        Assert.Equal(Enum.GetValues<CallerRole>(), readers.Select(reader => reader.Role).Distinct());
        NoneOf(KnownCalls.All.SelectMany(call => readers.Select(reader => $"{reader} {call}")).Except(system.Calls.Select(made => $"{made.Reader} {made.Call}")));
    }

    [Fact]
    public void The_script_is_played_to_its_end()
    {
        // Where the time goes, for who wants to know.
        system.Phases.ToList().ForEach(output.WriteLine);
        foreach (var call in system.Calls.GroupBy(made => made.Call).OrderByDescending(calls => calls.Sum(made => made.Heard.Took.TotalSeconds)).Take(20))
        {
            output.WriteLine(FormattableString.Invariant($"{call.Key}: {call.Count()} times, {call.Sum(made => made.Heard.Took.TotalSeconds):F1} s, at most {call.Max(made => made.Heard.Took.TotalSeconds):F1} s"));
        }

        NoneOf(system.RefusedOfScript);
    }

    [Fact]
    public void No_planted_word_reaches_who_may_not_read_it()
    {
        output.WriteLine($"{system.Calls.Count} calls, {system.Secrets.Count} planted words, {system.Calls.Sum(made => made.Heard.Words.Count)} times one of them read");

        NoneOf(
            (from made in system.Calls
             from leak in system.Secrets.LeakedTo(AsKnown(made), made.Heard.Words)
             where !KnownLeaks.Has(made, leak)
             select $"{made.Reader} {made.Call}: {leak}").Distinct());
    }

    [Fact]
    public void No_code_of_a_list_reaches_who_may_not_know_what_it_tells()
    {
        // Lists that are the same for everybody name every code and tell of nobody.
        NoneOf(
            (from made in system.Calls
             where made.Call.Right.Matter != CallMatter.Reference && !IsAboutWhatWasSent(made.Call) && made.Heard.IsAnswered

                // A document says what it establishes; it is kept between who gives the care and who pays it.
                && made.Call.Method.Service.Name != "IndicationService"
             from code in made.Heard.Codes
             from leak in system.Codes.LeakedTo(AsKnown(made), code.Key, code.Value)
             where !KnownLeaks.Has(made, leak)
             select $"{made.Reader} {made.Call}: {leak} ({code.Value[..Math.Min(code.Value.Length, 200)]})").Distinct());
    }

    [Fact]
    public void While_an_address_must_stay_secret_nobody_outside_reads_the_name_of_an_organisation()
    {
        var then = system.Calls.Where(made => made.IsAddressSecret).ToList();

        Assert.Contains(then, made => made.Reader.Role == CallerRole.Insurer && made.Heard.IsAnswered);
        Assert.Contains(then, made => LawfulSight.SeesAll(made.Reader.Role) && made.Heard.Words.Any(IsOrganisation));
        NoneOf(then.Where(made => !LawfulSight.SeesAll(made.Reader.Role) && made.Heard.Words.Any(IsOrganisation)).Select(made => $"{made.Reader} {made.Call}").Distinct());

        bool IsOrganisation(string word) => system.Secrets.PlaceOf(word)?.StartsWith("organisation of ", StringComparison.Ordinal) == true;
    }

    [Fact]
    public void Every_kind_of_event_is_told_to_somebody()
    {
        var told = system.Calls.Where(made => made.Call.IsFeed).SelectMany(made => made.Heard.Codes.Keys).ToHashSet();

        NoneOf(PublicEventTypes.All.Select(type => type.Name).Except(told).Except(NotReached.Events.Keys));
    }

    [Fact]
    public void The_bsn_reaches_nobody()
    {
        Assert.Empty(system.Calls.Where(made => made.Heard.TellsBsn).Select(made => $"{made.Reader} {made.Call}").Distinct());
    }

    [Fact]
    public void A_stranger_cannot_change_or_read_the_case()
    {
        Assert.Empty(
            (from made in system.Calls
             where !made.Reader.IsOwn && made.Heard.Status == StatusCode.OK && made.Call.Method.InputType.FindFieldByName("case_id") is not null
             select $"{made.Reader} {made.Call}").Distinct());
    }

    [Fact]
    public void Every_call_is_reached_by_somebody_or_stands_in_the_list_of_those_that_are_not()
    {
        var reached = system.Calls.Where(made => made.Heard.Status == StatusCode.OK).Select(made => made.Call).ToHashSet();
        var missed = KnownCalls.All.Where(call => !reached.Contains(call)).ToDictionary(
            call => call.ToString(),
            call => string.Join("; ", system.Calls.Where(made => made.Call == call && made.Reader.IsOwn && call.Right.Roles.Contains(made.Reader.Role)).Select(made => $"{made.Heard.Status} {made.Heard.Why}").Distinct().Take(3)));
        foreach (var (call, why) in missed)
        {
            output.WriteLine($"{call}: {why}");
        }

        Assert.Empty(missed.Keys.Except(NotReached.Reasons.Keys));
        Assert.Empty(NotReached.Reasons.Keys.Except(KnownCalls.All.Select(call => call.ToString())));
    }

    // UWV is one, and an employer is held to its cases by its token alone: who knows a pseudonym of theirs is no stranger there (docs/security.md, not covered).
    private static Reader AsKnown(Made made) => made.Call.Service is "uwv" or "employer" ? made.Reader with { IsOwn = true } : made.Reader;

    // These answer about a case that stands in the request and is kept nowhere.
    private static bool IsAboutWhatWasSent(KnownCall call) => call.Method.Name is "Assess" or "TryCase" or "ReadCaseFile" or "CheckClaim";

    private void NoneOf(IEnumerable<string> leaks)
    {
        var found = leaks.Order(StringComparer.Ordinal).ToList();
        found.ForEach(output.WriteLine);
        Assert.Empty(found);
    }
}
