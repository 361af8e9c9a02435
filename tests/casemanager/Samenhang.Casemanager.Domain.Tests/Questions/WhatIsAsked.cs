using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Questions;

public class WhatIsAsked
{
    private static readonly QuestionList Questions = new(SampleCases.Vocabulary);
    private static readonly DomainViews Views = new(SampleCases.Vocabulary);

    [Fact]
    public void A_fact_is_asked_once_with_all_that_waits_for_it()
    {
        var question = Assert.Single(Questions.Of(Rows.Assessment(SampleCases.Simon,
            [Rows.Row("n1", "gbggz", Outcome.Undetermined, missing: ["gp.canTreat"]), Rows.Row("n1", "gp-care", Outcome.Undetermined, missing: ["gp.canTreat"]), Rows.Row("n2", "zw-benefit", Outcome.Undetermined, missing: ["gp.canTreat"])],
            open: [Rows.Open("uncovered.beyond-gp-no-title", "gp.canTreat")])));

        Assert.Equal("gp.canTreat", question.Fact);
        Assert.Equal("Kan de huisarts (met POH) deze klachten zelf behandelen?", question.QuestionNl);
        Assert.Equal("gp", question.AskedOf);
        Assert.Equal(["n1", "n2"], question.NeedIds);
        Assert.Equal(["gbggz", "gp-care", "zw-benefit"], question.Schemes);
        Assert.Equal(["uncovered.beyond-gp-no-title"], question.Flags);
        Assert.Equal(QuestionPriority.High, question.Priority);
    }

    [Fact]
    public void The_most_decisive_comes_first_and_the_control_of_bills_last()
    {
        var asked = Questions.Of(Rows.Assessment(SampleCases.Simon,
            [
                Rows.Row("n1", "gbggz", Outcome.Undetermined, missing: ["policy.referrers", "gp.canTreat", "health.severity"]),
                Rows.Row("n1", "sggz", Outcome.Undetermined, missing: ["policy.referrers", "health.severity"]),
                Rows.Row("n1", "gp-care", Outcome.Undetermined, missing: ["policy.referrers"]),
            ],
            open: [Rows.Open("coordination.no-director", "coord.proactiveNeeded")]));

        Assert.Equal(["coord.proactiveNeeded", "health.severity", "gp.canTreat", "policy.referrers"], asked.Select(q => q.Fact));
        Assert.Equal([QuestionPriority.High, QuestionPriority.Normal, QuestionPriority.Normal, QuestionPriority.Low], asked.Select(q => q.Priority));
    }

    [Fact]
    public void Of_a_derived_fact_its_unknown_sources_are_asked()
    {
        var nobodyKnows = SampleCases.Simon.With("client.birthDate", null);
        var question = Assert.Single(Questions.Of(Rows.Assessment(nobodyKnows, [Rows.Row("n1", "jeugd-ggz", Outcome.Undetermined, missing: ["client.age"])])));

        Assert.Equal("client.birthDate", question.Fact);
        Assert.Equal(["client.age"], question.Settles);
        Assert.Equal("client", question.AskedOf);
    }

    [Fact]
    public void A_derived_fact_with_several_unknown_sources_is_one_question()
    {
        var asked = Questions.Of(Rows.Assessment(SampleCases.Simon, [Rows.Row("n1", "gp-care", Outcome.Undetermined, missing: ["health.burnOutCriteriaMet"])]));

        Assert.Equal("health.burnOutCriteriaMet", Assert.Single(asked).Fact);
    }

    [Fact]
    public void An_urgent_finding_that_is_far_from_decided_asks_without_haste()
    {
        var asked = Questions.Of(Rows.Assessment(SampleCases.Simon,
            open: [Rows.Open("uncovered.no-24x7-nurse", "pal.phase", "stay.setting", "pal.nurse24x7")]));

        Assert.Equal(3, asked.Count);
        Assert.All(asked, question => Assert.Equal(QuestionPriority.Low, question.Priority));
    }

