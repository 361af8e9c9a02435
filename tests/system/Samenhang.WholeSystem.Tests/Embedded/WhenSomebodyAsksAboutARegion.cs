using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>What a region decided, what there is and whom to reach, on a day.</summary>
public sealed class WhenSomebodyAsksAboutARegion(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private RegionService.RegionServiceClient Regions => new(fixture.System.Casemanager);

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task It_is_told_as_it_is_on_that_day()
    {
        var (early, late) = (await OnAsync(2018), await OnAsync(2024));

        Assert.Equal("JR-9901", early.Areas.Single(area => area.Kind == "jeugdregio").Code);
        Assert.Equal("JR-9902", late.Areas.Single(area => area.Kind == "jeugdregio").Code);
        Assert.Empty(early.Initiatives);
        Assert.Equal((30, "week"), late.Initiatives.Where(one => one.HasCapacity).Select(one => (one.Capacity, one.Per)).Single());
        Assert.Contains(late.Initiatives, one => !one.HasCapacity && one.Per.Length == 0);
        Assert.Contains(late.Contacts, contact => contact is { Service: "gemeente", Role: "wijkteam", Reach.Length: > 0 });
        Assert.DoesNotContain(early.Facts, stated => stated.Fact.FactId == "ips.agreedTalks");
        Assert.Equal("6", late.Facts.Single(stated => stated.Fact.FactId == "ips.agreedTalks").Fact.Value.DecimalValue);
        Assert.All(late.Facts.Select(one => one.Decided).Concat(late.Areas.Select(one => one.Decided)).Concat(late.Options.Select(one => one.Decided)), decided => Assert.NotEmpty(decided.Source));
    }

    [Fact]
    public async Task An_option_that_is_on_is_a_proposal()
    {
        Assert.Empty((await OnAsync(2018)).Options);
        var option = Assert.Single((await OnAsync(2024)).Options);
        Assert.Equal(("VWS-B04", Strength.Proposal), (option.OptionId, option.Strength));
        Assert.Contains("VWS-25", option.RuleIds);
    }

    [Fact]
    public async Task One_that_nobody_knows_is_not_found()
    {
        await Regions.GetRegionAsync(new GetRegionRequest { Tenant = "gm0000" }).RefusedAsync(StatusCode.NotFound);
        var wrong = await Regions.GetRegionAsync(new GetRegionRequest { On = Requests.Day(2024, 2, 30) }).RefusedAsync(StatusCode.InvalidArgument);
        Assert.Equal(["on", "tenant"], wrong.ViolatedFields());
    }

    private async Task<Region> OnAsync(int year) =>
        (await Regions.GetRegionAsync(new GetRegionRequest { Tenant = "gm9901", On = Requests.Day(year, 6, 1) })).Region;
}
