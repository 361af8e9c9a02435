using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Cases;

/// <summary>What the records of the domains say about a case: the newest holds, nothing is lost, nobody tells more than is his.</summary>
public class WhatADomainTells
{
    private static readonly ProvisionEntry Trajectory = new() { Id = "p2", Scheme = "gbggz", Domain = "zvw", Status = "running", NeedIds = ["n1"], From = SampleCases.Day("2016-10-03") };

    private static readonly CaseEvent Letter = new() { Type = "referral-issued", Date = SampleCases.Day("2016-09-20"), Provision = "p2" };

    [Fact]
    public void A_provision_gets_its_newest_state_and_keeps_what_the_domain_does_not_tell()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        simon.Do(Hears(1, Told(Trajectory with { Facts = Of("referral.by", Value.Of("huisarts")) })));

        var p2 = simon.State.ToCase(SampleCases.Vocabulary).Provisions.Single(p => p.Id == "p2");
        Assert.Equal(("running", SampleCases.Day("2016-09-20"), SampleCases.Day("2016-10-03")), (p2.Status, p2.RequestedOn, p2.From));
        Assert.Equal("huisarts", p2.Facts[SampleCases.Fact("referral.by")].Code);
    }

    [Fact]
    public void What_had_ended_and_goes_on_again_has_no_last_day()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        simon.Do(Hears(1, Told(Trajectory with { Status = "ended", To = SampleCases.Day("2016-12-01") })));

        simon.Do(Hears(2, Told(Trajectory)));

        var p2 = simon.State.Provisions.Single(p => p.Id == "p2");
        Assert.Equal(("running", null), (p2.Status, p2.To));
    }

    [Fact]
    public void An_older_version_that_comes_later_changes_nothing_but_its_events_count()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        simon.Do(Hears(2, Told(Trajectory with { Status = "ended", To = SampleCases.Day("2016-12-01") })));

        simon.Do(Hears(1, Told(Trajectory) with { Events = [Letter] }));

        Assert.Equal("ended", simon.State.Provisions.Single(p => p.Id == "p2").Status);
        Assert.Contains(Letter, simon.State.Events);
    }

    [Fact]
    public void In_whatever_order_and_however_often_the_versions_come_the_case_is_the_same() => Properties.HoldForAnySeed(seed =>
    {
        var told = Enumerable.Range(1, 5).Select(version => (Version: (long)version, News: Told(Trajectory with { Product = $"version-{version}" }) with
        {
            Facts = Of("client.insuredZvw", Value.Of(version % 2 == 0)),
            Events = [Letter with { Date = Letter.Date.AddDays(version) }],
            Evidence = [new Evidence("referral-letter", Letter.Date.AddDays(version), "gp", Of("to", Value.Of("gbggz")))],
        })).ToList();
        var random = new Random(seed);
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        foreach (var (version, news) in told.Concat(told).OrderBy(_ => random.Next()))
        {
            simon.Do(Hears(version, news));
        }

        var state = simon.Settle().State;
        Assert.Equal("version-5", state.Provisions.Single(p => p.Id == "p2").Product);
        Assert.Equal(Truth.False, state.ToCase(SampleCases.Vocabulary).Facts[SampleCases.Fact("client.insuredZvw")].Truth);
        Assert.Equal(5, state.Events.Count(e => e.Type == "referral-issued"));
        Assert.Equal(SampleCases.Simon.Evidence.Count + 5, state.Evidence.Count);
    });

    [Fact]
    public void What_is_told_again_changes_nothing()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        simon.Do(Hears(1, Told(Trajectory) with { Events = [Letter] }));

        Assert.Empty(simon.Do(Hears(1, Told(Trajectory) with { Events = [Letter] })));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_document_that_its_record_took_back_is_gone_in_whatever_order_the_messages_come(bool inOrder)
    {
        var declaration = new Evidence("terminal-declaration", Letter.Date, "gp", Of("monthsStated", Value.Of(3m)));
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        var given = Hears(1, new RecordNews { Evidence = [declaration] });
        var takenBack = Hears(2, new RecordNews { EvidenceTakenBack = [declaration] });

        foreach (var told in inOrder ? new[] { given, takenBack, given } : [takenBack, given])
        {
            simon.Do(told);
        }

        Assert.DoesNotContain(simon.State.Evidence, declaration.IsSame);
    }

    [Fact]
    public void Who_works_on_two_provisions_in_one_role_keeps_both()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        var hb = new PartyEntry { Id = "hb", Role = "hoofdbehandelaar", Service = "zvw", Profession = "gz-psycholoog", ProvisionIds = ["p2"] };

        simon.Do(Hears(1, new RecordNews { Parties = [hb] }));
        simon.Do(Hears(2, Told(Trajectory with { Id = "new" }) with { Parties = [hb with { Profession = null, ProvisionIds = ["new"] }] }));

        var known = simon.State.Parties.Single(party => party.Id == "hb");
        Assert.Equal(["p2", "new"], known.ProvisionIds);
        Assert.Equal("gz-psycholoog", known.Profession);
    }

    [Fact]
    public void A_need_that_the_case_does_not_have_is_left_out()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        simon.Do(Hears(1, Told(Trajectory with { Id = "new", NeedIds = ["n1", "gone"] })));

        Assert.Equal(["n1"], simon.State.Provisions.Single(p => p.Id == "new").NeedIds);
    }

    [Fact]
    public void Only_the_services_that_see_the_news_are_asked_again()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        var changes = simon.Do(Hears(1, Told(Trajectory)));

        Assert.Equal(["zvw"], changes.OfType<CoverageAsked>().Select(asked => asked.Service));
    }

    public static TheoryData<string, string, string> Foreign => new()
    {
        { "a scheme of another domain", "gemeente", "provisions[0].scheme" },
        { "a provision of another domain", "zvw", "provisions[0].provision_id" },
        { "a diagnosis from the employer", "employer", "facts.health.complaintsSince" },
        { "a party of another domain", "uwv", "parties[0].domain" },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_domain_tells_only_what_is_its_own(string what, string service, string field)
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        var news = what switch
        {
            "a scheme of another domain" => Told(Trajectory with { Id = "new", Domain = "gemeente" }),
            "a provision of another domain" => Told(Trajectory with { Id = "p3" }),
            "a diagnosis from the employer" => new RecordNews { Facts = Of("health.complaintsSince", Value.Of(Letter.Date)) },
            _ => new RecordNews { Parties = [new PartyEntry { Id = "gp", Role = "huisarts", Service = "uwv" }] },
        };

        var error = Assert.IsType<CaseError.Invalid>(simon.Refuses(Hears(1, news, service)));

        Assert.Equal([field], error.Faults.Select(f => f.Field));
    }

    [Fact]
    public void What_is_told_again_is_not_written_again()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        var news = Told(Trajectory with { Facts = Of("referral.by", Value.Of("huisarts")) }) with
        {
            Facts = Of("client.insuredZvw", Value.Of(true)),
            Parties = [new PartyEntry { Id = "hb", Role = "co-practitioner", Service = "zvw", ProvisionIds = ["p2"], Facts = Of("party.inTraining", Value.Of(false)) }],
        };
        Assert.Equal(["FactsRecorded", "ProvisionRecorded", "PartyRecorded"], Written(simon.Do(Hears(1, news))));

        Assert.Empty(Written(simon.Do(Hears(2, news))));

        Assert.Equal(["ProvisionRecorded"], Written(simon.Do(Hears(3, news with { Provisions = [news.Provisions[0] with { Status = "ended" }] }))));
        Assert.Equal(["FactsRecorded"], Written(simon.Do(Hears(4, news with { Provisions = [], Facts = Of("client.insuredZvw", Value.Of(false)) }))));
    }

    [Fact]
    public void What_another_said_since_does_not_stand_against_a_domain_that_says_it_again()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        var news = Told(Trajectory with { Facts = Of("referral.by", Value.Of("huisarts")) });
        simon.Do(Hears(1, news));
        simon.Do(at => new CaseCommand.RecordFacts([new PlacedFact("referral.by", Value.Of("bedrijfsarts"), ItemKind.Provision, "p2")], "gp", SampleCases.Day("2016-10-04")) { At = at });

        Assert.Equal(["ProvisionRecorded"], Written(simon.Do(Hears(2, news))));

        Assert.Equal("huisarts", simon.State.ToCase(SampleCases.Vocabulary).Provisions.Single(p => p.Id == "p2").Facts[SampleCases.Fact("referral.by")].Code);
    }

    [Fact]
    public void A_case_holds_no_more_provisions_than_a_life_brings_and_what_it_has_goes_on()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        var room = CaseSize.MostItems - simon.State.Provisions.Count;
        var many = Enumerable.Range(0, room).Select(n => Trajectory with { Id = $"many-{n}" }).ToList();
        simon.Do(Hears(1, new RecordNews { Provisions = many }));

        var refused = Assert.IsType<CaseError.Forbidden>(simon.Refuses(Hears(2, new RecordNews { Provisions = [Trajectory with { Id = "one-more" }] })));
        simon.Do(Hears(2, new RecordNews { Provisions = [many[0] with { Status = "ended" }] }));

        Assert.Equal("CASE_FULL", refused.Type);
        Assert.Contains("1000", refused.Text.Nl, StringComparison.Ordinal);
        Assert.Equal("ended", simon.State.Provisions.Single(p => p.Id == "many-0").Status);
    }

    private static IEnumerable<string> Written(IReadOnlyList<CaseChange> changes) =>
        changes.Where(change => change is FactsRecorded or ProvisionRecorded or PartyRecorded).Select(change => change.GetType().Name);

    private static RecordNews Told(ProvisionEntry provision) => new() { Provisions = [provision] };

    private static Dictionary<string, Value> Of(string fact, Value value) => new() { [fact] = value };

    private static Func<Moment, CaseCommand> Hears(long version, RecordNews news, string service = "zvw") =>
        at => new CaseCommand.HearRecord(service, "trajectory/t1", version, news) { At = at };
}
