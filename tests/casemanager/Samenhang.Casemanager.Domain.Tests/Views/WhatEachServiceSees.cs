using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Views;

public class WhatEachServiceSees
{
    private static readonly DomainViews Views = new(SampleCases.Vocabulary);

    [Fact]
    public void The_casemanager_sees_the_whole_case() => Assert.Same(SampleCases.Simon, Views.For(Services.Casemanager, SampleCases.Simon));

    [Fact]
    public void Zvw_sees_diagnosis_and_its_provisions_with_product_and_goal()
    {
        var whole = SampleCases.Simon with { Provisions = [SampleCases.Simon.Provisions[0] with { Goal = "behandelen" }] };
        var view = Views.For(Services.Zvw, whole);

        Assert.Equal("burn-out", view.Needs[0].Facts[SampleCases.Fact("health.classification")].Code);
        Assert.Equal("behandelen", view.Provisions[0].Goal);
        Assert.False(view.Facts[SampleCases.Fact("work.firstSickDay")].IsKnown);
    }

    [Fact]
    public void The_municipality_sees_no_diagnosis_and_no_provision_of_zvw()
    {
        var view = Views.For(Services.Gemeente, SampleCases.Simon);

        Assert.DoesNotContain(view.Needs.SelectMany(n => n.Facts), f => f.Key.Sensitivity == "medical");
        Assert.DoesNotContain(view.Provisions, p => p.Scheme.Service == "zvw");
        Assert.DoesNotContain(view.Parties, p => p.Id == "gp");
    }

    [Theory]
    [InlineData("zvw", "ins1")]
    [InlineData("gemeente", null)]
    [InlineData("uwv", null)]
    [InlineData("employer", null)]
    public void Only_insured_care_hears_who_insures_the_client(string service, string? insurer)
    {
        var view = Views.For(service, SampleCases.Simon with { Tenant = "gm1", Insurer = "ins1" });

        Assert.Equal(insurer, view.Insurer);
        Assert.Equal("gm1", view.Tenant);
    }

    [Theory]
    [InlineData("uwv", true)]
    [InlineData("gemeente", true)]
    public void Income_is_seen_by_the_body_that_a_need_concerns(string service, bool seen) =>
        Assert.Equal(seen, Views.For(service, SampleCases.Simon).Facts[SampleCases.Fact("benefit.type")].IsKnown);

    [Fact]
    public void Income_is_hidden_from_a_body_that_neither_pays_nor_is_responsible()
    {
        var whole = SampleCases.Simon with { Needs = [SampleCases.Need("n1", "somatic-treatment")], Provisions = [] };

        Assert.False(Views.For(Services.Uwv, whole).Facts[SampleCases.Fact("benefit.type")].IsKnown);
        Assert.True(Views.For(Services.Uwv, whole with { Provisions = [SampleCases.Provision("p", "ww-benefit", "running", [])] }).Facts[SampleCases.Fact("benefit.type")].IsKnown);
    }

    [Fact]
    public void A_need_goes_only_to_the_services_that_it_concerns_or_that_serve_it()
    {
        Assert.DoesNotContain(Views.For(Services.Uwv, SampleCases.Simon).Needs, n => n.Id is "n1" && n.Kind.Id == "debt-help");
        var served = SampleCases.Simon with { Provisions = [SampleCases.Provision("p", "uwv-treatment-in-reintegration", "requested", ["n1"])] };

        Assert.Contains(Views.For(Services.Uwv, served).Needs, n => n.Id == "n1");
        Assert.DoesNotContain(Views.For(Services.Uwv, served with { Provisions = [] }).Needs, n => n.Id == "n1");
    }

    [Fact]
    public void The_municipality_sees_a_medical_fact_only_on_a_ground()
    {
        var youthCare = SampleCases.Fact("ggz.youthCareActive");
        var whole = SampleCases.Simon.With("ggz.youthCareActive", "true");
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
        var whole = SampleCases.Random(seed);
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
        string Digest(string service, Case whole) => ViewDigest.Of(new ServiceQuestion(Views.For(service, whole), []));
        var otherDiagnosis = SampleCases.Simon with { Needs = [SampleCases.Need("n1", "psych-treatment", ("health.classification", "disorder")), .. SampleCases.Simon.Needs.Skip(1)] };

        Assert.NotEqual(Digest(Services.Zvw, SampleCases.Simon), Digest(Services.Zvw, otherDiagnosis));
        Assert.All(Services.AfterZvw, s => Assert.Equal(Digest(s, SampleCases.Simon), Digest(s, otherDiagnosis)));
    }

    [Fact]
    public void The_title_of_zvw_is_that_of_ggz_for_treatment_and_the_best_of_all_for_other_needs()
    {
        var filled = ZvwTitle.Fill(SampleCases.Simon,
            [Rows.Row("n1", "gp-care", Outcome.Covered), Rows.Row("n1", "gbggz", Outcome.NotCovered), Rows.Row("n1", "sggz", Outcome.Undetermined), Rows.Row("n2", "gp-care", Outcome.Conditional), Rows.Row("n3", "ggz", Outcome.NotApplicable)],
            SampleCases.Vocabulary);

        Assert.Equal(["undetermined", "conditional", "not-covered", "not-covered"], filled.Needs.Select(n => n.Facts[SampleCases.Fact("coverage.zvwTitle")].Code));
        Assert.Same(SampleCases.Simon, ZvwTitle.Fill(SampleCases.Simon, null, SampleCases.Vocabulary));
    }
}
