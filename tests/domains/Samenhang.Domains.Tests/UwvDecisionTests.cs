using Samenhang.Language;
using Samenhang.Platform.Errors;
using Samenhang.Uwv.Benefits;
using Samenhang.Uwv.EffortTests;
using Samenhang.Uwv.Judgements;
using Samenhang.Uwv.Unemployment;

namespace Samenhang.Domains.Tests;

/// <summary>What may happen to the records of UWV, and when.</summary>
public sealed class UwvDecisionTests
{
    private static readonly Vocabulary Vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);
    private static readonly DateOnly Day = new(2016, 9, 1);

    private static readonly Benefit Applied = new() { Id = "b", CasePseudonym = "c", Law = BenefitLaw.Wia, Status = BenefitStatus.Applied, AppliedOn = Day };

    private static readonly EffortTest Started = new() { Id = "t", CasePseudonym = "c", StartedOn = Day };

    private static readonly WwGuidance Ww = new() { Id = "w", CasePseudonym = "c", WwStartedOn = new DateOnly(2016, 1, 31) };

    [Theory]
    [InlineData(34.99, null)]
    [InlineData(35, "WIA")]
    [InlineData(80, "WGA-80-100")]
    public void The_WIA_begins_at_35_percent_and_the_full_WGA_at_80(double percent, string? type)
    {
        var granted = BenefitDecisions.Grant(Applied, Day, Day, (decimal)percent, Permanence.NotPermanent, Vocabulary);

        Assert.Equal(type, granted.IsSuccess ? granted.OrFail().After.Type : null);
    }

    [Fact]
    public void Full_incapacity_for_good_is_the_IVA_and_no_WGA() =>
        Assert.Equal("WIA", BenefitDecisions.Grant(Applied, Day, Day, 100, Permanence.Permanent, Vocabulary).OrFail().After.Type);

    [Theory]
    [InlineData(BenefitLaw.Wao, 2003, true)]
    [InlineData(BenefitLaw.Wao, 2004, false)]
    [InlineData(BenefitLaw.Waz, 2004, false)]
    [InlineData(BenefitLaw.Wajong, 2014, true)]
    [InlineData(BenefitLaw.Wajong, 2015, false)]
    [InlineData(BenefitLaw.Zw, 2016, true)]
    public void Who_comes_after_a_law_was_closed_cannot_apply(BenefitLaw law, int year, bool possible)
    {
        var asked = BenefitDecisions.Apply(Applied with { Law = law, AppliedOn = new DateOnly(year, 1, 1) }, Vocabulary);

        Assert.Equal(possible ? null : "LAW_CLOSED", (asked.Error as Error.StateForbids)?.Type);
    }

    [Fact]
    public void Too_little_effort_leads_to_a_sanction_that_can_be_shortened()
    {
        var judged = EffortTestDecisions.Judge(Started, Day, new Sanction(Day, Day.AddDays(363)), Vocabulary).OrFail().After;

        var shortened = EffortTestDecisions.Shorten(judged, Day.AddDays(90)).OrFail().After;

        Assert.False(judged.Sufficient);
        Assert.Equal(new Sanction(Day, Day.AddDays(90)), shortened.Sanction);
    }

    [Fact]
    public void The_calendar_of_the_basic_service_has_talks_in_months_four_seven_and_ten()
    {
        var basic = WwGuidanceDecisions.Choose(Ww, WwProfile.Basic, Day).OrFail().After;
        var talked = WwGuidanceDecisions.Talk(basic, new DateOnly(2016, 5, 2)).OrFail().After;

        Assert.Equal([new DateOnly(2016, 5, 30)], WwCalendar.TalksDue(Ww, Vocabulary));
        Assert.Equal([new DateOnly(2016, 5, 30), new DateOnly(2016, 8, 30), new DateOnly(2016, 11, 29)], WwCalendar.TalksDue(basic, Vocabulary));
        Assert.Equal([new DateOnly(2016, 8, 30), new DateOnly(2016, 11, 29)], WwCalendar.TalksDue(talked, Vocabulary));
    }

    [Fact]
    public void The_calendar_of_the_intensive_service_has_a_talk_every_quarter()
    {
        var intensive = WwGuidanceDecisions.Choose(Ww, WwProfile.Intensive, new DateOnly(2016, 5, 1)).OrFail().After;
        var talked = WwGuidanceDecisions.Talk(intensive, new DateOnly(2016, 6, 15)).OrFail().After;
        var ended = WwGuidanceDecisions.End(talked, new DateOnly(2016, 7, 1)).OrFail().After;

        Assert.Equal([new DateOnly(2016, 8, 1)], WwCalendar.TalksDue(intensive, Vocabulary));
        Assert.Equal([new DateOnly(2016, 9, 15)], WwCalendar.TalksDue(talked, Vocabulary));
        Assert.Empty(WwCalendar.TalksDue(ended, Vocabulary));
    }

    public static TheoryData<string, string> ForbiddenActs => new()
    {
        { "grant twice", "APPLICATION_NOT_OPEN" },
        { "refuse what was granted", "APPLICATION_NOT_OPEN" },
        { "grant before the application", "DAY_TOO_EARLY" },
        { "grant the WIA without a judgement", "TOO_LITTLE_INCAPACITY" },
        { "end what does not run", "BENEFIT_NOT_RUNNING" },
        { "end before it began", "DAY_TOO_EARLY" },
        { "judge twice", "JUDGEMENT_GIVEN" },
        { "judge before it was asked", "DAY_TOO_EARLY" },
        { "judge the effort twice", "EFFORT_JUDGED" },
        { "a sanction of more than a year", "SANCTION_TOO_LONG" },
        { "shorten what is not there", "NO_SANCTION" },
        { "lengthen a sanction", "SANCTION_NOT_SHORTER" },
        { "talk after the end", "GUIDANCE_ENDED" },
        { "the same talk twice", "TALK_RECORDED" },
        { "a profile before the WW", "DAY_TOO_EARLY" },
    };

    [Theory]
    [MemberData(nameof(ForbiddenActs))]
    public void What_the_state_forbids_is_refused_with_a_reason(string act, string reason)
    {
        var granted = BenefitDecisions.Grant(Applied, Day, Day.AddDays(7), 50, null, Vocabulary).OrFail().After;
        var judgement = new Judgement { Id = "j", CasePseudonym = "c", Expert = Expert.LabourExpert, AskedOn = Day };
        var given = JudgementDecisions.Give(judgement, Day, new JudgedCapacity(true, null, null, null)).OrFail().After;
        var sanctioned = EffortTestDecisions.Judge(Started, Day, new Sanction(Day, Day.AddDays(100)), Vocabulary).OrFail().After;
        var error = act switch
        {
            "grant twice" => BenefitDecisions.Grant(granted, Day, Day, 50, null, Vocabulary).Error,
            "refuse what was granted" => BenefitDecisions.Refuse(granted, Day, "other").Error,
            "grant before the application" => BenefitDecisions.Grant(Applied, Day.AddDays(-1), Day, 50, null, Vocabulary).Error,
            "grant the WIA without a judgement" => BenefitDecisions.Grant(Applied, Day, Day, null, null, Vocabulary).Error,
            "end what does not run" => BenefitDecisions.End(Applied, Day, false).Error,
            "end before it began" => BenefitDecisions.End(granted, Day, false).Error,
            "judge twice" => JudgementDecisions.Give(given, Day, given.Result!).Error,
            "judge before it was asked" => JudgementDecisions.Give(judgement, Day.AddDays(-1), given.Result!).Error,
            "judge the effort twice" => EffortTestDecisions.Judge(sanctioned, Day, null, Vocabulary).Error,
            "a sanction of more than a year" => EffortTestDecisions.Judge(Started, Day, new Sanction(Day, Day.AddDays(364)), Vocabulary).Error,
            "shorten what is not there" => EffortTestDecisions.Shorten(Started, Day).Error,
            "lengthen a sanction" => EffortTestDecisions.Shorten(sanctioned, Day.AddDays(101)).Error,
            "talk after the end" => WwGuidanceDecisions.Talk(Ww with { EndedOn = Day }, Day).Error,
            "the same talk twice" => WwGuidanceDecisions.Talk(Ww with { TalksOn = [Day] }, Day).Error,
            _ => WwGuidanceDecisions.Choose(Ww, WwProfile.Basic, new DateOnly(2016, 1, 30)).Error,
        };

        Assert.Equal(reason, Assert.IsType<Error.StateForbids>(error).Type);
    }
}
