using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules.Tests.Expressions;

public sealed class ParametersAndDerivedFacts
{
    private static Parameter Of(string id, decimal value, string? from = null, string? to = null) =>
        new(id, Value.Of(value), "days", new(from is null ? null : Given.Day(from), to is null ? null : Given.Day(to)), true, "", "", []);

    [Fact]
    public void A_parameter_is_read_on_the_reference_day()
    {
        Assert.Equal(Truth.True, Given.Truth("par('gbggz.maxTariff.kort') = 472.65", Given.Case("")));
        Assert.Equal(Truth.Unknown, Given.Truth("par('gbggz.maxTariff.kort') = 472.65", Given.Case("", "2017-01-01")));
        Assert.Equal(Truth.False, Given.Truth("known(par('gbggz.maxTariff.kort'))", Given.Case("", "2017-01-01")));
    }

    [Fact]
    public void Outside_its_validity_even_a_difference_is_unknown() =>
        Assert.Equal(Truth.Unknown, Given.Truth("5 != par('gbggz.maxTariff.kort')", Given.Case("", "2017-01-01")));

    [Fact]
    public void A_day_is_no_matter_of_validity() =>
        Assert.Equal(Truth.True, Given.Truth("par('dsm5.entitlement.from') = 2017-01-01", Given.Case("", "2016-10-01")));

    [Fact]
    public void The_case_comes_before_the_tenant_and_the_tenant_before_the_law()
    {
        var law = ParameterSet.Of(Repository.Vocabulary);
        var tenant = law.With([Of("ggz.waitingNormDays", 50, "2016-01-01")]);
        var @case = Given.Case("", "2021-01-01");
        Assert.Equal(Truth.True, Given.Truth("par('ggz.waitingNormDays') = 98", @case, parameters: law));
        Assert.Equal(Truth.True, Given.Truth("par('ggz.waitingNormDays') = 50", @case, parameters: tenant));
        Assert.Equal(Truth.True, Given.Truth("par('ggz.waitingNormDays') = 7", Given.Case(""" "parameters": { "ggz.waitingNormDays": 7 } """, "2021-01-01"), parameters: tenant));
    }

    [Fact]
    public void A_tenant_overrides_from_its_date_on() =>
        Assert.Equal(Truth.True, Given.Truth("par('ggz.waitingNormDays') = 98", Given.Case("", "2021-01-01"),
            parameters: ParameterSet.Of(Repository.Vocabulary).With([Of("ggz.waitingNormDays", 50, "2022-01-01")])));

