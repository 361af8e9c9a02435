using System.Reflection;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Casemanager.Domain.Tests.HandOvers;
using Samenhang.Casemanager.Domain.Tests.WholeCases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Events;

/// <summary>Each is told of its own cases, and of these what its kind may know.</summary>
public sealed class WhatSubscribersAreTold
{
    private const string Marker = "zqwmerkzq";

    private static readonly CaseDecisions Decisions = new(SampleCases.Vocabulary, ProjectCases.Assessor);

    // Simon with his insurer, municipality and employer, and a word that nobody may read wherever a person can type one.
    private static readonly Case Whole = SampleCases.Simon with
    {
        Id = $"simon-{Marker}",
        Insurer = "uzovi9901",
        Tenant = "gm9901",
        Provisions =
        [
            .. SampleCases.Simon.Provisions.Select(p => p with { Goal = $"{Marker} doel", Product = $"{Marker} product", Payer = $"{Marker} betaler" }),
            SampleCases.Provision("p9", "uwv-jobcoach", "requested", ["n2"], requestedOn: "2016-09-21"),
        ],
        Parties =
        [
            .. SampleCases.Simon.Parties.Select(p => p with { Organisation = p.Role == "employer" ? TheSubscribers.EmployerOin : $"{Marker} praktijk" }),
            new Party { Id = $"cm-{Marker}", Role = "casemanager", Organisation = TheSubscribers.OrganisationOin, Service = "zvw" },
        ],
    };

    private static readonly Lazy<IReadOnlyList<CaseChange>> Log = new(() =>
    {
        var @case = new ACase(Decisions, ProjectCases.Domains).Open(Whole).Settle();
        @case.Do(at => new CaseCommand.RecordProvision(CaseDocument.Of(Whole).Provisions[0] with { Status = "ended" }) { At = at });
        @case.Settle();
        @case.Do(at => new CaseCommand.RecordConsent(new Consent("gp", "ba", ["work-advice"], new DateOnly(2016, 9, 1), null, null)) { At = at });
        @case.Settle();
        @case.Do(at => ACase.Fact(at, "health.dsmDisorder", Value.Of("confirmed"), ItemKind.Need, "n1"));
        return @case.Settle().Log;
    });

    [Fact]
    public void An_insurer_is_told_of_its_own_insured_and_another_of_nothing()
    {
        Assert.NotEmpty(TheSubscribers.Insurer.Told(Log.Value));
        Assert.Empty(TheSubscribers.OtherInsurer.Told(Log.Value));
    }

    [Fact]
    public void Nobody_is_told_of_a_case_whose_insurer_or_municipality_is_not_known()
    {
        var log = new ACase(Decisions, ProjectCases.Domains).Open(Whole with { Insurer = null, Tenant = null }).Settle().Log;

        Assert.Empty(TheSubscribers.Insurer.Told(log));
        Assert.Empty(TheSubscribers.Municipality.Told(log));
    }

    [Fact]
    public void No_word_that_a_person_typed_and_no_diagnosis_is_told_to_anybody()
    {
        string[] diagnoses = ["burn-out", "burnOut", "confirmed", "diagnos", "classification", "concentrating"];
        foreach (var subscriber in TheSubscribers.All)
        {
            foreach (var (type, json) in subscriber.Told(Log.Value))
            {
                Assert.DoesNotContain(Marker, json, StringComparison.OrdinalIgnoreCase);
                if (subscriber.Audience != Audience.CasemanagerOrganisation)
                {
                    Assert.All(diagnoses, word => Assert.DoesNotContain(word, json, StringComparison.OrdinalIgnoreCase));
                }
            }
        }
    }

    [Fact]
    public void An_employer_is_told_of_its_own_track_and_terms_and_of_no_plan_treatment_or_benefit()
    {
        var told = TheSubscribers.Employer.Told(Log.Value);

        Assert.Contains(told, one => one.Type == "nl.samenhang.casussen.vastgesteld.v1" && one.Json.Contains("employer-reintegration-track1", StringComparison.Ordinal));
        string[] hidden = ["psych", "ggz", "gp-care", "debt", "plannen", "\"uwv\"", "\"zvw\"", "\"gemeente\"", "medical", "consent"];
        Assert.All(told, one => Assert.All(hidden, word => Assert.DoesNotContain(word, one.Type + one.Json, StringComparison.OrdinalIgnoreCase)));
        Assert.All(told, one => Assert.DoesNotContain(one.Type, new[] { PublicEventTypes.CaseOpened.Name, PublicEventTypes.PlanMade.Name, PublicEventTypes.ConsentGiven.Name, PublicEventTypes.NeedUncovered.Name }));
    }

