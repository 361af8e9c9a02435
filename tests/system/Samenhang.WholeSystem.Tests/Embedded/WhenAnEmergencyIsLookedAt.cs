using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using LegalGround = Samenhang.Access.LegalGround;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>Who watches over the use of data looks at every access in an emergency afterwards; the trail stays as it is.</summary>
public sealed class WhenAnEmergencyIsLookedAt(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private readonly GrpcChannel bare = GrpcChannel.ForAddress(fixture.AddressOf(ServiceNames.Casemanager));
    private readonly OwnTokens tokens = new(new AccessOptions { DevelopmentKeyFile = DevelopmentChannel.KeyFile }, TimeProvider.System);

    public void Dispose()
    {
        bare.Dispose();
        tokens.Dispose();
    }

    [Fact]
    public async Task All_that_one_person_read_for_one_reason_is_one_access_with_its_reason_and_parts()
    {
        var caseId = await CaseAsync();
        var reason = "Cliënt is onvindbaar en in gevaar.";
        await Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId }, Emergency("bram", "gm9902", reason));
        await Cases.GetPlanAsync(new GetPlanRequest { CaseId = caseId }, Emergency("bram", "gm9902", reason));
        await Cases.GetPlanAsync(new GetPlanRequest { CaseId = caseId }, Emergency("bram", "gm9902", "Een andere reden, later op de dag."));

        // Of the municipality of the case, and of that of who read.
        foreach (var tenant in new[] { "gm9901", "gm9902" })
        {
            var accesses = (await Service.ListEmergenciesAsync(new ListEmergenciesRequest(), Officer(tenant))).Accesses.Where(one => one.CaseId == caseId).ToList();
            Assert.Equal(2, accesses.Count);
            var first = accesses[1];
            Assert.Equal(("bram", "casemanager", "gm9902", "gm9901", reason, 2), (first.Subject, first.Role, first.Tenant, first.CaseTenant, first.Reason, first.Calls));
            Assert.Equal([CasePart.File, CasePart.Plan], first.Parts);
            Assert.Null(first.Review);
        }

        Assert.DoesNotContain((await Service.ListEmergenciesAsync(new ListEmergenciesRequest(), Officer("gm9903"))).Accesses, one => one.CaseId == caseId);
    }

    [Fact]
    public async Task An_opinion_is_kept_beside_the_trail_and_a_later_one_takes_its_place()
    {
        var access = await AccessAsync("bram");
        var request = new ReviewEmergencyRequest { RequestId = Requests.NewId(), Number = access.Number, Opinion = EmergencyOpinion.ToBeFoundOut, Note = "Nagevraagd bij de leidinggevende." };

        var kept = (await Service.ReviewEmergencyAsync(request, Officer("gm9901"))).Review;

        Assert.Equal(kept, (await Service.ReviewEmergencyAsync(request, Officer("gm9901"))).Review);
        Assert.Equal(kept, (await FindAsync(access.Number, onlyOpen: true))!.Review);
        await Service.ReviewEmergencyAsync(new ReviewEmergencyRequest { RequestId = Requests.NewId(), Number = access.Number, Opinion = EmergencyOpinion.Justified }, Officer("gm9901", "tweede"));
        Assert.Null(await FindAsync(access.Number, onlyOpen: true));
        Assert.Equal(("tweede", EmergencyOpinion.Justified), (await FindAsync(access.Number))!.Review is { } last ? (last.ReviewedBy, last.Opinion) : default);
        fixture.Log.HasNoErrors();
    }

    [Fact]
    public async Task An_opinion_needs_words_unless_it_was_needed_and_nobody_judges_the_own_access()
    {
        var access = await AccessAsync("petra");
        ReviewEmergencyRequest Opinion(EmergencyOpinion opinion) => new() { RequestId = Requests.NewId(), Number = access.Number, Opinion = opinion };

        var wordless = await Service.ReviewEmergencyAsync(Opinion(EmergencyOpinion.NotJustified), Officer("gm9901", "anders")).RefusedAsync(StatusCode.InvalidArgument);
        Assert.Equal(["note"], wordless.ViolatedFields());
        Assert.Equal(["opinion"], (await Service.ReviewEmergencyAsync(Opinion(EmergencyOpinion.Unspecified), Officer("gm9901", "anders")).RefusedAsync(StatusCode.InvalidArgument)).ViolatedFields());
        var own = await Service.ReviewEmergencyAsync(Opinion(EmergencyOpinion.Justified), Officer("gm9901", "petra")).RefusedAsync(StatusCode.FailedPrecondition);
        Assert.Equal("OWN_EMERGENCY", Assert.Single(own.Detail<PreconditionFailure>().Violations).Type);
        await Service.ReviewEmergencyAsync(Opinion(EmergencyOpinion.Justified), Officer("gm9903", "anders")).RefusedAsync(StatusCode.NotFound);
        Assert.Null((await FindAsync(access.Number))!.Review);
    }

    [Fact]
    public async Task A_casemanager_sees_none_of_it() =>
        await Service.ListEmergenciesAsync(
            new ListEmergenciesRequest(), tokens.HeadersFor(ServiceNames.Casemanager, new Speaker("noor", CallerRole.Casemanager, "gm9901"), "casemanagement", LegalGround.PublicTask))
            .RefusedAsync(StatusCode.PermissionDenied);

    private CasemanagerService.CasemanagerServiceClient Cases => new(bare);

    private EmergencyService.EmergencyServiceClient Service => new(bare);

    private Metadata Emergency(string who, string tenant, string reason) =>
        tokens.HeadersFor(ServiceNames.Casemanager, new Speaker(who, CallerRole.Casemanager, tenant), "noodsituatie", LegalGround.VitalInterest, reason);

    private Metadata Officer(string tenant, string who = "officer") =>
        tokens.HeadersFor(ServiceNames.Casemanager, new Speaker(who, CallerRole.PrivacyOfficer, tenant), "toezicht", LegalGround.LegalDuty);

    private async Task<string> CaseAsync()
    {
        var request = Requests.BurnOut();
        request.Tenant = "gm9901";
        return (await fixture.PlannedAsync(request)).CaseId;
    }

    private async Task<EmergencyAccess> AccessAsync(string who)
    {
        var caseId = await CaseAsync();
        await Cases.GetPlanAsync(new GetPlanRequest { CaseId = caseId }, Emergency(who, "gm9902", "Er is direct gevaar voor een kind."));
        return (await Service.ListEmergenciesAsync(new ListEmergenciesRequest(), Officer("gm9901"))).Accesses.Single(one => one.CaseId == caseId);
    }

    private async Task<EmergencyAccess?> FindAsync(long number, bool onlyOpen = false) =>
        (await Service.ListEmergenciesAsync(new ListEmergenciesRequest { OnlyOpen = onlyOpen, PageSize = 200 }, Officer("gm9901"))).Accesses.SingleOrDefault(one => one.Number == number);
}
