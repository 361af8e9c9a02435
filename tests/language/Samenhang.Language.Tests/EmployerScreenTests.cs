using System.Text.Json;

namespace Samenhang.Language.Tests;

public class EmployerScreenTests
{
    private static readonly EmployerScreen Screen = VocabularyLoader.Load(VocabularyLoader.DefaultFolder).EmployerScreen;

    [Theory]
    [InlineData("Maximaal vier uur per dag, drie dagen in de week.")]
    [InlineData("Niet tillen boven 5 kilo, niet langer dan een half uur staan.")]
    [InlineData("Rustige werkplek zonder piekdrukte; geen avonddiensten tot 1 maart 2027.")]
    [InlineData("Kan zich een uur concentreren, daarna pauze. Opbouw per week met 2 uur.")]
    [InlineData("Start op arbeidstherapeutische basis op 12-10-2026, evaluatie door de bedrijfsarts na zes weken.")]
    [InlineData("Werktijden 8.30-12.30 uur; thuiswerken als dat kan. Geen trillende machines.")]
    [InlineData("Werk aan de receptie of documenten scannen is passend. De dialoog met de leidinggevende voortzetten.")]
    [InlineData("00000099000000011000")]
    [InlineData("Arbodienst Noord")]
    [InlineData("four hours a day")]
    [InlineData("")]
    public void What_somebody_can_and_cannot_do_at_work_passes(string text) => Assert.Empty(Screen.Hits(text));

    [Theory]
    [InlineData("Heeft een depressie en kan niet werken.", "depressie")]
    [InlineData("door zijn DEPRESSIEVE buien", "depressieve")]
    [InlineData("hersteld van een burn-out", "burnout")]
    [InlineData("Een burnoutklacht", "burnoutklacht")]
    [InlineData("oververmoeidheid", "oververmoeidheid")]
    [InlineData("Volgt EMDR bij de GGZ-instelling", "emdr")]
    [InlineData("Volgt EMDR bij de GGZ-instelling", "ggz")]
    [InlineData("neemt sertraline", "sertraline")]
    [InlineData("kan niet autorijden door medicijngebruik", "medicijngebruik")]
    [InlineData("heeft op dinsdag een afspraak bij de huisarts", "huisarts")]
    [InlineData("de psychosomatisch fysiotherapeut", "fysiotherapeut")]
    [InlineData("in overleg met de cardioloog", "cardioloog")]
    [InlineData("rugpijn", "rugpijn")]
    [InlineData("ziekte van Pfeiffer", "ziekte van")]
    [InlineData("zit in een scheiding", "scheiding")]
    [InlineData("heeft schulden", "schulden")]
    [InlineData("Wajong", "wajong")]
    [InlineData("psychisch niet in staat", "psychisch")]
    [InlineData("wóónt in een vorm van beschérmd wonen", "beschermd wonen")]
    [InlineData("PTSS", "ptss")]
    public void What_somebody_has_and_who_helps_is_found(string text, string word)
    {
        var hits = Screen.Hits(text);

        Assert.Contains(word, hits.Select(hit => hit.Words));
        Assert.All(hits, hit => Assert.True(hit.About is { Nl.Length: > 0, En.Length: > 0 }));
    }

    [Theory]
    [InlineData("d e p r e s s i e")]
    [InlineData("de-pres-sie")]
    [InlineData("d3pressi3")]
    [InlineData("dépréssïe")]
    [InlineData("ｄｅｐｒｅｓｓｉｅ")]
    [InlineData("depres\u00adsie")]
    [InlineData("de\u200bpressie")]
    [InlineData("d\u0435pressie")]
    public void A_word_that_is_written_strangely_is_found(string text) => Assert.NotEmpty(Screen.Hits(text));

    [Theory]
    [InlineData("nummer 999990019")]
    [InlineData("nummer 9999.90.019")]
    [InlineData("999 990 342")]
    public void A_citizen_service_number_is_found_and_not_said_again(string text)
    {
        var hit = Assert.Single(Screen.Hits(text));

        Assert.Equal("", hit.Words);
        Assert.Equal("een burgerservicenummer", hit.Named.Nl);
    }

    [Theory]
    [InlineData("12-03-1974")]
    [InlineData("12 maart 1974")]
    [InlineData("3/2/74")]
    [InlineData("1974-03-12")]
    [InlineData("2 mrt 1974")]
    public void A_day_on_which_somebody_can_be_born_is_found(string text) => Assert.Equal("een geboortedatum", Assert.Single(Screen.Hits($"Medewerker van {text}")).Named.Nl);

    [Fact]
    public void Every_term_is_found_by_the_search_that_it_is_for()
    {
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(VocabularyLoader.DefaultFolder, "employer-words.json")));
        foreach (var group in list.RootElement.GetProperty("groups").EnumerateArray())
        {
            foreach (var (name, text) in new (string, Func<string, string>)[] { ("within", term => $"kop{term}staart"), ("begin", term => $"{term}staart"), ("end", term => $"kop{term}"), ("words", term => term) })
            {
                foreach (var term in group.GetProperty(name).EnumerateArray().Select(one => one.GetString()!))
                {
                    Assert.True(Screen.Hits($"een {text(term)} hier").Count > 0, $"{name}: {term}");
                }
            }
        }
    }

    [Fact]
    public void A_term_that_could_never_match_stops_the_start()
    {
        using var list = JsonDocument.Parse("""
            {"bornBefore":"2013-01-01","allowed":[],"groups":[{"labelNl":"a","labelEn":"b","within":["Burn-out"],"begin":[],"end":[],"words":[]}]}
            """);
        var faults = new List<string>();

        EmployerScreen.Read(list.RootElement, faults);

        Assert.Contains("Burn-out", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_as_long_as_a_text_may_be_is_read_at_once()
    {
        var text = string.Join(' ', Enumerable.Repeat("werkzaamheden", 143)) + " depressie";
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            Assert.NotEmpty(Screen.Hits(text));
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }
}
