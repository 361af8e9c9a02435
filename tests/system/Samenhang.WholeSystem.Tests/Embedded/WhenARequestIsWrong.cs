using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>Whatever is sent, the answer is clear and the service goes on.</summary>
public sealed class WhenARequestIsWrong(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IAsyncLifetime
{
    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        var (_, plan) = await fixture.PlannedAsync(Requests.BurnOut());
        Assert.Equal(1, plan.Version);
        fixture.Log.HasNoErrors();
    }

    [Fact]
    public async Task Five_invalid_fields_give_five_violations_and_nothing_is_opened()
    {
        const string tenant = "gm9902";
        var (request, fields) = Requests.WithFiveFaults();
        request.Tenant = tenant;

        var refused = await Casemanager.OpenCaseAsync(request).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(fields, refused.ViolatedFields());
        Assert.Contains("did you mean 'psych-treatment'", refused.Detail<Google.Rpc.BadRequest>().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("999990018", refused.ToString() + refused.Detail<Google.Rpc.BadRequest>(), StringComparison.Ordinal);
        Assert.Empty((await Casemanager.ListCasesAsync(new ListCasesRequest { Tenant = tenant })).Cases);
    }

    [Theory]
    [InlineData("Cliënt 999990342")]
    [InlineData("999 990 342, burn-out")]
    public async Task A_bsn_in_the_title_is_refused(string title)
    {
        var request = Requests.BurnOut();
        request.Title = title;

        var refused = await Casemanager.OpenCaseAsync(request).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(["title"], refused.ViolatedFields());
    }

    [Theory]
    [InlineData("12,5")]
    [InlineData("1e6")]
    [InlineData("twelve")]
    [InlineData("99999999999999999999999999999999")]
    public async Task A_number_in_the_wrong_form_is_refused(string number)
    {
        var request = Requests.BurnOut();
        request.Facts.Add(Requests.Fact("work.incapacityPercent", new FactValue { DecimalValue = number }));

        var refused = await Casemanager.OpenCaseAsync(request).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(["facts[7].value.decimal_value"], refused.ViolatedFields());
    }

    [Theory]
    [InlineData(1849, "before 1850")]
    [InlineData(2200, "after 2199")]
    [InlineData(9999, "after 2199")]
    public async Task A_day_that_nobody_can_mean_is_refused(int year, string said)
    {
        var request = Requests.BurnOut();
        request.AsOf = Requests.Day(year, 12, 31);

        var refused = await Casemanager.OpenCaseAsync(request).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(["as_of"], refused.ViolatedFields());
        Assert.Contains(said, refused.Detail<Google.Rpc.BadRequest>().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_another_type_and_a_fact_on_the_wrong_place_are_told_apart()
    {
        var request = Requests.BurnOut();
        request.Facts.Add(Requests.Fact("work.bedrijfsartsEngaged", Requests.Code("yes")));
        request.Needs[1].Facts.Add(Requests.Fact("work.wageSanction", Requests.Yes));

        var refused = await Casemanager.OpenCaseAsync(request).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(["facts[7].value", "needs[1].facts[0].fact_id"], refused.ViolatedFields());
    }

    [Fact]
    public async Task A_reference_to_a_need_that_is_not_there_is_refused()
    {
        var request = Requests.BurnOut();
        request.Provisions[0].NeedIds.Add("n9");

        var refused = await Casemanager.OpenCaseAsync(request).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Contains(refused.ViolatedFields(), field => field.StartsWith("provisions[0].need_ids", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_case_and_an_unknown_version_are_not_found()
    {
        var (caseId, _) = await fixture.PlannedAsync(Requests.BurnOut());

        await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = "0199-none" }).RefusedAsync(StatusCode.NotFound);
        await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId, PlanVersion = 7 }).RefusedAsync(StatusCode.NotFound);
        await Casemanager.GetCaseAsync(new GetCaseRequest()).RefusedAsync(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task A_municipality_or_insurer_without_a_file_is_refused()
    {
        var request = Requests.BurnOut();
        request.Tenant = "gm9903";
        request.Insurer = "gm9901";

        var refused = await Casemanager.OpenCaseAsync(request).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(["insurer", "tenant"], refused.ViolatedFields());
        Assert.Contains("'gm9903' is not known here as municipality; did you mean 'gm990", refused.Detail<Google.Rpc.BadRequest>().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused()
    {
        var request = Requests.BurnOut();
        request.Title = new string('a', 5 * 1024 * 1024);

        var refused = await Casemanager.OpenCaseAsync(request).RefusedAsync(StatusCode.ResourceExhausted);

        Assert.Contains("maximum", refused.Status.Detail, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What stands in a message header after "not compressed": the length, or no length at all.</summary>
    [Theory]
    [InlineData(3, 0)]
    [InlineData(10 * 1024 * 1024, 0)]
    [InlineData(10 * 1024 * 1024, 7_000)]
    [InlineData(10 * 1024 * 1024, int.MaxValue)]
    [InlineData(10 * 1024 * 1024, uint.MaxValue)]
    public async Task Megabytes_of_nonsense_do_no_harm(int length, uint said)
    {
        var nonsense = new byte[length];
        new Random(9999).NextBytes(nonsense);
        nonsense[0] = 0;
        if (length >= 5)
        {
            BinaryPrimitives.WriteUInt32BigEndian(nonsense.AsSpan(1), said);
        }

        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.System.AddressOf("casemanager"), "samenhang.casemanager.v1.CasemanagerService/OpenCase"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(nonsense),
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        try
        {
            using var response = await client.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            var status = response.TrailingHeaders.TryGetValues("grpc-status", out var trailer) ? trailer.Single() : response.Headers.GetValues("grpc-status").Single();
            Assert.False(status is "0" or "2", $"grpc-status {status}");
        }
        catch (HttpRequestException refused)
        {
            // The server may end the stream while we still send.
            Assert.NotNull(refused.InnerException);
        }
    }

    [Fact]
    public async Task A_list_without_end_is_one_violation()
    {
        var request = Requests.BurnOut();
        request.Needs.Add(Enumerable.Range(0, 20_000).Select(i => new Need { NeedId = $"x{i}", Kind = "income" }));
        using var channel = fixture.System.ChannelTo("casemanager");

        var refused = await new CasemanagerService.CasemanagerServiceClient(channel).OpenCaseAsync(request).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Contains("needs", refused.ViolatedFields());
    }
}