    [Fact]
    public void The_answer_of_zvw_is_asked_of_nobody() =>
        Assert.Empty(Questions.Of(Rows.Assessment(SampleCases.Simon, [Rows.Row("n2", "wmo-begeleiding", Outcome.Undetermined, missing: ["coverage.zvwTitle"])])));

    [Fact]
    public void A_finding_that_is_only_good_to_know_asks_nothing() =>
        Assert.Empty(Questions.Of(Rows.Assessment(SampleCases.Simon, open: [Rows.Open("uncovered.no-signalling", "somatic.severeImpact")])));

    [Theory]
    [InlineData("health.dsmDisorder", "gp")]
    [InlineData("work.adaptedWorkOffered", "emp")]
    [InlineData("work.wish", "client")]
    [InlineData("work.guidanceStagnatedSince", "client")]
    [InlineData("benefit.claimDate", "uwv")]
    [InlineData("benefit.partnerIncomeHigh", "gemeente")]
    [InlineData("social.selfReliance", "client")]
    [InlineData("coord.simpleMeansSuffice", "casemanager")]
    [InlineData("gemeente.wijkteam", "gemeente")]
    [InlineData("somatic.condition", "gp")]
    public void It_is_asked_of_whoever_may_lawfully_answer(string fact, string askedOf) =>
        Assert.Equal(askedOf, AskedOf(fact, SampleCases.Simon));

    [Fact]
    public void A_specialist_answers_for_the_body_and_the_director_for_the_mind()
    {
        var more = SampleCases.Simon with
        {
            Parties = [.. SampleCases.Simon.Parties, new Party { Id = "onc", Role = "medical-specialist", Service = "zvw" }, new Party { Id = "rb", Role = "regiebehandelaar", Service = "zvw" }],
            Provisions = [],
        };

        Assert.Equal("onc", AskedOf("somatic.condition", more));
        Assert.Equal("rb", AskedOf("health.dsmDisorder", more));
        Assert.Equal("gp", AskedOf("gp.inDoubt", more));
        Assert.Equal("zvw", AskedOf("health.dsmDisorder", more with { Parties = [] }));
    }

    [Fact]
    public void The_employer_is_not_asked_when_the_client_forbids_the_contact_or_has_no_employer()
    {
        Assert.Equal("client", AskedOf("work.adaptedWorkOffered", SampleCases.Simon.With("work.disclosureAllowed", "false")));
        Assert.Equal("client", AskedOf("work.adaptedWorkOffered", SampleCases.Simon.With("work.status", "unemployed")));
        Assert.Equal("emp", AskedOf("work.adaptedWorkOffered", SampleCases.Simon.With("work.status", null)));
    }

    [Fact]
    public void Nobody_but_the_client_and_his_casemanager_is_asked_for_what_he_may_not_see() => Properties.HoldForAnySeed(seed =>
    {
        var @case = SampleCases.Random(seed);
        var all = Rows.Row("n1", "gp-care", Outcome.Undetermined, missing: [.. SampleCases.Vocabulary.Facts.Select(f => f.Id)]);
        foreach (var question in Questions.Of(Rows.Assessment(@case, [all])))
        {
            var party = @case.Parties.FirstOrDefault(p => p.Id == question.AskedOf);
            if ((party?.Role ?? question.AskedOf) is "client" || question.AskedOf == Services.Casemanager)
            {
                continue;
            }

            var service = party?.Service ?? question.AskedOf;
            Assert.True(Views.Sees(service, SampleCases.Fact(question.Fact), @case), $"{service} is asked for {question.Fact}");
        }
    });

    private static string AskedOf(string fact, Case @case) =>
        Assert.Single(Questions.Of(Rows.Assessment(@case, [Rows.Row("n1", "gp-care", Outcome.Undetermined, missing: [fact])]))).AskedOf;
}
