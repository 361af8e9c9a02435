using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using MunicipalWire = Samenhang.Protos.Gemeente.V1;
using ZvwWire = Samenhang.Protos.Zvw.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>A pseudonym opens nothing: an insurer and a municipality see the records of their own cases only.</summary>
public sealed class WhenAnotherInsurerAsks(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private readonly List<GrpcChannel> channels = [];

    public void Dispose()
    {
        channels.ForEach(channel => channel.Dispose());
        fixture.Log.HasNoErrors();
    }

    [Fact]
    public async Task The_insurer_of_the_case_keeps_its_records_and_another_finds_nothing()
    {
        var pseudonym = await OpenAsync(Domain.Zvw, insurer: "uzovi9901");
        var (own, other) = (Insurer("uzovi9901"), Insurer("uzovi9902"));
        var asked = await own.RequestProvisionAsync(Wish(pseudonym));
        var id = asked.Provision.ProvisionId;

        Assert.Equal(id, (await own.GetProvisionAsync(new ZvwWire.GetProvisionRequest { ProvisionId = id })).Provision.ProvisionId);
        Assert.Single((await own.ListProvisionsAsync(new ZvwWire.ListProvisionsRequest { CasePseudonym = pseudonym })).Provisions);

        await RefusedAsync(other.GetProvisionAsync(new ZvwWire.GetProvisionRequest { ProvisionId = id }));
        await RefusedAsync(other.ListProvisionsAsync(new ZvwWire.ListProvisionsRequest { CasePseudonym = pseudonym }));
        await RefusedAsync(other.RequestProvisionAsync(Wish(pseudonym)));
        await RefusedAsync(other.DecideProvisionAsync(new ZvwWire.DecideProvisionRequest { RequestId = Requests.NewId(), ProvisionId = id, Decision = Decision.Grant }));
        await RefusedAsync(other.StopProvisionAsync(new ZvwWire.StopProvisionRequest { RequestId = Requests.NewId(), ProvisionId = id }));
        Assert.Equal(asked.Provision, (await own.GetProvisionAsync(new ZvwWire.GetProvisionRequest { ProvisionId = id })).Provision);
    }

    [Fact]
    public async Task What_is_there_and_not_theirs_is_refused_in_the_words_of_what_is_not_there()
    {
        var pseudonym = await OpenAsync(Domain.Zvw, insurer: "uzovi9901");
        var other = Insurer("uzovi9902");

        var theirs = await RefusedAsync(other.ListProvisionsAsync(new ZvwWire.ListProvisionsRequest { CasePseudonym = pseudonym }));
        var none = await RefusedAsync(other.ListProvisionsAsync(new ZvwWire.ListProvisionsRequest { CasePseudonym = new string('0', 32) }));

        Assert.Equal(theirs.Status.Detail, none.Status.Detail);
    }

    [Fact]
    public async Task A_case_of_which_no_insurer_is_known_is_nobodys()
    {
        var pseudonym = await OpenAsync(Domain.Zvw, insurer: "");

        await RefusedAsync(Insurer("uzovi9901").ListProvisionsAsync(new ZvwWire.ListProvisionsRequest { CasePseudonym = pseudonym }));
    }

    [Fact]
    public async Task Another_municipality_finds_no_provision_of_a_case_either()
    {
        var pseudonym = await OpenAsync(Domain.Gemeente, insurer: "uzovi9901");
        MunicipalWire.GemeenteService.GemeenteServiceClient Of(string tenant) => new(Channel(ServiceNames.Gemeente, CallerRole.Municipality, tenant));

        Assert.Empty((await Of("gm9901").ListProvisionsAsync(new MunicipalWire.ListProvisionsRequest { CasePseudonym = pseudonym })).Provisions);
        await RefusedAsync(Of("gm9902").ListProvisionsAsync(new MunicipalWire.ListProvisionsRequest { CasePseudonym = pseudonym }));
    }

    private static async Task<RpcException> RefusedAsync<T>(AsyncUnaryCall<T> call)
        where T : IMessage => await call.RefusedAsync(StatusCode.NotFound);

    private static ZvwWire.RequestProvisionRequest Wish(string pseudonym) => new() { RequestId = Requests.NewId(), CasePseudonym = pseudonym, Scheme = "gbggz", NeedIds = { "n1" } };

    private async Task<string> OpenAsync(Domain domain, string insurer)
    {
        var request = Requests.BurnOut();
        request.Insurer = insurer;
        request.Tenant = "gm9901";
        var (caseId, _) = await fixture.PlannedAsync(request);
        return (await fixture.Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Pseudonyms.Single(name => name.Domain == domain).CasePseudonym;
    }

    private ZvwWire.ZvwService.ZvwServiceClient Insurer(string tenant) => new(Channel(ServiceNames.Zvw, CallerRole.Insurer, tenant));

    private GrpcChannel Channel(string service, CallerRole role, string tenant)
    {
        var channel = DevelopmentChannel.Open(fixture.AddressOf(service).ToString(), speaker: new Speaker("somebody", role, tenant));
        channels.Add(channel);
        return channel;
    }
}
