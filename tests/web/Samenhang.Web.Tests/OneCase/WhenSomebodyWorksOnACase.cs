using System.Collections.Concurrent;
using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.Web.Tests.OneCase;

/// <summary>What a casemanager does in a case, each at desk and telephone, in Dutch and English, in a real browser.</summary>
public sealed class WhenSomebodyWorksOnACase(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    public static TheoryData<string, int> Everywhere => new() { { "nl", 1280 }, { "nl", 390 }, { "en", 1280 }, { "en", 390 } };

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_cell_tells_why_at_an_address_of_its_own(string language, int width)
    {
        await using var visit = await OpenAsync(system.Simon, language, width);
        var page = visit.Page;
        var cell = page.Locator(".matrix details").First;
        await cell.Locator("summary").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await cell.GetByRole(AriaRole.Link, new() { Name = language == "nl" ? "Waarom?" : "Why?" }).First.ClickAsync();
        await page.WaitForURLAsync("**/why/*/*");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(language == "nl" ? "Waarom:" : "Why:");
        await Assertions.Expect(page.Locator(".sources").First).ToContainTextAsync(language == "nl" ? "regels" : "lines");
        await Assertions.Expect(page.Locator("section[aria-labelledby=facts] tbody tr").First).ToBeVisibleAsync();
        await IsGoodAsync(visit);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_finding_tells_why_and_what_can_be_done(string language, int width)
    {
        await using var visit = await OpenAsync(system.Simon, language, width);
        var page = visit.Page;
        var card = page.Locator("section[aria-labelledby=findings] .card").First;
        var title = await card.Locator("h3").InnerTextAsync();
        await card.GetByRole(AriaRole.Link, new() { Name = language == "nl" ? "Waarom?" : "Why?" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = language == "nl" ? "Wat doet u ermee?" : "What do you do about it?" })).ToBeVisibleAsync();
        await IsGoodAsync(visit);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_proposed_action_is_accepted_by_one_button_and_taken_back_by_another(string language, int width)
    {
        var caseId = await OpenedCase.SimonAsync(system);
        await using var visit = await OpenAsync(caseId, language, width);
        var page = visit.Page;
        var accept = page.Locator("section[aria-labelledby=plan]").GetByRole(AriaRole.Button, new() { Name = language == "nl" ? "Neem over" : "Accept" }).First;
        await accept.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync(language == "nl" ? "Afgesproken" : "Agreed");
        var plan = await system.PlanAsync(caseId);
        var item = Assert.Single(plan.Work.Items);
        Assert.Equal(WorkStatus.Planned, item.Content.Action.Status);
        var proposed = plan.Actions.First(action => action.Text.Nl == item.Content.Action.Text).Text;
        await Assertions.Expect(page.Locator(".tasks .card").First).ToContainTextAsync(language == "nl" ? proposed.Nl : proposed.En);
        await IsGoodAsync(visit);
        await page.Locator(".notice.done button").ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync(language == "nl" ? "Vervallen" : "Cancelled");
        Assert.Equal(WorkStatus.Cancelled, (await system.PlanAsync(caseId)).Work.Items[0].Content.Action.Status);
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_proposed_action_gets_another_owner_and_day_or_is_declined_with_a_reason()
    {
        var caseId = await OpenedCase.SimonAsync(system);
        await using var visit = await OpenAsync(caseId, "nl", 1280);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Wijzig of wijs af" }).First.ClickAsync();
        await IsGoodAsync(visit);
        await page.GetByLabel("Wie", new() { Exact = true }).SelectOptionAsync("casemanager");
        await page.GetByLabel("Uiterlijk").FillAsync("2027-03-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Neem over" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToBeVisibleAsync();
        var action = (await system.PlanAsync(caseId)).Work.Items[0].Content.Action;
        Assert.Equal(("casemanager", 2027, 3), (action.Owner, action.Due.Year, action.Due.Month));

        await page.GetByRole(AriaRole.Link, new() { Name = "Wijzig of wijs af" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijs het voorstel af" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.wrong")).ToBeVisibleAsync();
        await page.GetByLabel("Waarom?").FillAsync("Is al gedaan door de huisarts.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijs het voorstel af" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync("afgewezen");
        Assert.Contains((await system.PlanAsync(caseId)).Actions, one => one.DeclinedBecause == "Is al gedaan door de huisarts.");
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_question_is_answered_in_its_place_by_who_may(string language, int width)
    {
        var caseId = await OpenedCase.SimonAsync(system);
        await using var visit = await OpenAsync(caseId, language, width);
        var page = visit.Page;
        var answers = page.Locator(".answer:has(input[type=radio][value=yes])").First;
        await answers.Locator("summary").ClickAsync();
        var fact = await answers.Locator("input[name=fact]").GetAttributeAsync("value");
        await IsGoodAsync(visit);
        await answers.Locator("input[value=yes]").CheckAsync();
        await answers.GetByRole(AriaRole.Button, new() { Name = language == "nl" ? "Antwoord opslaan" : "Save the answer" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync(language == "nl" ? "Het antwoord is opgeslagen" : "The answer is saved");
        var plan = await system.PlanAsync(caseId);
        Assert.DoesNotContain(plan.Questions, question => question.FactId == fact);
        var log = await system.Sight.ListKnownFactsAsync(new ListKnownFactsRequest { CaseId = caseId, FactIds = { fact } });
        Assert.True(Assert.Single(log.Facts).Value.BoolValue);
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_form_without_an_answer_says_so_and_stays_open_in_its_place()
    {
        var caseId = await OpenedCase.SimonAsync(system);
        await using var visit = await OpenAsync(caseId, "nl", 390);
        var answers = visit.Page.Locator(".answer:has(input[type=radio][value=yes])").First;
        await answers.Locator("summary").ClickAsync();
        await answers.GetByRole(AriaRole.Button, new() { Name = "Antwoord opslaan" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".answer[open] .notice.wrong")).ToContainTextAsync("Geef een antwoord");
        await IsGoodAsync(visit);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_need_is_handed_over_warmly_from_both_sides(string language, int width)
    {
        var caseId = await OpenedCase.SimonAsync(system);
        await using var visit = await OpenAsync(caseId, language, width, "/hand-overs");
        var page = visit.Page;
        await IsGoodAsync(visit);
        await page.Locator("input[name=need_ids]").First.CheckAsync();
        await page.Locator("select[name=from]").SelectOptionAsync("casemanager");
        await page.Locator("select[name=to]").SelectOptionAsync("gemeente");
        await page.Locator("#hand-over-offer select[name=continuity_contact]").SelectOptionAsync("casemanager");
        await page.GetByRole(AriaRole.Button, new() { Name = language == "nl" ? "Bied aan" : "Offer" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync(language == "nl" ? "aangeboden" : "offered");
        await IsGoodAsync(visit);
        foreach (var (nl, en) in new[] { ("Ontvanger neemt aan", "Receiver accepts"), ("Ontvanger begint", "Receiver begins"), ("Overdracht is klaar", "Hand-over is complete") })
        {
            var name = language == "nl" ? nl : en;
            await page.Locator("details > summary", new() { HasText = name }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
            await Assertions.Expect(page.Locator(".notice.done")).ToBeVisibleAsync();
        }

        var life = Assert.Single((await system.HandOvers.ListHandOversAsync(new ListHandOversRequest { CaseId = caseId })).HandOvers);
        Assert.Equal(HandOverStatus.Completed, life.Status);
        Assert.Equal(["casemanager", "gemeente", "gemeente", "casemanager"], life.Steps.Select(step => step.By));
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_hand_over_is_declined_with_a_reason()
    {
        var caseId = await OpenedCase.SimonAsync(system);
        await using var visit = await OpenAsync(caseId, "nl", 1280, "/hand-overs");
        var page = visit.Page;
        await page.Locator("input[name=need_ids]").First.CheckAsync();
        await page.Locator("select[name=from]").SelectOptionAsync("casemanager");
        await page.Locator("select[name=to]").SelectOptionAsync("gemeente");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bied aan" }).ClickAsync();
        await page.Locator("details > summary", new() { HasText = "Ontvanger weigert" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ontvanger weigert" }).ClickAsync();
        await Assertions.Expect(page.Locator("details[open] .notice.wrong")).ToBeVisibleAsync();
        await page.Locator("select[name=reason]").SelectOptionAsync("waiting-list");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ontvanger weigert" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync("geweigerd");
        Assert.Equal("waiting-list", Assert.Single((await system.HandOvers.ListHandOversAsync(new ListHandOversRequest { CaseId = caseId })).HandOvers).Steps[^1].Reason);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_consent_and_its_withdrawal_show_what_follows_before_they_are_kept(string language, int width)
    {
        var caseId = await OpenedCase.SimonAsync(system);
        await using var visit = await OpenAsync(caseId, language, width, "/consents");
        var page = visit.Page;
        await IsGoodAsync(visit);
        var before = (await system.CaseAsync(caseId)).Consents.Count;
        await page.Locator("select[name=from]").SelectOptionAsync("zvw");
        await page.Locator("select[name=to]").SelectOptionAsync("gemeente");
        await page.Locator("input[name=categories][value=medical]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = language == "nl" ? "Laat zien wat er verandert" : "Show what changes" }).ClickAsync();
        await Assertions.Expect(page.Locator(".follows")).ToContainTextAsync(language == "nl" ? "Wie dit te horen krijgt" : "Who is told");
        await IsGoodAsync(visit);
        Assert.Equal(before, (await system.CaseAsync(caseId)).Consents.Count);
        await page.GetByRole(AriaRole.Button, new() { Name = language == "nl" ? "Leg vast" : "Record" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToBeVisibleAsync();
        Assert.Equal(before + 1, (await system.CaseAsync(caseId)).Consents.Count);

        await page.Locator(".card", new() { HasText = "→" }).Last.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator(".follows")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = language == "nl" ? "Trek in" : "Withdraw" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync(language == "nl" ? "ingetrokken" : "withdrawn");
        Assert.NotNull((await system.CaseAsync(caseId)).Consents[^1].WithdrawnOn);
        visit.HasNoComplaints();
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task Through_the_eyes_of_the_employer_there_is_no_diagnosis(string language, int width)
    {
        await using var visit = await OpenAsync(system.Simon, language, width, "/as/employer");
        var text = await visit.Page.Locator("html").InnerTextAsync() + await visit.Page.TitleAsync();
        foreach (var planted in new[] { "burn-out", "burnout", "psych", "ggz", "diagnos", "therapie", "therapy", "depress" })
        {
            Assert.DoesNotContain(planted, text, StringComparison.OrdinalIgnoreCase);
        }

        await IsGoodAsync(visit);

        // The same words stand on the page of the casemanager, so the test can fail.
        await visit.Page.GotoAsync(system.At($"/cases/{system.Simon}").ToString());
        Assert.Contains("burn-out", await visit.Page.Locator("main").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("client")]
    [InlineData("insurer")]
    [InlineData("municipality")]
    [InlineData("uwv")]
    public async Task Each_party_has_its_own_view(string viewer)
    {
        await using var visit = await OpenAsync(system.Simon, "nl", 390, $"/as/{viewer}");
        await IsGoodAsync(visit);
        var facts = await visit.Page.Locator("section[aria-labelledby=seen-facts] dt").CountAsync();
        Assert.Equal(viewer == "insurer", facts == 0);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_fact_that_is_tried_shows_what_it_would_change_and_is_not_kept(string language, int width)
    {
        var plan = await system.PlanAsync(system.Simon);
        var version = (await system.CaseAsync(system.Simon)).Version;
        var row = plan.Coverage.First(one => one.Outcome == Outcome.Undetermined && one.MissingFacts.Count > 0);
        await using var visit = await OpenAsync(system.Simon, language, width, $"/why/{row.NeedId}/{row.Scheme}");
        var page = visit.Page;
        await page.Locator("#what-if-form button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("#what-if-form .notice.wrong")).ToBeVisibleAsync();
        foreach (var no in await page.Locator("#what-if-form input[value=no]").AllAsync())
        {
            await no.CheckAsync();
        }

        await page.Locator("#what-if-form button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".outcome")).ToContainTextAsync(language == "nl" ? "Wat er zou veranderen" : "What would change");
        await Assertions.Expect(page.Locator(".outcome tbody tr").First).ToBeVisibleAsync();
        await IsGoodAsync(visit);
        Assert.Equal(version, (await system.CaseAsync(system.Simon)).Version);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task Two_who_change_the_same_action_lose_nothing(string language, int width)
    {
        var caseId = await OpenedCase.SimonAsync(system);
        var item = (await system.Work.AddWorkAsync(new AddWorkRequest
        {
            RequestId = $"two-{caseId[..36]}", CaseId = caseId, By = "casemanager", Content = new WorkContent { Action = new WorkAction { Text = "Bel de huisarts", Owner = "casemanager" } },
        })).Item;
        await using var one = await OpenAsync(caseId, language, width, $"/actions/{item.ItemId}");
        await using var other = await OpenAsync(caseId, language, width, $"/actions/{item.ItemId}");
        await other.Page.Locator("textarea[name=text]").FillAsync("Bel de huisarts en de praktijkondersteuner");
        await Save(other);
        await Assertions.Expect(other.Page.Locator(".notice.done")).ToBeVisibleAsync();

        await one.Page.Locator("textarea[name=text]").FillAsync("Mail de huisarts");
        await Save(one);
        var conflict = one.Page.Locator(".notice.conflict");
        await Assertions.Expect(conflict).ToContainTextAsync("Bel de huisarts en de praktijkondersteuner");
        await Assertions.Expect(one.Page.Locator("textarea[name=text]")).ToHaveValueAsync("Mail de huisarts");
        await IsGoodAsync(one);
        await Save(one);
        await Assertions.Expect(one.Page.Locator(".notice.done")).ToBeVisibleAsync();
        Assert.Equal("Mail de huisarts", Assert.Single((await system.PlanAsync(caseId)).Work.Items).Content.Action.Text);

        static Task Save(Visit visit) => visit.Page.Locator("form.form button[type=submit]").ClickAsync();
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task The_time_line_zooms_and_stands_as_a_table_too(string language, int width)
    {
        await using var visit = await OpenAsync(system.Simon, language, width, "?span=all");
        var page = visit.Page;
        var drawing = page.Locator(width < 720 ? ".timeline svg.narrow" : ".timeline svg.wide");
        await Assertions.Expect(drawing).ToBeVisibleAsync();
        var all = await drawing.Locator("g").CountAsync();
        await page.GetByText(language == "nl" ? "De tijdlijn als tabel" : "The timeline as a table").First.ClickAsync();
        Assert.Equal(all, await page.Locator(".as-table tbody tr").CountAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = language == "nl" ? "3 maanden" : "3 months" }).ClickAsync();
        await page.WaitForURLAsync("**span=3m**");
        Assert.True(await drawing.Locator("g").CountAsync() < all);
        await Assertions.Expect(drawing.Locator(".today")).ToHaveCountAsync(1);
        await IsGoodAsync(visit);
    }

    [Theory]
    [InlineData("nl", 390, "Werkgever: weet het sinds")]
    [InlineData("en", 1280, "Employer: knows it since")]
    public async Task A_corrected_fact_stands_with_who_was_told_the_old_value(string language, int width, string told)
    {
        var caseId = await OpenedCase.SimonAsync(system);
        await system.Casemanager.RecordFactsAsync(new RecordFactsRequest
        {
            RequestId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(), CaseId = caseId,
            Facts = { new RecordedFact { Fact = new Fact { FactId = "work.firstSickDay", Value = new FactValue { DateValue = new Samenhang.Protos.Types.Date { Year = 2016, Month = 3, Day = 29 } } } } },
        });
        using (var watch = system.Casemanager.WatchCase(new WatchCaseRequest { CaseId = caseId, AfterPlanVersion = 1 }))
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None), "There is no second plan.");
        }

        await using var visit = await OpenAsync(caseId, language, width, "/trail");
        await Assertions.Expect(visit.Page.Locator("section[aria-labelledby=corrected] .card li", new() { HasText = told })).ToBeVisibleAsync();
        await IsGoodAsync(visit);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task The_trail_tells_what_happened_the_newest_first_and_by_kind(string language, int width)
    {
        await using var visit = await OpenAsync(system.Simon, language, width, "/trail");
        var page = visit.Page;
        var moments = await page.Locator(".trail > li .when time").EvaluateAllAsync<string[]>("times => times.map(time => time.dateTime)");
        Assert.Equal(moments.OrderDescending(StringComparer.Ordinal), moments);
        await page.GetByRole(AriaRole.Link, new() { Name = language == "nl" ? "Bevindingen" : "Findings" }).ClickAsync();
        var kinds = await page.Locator(".trail .tag").AllInnerTextsAsync();
        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind => Assert.Equal(language == "nl" ? "Bevindingen" : "Findings", kind));
        await IsGoodAsync(visit);
    }

    [Fact]
    public async Task A_finding_is_taken_up_put_aside_with_a_reason_and_brought_back()
    {
        var caseId = await OpenedCase.SimonAsync(system);
        await using var visit = await OpenAsync(caseId, "nl", 1280);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Neem in behandeling" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync("in behandeling");
        await page.Locator("section[aria-labelledby=findings] .card").First.GetByRole(AriaRole.Link, new() { Name = "Waarom?" }).ClickAsync();
        await page.GetByText("Leg terzijde, met een reden").ClickAsync();
        await page.Locator("#finding-overrule textarea").FillAsync("De cliënt wil dit zelf zo.");
        await page.Locator("#finding-overrule button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync("terzijde gelegd");
        Assert.Contains((await system.PlanAsync(caseId)).Findings, finding => finding.Status == FindingStatus.Overruled);
        await page.Locator(".notice.done button").ClickAsync();
        await Assertions.Expect(page.Locator(".notice.done")).ToContainTextAsync("weer open");
        Assert.DoesNotContain((await system.PlanAsync(caseId)).Findings, finding => finding.Status == FindingStatus.Overruled);
    }

    [Fact]
    public async Task A_case_with_all_that_it_loads_stays_under_three_hundred_kilobytes()
    {
        await using var visit = await system.VisitAsync(chromium);
        var responses = new ConcurrentQueue<IResponse>();
        visit.Page.Response += (_, response) => responses.Enqueue(response);
        await visit.Page.GotoAsync(system.At($"/cases/{system.Simon}").ToString(), new() { WaitUntil = WaitUntilState.Load });

        // All but the stream of what changes, which never ends.
        var bodies = await Task.WhenAll(responses.Where(response => !response.Url.Contains("/live/", StringComparison.Ordinal)).Select(response => response.BodyAsync()));
        Assert.InRange(bodies.Sum(body => body.Length), 1, 300 * 1024);
    }

    private async Task<Visit> OpenAsync(string caseId, string language, int width, string below = "")
    {
        var visit = await system.VisitAsync(chromium, width, width < 720 ? ColorScheme.Dark : ColorScheme.Light, language == "nl" ? "nl-NL" : "en-GB");
        await visit.Page.GotoAsync(system.At($"/cases/{caseId}{below}").ToString());
        return visit;
    }

    private static async Task IsGoodAsync(Visit visit)
    {
        await visit.FitsTheWindow();
        await Axe.HasNoViolations(visit.Page);
        visit.HasNoComplaints();
    }
}
