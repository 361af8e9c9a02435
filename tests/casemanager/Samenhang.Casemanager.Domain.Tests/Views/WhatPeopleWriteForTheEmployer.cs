using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Views;

/// <summary>Words that a person wrote reach the employer only when nothing in them is what an employer may not know.</summary>
public class WhatPeopleWriteForTheEmployer
{
    private const string Advice = "work.adaptedWorkAdvice";
    private const string Telling = "Vier uur per dag; op dinsdag niet, dan is er behandeling bij de GGZ.";
    private const string Neutral = "Vier uur per dag, niet op dinsdag.";

    private static readonly CaseThroughEyes Eyes = new(SampleCases.Vocabulary);
    private static readonly DomainViews Views = new(SampleCases.Vocabulary);

    [Fact]
    public void Advice_that_says_nothing_of_health_is_read_as_it_was_written()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        simon.Do(at => ACase.Fact(at, Advice, Value.Of(Neutral)));

        Assert.Equal(Neutral, Eyes.Of(Viewer.Employer, simon.Settle().State).View.Facts[SampleCases.Fact(Advice)].Code);
        Assert.DoesNotContain(simon.State.Plan!.Actions, action => action.Because == "employer-words");
    }

    [Fact]
    public void Advice_that_tells_of_treatment_goes_back_to_who_wrote_it_with_the_words()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        var fault = Assert.Single(Assert.IsType<CaseError.Invalid>(simon.Refuses(at => ACase.Fact(at, Advice, Value.Of(Telling)))).Faults);

        Assert.Equal("facts[0].fact.value", fault.Field);
        Assert.All(new[] { fault.Text.Nl, fault.Text.En }, text => Assert.True(text.Contains("'behandeling'", StringComparison.Ordinal) && text.Contains("'ggz'", StringComparison.Ordinal), text));
        Assert.Contains("bedrijfsarts", fault.Text.Nl, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limitation_in_own_words_is_held_to_the_same()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        Assert.IsType<CaseError.Invalid>(simon.Refuses(at => ACase.Fact(at, "work.functionalLimitations", Value.SetOf(["tillen", "angststoornis"]))));
    }

    [Fact]
    public void The_name_of_an_organisation_on_the_employers_side_is_held_to_the_same()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        var refused = simon.Refuses(at => new CaseCommand.RecordParty(new PartyEntry { Id = "ba2", Role = "company-physician", Service = Services.Employer, Organisation = "GGZ Voorbeeld" }) { At = at });

        Assert.Equal("party.organisation", Assert.Single(Assert.IsType<CaseError.Invalid>(refused).Faults).Field);
    }

    [Fact]
    public void A_hospital_may_be_an_employer_and_its_name_is_kept_behind()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        simon.Do(at => new CaseCommand.RecordParty(new PartyEntry { Id = "emp", Role = "employer", Service = Services.Employer, Organisation = "Ziekenhuis Voorbeeld" }) { At = at });
        simon.Settle();

        Assert.Null(Eyes.Of(Viewer.Employer, simon.State).View.Parties.Single(party => party.Id == "emp").Organisation);
        Assert.DoesNotContain(simon.State.Plan!.Actions, action => action.Because == "employer-words");
    }

    [Fact]
    public void What_only_a_domain_told_is_kept_behind_and_the_company_physician_is_asked_to_say_it_otherwise()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        simon.Do(at => new CaseCommand.HearRecord(Services.Uwv, "judgement/1", 1, new RecordNews { Facts = new Dictionary<string, Value> { [Advice] = Value.Of(Telling) } }) { At = at });
        simon.Settle();

        Assert.False(Eyes.Of(Viewer.Employer, simon.State).View.Facts[SampleCases.Fact(Advice)].IsKnown);
        Assert.True(Eyes.Of(Viewer.Client, simon.State).View.Facts[SampleCases.Fact(Advice)].IsKnown);
        var asked = Assert.Single(simon.State.Plan!.Actions, action => action.Because == "employer-words");
        Assert.Equal("ba", asked.Owner);
        Assert.Contains("'behandeling', 'ggz'", asked.Text.Nl, StringComparison.Ordinal);
        Assert.Contains("other words", asked.Text.En, StringComparison.Ordinal);

        simon.Do(at => ACase.Fact(at, Advice, Value.Of(Neutral)));
        simon.Settle();

        Assert.Equal(Neutral, Eyes.Of(Viewer.Employer, simon.State).View.Facts[SampleCases.Fact(Advice)].Code);
        Assert.DoesNotContain(simon.State.Plan!.Actions, action => action.Because == "employer-words");
    }

    [Fact]
    public void What_stood_in_the_case_before_there_was_a_screen_is_kept_behind()
    {
        var view = Views.For(Services.Employer, SampleCases.Simon.With(Advice, Telling) with
        {
            Parties = [.. SampleCases.Simon.Parties, new Party { Id = "os", Role = "occupational-service", Service = Services.Employer, Profession = "arbeidspsycholoog", Organisation = "Psychologenpraktijk Voorbeeld" }],
        });

        Assert.False(view.Facts[SampleCases.Fact(Advice)].IsKnown);
        Assert.True(view.Facts[SampleCases.Fact("work.functionalLimitations")].IsKnown);
        var party = view.Parties.Single(party => party.Id == "os");
        Assert.Null(party.Organisation);
        Assert.Null(party.Profession);
    }

    [Fact]
    public void A_carer_who_was_recorded_on_the_employers_side_is_no_party_of_the_employer()
    {
        var view = Views.For(Services.Employer, SampleCases.Simon with { Parties = [new Party { Id = "gp", Role = "huisarts", Service = Services.Employer }] });

        Assert.Empty(view.Parties);
    }

    [Fact]
    public void Who_stopped_a_term_and_why_is_told_to_the_client_alone()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        simon.Do(at => new CaseCommand.SuspendDeadline(new TermSuspension("wvp.*", null, new DateOnly(2016, 9, 1), null, "gp", "opgenomen op de PAAZ")) { At = at });
        simon.Settle();

        var seen = Eyes.Of(Viewer.Employer, simon.State).Deadlines.SelectMany(term => term.Suspensions).ToList();

        Assert.Contains(Eyes.Of(Viewer.Client, simon.State).Deadlines, term => term.Suspensions.Any(days => days.Reason.Length > 0));
        Assert.NotEmpty(seen);
        Assert.All(seen, days => Assert.Equal(("", ""), (days.By, days.Reason)));
    }

    [Fact]
    public void The_reason_of_a_finding_is_not_told_with_the_values_that_it_read() =>
        Assert.All(Eyes.Of(Viewer.Employer, ACase.Opened(SampleCases.Simon).Settle().State).Findings, finding => Assert.Equal(finding.Title, finding.Explanation));

    [Fact]
    public void A_question_tells_nothing_of_what_else_waits_for_it()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        foreach (var viewer in new[] { Viewer.Employer, Viewer.Insurer, Viewer.Municipality, Viewer.Uwv })
        {
            var seen = Eyes.Of(viewer, simon.State);
            var needs = seen.View.Needs.Select(need => need.Id).ToHashSet();
            Assert.All(seen.Questions, question => Assert.Subset(needs, question.NeedIds.ToHashSet()));
            Assert.All(seen.Questions.SelectMany(question => question.Schemes), scheme => Assert.Contains(SampleCases.Vocabulary.Schemes[scheme].Service, seen.Coverage.Select(row => row.Service)));
        }
    }
}