    [Fact]
    public void A_municipality_is_told_of_no_provision_of_insured_care()
    {
        var told = TheSubscribers.Municipality.Told(Log.Value);

        Assert.Contains(told, one => one.Type == PublicEventTypes.PlanMade.Name);
        string[] hidden = ["gp-care", "gbggz", "sggz"];
        Assert.All(told, one => Assert.All(hidden, scheme => Assert.DoesNotContain($"\"{scheme}\"", one.Json, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_insurer_is_told_of_no_need_that_insured_care_is_not_for()
    {
        var told = TheSubscribers.Insurer.Told(Log.Value);

        Assert.Contains(told, one => one.Json.Contains("psych-treatment", StringComparison.Ordinal));
        string[] hidden = ["debt-help", "\"income\"", "reintegration", "jobcoach"];
        Assert.All(told, one => Assert.All(hidden, word => Assert.DoesNotContain(word, one.Json, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_casemanagers_organisation_is_told_all_kinds_of_things()
    {
        var types = TheSubscribers.Organisation.Told(Log.Value).Select(one => one.Type).Distinct().ToList();

        Assert.All(
            new[]
            {
                PublicEventTypes.CaseStanding, PublicEventTypes.PlanMade, PublicEventTypes.PlanChanged, PublicEventTypes.FindingRaised, PublicEventTypes.FindingResolved,
                PublicEventTypes.ProvisionChanged, PublicEventTypes.ConsentGiven, PublicEventTypes.QuestionOpened, PublicEventTypes.NeedUncovered,
            },
            type => Assert.Contains(type.Name, types));
    }

    [Fact]
    public void A_corrected_fact_is_told_by_name_to_who_may_see_it_and_never_with_a_value()
    {
        var one = new ACase(Decisions, ProjectCases.Domains).Open(Whole).Settle();
        one.Do(at => ACase.Fact(at, "work.firstSickDay", Value.Of(new DateOnly(2016, 3, 29))));
        one.Do(at => ACase.Fact(at, "work.firstSickDay", Value.Of(new DateOnly(2016, 3, 29))));
        one.Do(at => ACase.Fact(at, "work.firstSickDay", Value.Unknown));
        one.Do(at => ACase.Fact(at, "health.dsmDisorder", Value.Of("confirmed"), ItemKind.Need, "n1"));
        string[] Corrected(Subscriber who) => [.. who.Told(one.Log).Where(told => told.Type == PublicEventTypes.FactCorrected.Name).Select(told => told.Json)];

        Assert.Equal(["""{"fact":"work.firstSickDay","kind":"corrected"}""", """{"fact":"work.firstSickDay","kind":"takenBack"}"""], Corrected(TheSubscribers.Employer));
        Assert.Equal(3, Corrected(TheSubscribers.Organisation).Length);
        Assert.All(new[] { TheSubscribers.Insurer, TheSubscribers.Municipality, TheSubscribers.Uwv }, who => Assert.DoesNotContain(Corrected(who), json => json.Contains("dsm", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_case_that_comes_into_sight_is_told_as_it_stands_first()
    {
        var told = TheSubscribers.Uwv.Told(Log.Value);

        Assert.Equal(PublicEventTypes.CaseStanding.Name, told[0].Type);
        Assert.Single(told, one => one.Type == PublicEventTypes.CaseStanding.Name);
    }

    [Fact]
    public void On_consent_alone_nothing_is_told_before_it_is_given_and_after_it_is_withdrawn_but_that_it_was()
    {
        var without = TheSubscribers.Organisation.Told(Log.Value, onConsent: true);
        var @case = new ACase(Decisions, ProjectCases.Domains).Open(Whole).Settle();
        var before = @case.Log.Count;
        @case.Do(at => new CaseCommand.RecordConsent(new Consent("gp", "casemanager", ["plan"], new DateOnly(2016, 9, 1), null, null)) { At = at });
        var given = @case.Settle().Log.Count;
        @case.Do(at => new CaseCommand.RecordConsent(new Consent("gp", "casemanager", ["plan"], null, null, new DateOnly(2016, 9, 30))) { At = at });
        @case.Settle();
        @case.Do(at => ACase.Fact(at, "health.crisis", Value.Of(true)));
        @case.Settle();

        Assert.Empty(without);
        Assert.Empty(TheSubscribers.Organisation.Told(@case.Log.Take(before), onConsent: true));
        var during = TheSubscribers.Organisation.Told(@case.Log.Take(given), onConsent: true);
        Assert.Equal(PublicEventTypes.CaseStanding.Name, during[0].Type);

        var all = TheSubscribers.Organisation.Told(@case.Log, onConsent: true);
        Assert.Equal(during, all.Take(during.Count));
        var last = Assert.Single(all.Skip(during.Count));
        Assert.Equal(PublicEventTypes.ConsentWithdrawn.Name, last.Type);
        Assert.Contains("2016-09-30", last.Json, StringComparison.Ordinal);
    }

    [Fact]
    public void The_steps_of_a_hand_over_are_told()
    {
        var eva = Passing.Opened(Passing.Eva with
        {
            Insurer = "uzovi9901",
            Consents = [Passing.Consent("gp", "ggz-a", "diagnosis", "medical")],
            Parties = [.. Passing.Eva.Parties, new Party { Id = "cm", Role = "casemanager", Organisation = TheSubscribers.OrganisationOin, Service = "zvw" }],
        });
        eva.Does(Passing.ToGgz("ggz-a")).Does(new HandOverMove.Accept("h1", null));

        var told = TheSubscribers.Insurer.Told(eva.Log).Select(one => one.Type).ToList();

        Assert.Contains(PublicEventTypes.HandOverProposed.Name, told);
        Assert.Contains(PublicEventTypes.HandOverAccepted.Name, told);
    }

    [Fact]
    public void The_same_log_is_told_in_the_same_words_each_time()
    {
        foreach (var subscriber in TheSubscribers.All)
        {
            Assert.Equal(subscriber.Told(Log.Value), subscriber.Told([.. Log.Value]));
        }
    }

    [Theory]
    [InlineData(typeof(FindingData), "finding,family,severity,status,need,provision")]
    [InlineData(typeof(ProvisionData), "provision,scheme,service,status,needs,requestedOn,from,to")]
    [InlineData(typeof(QuestionData), "fact,askedOf,priority")]
    [InlineData(typeof(TermData), "term,status,due,item,owner")]
    [InlineData(typeof(NeedData), "")]
    [InlineData(typeof(StandingData), "findings,provisions,questions,terms")]
    [InlineData(typeof(CaseData), "")]
    [InlineData(typeof(PlanData), "")]
    [InlineData(typeof(ErasedData), "")]
    [InlineData(typeof(FactCorrectedData), "fact,kind")]
    [InlineData(typeof(CoverageData), "")]
    [InlineData(typeof(HandOverData), "")]
    [InlineData(typeof(ConsentData), "")]
    public void An_employer_sees_these_fields_and_no_other(Type data, string fields)
    {
        var seen = data.GetProperties()
            .Where(property => property.GetCustomAttribute<SeenByAttribute>()?.Audiences.Contains(Audience.Employer) == true)
            .Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);

        Assert.Equal(fields, string.Join(',', seen));
    }

    [Fact]
    public void No_kind_of_data_can_hold_a_text_of_a_person()
    {
        // A string is a code of the vocabulary; which field holds which code stands at the field. A new one is named here after a look at where it comes from.
        var texts = typeof(PublicData).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PublicData)))
            .SelectMany(type => type.GetProperties().Where(p => p.PropertyType == typeof(string) || p.PropertyType == typeof(IReadOnlyList<string>)).Select(p => $"{type.Name}.{p.Name}"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "CaseData.InsurerPolicy", "CaseData.MunicipalPolicy", "ConsentData.Categories", "ConsentData.FromService", "ConsentData.ToService", "CoverageData.Payer",
                "CoverageData.Scheme", "CoverageData.Service", "FactCorrectedData.Fact", "FindingData.Family", "FindingData.Finding", "HandOverData.FromService", "HandOverData.RefusalReason",
                "HandOverData.ToService", "NeedData.Kind", "ProvisionData.Scheme", "ProvisionData.Service", "ProvisionData.Status", "QuestionData.AskedOf", "QuestionData.Fact",
                "TermData.Owner", "TermData.Term",
            ],
            texts);
    }

    [Fact]
    public void Of_random_cases_no_marked_word_reaches_an_employer_or_a_municipality()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = SampleCases.WithNeeds(seed);
            var log = new ACase().Open(random with
            {
                Tenant = "gm9901",
                Insurer = "uzovi9901",
                Parties = [.. random.Parties, new Party { Id = "emp", Role = "employer", Organisation = TheSubscribers.EmployerOin, Service = "employer" }],
            }).Settle().Log;
            foreach (var subscriber in new[] { TheSubscribers.Employer, TheSubscribers.Municipality, TheSubscribers.Insurer })
            {
                // "zeemeeuw" stands in every free text of the random cases, in goals and products, and in free codes.
                Assert.All(subscriber.Told(log), one => Assert.DoesNotContain("zeemeeuw", one.Json, StringComparison.OrdinalIgnoreCase));
            }
        }
    }
}
