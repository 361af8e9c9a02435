using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Views;

public class WhatEachServiceSees
{
    private static readonly DomainViews Views = new(Cases.Vocabulary);

    [Fact]
    public void The_casemanager_sees_the_whole_case() => Assert.Same(Cases.Simon, Views.For(Services.Casemanager, Cases.Simon));

    [Fact]
    public void Zvw_sees_diagnosis_and_its_provisions_with_product_and_goal()
    {
        var whole = Cases.Simon with { Provisions = [Cases.Simon.Provisions[0] with { Goal = "behandelen" }] };
        var view = Views.For(Services.Zvw, whole);

        Assert.Equal("burn-out", view.Needs[0].Facts[Cases.Fact("health.classification")].Code);
        Assert.Equal("behandelen", view.Provisions[0].Goal);
        Assert.False(view.Facts[Cases.Fact("work.firstSickDay")].IsKnown);
    }

    [Fact]
    public void The_municipality_sees_no_diagnosis_and_no_provision_of_zvw()
    {
        var view = Views.For(Services.Gemeente, Cases.Simon);

        Assert.DoesNotContain(view.Needs.SelectMany(n => n.Facts), f => f.Key.Sensitivity == "medical");
        Assert.DoesNotContain(view.Provisions, p => p.Scheme.Service == "zvw");
        Assert.DoesNotContain(view.Parties, p => p.Id == "gp");
    }

    [Theory]
    [InlineData("uwv", true)]
    [InlineData("gemeente", true)]
    public void Income_is_seen_by_the_body_that_a_need_concerns(string service, bool seen) =>
        Assert.Equal(seen, Views.For(service, Cases.Simon).Facts[Cases.Fact("benefit.type")].IsKnown);

    [Fact]
    public void Income_is_hidden_from_a_body_that_neither_pays_nor_is_responsible()
    {
        var whole = Cases.Simon with { Needs = [Cases.Need("n1", "somatic-treatment")], Provisions = [] };

        Assert.False(Views.For(Services.Uwv, whole).Facts[Cases.Fact("benefit.type")].IsKnown);
        Assert.True(Views.For(Services.Uwv, whole with { Provisions = [Cases.Provision("p", "ww-benefit", "running", [])] }).Facts[Cases.Fact("benefit.type")].IsKnown);
    }

    [Fact]
    public void A_need_goes_only_to_the_services_that_it_concerns_or_that_serve_it()
    {
        Assert.DoesNotContain(Views.For(Services.Uwv, Cases.Simon).Needs, n => n.Id is "n1" && n.Kind.Id == "debt-help");
        var served = Cases.Simon with { Provisions = [Cases.Provision("p", "uwv-treatment-in-reintegration", "requested", ["n1"])] };

        Assert.Contains(Views.For(Services.Uwv, served).Needs, n => n.Id == "n1");
        Assert.DoesNotContain(Views.For(Services.Uwv, served with { Provisions = [] }).Needs, n => n.Id == "n1");
    }

    [Fact]
    public void The_municipality_sees_a_medical_fact_only_on_a_ground()
    {
        var youthCare = Cases.Fact("ggz.youthCareActive");
        var whole = Cases.Simon.With("ggz.youthCareActive", "true");
        bool Sees(Case @case) => Views.Sees(Services.Gemeente, youthCare, @case);

        Assert.False(Sees(whole));
        Assert.True(Sees(whole.With("health.crisis", "true")));
        Assert.True(Sees(whole.With("wlz.indication", "requested")));
        Assert.False(Sees(whole.With("wlz.indication", "none")));
        Assert.True(Sees(whole.With("client.birthDate", "1998-10-02")));
        Assert.False(Sees(whole.With("client.birthDate", "1998-10-01")));
        Assert.True(Sees(whole with { Consents = [new Consent("gp", "gemeente", ["medical"], null, null, null)] }));
        Assert.False(Sees(whole with { Consents = [new Consent("gp", "gemeente", ["income"], null, null, null)] }));
        Assert.False(Sees(whole with { Consents = [new Consent("gp", "gemeente", ["full"], null, null, whole.AsOf)] }));
    }

    [Fact]
    public void No_view_ever_holds_a_fact_that_the_service_may_not_see() => Properties.HoldForAnySeed(seed =>
    {
        var whole = Cases.Random(seed);
        foreach (var service in Services.Asked)
        {
            var view = Views.For(service, whole);
            var facts = view.Facts.Concat(view.Needs.SelectMany(n => n.Facts)).Concat(view.Provisions.SelectMany(p => p.Facts)).Concat(view.Parties.SelectMany(p => p.Facts));
            Assert.All(facts, f => Assert.True(Views.Sees(service, f.Key, whole), $"{service} sees {f.Key}"));
        }
    });

    [Fact]
    public void The_digest_of_a_view_changes_only_with_what_the_service_sees()
    {
        string Digest(string service, Case whole) => ViewDigest.Of(Views.For(service, whole));
        var otherDiagnosis = Cases.Simon with { Needs = [Cases.Need("n1", "psych-treatment", ("health.classification", "disorder")), .. Cases.Simon.Needs.Skip(1)] };

        Assert.NotEqual(Digest(Services.Zvw, Cases.Simon), Digest(Services.Zvw, otherDiagnosis));
        Assert.All(Services.AfterZvw, s => Assert.Equal(Digest(s, Cases.Simon), Digest(s, otherDiagnosis)));
    }

    [Fact]
    public void The_title_of_zvw_is_that_of_ggz_for_treatment_and_the_best_of_all_for_other_needs()
    {
        var filled = ZvwTitle.Fill(Cases.Simon,
            [Row("n1", "gp-care", Outcome.Covered), Row("n1", "gbggz", Outcome.NotCovered), Row("n1", "sggz", Outcome.Undetermined), Row("n2", "gp-care", Outcome.Conditional), Row("n3", "ggz", Outcome.NotApplicable)],
            Cases.Vocabulary);

        Assert.Equal(["undetermined", "conditional", "not-covered", "not-covered"], filled.Needs.Select(n => n.Facts[Cases.Fact("coverage.zvwTitle")].Code));
        Assert.Same(Cases.Simon, ZvwTitle.Fill(Cases.Simon, null, Cases.Vocabulary));
    }

    private static Coverage Row(string need, string scheme, Outcome outcome) => new()
    {
        NeedId = need,
        Scheme = scheme,
        Service = "zvw",
        Outcome = outcome,
        RuleIds = ["ARB-45"],
        Sources = [],
        ValidAt = new DateOnly(2016, 10, 1),
        Explanation = Sentence.None,
    };
}
