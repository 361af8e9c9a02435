namespace Samenhang.Rules.Tests.Expressions;

/// <summary>Each function of the language, with the edges where it is false or unknown.</summary>
public sealed class TheFunctions
{
    private static readonly Case Care = Given.Case("""
        "facts": { "work.firstSickDay": "2016-04-04", "policy.referrers": ["bedrijfsarts"] },
        "needs": [ { "id": "n1", "kind": "psych-treatment", "facts": { "somatic.relation": "related", "somatic.hospitalPsychologyAdequate": false, "health.psychodiagnostics": "disorder-shown" } },
                   { "id": "n2", "kind": "housing" } ],
        "parties": [
          { "id": "a1", "role": "hoofdbehandelaar", "profession": "psychiater", "organisation": "west", "service": "zvw" },
          { "id": "a2", "role": "huisarts", "organisation": "west", "service": "zvw" },
          { "id": "a3", "role": "regiebehandelaar", "service": "zvw", "provisionIds": ["p2"] },
          { "id": "a4", "role": "company-physician", "service": "employer" } ],
        "provisions": [
          { "id": "p1", "scheme": "gbggz-kort", "domain": "zvw", "status": "running", "needIds": ["n1"], "providerId": "a1", "from": "2016-05-01", "product": "BK", "facts": { "referral.by": "bedrijfsarts", "prov.waitsForParty": "a2" } },
          { "id": "p2", "scheme": "sggz", "domain": "zvw", "status": "requested", "needIds": ["n1", "n2"], "requestedOn": "2016-09-01", "facts": { "referral.by": "huisarts" } },
          { "id": "p3", "scheme": "wmo-begeleiding", "domain": "gemeente", "status": "refused", "needIds": ["n2"], "providerId": "a2", "facts": { "prov.waitsForParty": "a1" } } ],
        "consents": [ { "from": "a2", "to": "a4", "categories": ["medical"], "validFrom": "2016-06-01", "validTo": null }, { "from": "zvw", "to": "gemeente", "categories": ["full"], "validFrom": null, "validTo": "2016-08-31", "withdrawnOn": "2016-08-01" } ],
        "events": [ { "type": "crisis", "date": "2016-06-01", "provision": "p1", "to": "a2" }, { "type": "crisis", "date": "2016-07-01", "acknowledgedOn": "2016-07-02", "acknowledgedBy": "a2" } ],
        "evidence": [ { "type": "referral-letter", "date": "2016-04-20", "by": "a2", "fields": { "level": "gbggz" } } ]
        """);

    [Theory]
    [InlineData("scheme(p, 'gbggz*')", "p1", Truth.True)]
    [InlineData("scheme(p, 'sggz', 'gp-care')", "p1", Truth.False)]
    [InlineData("group(p, 'ggz')", "p1", Truth.True)]
    [InlineData("group(p, 'ggz')", "p3", Truth.False)]
    [InlineData("law(p) = Zvw", "p1", Truth.True)]
    [InlineData("svc(p) = gemeente", "p3", Truth.True)]
    [InlineData("kind(p) = provision", "p3", Truth.True)]
    [InlineData("level(p) = sggz", "p2", Truth.True)]
    [InlineData("active(p)", "p2", Truth.True)]
    [InlineData("run(p)", "p2", Truth.False)]
    [InlineData("active(p)", "p3", Truth.False)]
    [InlineData("maxTariff(p) = 472.65", "p1", Truth.True)]
    [InlineData("maxTariff(p) > 0", "p3", Truth.Unknown)]
    [InlineData("ruleValid(p, 2014-01-01)", "p1", Truth.True)]
    [InlineData("ruleValid(p, 2013-12-31)", "p1", Truth.False)]
    [InlineData("ruleValid(p, client.birthDate)", "p1", Truth.Unknown)]
    [InlineData("provider(p).role = hoofdbehandelaar", "p1", Truth.True)]
    [InlineData("provider(p).role = hoofdbehandelaar", "p2", Truth.Unknown)]
    [InlineData("hasRole(p, 'huisarts')", "p1", Truth.True)]
    [InlineData("hasRole(p, 'regiebehandelaar', 'hoofdbehandelaar')", "p2", Truth.True)]
    [InlineData("hasRole(p, 'regiebehandelaar')", "p1", Truth.False)]
    [InlineData("partyOf(p, 'huisarts').id = a2", "p1", Truth.True)]
    [InlineData("hbEligible(p)", "p1", Truth.True)]
    [InlineData("hbEligible(p)", "p2", Truth.Unknown)]
    [InlineData("referrerAllowed(p)", "p1", Truth.True)]
    [InlineData("referrerAllowed(p)", "p2", Truth.True)]
    [InlineData("referrerAllowed(p)", "p3", Truth.Unknown)]
    [InlineData("event('crisis', of=p)", "p1", Truth.True)]
    [InlineData("event('crisis', of=p)", "p2", Truth.False)]
    public void Of_a_provision(string condition, string provision, Truth truth) => Assert.Equal(truth, Given.Truth(condition, Care, provision));

