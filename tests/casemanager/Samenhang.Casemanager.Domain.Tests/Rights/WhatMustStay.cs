using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Rights;

public class WhatMustStay
{
    private static readonly DateOnly Today = new(2030, 6, 1);
    private static readonly DateTimeOffset Told = new(2016, 10, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly ErasureDecisions Decisions = new(SampleCases.Vocabulary, RetentionTable.Standard, moment => DateOnly.FromDateTime(moment.UtcDateTime));

    private readonly List<DatedChange> log =
        [new(Told, new CaseOpened("c1", "een casus", null, [], null, [], new Dictionary<string, Value>(), [])), new(Told, new NeedAdded(new NeedEntry("n1", "reintegration", new Dictionary<string, Value>())))];

    [Fact]
    public void A_case_in_which_nobody_decided_anything_may_go()
    {
        Tell("wmo-begeleiding", "requested");
        Tell("sggz", "offered-declined");
        Tell("jeugdhulp", "withdrawn");

        Assert.Empty(Decisions.Obstacles(log, Today));
    }

    [Theory]
    [InlineData("wmo-begeleiding", "wmo", "2032-03-31", "Wmo 2015, artikel 5.3.4", "31 maart 2032")]
    [InlineData("jeugdhulp", "youth", "2037-03-31", "Jeugdwet, artikel 7.3.8", "31 maart 2037")]
    [InlineData("sggz", "medical", "2037-03-31", "BW 7:454", "31 maart 2037")]
    public void A_file_stays_for_its_years_from_its_end_and_the_text_names_law_and_day(string scheme, string line, string until, string article, string day)
    {
        Tell(scheme, "ended", new DateOnly(2017, 3, 31));

        var stays = Assert.Single(Decisions.Obstacles(log, Today));
        Assert.Equal((line, (DateOnly?)DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture)), (stays.Line, stays.Until));
        Assert.Contains(article, stays.Text.Nl, StringComparison.Ordinal);
        Assert.Contains(day, stays.Text.Nl, StringComparison.Ordinal);
        Assert.Contains("must stay until 31 March", stays.Text.En, StringComparison.Ordinal);
        Assert.NotEmpty(Decisions.Obstacles(log, stays.Until!.Value));
        Assert.Empty(Decisions.Obstacles(log, stays.Until!.Value.AddDays(1)));
    }

    [Fact]
    public void Without_an_end_it_counts_from_what_was_told_last_and_in_use_from_today()
    {
        Tell("wmo-begeleiding", "refused");
        Assert.Equal(new DateOnly(2031, 10, 1), Assert.Single(Decisions.Obstacles(log, Today)).Until);

        Tell("wmo-begeleiding", "running");
        var inUse = Assert.Single(Decisions.Obstacles(log, Today));
        Assert.Equal(Today.AddYears(15), inUse.Until);
        Assert.Contains("nog in gebruik", inUse.Text.Nl, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_each_kind_of_file_the_last_day_is_told_and_all_kinds_at_once()
    {
        Tell("wmo-begeleiding", "ended", new DateOnly(2017, 3, 31), "p1");
        Tell("wmo-dagbesteding", "ended", new DateOnly(2019, 3, 31), "p2");
        Tell("sggz", "ended", new DateOnly(2018, 1, 1), "p3");

        var stay = Decisions.Obstacles(log, Today);

        Assert.Equal([("medical", new DateOnly(2038, 1, 1)), ("wmo", new DateOnly(2034, 3, 31))], stay.Select(one => (one.Line, one.Until!.Value)));
        Assert.Contains(stay[0].Text.Nl, ErasureDecisions.Refusal(stay).Text.Nl, StringComparison.Ordinal);
        Assert.Contains(stay[1].Text.Nl, ErasureDecisions.Refusal(stay).Text.Nl, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_knows_the_term_of_stays_without_a_day()
    {
        Tell("wia-benefit", "ended", new DateOnly(1990, 1, 1));

        Assert.Equal(("public-archive", (DateOnly?)null), Assert.Single(Decisions.Obstacles(log, Today.AddYears(100))) is var stays ? (stays.Line, stays.Until) : default);
    }

    [Fact]
    public void A_record_of_a_domain_stays_also_when_it_is_no_provision_and_a_provision_counts_by_its_status()
    {
        log.Add(new(Told, new RecordHeard("gemeente", "provision/a", 1)));
        log.Add(new(Told, new RecordHeard("uwv", "provision/b", 1)));
        Assert.Empty(Decisions.Obstacles(log, Today));

        log.Add(new(Told.AddYears(13), new RecordHeard("employer", "absence/c", 1)));
        Assert.Equal(("reintegration", (DateOnly?)new DateOnly(2031, 10, 1)), Assert.Single(Decisions.Obstacles(log, Today)) is var stays ? (stays.Line, stays.Until) : default);
    }

    [Theory]
    [InlineData(RestrictionGround.NeededForClaim, 1)]
    [InlineData(RestrictionGround.UnlawfulUse, 1)]
    [InlineData(RestrictionGround.AccuracyContested, 0)]
    [InlineData(RestrictionGround.ObjectionPending, 0)]
    public void A_restriction_that_asks_to_keep_the_data_goes_before(RestrictionGround ground, int obstacles)
    {
        log.Add(new(Told, new ProcessingRestricted(ground, "reden", "client", "client-1", Told)));

        Assert.Equal(obstacles, Decisions.Obstacles(log, Today).Count);
    }

    [Fact]
    public void The_table_names_laws_statuses_and_services_that_exist_and_says_how_we_know()
    {
        var laws = SampleCases.Vocabulary.Schemes.Values.Select(scheme => scheme.Law).ToHashSet();
        Assert.All(RetentionTable.Standard.Lines, line =>
        {
            Assert.Subset(laws, line.Laws.ToHashSet());
            Assert.Subset(SampleCases.Vocabulary.ProvisionStatus.ToHashSet(), line.Statuses.ToHashSet());
            Assert.Subset(new HashSet<string> { "zvw", "gemeente", "uwv", "employer" }, line.Services.ToHashSet());
            Assert.All(new[] { line.Article, line.Source, line.What.Nl, line.What.En }, Assert.NotEmpty);
        });
    }

    private void Tell(string scheme, string status, DateOnly? to = null, string id = "p1") => log.Add(new(Told, new ProvisionRecorded(new ProvisionEntry
    {
        Id = id, Scheme = scheme, Domain = SampleCases.Vocabulary.Schemes[scheme].Service, Status = status, NeedIds = ["n1"], To = to,
    })));
}
