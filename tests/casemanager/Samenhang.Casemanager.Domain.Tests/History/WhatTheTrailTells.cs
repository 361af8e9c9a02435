using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.History;

public class WhatTheTrailTells
{
    private static readonly CaseTrail Trail = new(SampleCases.Vocabulary);

    private readonly ACase simon = ACase.Opened(SampleCases.Simon);
    private readonly DateTimeOffset opened = new(2016, 10, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_a_case_was_opened_with_is_one_line()
    {
        var opening = Assert.Single(Told(), entry => entry.Kind == TrailKind.Case);

        Assert.Equal(new Sentence("De casus is geopend.", "The case was opened."), Assert.Single(opening.Lines));
        Assert.DoesNotContain(Told(), entry => entry.Kind == TrailKind.Fact);
    }

    [Fact]
    public void A_fact_is_told_with_its_name_its_value_in_words_and_who_said_so()
    {
        var before = simon.Log.Count;
        simon.Do(now => new CaseCommand.RecordFacts([new PlacedFact("work.sickListed", Value.Of(false))], "emp") { At = now });

        var entry = Assert.Single(Told(later: before), entry => entry.Kind == TrailKind.Fact);
        Assert.Equal("emp", entry.By);
        Assert.Equal($"{SampleCases.Fact("work.sickListed").LabelNl}: nee", Assert.Single(entry.Lines).Nl);
    }

    [Fact]
    public void A_consent_and_its_end_are_told_with_both_sides()
    {
        var before = simon.Log.Count;
        simon.Do(now => new CaseCommand.RecordConsent(new Consent("gp", "emp", ["plan"], null, null, null)) { At = now });
        simon.Do(now => new CaseCommand.RecordConsent(new Consent("gp", "emp", ["plan"], null, null, new DateOnly(2016, 10, 1))) { At = now });

        var told = Told(later: before).Where(entry => entry.Kind == TrailKind.Consent).Select(entry => entry.Lines[0].Nl).ToList();
        Assert.Equal(2, told.Count);
        Assert.StartsWith("Toestemming gegeven: Huisarts aan ", told[0], StringComparison.Ordinal);
        Assert.StartsWith("Toestemming ingetrokken: Huisarts aan ", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_serves_the_asking_of_domains_is_left_out() =>
        Assert.All(ToldAfterARound(), entry => Assert.NotEmpty(entry.Lines));

    [Fact]
    public void What_is_known_of_a_fact_tells_who_said_so_and_forgets_what_was_taken_back()
    {
        simon.Do(now => new CaseCommand.RecordFacts([new PlacedFact("work.sickListed", Value.Of(false)), new PlacedFact("benefit.type", Value.Unknown)], "emp") { At = now });

        var known = FactHistory.Known(Dated(int.MaxValue));
        Assert.Equal((Value.Of(false), "emp"), (known[("work.sickListed", ItemKind.Case, null)].Value, known[("work.sickListed", ItemKind.Case, null)].By));
        Assert.Equal("casemanager", known[("health.classification", ItemKind.Need, "n1")].By);
        Assert.DoesNotContain(("benefit.type", ItemKind.Case, null), known.Keys);
    }

    private IReadOnlyList<TrailEntry> ToldAfterARound()
    {
        simon.Settle();
        var told = Told();
        Assert.Contains(told, entry => entry.Kind == TrailKind.Plan);
        return told;
    }

    private IReadOnlyList<TrailEntry> Told(int later = int.MaxValue) => Trail.Of(Dated(later));

    // What came after some change came an hour after the opening.
    private IEnumerable<DatedChange> Dated(int later) => simon.Log.Select((change, place) => new DatedChange(place < later ? opened : opened.AddHours(1), change));
}
