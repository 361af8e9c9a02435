using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Views;

public class WhatTheEmployerSees
{
    private static readonly DomainViews Views = new(SampleCases.Vocabulary);

    private static Case Simon => Views.For(Services.Employer, SampleCases.Simon);

    [Fact]
    public void Treatment_becomes_the_neutral_word_and_keeps_no_goal_and_no_facts()
    {
        var need = Simon.Needs.Single(n => n.Id == "n1");

        Assert.Equal("intervention", need.Kind.Id);
        Assert.Equal("", need.Kind.Goal);
        Assert.DoesNotContain("ehandel", need.Kind.LabelNl, StringComparison.Ordinal);
        Assert.Empty(need.Facts);
    }

    [Fact]
    public void A_need_without_a_neutral_word_is_not_sent() => Assert.DoesNotContain(Simon.Needs, n => n.Id == "n4");

    [Fact]
    public void Only_its_own_provisions_are_sent_without_product_and_goal()
    {
        Assert.Equal(["p3", "p4"], Simon.Provisions.Select(p => p.Id));
        Assert.All(Simon.Provisions, p => Assert.Null(p.Goal));
        Assert.All(Simon.Provisions, p => Assert.Null(p.Product));
        Assert.Null(Simon.Provisions[1].ProviderId);
    }

    [Fact]
    public void Its_parties_do_not_tell_of_provisions_of_others() => Assert.Equal(["p3"], Simon.Parties.Single(p => p.Id == "emp").ProvisionIds);

    [Fact]
    public void The_advice_of_the_company_physician_is_seen_but_not_that_the_doctors_spoke()
    {
        var advice = Assert.Single(Simon.Events);

        Assert.Equal("bedrijfsarts-advice", advice.Type);
        Assert.Equal("ba", advice.From);
        Assert.Null(advice.To);
        Assert.Null(advice.Category);
    }

    [Fact]
    public void Limitations_are_seen_when_the_company_physician_advised()
    {
        Assert.True(Simon.Facts[SampleCases.Fact("work.functionalLimitations")].IsKnown);

        var nobody = SampleCases.Simon with { Parties = [.. SampleCases.Simon.Parties.Where(p => p.Id != "ba")], Events = [] };
        Assert.False(Views.For(Services.Employer, nobody).Facts[SampleCases.Fact("work.functionalLimitations")].IsKnown);
    }

    [Fact]
    public void The_dates_of_the_Wvp_are_seen_and_no_benefit_debt_or_cause()
    {
        Assert.True(Simon.Facts[SampleCases.Fact("work.firstSickDay")].IsKnown);
        Assert.False(Simon.Facts[SampleCases.Fact("benefit.type")].IsKnown);
        Assert.False(Simon.Facts[SampleCases.Fact("gemeente.debtSupport")].IsKnown);
        Assert.False(Simon.Facts[SampleCases.Fact("work.complaintRelation")].IsKnown);
        Assert.False(Simon.Facts[SampleCases.Fact("client.birthDate")].IsKnown);
    }

    [Fact]
    public void Nothing_medical_survives_in_any_case() => Properties.HoldForAnySeed(seed =>
    {
        var view = Views.For(Services.Employer, SampleCases.Random(seed));
        var facts = view.Facts.Concat(view.Needs.SelectMany(n => n.Facts)).Concat(view.Provisions.SelectMany(p => p.Facts)).Concat(view.Parties.SelectMany(p => p.Facts)).ToList();
        var parties = view.Parties.Select(p => p.Id).ToHashSet();
        Assert.All(facts, f => Assert.True(f.Key.VisibleTo.Contains("employer"), f.Key.Id));
        Assert.All(facts, f => Assert.True(f.Key.Sensitivity is "work" or "process" or "income", f.Key.Id));
        Assert.All(view.Needs, n => Assert.Same(SampleCases.Vocabulary.EmployerNeeds[n.Kind.Id], n.Kind));
        Assert.All(view.Provisions, p => Assert.True(p is { Scheme.Service: "employer", Goal: null, Product: null, Payer: null }));
        Assert.All(view.Provisions, p => Assert.True(p.ProviderId is null || parties.Contains(p.ProviderId)));
        Assert.All(view.Parties, p => Assert.Equal("employer", p.Service));
        Assert.All(view.Events, e => Assert.True(e.Category is null && (e.Party is null || parties.Contains(e.Party))));
        Assert.Empty(view.Evidence);
        Assert.Empty(view.Consents);
        Assert.All(view.Parameters.Keys, p => Assert.StartsWith("wvp.", p, StringComparison.Ordinal));
    });
}