    [Theory]
    [InlineData("heavier(BM, BK)", Truth.True)]
    [InlineData("heavier(BK, BK)", Truth.False)]
    [InlineData("heavier(gbggz-intensief, BM)", Truth.True)]
    [InlineData("heavier(BC, BK)", Truth.Unknown)]
    [InlineData("heavier(BK, OVBT)", Truth.Unknown)]
    [InlineData("exclusive(p, q)", Truth.False)]
    [InlineData("days(work.firstSickDay, asOf) = 180", Truth.True)]
    [InlineData("addMonths(2016-01-31, 1) = 2016-02-29", Truth.True)]
    [InlineData("addMonths(2016-03-31, -1) = 2016-02-29", Truth.True)]
    [InlineData("year(work.firstSickDay) = 2016", Truth.True)]
    [InlineData("between(asOf, 2016-10-01, 2016-10-01)", Truth.True)]
    [InlineData("event('crisis')", Truth.True)]
    [InlineData("event('crisis', after=2016-07-01)", Truth.True)]
    [InlineData("event('crisis', after=2016-07-02)", Truth.False)]
    [InlineData("event('crisis', to=huisarts)", Truth.True)]
    [InlineData("event('crisis', to=a2)", Truth.True)]
    [InlineData("event('crisis', to=zvw)", Truth.True)]
    [InlineData("event('crisis', to=uwv)", Truth.False)]
    [InlineData("event('crisis', after=client.birthDate)", Truth.Unknown)]
    [InlineData("event('danger-signal', after=client.birthDate)", Truth.False)]
    [InlineData("latest('crisis') = 2016-07-01", Truth.True)]
    [InlineData("known(latest('danger-signal'))", Truth.False)]
    [InlineData("evidence('referral-letter')", Truth.True)]
    [InlineData("some(d: d.level = gbggz)", Truth.True)]
    [InlineData("some(e: acknowledged(e))", Truth.True)]
    [InlineData("some(e: e.date = 2016-06-01 and not acknowledged(e))", Truth.True)]
    [InlineData("roleOf(a2) = huisarts", Truth.True)]
    [InlineData("roleOf(huisarts) = huisarts", Truth.True)]
    [InlineData("serviceOf(a4) = employer", Truth.True)]
    [InlineData("serviceOf(huisarts) = zvw", Truth.True)]
    [InlineData("serviceOf(uwv) = uwv", Truth.True)]
    [InlineData("waitsInCircle()", Truth.True)]
    [InlineData("option('VWS-B04')", Truth.False)]
    public void Of_the_case(string condition, Truth truth) =>
        Assert.Equal(truth, Given.Truth(condition.Replace("exclusive(p, q)", "some(p, q: exclusive(p, q))", StringComparison.Ordinal), Care));

    [Theory]
    [InlineData("consent(a2, a4, medical, asOf)", Truth.True)]
    [InlineData("consent(huisarts, company-physician, medical, asOf)", Truth.True)]
    [InlineData("consent(a2, a4, medical, 2016-05-31)", Truth.False)]
    [InlineData("consent(a2, a4, debts, asOf)", Truth.False)]
    [InlineData("consent(a2, employer, medical, asOf)", Truth.False)]
    [InlineData("consent(a1, gemeente, debts, 2016-07-31)", Truth.True)]
    [InlineData("consent(a1, gemeente, debts, 2016-08-01)", Truth.False)]
    [InlineData("consent(a2, a4, medical, client.birthDate)", Truth.Unknown)]
    [InlineData("consent(a2, prov.waitsForParty@p, medical, asOf)", Truth.Unknown)]
    [InlineData("consent(a3, prov.waitsForParty@p, debts, asOf)", Truth.False)]
    [InlineData("consent(a2, a4, prov.waitsForParty@p, asOf)", Truth.Unknown)]
    public void Consent_needs_a_record_that_names_all(string condition, Truth truth) =>
        Assert.Equal(truth, Given.Truth($"some(p: p.id = p2 and {condition})", Care));

    [Theory]
    [InlineData("2016-01-01", "2016-06-01", "2016-06-01", "2016-12-31", Truth.False)]
    [InlineData("2016-01-01", "2016-06-02", "2016-06-01", "2016-12-31", Truth.True)]
    [InlineData("2016-06-01", "2016-12-31", "2016-01-01", "2016-06-01", Truth.False)]
    [InlineData("2016-01-01", null, "2016-06-01", null, Truth.True)]
    [InlineData(null, null, "2016-06-01", null, Truth.Unknown)]
    [InlineData(null, "2016-05-01", "2016-06-01", null, Truth.False)]
    public void Periods_of_what_runs_overlap_when_they_share_a_day(string? from, string? to, string? otherFrom, string? otherTo, Truth truth)
    {
        static string Text(string? day) => day is null ? "null" : $"\"{day}\"";
        Assert.Equal(truth, Given.Truth("some(p, q: p.id = p1 and overlap(p, q))", Given.Case($$"""
            "provisions": [ { "id": "p1", "scheme": "sggz", "domain": "zvw", "status": "running", "from": {{Text(from)}}, "to": {{Text(to)}} },
                            { "id": "p2", "scheme": "sggz", "domain": "zvw", "status": "running", "from": {{Text(otherFrom)}}, "to": {{Text(otherTo)}} } ]
            """)));
    }

