using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.History;

public class WhatWasKnownWhen
{
    private static readonly FactHistory Facts = new(moment => DateOnly.FromDateTime(moment.UtcDateTime));
    private static readonly DateTimeOffset Opened = new(2016, 10, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly ACase simon = ACase.Opened(SampleCases.Simon);
    private readonly List<DatedChange> log = [];

    public WhatWasKnownWhen() => log.AddRange(simon.Log.Select(change => new DatedChange(Opened, change)));

    [Fact]
    public void What_was_recorded_later_is_not_known_before()
    {
        var before = Record("work.firstSickDay", Day("2016-03-29")).AddTicks(-1);

        Assert.Equal(Day("2016-04-04"), FirstSickDay(before));
        Assert.Equal(Day("2016-03-29"), FirstSickDay(before.AddTicks(1)));
        Assert.Null(FactHistory.AsKnown(log, Opened.AddTicks(-1)).Opened);
    }

    [Fact]
    public void A_correction_keeps_both_values_with_when_and_by_whom()
    {
        var at = Record("work.firstSickDay", Day("2016-03-29"), by: "emp");

        var found = Assert.Single(Facts.Corrections(log));
        Assert.Equal(CorrectionKind.Corrected, found.Kind);
        Assert.Equal((Day("2016-04-04"), "casemanager"), (found.Before!.Value, found.Before.By));
        Assert.Equal(new RecordedValue(Day("2016-03-29"), null, at, "emp"), found.Now);
    }

    [Fact]
    public void Who_was_shown_the_old_value_is_told_with_it_and_since_when_they_know_better()
    {
        simon.Settle();
        log.Clear();
        log.AddRange(simon.Log.Select(change => new DatedChange(Opened, change)));
        var at = Record("work.firstSickDay", Day("2016-03-29"));
        var found = Assert.Single(Facts.Corrections(log));
        var asked = simon.Log.OfType<CoverageAsked>().ToList();
        var shown = asked.Where(one => one.Round == 1 && one.View.Facts.GetValueOrDefault("work.firstSickDay") == Day("2016-04-04")).Select(one => one.Service).Distinct().Order().ToList();

        Assert.Contains("employer", shown);
        Assert.Equal(shown, found.Shown.Select(one => one.Service));
        Assert.All(found.Shown, one => Assert.Equal(Opened, one.At));
        var anew = asked.Where(one => one.Round == 2).Select(one => one.Service).ToList();
        Assert.All(found.Shown, one => Assert.Equal(anew.Contains(one.Service) ? at : null, one.CorrectedAt));

        // Those whose turn has not come hear it when the round goes on.
        simon.Settle();
        log.AddRange(simon.Log.Skip(log.Count).Select(change => new DatedChange(at.AddSeconds(1), change)));
        Assert.All(Assert.Single(Facts.Corrections(log)).Shown, one => Assert.True(one.CorrectedAt >= at, one.Service));
    }

    [Fact]
    public void What_was_not_known_and_holds_from_before_is_late()
    {
        Record("work.employerWillingToPay", Value.Of(false));
        Record("work.disclosureAllowed", Value.Of(true), from: new DateOnly(2016, 9, 30));

        Assert.All(Facts.Corrections(log), found => Assert.Equal((CorrectionKind.Late, null), (found.Kind, found.Before)));
        Assert.Equal(["work.employerWillingToPay", "work.disclosureAllowed"], Facts.Corrections(log).Select(found => found.Fact));
        Assert.Equal(new DateOnly(2016, 9, 30), Facts.Corrections(log)[1].Now.HoldsFrom);
    }

    [Fact]
    public void What_holds_from_today_or_later_is_news_and_no_correction()
    {
        Record("work.employerWillingToPay", Value.Of(false), from: new DateOnly(2016, 10, 1));
        Record("work.status", Value.Of("unemployed"), from: new DateOnly(2016, 11, 1));

        Assert.Empty(Facts.Corrections(log));
    }

    [Fact]
    public void The_same_again_is_no_correction_and_nothing_takes_back_what_was_said()
    {
        Record("work.status", Value.Of("employed"));
        Record("work.status", Value.Unknown);

        Assert.Equal(CorrectionKind.TakenBack, Assert.Single(Facts.Corrections(log)).Kind);
    }

    [Fact]
    public void A_fact_of_a_need_is_told_with_its_need_and_a_new_need_is_not_late()
    {
        Write(at => new CaseCommand.AddNeed(new NeedEntry("n5", "psych-treatment", new Dictionary<string, Value> { ["health.severity"] = Value.Of("light") })) { At = at });
        Write(at => ACase.Fact(at, "health.severity", Value.Of("severe"), ItemKind.Need, "n5"));

        var found = Assert.Single(Facts.Corrections(log));
        Assert.Equal((ItemKind.Need, "n5", "light", "severe"), (found.On, found.ItemId, found.Before!.Value.Code, found.Now.Value.Code));
    }

    [Fact]
    public void What_a_domain_corrects_in_its_provision_is_of_that_domain()
    {
        Heard(1, "huisarts");
        Heard(2, "bedrijfsarts");

        var found = Assert.Single(Facts.Corrections(log));
        Assert.Equal(("zvw", "huisarts", "bedrijfsarts"), (found.Now.By, found.Before!.Value.Code, found.Now.Value.Code));

        void Heard(int version, string by) => Write(at => new CaseCommand.HearRecord("zvw", "referral-1", version, new RecordNews
        {
            Provisions = [new ProvisionEntry { Id = "p2", Scheme = "gbggz", Domain = "zvw", Status = "requested", NeedIds = ["n1"], Facts = new Dictionary<string, Value> { ["referral.by"] = Value.Of(by) } }],
        }) { At = at });
    }

    private Value FirstSickDay(DateTimeOffset at) => FactHistory.AsKnown(log, at).ToDocument(new DateOnly(2016, 10, 1)).Facts["work.firstSickDay"];

    private DateTimeOffset Record(string fact, Value value, string by = "casemanager", DateOnly? from = null) =>
        Write(at => new CaseCommand.RecordFacts([new PlacedFact(fact, value)], by, from) { At = at });

    private DateTimeOffset Write(Func<Moment, CaseCommand> command)
    {
        DateTimeOffset written = default;
        var changes = simon.Do(at =>
        {
            written = at.Instant;
            return command(at);
        });
        log.AddRange(changes.Select(change => new DatedChange(written, change)));
        return written;
    }

    private static Value Day(string text) => Value.Of(SampleCases.Day(text));
}
