using Microsoft.Playwright;
using Samenhang.Access;
using Samenhang.BrowserSupport;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.TestSupport;

namespace Samenhang.Web.Tests.Emergencies;

/// <summary>Accesses in an emergency are looked at afterwards.</summary>
public sealed class WhenThePrivacyOfficerLooks(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData("nl", 1280, ColorScheme.Light, "Het was nodig", "Alle spoedtoegang is bekeken.")]
    [InlineData("en", 390, ColorScheme.Dark, "It was needed", "Every access in an emergency was looked at.")]
    public async Task She_sees_who_read_which_case_when_and_why_and_gives_an_opinion(string language, int width, ColorScheme scheme, string opinion, string nothingLeft)
    {
        var reason = $"Cliënt staat op het dak <{language}>";
        await ReadInEmergencyAsync(reason);
        await using var visit = await system.VisitAsync(chromium, width, scheme, person: DemoPerson.Petra);
        var page = visit.Page;
        await page.GotoAsync(system.At($"/?lang={language}").ToString());
        await Assertions.Expect(page).ToHaveURLAsync(system.At("/emergencies").ToString());
        await visit.FitsTheWindow();
        await Axe.HasNoViolations(page);
        var card = page.Locator(".card", new() { HasText = reason });
        await Assertions.Expect(card).ToContainTextAsync("noodlezer");
        await Assertions.Expect(card).ToContainTextAsync(system.Simon);

        // Without a word of what was found only a justified access is settled.
        await card.Locator("input[value=NotJustified]").CheckAsync();
        await card.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(card.Locator(".notice.wrong")).ToBeVisibleAsync();
        await Assertions.Expect(card.Locator("textarea")).ToHaveAttributeAsync("aria-invalid", "true");
        await Axe.HasNoViolations(page);

        await card.Locator("input[value=Justified]").CheckAsync();
        await card.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".empty")).ToContainTextAsync(nothingLeft);
        await page.GotoAsync(system.At("/emergencies?show=all").ToString());
        await Assertions.Expect(page.Locator(".card", new() { HasText = reason })).ToContainTextAsync(opinion);
        await Axe.HasNoViolations(page);
        await visit.FitsTheWindow();
        visit.HasNoComplaints();
    }

    // Bram, of another municipality.
    private async Task ReadInEmergencyAsync(string reason)
    {
        using var tokens = new OwnTokens(new AccessOptions { DevelopmentKeyFile = DevelopmentChannel.KeyFile }, TimeProvider.System);
        using var bare = Grpc.Net.Client.GrpcChannel.ForAddress(system.Address);
        await new CasemanagerService.CasemanagerServiceClient(bare).GetPlanAsync(
            new GetPlanRequest { CaseId = system.Simon },
            tokens.HeadersFor(ServiceNames.Casemanager, new Speaker("noodlezer", CallerRole.Casemanager, "gm9901"), "noodsituatie", Samenhang.Access.LegalGround.VitalInterest, reason));
    }
}