    [Fact]
    public void A_number_of_the_law_is_nobodys_to_override() =>
        Assert.Contains("gbggz.maxTariff.kort", Assert.Throws<ArgumentException>(() => ParameterSet.Of(Repository.Vocabulary).With([Of("gbggz.maxTariff.kort", 1)])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2016-04-04", "2016-04-04", 1)]
    [InlineData("2016-04-04", "2016-04-10", 1)]
    [InlineData("2016-04-04", "2016-04-11", 2)]
    [InlineData("2016-04-04", "2017-01-22", 42)]
    [InlineData("2016-04-04", "2017-01-23", 43)]
    public void Weeks_of_illness_count_from_one(string firstDay, string asOf, int week) =>
        Assert.Equal(Truth.True, Given.Truth($"work.sickWeek = {week}", Given.Case($$""" "facts": { "work.firstSickDay": "{{firstDay}}" } """, asOf)));

    [Theory]
    [InlineData("2016-07-01", "2016-09-30", 3)]
    [InlineData("2016-07-01", "2016-10-01", 4)]
    public void After_three_months_of_benefit_is_month_four(string started, string asOf, int month) =>
        Assert.Equal(Truth.True, Given.Truth($"benefit.wwMonth = {month}", Given.Case($$""" "facts": { "benefit.startedOn": "{{started}}" } """, asOf)));

    [Theory]
    [InlineData("1998-10-02", 17)]
    [InlineData("1998-10-01", 18)]
    public void Age_turns_on_the_birthday(string born, int age) =>
        Assert.Equal(Truth.True, Given.Truth($"client.age = {age}", Given.Case($$""" "facts": { "client.birthDate": "{{born}}" } """)));

    [Theory]
    [InlineData(""" "somatic.treatmentRunning": true, "somatic.closedOn": "2016-01-01" """, "running")]
    [InlineData(""" "somatic.followUpChecksRunning": true, "somatic.category": "chronic", "somatic.structuralSpecialist": false """, "running")]
    [InlineData(""" "somatic.treatmentRunning": false, "somatic.followUpChecksRunning": false, "somatic.closedOn": "2016-10-01" """, "ended")]
    [InlineData(""" "somatic.treatmentRunning": false, "somatic.followUpChecksRunning": false, "somatic.closedOn": "2016-10-02" """, "undetermined")]
    [InlineData(""" "somatic.treatmentRunning": false, "somatic.followUpChecksRunning": false """, "undetermined")]
    [InlineData(""" "somatic.category": "chronic", "somatic.structuralSpecialist": false """, "undetermined")]
    [InlineData(""" "somatic.severeImpact": false """, "none")]
    public void The_somatic_pathway(string facts, string pathway) =>
        Assert.Equal(Truth.True, Given.Truth($"somatic.pathway = {pathway}", Given.Case($$""" "facts": { {{facts}} } """)));

    private const string Epa = """ "health.epaCareNecessary": true, "health.epaSocialLimitations": true, "health.epaReciprocal": true, "health.epaLongTerm": true, "health.epaCoordinatedCare": true """;

    [Theory]
    [InlineData(Epa, Truth.True)]
    [InlineData(""" "health.epaReciprocal": false """, Truth.False)]
    [InlineData(""" "health.inCareSince": "2014-09-30", "health.epaSocialLimitations": true """, Truth.True)]
    [InlineData(""" "health.inCareSince": "2014-10-01", "health.epaSocialLimitations": true """, Truth.Unknown)]
    [InlineData(Epa + """, "health.remissionSince": "2016-04-02", "health.monitoringIndicated": false """, Truth.True)]
    [InlineData(""" "health.remissionSince": "2016-04-02" """, Truth.True)]
    [InlineData(Epa + """, "health.remissionSince": "2016-04-01", "health.monitoringIndicated": false """, Truth.False)]
    [InlineData(Epa + """, "health.remissionSince": "2016-04-01", "health.monitoringIndicated": true """, Truth.True)]
    [InlineData(Epa + """, "health.remissionSince": "2011-10-01", "health.monitoringIndicated": true """, Truth.False)]
    public void A_severe_psychiatric_condition(string facts, Truth truth) =>
        Assert.Equal(truth, Given.Truth("health.epa", Given.Case($$""" "facts": { {{facts}} } """)));

    [Theory]
    [InlineData(""" "client.diedOn": "2020-01-01", "pal.phase": "dying" """, "aftercare")]
    [InlineData(""" "pal.phase": "dying", "pal.lifeExpectancyMonths": 2 """, "dying")]
    [InlineData(""" "pal.lifeExpectancyMonths": 2 """, "terminal")]
    [InlineData(""" "pal.markedOn": "2016-09-01", "pal.lifeExpectancyMonths": 12 """, "palliative")]
    [InlineData(""" "pal.markedOn": "2016-09-01" """, "palliative")]
    [InlineData(""" "pal.phase": "not-palliative" """, "not-palliative")]
    public void The_palliative_phase(string facts, string phase) =>
        Assert.Equal(Truth.True, Given.Truth($"pal.phase = {phase}", Given.Case($$""" "facts": { {{facts}} } """, "2020-01-01")));

    [Fact]
    public void A_supplied_value_counts_where_the_sources_are_silent_and_conflicts_where_they_are_not()
    {
        var supplied = Given.Case(""" "facts": { "work.sickWeek": 60 } """);
        Assert.Equal(Truth.True, Given.Truth("work.sickWeek = 60", supplied));
        Assert.Equal(Truth.False, Given.Truth("dataConflict()", supplied));
        var both = Given.Case(""" "facts": { "work.sickWeek": 60, "work.firstSickDay": "2016-04-04" } """);
        Assert.Equal(Truth.True, Given.Truth("work.sickWeek = 26", both));
        Assert.Equal(Truth.True, Given.Truth("dataConflict()", both));
        Assert.Equal(Truth.False, Given.Truth("dataConflict()", Given.Case(""" "facts": { "work.sickWeek": 26, "work.firstSickDay": "2016-04-04" } """)));
    }

    [Fact]
    public void A_fault_in_a_named_predicate_is_found_where_it_stands_though_nobody_uses_it()
    {
        var file = Path.Combine(Path.GetTempPath(), $"derived-{Environment.ProcessId}.yaml");
        File.WriteAllText(file, "predicates:\n- name: unused\n  of: n\n  is: health.dsmDisordr@n = none\n  wen: x\n");
        try
        {
            var faults = Assert.Throws<RulebookException>(() => DerivedFacts.Load(Repository.Vocabulary, file)).Faults;
            Assert.Contains(faults, fault => fault.Line == 4 && fault.Message.Contains("did you mean health.dsmDisorder?", StringComparison.Ordinal));
            Assert.Contains(faults, fault => fault.Line == 5 && fault.Message.Contains("wen means nothing here", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
