using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Web.Tests.Intake;

/// <summary>A case that comes in by the pages of an intake, at a desk and on a phone, in both languages.</summary>
public sealed class IntakeTests(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData("nl", 1280)]
    [InlineData("en", 1280)]
    [InlineData("nl", 390)]
    [InlineData("en", 390)]
    public async Task An_intake_asks_what_matters_and_opens_a_case(string language, int width)
    {
        var title = $"Intake {language} {width}";
        await using var visit = await system.VisitAsync(chromium, width);
        var page = visit.Page;
        await page.GotoAsync(system.At($"/cases/new?lang={language}").ToString());
        await Good(visit);
        await BeginAsync(page, title);
        await page.WaitForURLAsync("**/cases/new/questions");
        await Good(visit);

        // Each answer makes the list anew, and none is asked twice.
        var first = await AskedAsync(page);
        Assert.NotEmpty(first);
        await AnswerAsync(page);
        await page.Locator("button[name=go][value=questions]").ClickAsync();
        await page.WaitForURLAsync("**/cases/new/questions");
        Assert.DoesNotContain(first[0], await page.Locator("fieldset.part:not(details fieldset) input[name=asked]").EvaluateAllAsync<string[]>("all => all.filter(one => !one.closest('details')).map(one => one.value)"));
        await page.Locator("button[name=go][value=review]").ClickAsync();
        await page.WaitForURLAsync("**/cases/new/review");
        await Good(visit);

        // A wrong BSN stands beside its field, and nothing that was filled in is lost.
        await page.Locator("input[name=bsn]").FillAsync("123456789");
        await page.Locator("form#open button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#open .field.wrong .error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(title);
        await Axe.HasNoViolations(page);
        Assert.DoesNotContain("123456789", await page.EvaluateAsync<string>("JSON.stringify(localStorage)"), StringComparison.Ordinal);
        await page.Locator("input[name=bsn]").FillAsync("999990019");
        await page.Locator("form#open button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync(title);
        var caseId = page.Url[(page.Url.LastIndexOf('/') + 1)..];
        var opened = (await system.Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;
        Assert.Equal(title, opened.Title);
        Assert.True(opened.BsnKnown);
        Assert.Equal(["psych-treatment", "keep-work"], opened.Needs.Select(need => need.Kind).Order(StringComparer.Ordinal).Reverse());
        Assert.Contains(opened.Facts, fact => fact.FactId == "work.status" && fact.Value.CodeValue == "employed");
        Assert.DoesNotContain("999990019", await page.EvaluateAsync<string>("JSON.stringify(localStorage)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_intake_is_taken_up_where_it_was_left_and_back_loses_nothing()
    {
        await using var visit = await system.VisitAsync(chromium);
        var page = visit.Page;
        await page.GotoAsync(system.At("/cases/new").ToString());
        await BeginAsync(page, "Later verder");
        await page.WaitForURLAsync("**/cases/new/questions");
        await AnswerAsync(page);
        await page.Locator("button[name=go][value=review]").ClickAsync();
        await page.WaitForURLAsync("**/cases/new/review");

        // Another page, as after a broken session: all of it stands there.
        await page.GotoAsync(system.At("/cases").ToString());
        await page.GotoAsync(system.At("/cases/new").ToString());
        await Assertions.Expect(page.Locator("input[name=title]")).ToHaveValueAsync("Later verder");
        await Assertions.Expect(page.Locator("input[value=psych-treatment]")).ToBeCheckedAsync();
        await page.GotoAsync(system.At("/cases/new/questions").ToString());
        await Assertions.Expect(page.Locator("details.answered")).ToBeVisibleAsync();

        // It is Noor's: who signs in on the same machine does not get it.
        await using var other = await system.VisitAsync(chromium, person: TestSupport.DemoPerson.Bram);
        await other.Page.Context.AddCookiesAsync((await page.Context.CookiesAsync()).Where(cookie => cookie.Name.StartsWith("samenhang-intake", StringComparison.Ordinal)).Select(cookie => new Cookie
        {
            Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = true,
        }));
        await other.Page.GotoAsync(system.At("/cases/new").ToString());
        await Assertions.Expect(other.Page.Locator("input[name=title]")).ToHaveValueAsync("");

        await page.GotoAsync(system.At("/cases/new").ToString());
        await page.Locator("form[action='/cases/new/discard'] button").ClickAsync();
        await Assertions.Expect(page.Locator("input[name=title]")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_beside_its_field()
    {
        await using var visit = await system.VisitAsync(chromium);
        var page = visit.Page;
        await page.GotoAsync(system.At("/cases/new").ToString());
        await page.Locator("form#intake button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".notice.wrong li")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("#intake-title-error-0")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#intake-needs-error-0")).ToBeVisibleAsync();
        await Axe.HasNoViolations(page);
    }

    [Fact]
    public async Task An_intake_goes_with_the_keyboard_alone()
    {
        await using var visit = await system.VisitAsync(chromium);
        var page = visit.Page;
        await page.GotoAsync(system.At("/cases/new").ToString());
        await page.Locator("input[name=title]").FocusAsync();
        await page.Keyboard.TypeAsync("Met het toetsenbord");
        await TabToAsync(page, "document.activeElement.matches('.needs summary')");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "document.activeElement.name === 'needs'");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, "document.activeElement.matches('#intake button.primary')");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/cases/new/questions");
        visit.HasNoComplaints();
    }

    [Theory]
    [InlineData("nl", 1280)]
    [InlineData("en", 390)]
    public async Task A_case_file_shows_every_fault_by_its_line_and_what_would_come_of_it(string language, int width)
    {
        await using var visit = await system.VisitAsync(chromium, width);
        var page = visit.Page;
        await page.GotoAsync(system.At($"/cases/new/file?lang={language}").ToString());
        await Good(visit);
        await page.Locator("textarea[name=content]").FillAsync("""
            {
              "format": "samenhang-case/1",
              "title": "Uit een bestand",
              "asOf": "2016-10-01",
              "needs": [ {"id": "n1", "kind": "psych-treatmentt"} ],
              "facts": {"work.sickListed": "ja"}
            }
            """);
        await page.Locator("#casefile button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("table tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("table tbody tr").First.Locator("th")).ToHaveTextAsync("5");
        await Assertions.Expect(page.Locator("table")).ToContainTextAsync("psych-treatment");
        await Good(visit);

        var text = await page.Locator("textarea[name=content]").InputValueAsync();
        await page.Locator("textarea[name=content]").FillAsync(text.Replace("treatmentt", "treatment", StringComparison.Ordinal).Replace("\"ja\"", "true", StringComparison.Ordinal));
        await page.Locator("#casefile button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("button[name=open]")).ToBeVisibleAsync();
        await Good(visit);
        await page.Locator("button[name=open]").ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync("Uit een bestand");
    }

    private static async Task BeginAsync(IPage page, string title)
    {
        await page.Locator("input[name=title]").FillAsync(title);
        await page.Locator("input[name='fact.client.birthDate']").FillAsync("1981-05-12");
        await page.EvaluateAsync("document.querySelectorAll('.needs details').forEach(part => part.open = true)");
        await page.Locator("input[value=psych-treatment]").CheckAsync();
        await page.Locator("input[value=keep-work]").CheckAsync();
        await page.Locator("select[name='fact.work.status']").SelectOptionAsync("employed");
        await page.Locator("input[name='fact.work.sickListed'][value=true]").CheckAsync();
        await page.Locator("input[name=as_of]").FillAsync("2016-10-01");
        await page.Locator("form#intake button.primary").ClickAsync();
    }

    private static Task<string[]> AskedAsync(IPage page) =>
        page.Locator("input[name=asked]").EvaluateAllAsync<string[]>("all => all.filter(one => !one.closest('details')).map(one => one.value)");

    /// <summary>Answers the first question that is chosen, and says of the next that it is not known.</summary>
    private static async Task AnswerAsync(IPage page) => await page.EvaluateAsync(
        """
        () => {
          const asked = [...document.querySelectorAll("input[name=asked]")].filter(one => !one.closest("details"));
          asked.forEach((one, place) => {
            const fields = [...document.getElementsByName("fact." + one.value)];
            const choice = fields.find(field => field.type === "radio" && field.value === (place % 2 ? "?" : field.value));
            if (choice) { choice.checked = true; }
            else { const unknown = document.getElementsByName("unknown." + one.value)[0]; if (unknown) { unknown.checked = true; } else { fields[0].value = "?"; } }
          });
        }
        """);

    private static async Task Good(Visit visit)
    {
        await visit.FitsTheWindow();
        await Axe.HasNoViolations(visit.Page);
    }

    private static async Task TabToAsync(IPage page, string there)
    {
        for (var step = 0; step < 80; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>(there))
            {
                return;
            }
        }

        Assert.Fail($"Not reached by Tab: {there}");
    }
}