    [Theory]
    [InlineData("requested", Truth.True)]
    [InlineData("granted", Truth.True)]
    [InlineData("claimed", Truth.Unknown)]
    [InlineData("ended", Truth.Unknown)]
    public void A_period_without_dates_is_today_on_for_what_was_asked_or_granted(string status, Truth truth) =>
        Assert.Equal(truth, Given.Truth("some(p, q: p.id = p1 and overlap(p, q))", Given.Case($$"""
            "provisions": [ { "id": "p1", "scheme": "sggz", "domain": "zvw", "status": "{{status}}" },
                            { "id": "p2", "scheme": "sggz", "domain": "zvw", "status": "running", "from": "2016-01-01" } ]
            """)));

    [Theory]
    [InlineData("hasCover(need)", "n1", Truth.True)]
    [InlineData("covered(need)", "n1", Truth.True)]
    [InlineData("hasCover(need)", "n2", Truth.Unknown)]
    [InlineData("covered(need)", "n2", Truth.False)]
    [InlineData("outcome(need, sggz) = covered", "n1", Truth.True)]
    [InlineData("outcome(need, gp-care) = covered", "n1", Truth.Unknown)]
    [InlineData("zvwGgzCoverage(need) = covered", "n1", Truth.True)]
    [InlineData("zvwGgzCoverage(need) = notCovered", "n2", Truth.True)]
    [InlineData("zvwCoverage(need) = covered", "n2", Truth.Unknown)]
    [InlineData("requestsGgz(need)", "n1", Truth.True)]
    [InlineData("referredToGgz(need)", "n2", Truth.False)]
    [InlineData("secondTrajectory(need)", "n1", Truth.Unknown)]
    public void Of_the_answers_on_a_need(string condition, string need, Truth truth)
    {
        IReadOnlyList<Coverage> answers =
        [
            Given.Answer("n1", "sggz", Outcome.Covered), Given.Answer("n1", "gbggz-kort", Outcome.Covered),
            Given.Answer("n2", "gp-care", Outcome.Undetermined, "rule-version"), Given.Answer("n2", "sggz", Outcome.NotCovered),
        ];
        Assert.Equal(truth, Given.Truth(condition, condition.Contains("referredToGgz", StringComparison.Ordinal) ? Care with { Provisions = [] } : Care, need, answers));
        Assert.Equal(Truth.True, Given.Truth("ruleOutsideValidity()", Care, coverage: answers));
        Assert.Equal(Truth.True, Given.Truth("some(c: c.outcome = undetermined and c.needId = n2)", Care, coverage: answers));
    }

    [Fact]
    public void The_outcome_of_a_provision_is_that_of_any_of_its_needs()
    {
        IReadOnlyList<Coverage> answers = [Given.Answer("n1", "sggz", Outcome.NotCovered), Given.Answer("n2", "sggz", Outcome.Covered)];
        Assert.Equal(Truth.True, Given.Truth("outcome(p, p.scheme) = covered", Care, "p2", answers));
        Assert.Equal(Truth.True, Given.Truth("outcome(p, p.scheme) = notCovered", Care, "p2", answers));
    }

    [Fact]
    public void A_second_trajectory_is_ggz_beside_a_running_somatic_pathway()
    {
        var patient = Care with { Facts = Care.Facts.With(Repository.Vocabulary.FactById["somatic.treatmentRunning"], Value.Of(true)) };
        Assert.Equal(Truth.True, Given.Truth("secondTrajectory(need)", patient, "n1"));
        Assert.Equal(Truth.True, Given.Truth("legitimateSecondTrajectory(need)", patient, "n1"));
    }

    [Fact]
    public void Nobody_waits_in_a_circle_when_nobody_waits_or_somebody_waits_for_himself()
    {
        Assert.Equal(Truth.False, Given.Truth("waitsInCircle()", Given.Case("")));
        Assert.Equal(Truth.False, Given.Truth("waitsInCircle()", Given.Case("""
            "parties": [ { "id": "a1", "role": "huisarts" } ], "provisions": [ { "id": "p1", "scheme": "gp-care", "domain": "zvw", "status": "running", "providerId": "a1", "facts": { "prov.waitsForParty": "a1" } } ]
            """)));
    }
}
