using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Views;

public class WhatEachPartySeesOfThePlan
{
    private static readonly CaseThroughEyes Eyes = new(SampleCases.Vocabulary);

    private readonly ACase simon = ACase.Opened(SampleCases.Simon).Settle();

    [Fact]
    public void The_client_sees_everything()
    {
        var seen = Eyes.Of(Viewer.Client, simon.State);

        Assert.Equal(simon.State.Plan!.Coverage, seen.Coverage);
        Assert.Equal(simon.State.Plan.Findings, seen.Findings);
        Assert.Equal(4, seen.View.Needs.Count);
    }

    [Theory]
    [InlineData(Viewer.Employer, Services.Employer)]
    [InlineData(Viewer.Insurer, Services.Zvw)]
    [InlineData(Viewer.Municipality, Services.Gemeente)]
    [InlineData(Viewer.Uwv, Services.Uwv)]
    public void Others_see_the_answers_of_their_own_service_only(Viewer viewer, string service) =>
        Assert.All(Eyes.Of(viewer, simon.State).Coverage, row => Assert.Equal(service, row.Service));

    [Fact]
    public void The_employer_sees_no_medical_fact_no_finding_about_others_and_no_medical_question()
    {
        var seen = Eyes.Of(Viewer.Employer, simon.State);

        Assert.NotEmpty(seen.View.Facts);
        Assert.All(seen.View.Facts, fact => Assert.NotEqual("medical", fact.Key.Sensitivity));
        Assert.All(seen.View.Needs, need => Assert.Empty(need.Facts));
        Assert.All(seen.Questions, question => Assert.NotEqual("medical", SampleCases.Fact(question.Fact).Sensitivity));
        Assert.DoesNotContain(seen.Findings, finding => finding.NeedId == "n4");
    }

    [Fact]
    public void The_insurer_is_told_of_no_fact_and_no_event()
    {
        var view = Eyes.Of(Viewer.Insurer, simon.State).View;

        Assert.Empty(view.Facts);
        Assert.All(view.Needs, need => Assert.Empty(need.Facts));
        Assert.All(view.Provisions, provision => Assert.Equal(Services.Zvw, provision.Scheme.Service));
        Assert.Empty(view.Events);
    }

    [Fact]
    public void A_consent_lets_the_municipality_see_what_it_did_not()
    {
        var with = ACase.Opened(SampleCases.Simon with { Consents = [new Consent("zvw", "gemeente", ["full"], null, null, null)] }).Settle();

        Assert.NotEmpty(Eyes.SeenOnlyIn(with.State, simon.State, Services.Gemeente));
        Assert.Empty(Eyes.SeenOnlyIn(simon.State, with.State, Services.Gemeente));
        Assert.Empty(Eyes.SeenOnlyIn(with.State, simon.State, Services.Employer));
    }
}
