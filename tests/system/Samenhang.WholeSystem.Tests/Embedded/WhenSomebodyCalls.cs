using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Zvw.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>Nobody gets in without a token that is right in every respect, and nobody gets at the case of somebody else.</summary>
public sealed class WhenSomebodyCalls(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private static readonly RsaSecurityKey Key = SigningKey.ReadOrMake(DevelopmentChannel.KeyFile);
    private static readonly RsaSecurityKey Stranger = new(RSA.Create(2048)) { KeyId = Key.KeyId };

    private readonly GrpcChannel bare = GrpcChannel.ForAddress(fixture.AddressOf(ServiceNames.Casemanager));

    public static TheoryData<string, string> Wrong => new()
    {
        { "none", "" },
        { "no token", "Bearer hello" },
        { "another scheme", "Basic aGVsbG86d29ybGQ=" },
        { "alg none", $"Bearer {Unsigned("none")}" },
        { "signed with the public key as a secret", $"Bearer {SignedWithThePublicKey()}" },
        { "signed by a stranger", $"Bearer {Token(key: Stranger)}" },
        { "RS512", $"Bearer {Token(algorithm: SecurityAlgorithms.RsaSha512)}" },
        { "another issuer", $"Bearer {Token(issuer: "https://somebody.example")}" },
        { "another service", $"Bearer {Token(audience: ServiceNames.Zvw)}" },
        { "over", $"Bearer {Token(from: TimeSpan.FromHours(-2))}" },
        { "not yet", $"Bearer {Token(from: TimeSpan.FromMinutes(30))}" },
        { "for a day", $"Bearer {Token(lasts: TimeSpan.FromDays(1))}" },
        { "without a subject", $"Bearer {Token(subject: "")}" },
        { "of an organisation that is not known", $"Bearer {Token(oin: "00000099000000001000")}" },
        { "changed", $"Bearer {Changed()}" },
    };

    public void Dispose() => bare.Dispose();

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_token_that_is_not_right_opens_nothing(string what, string authorization)
    {
        var headers = Headers();
        if (authorization.Length > 0)
        {
            headers.Add("authorization", authorization);
        }

        var refused = await Refused(async () => await new CasemanagerService.CasemanagerServiceClient(bare).ListCasesAsync(new ListCasesRequest(), headers));

        Assert.True(refused.StatusCode == StatusCode.Unauthenticated, what);
        Assert.Equal("You are not signed in.", refused.Status.Detail);
        Assert.NotEmpty(fixture.Log.Of("CallRefused"));
    }

    [Fact]
    public async Task The_right_one_opens_and_what_is_not_said_is_told()
    {
        var right = new Metadata { { "authorization", $"Bearer {Token()}" } };
        var refused = await Refused(async () => await new CasemanagerService.CasemanagerServiceClient(bare).ListCasesAsync(new ListCasesRequest(), right));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Equal("x-doelbinding, x-grondslag", refused.Detail<Google.Rpc.ErrorInfo>().Metadata["missing"]);

        right = Headers();
        right.Add("authorization", $"Bearer {Token()}");
        Assert.NotNull(await new CasemanagerService.CasemanagerServiceClient(bare).ListCasesAsync(new ListCasesRequest(), right));
    }

    [Fact]
    public async Task A_scope_that_the_token_does_not_give_is_named()
    {
        var headers = Headers();
        headers.Add("authorization", $"Bearer {Token(scope: "reference:read")}");
        var refused = await Refused(async () => await new CasemanagerService.CasemanagerServiceClient(bare).ListCasesAsync(new ListCasesRequest(), headers));
        Assert.Equal("scope:case:read", refused.Detail<Google.Rpc.ErrorInfo>().Metadata["missing"]);
    }

    [Fact]
    public async Task The_case_of_another_municipality_does_not_exist()
    {
        var request = Requests.BurnOut();
        request.Tenant = "gm9901";
        var caseId = (await fixture.Casemanager.OpenCaseAsync(request)).CaseId;
        using var own = ChannelAs(new Speaker("noor", CallerRole.Casemanager, "gm9901"));
        using var other = ChannelAs(new Speaker("bram", CallerRole.Casemanager, "gm9902"));

        Assert.Equal(caseId, (await Cases(own).GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.CaseId);
        Assert.Contains(caseId, (await Cases(own).ListCasesAsync(new ListCasesRequest { PageSize = 200 })).Cases.Select(one => one.CaseId));
        Assert.Equal(StatusCode.NotFound, (await Refused(async () => await Cases(other).GetCaseAsync(new GetCaseRequest { CaseId = caseId }))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Refused(async () => await Cases(other).AddNeedAsync(new AddNeedRequest { RequestId = Requests.NewId(), CaseId = caseId }))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Refused(async () => await new FindingService.FindingServiceClient(other).ListFindingsAsync(new ListFindingsRequest { CaseId = caseId }))).StatusCode);
        Assert.DoesNotContain(caseId, (await Cases(other).ListCasesAsync(new ListCasesRequest { PageSize = 200 })).Cases.Select(one => one.CaseId));
        Assert.Equal(StatusCode.PermissionDenied, (await Refused(async () => await Cases(other).ListCasesAsync(new ListCasesRequest { Tenant = "gm9901" }))).StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, (await Refused(async () => await new WorklistService.WorklistServiceClient(other).ListWorkAsync(new ListWorkRequest { Assignee = "noor" }))).StatusCode);
    }

    [Fact]
    public async Task A_case_is_opened_for_the_own_municipality_or_for_none()
    {
        using var bram = ChannelAs(new Speaker("bram", CallerRole.Casemanager, "gm9902"));
        var request = Requests.BurnOut();
        request.Tenant = "gm9901";

        Assert.Equal("tenant", (await Refused(async () => await Cases(bram).OpenCaseAsync(request))).Detail<Google.Rpc.ErrorInfo>().Metadata["missing"]);
        request.Tenant = "";
        Assert.NotEmpty((await Cases(bram).OpenCaseAsync(request)).CaseId);
    }

    [Fact]
    public async Task The_household_of_another_municipality_cannot_be_joined_or_changed()
    {
        var request = Requests.BurnOut();
        request.Tenant = "gm9901";
        var caseId = (await fixture.Casemanager.OpenCaseAsync(request)).CaseId;
        using var own = ChannelAs(new Speaker("noor", CallerRole.Casemanager, "gm9901"));
        using var other = ChannelAs(new Speaker("bram", CallerRole.Casemanager, "gm9902"));
        var household = (await new HouseholdService.HouseholdServiceClient(own).CreateHouseholdAsync(
            new CreateHouseholdRequest { RequestId = Requests.NewId(), CaseId = caseId, By = "casemanager" })).Household;
        var theirs = (await Cases(other).OpenCaseAsync(Requests.BurnOut())).CaseId;
        var households = new HouseholdService.HouseholdServiceClient(other);

        Assert.Equal(StatusCode.NotFound, (await Refused(async () => await households.AddMemberAsync(
            new AddMemberRequest { RequestId = Requests.NewId(), HouseholdId = household.HouseholdId, CaseId = theirs, By = "casemanager" }))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Refused(async () => await households.RemoveMemberAsync(
            new RemoveMemberRequest { RequestId = Requests.NewId(), HouseholdId = household.HouseholdId, MemberId = household.Members[0].MemberId, By = "casemanager" }))).StatusCode);
    }

    [Fact]
    public async Task Who_watches_over_a_municipality_sees_nothing_of_another()
    {
        var request = Requests.BurnOut();
        request.Tenant = "gm9901";
        var caseId = (await fixture.Casemanager.OpenCaseAsync(request)).CaseId;
        using var own = ChannelAs(new Speaker("fg-1", CallerRole.PrivacyOfficer, "gm9901"));
        using var other = ChannelAs(new Speaker("fg-2", CallerRole.PrivacyOfficer, "gm9902"));

        Assert.NotNull(await new ReadTrailService.ReadTrailServiceClient(own).ListReadsAsync(new ListReadsRequest { CaseId = caseId }));
        Assert.Equal(StatusCode.NotFound, (await Refused(async () => await new ReadTrailService.ReadTrailServiceClient(other).ListReadsAsync(new ListReadsRequest { CaseId = caseId }))).StatusCode);
    }

    [Fact]
    public async Task An_employer_sees_through_the_eyes_of_an_employer_only_and_its_own_employees_only()
    {
        var caseId = (await fixture.Casemanager.OpenCaseAsync(Requests.BurnOut())).CaseId;
        using var own = ChannelAs(new Speaker("els", CallerRole.Employer, "", [caseId]));
        using var other = ChannelAs(new Speaker("jan", CallerRole.Employer, "", ["another"]));

        Assert.NotNull(await new CaseSightService.CaseSightServiceClient(own).ShowCaseAsAsync(new ShowCaseAsRequest { CaseId = caseId, Viewer = Viewer.Employer }));
        Assert.Equal("viewer", (await Refused(async () => await new CaseSightService.CaseSightServiceClient(own).ShowCaseAsAsync(new ShowCaseAsRequest { CaseId = caseId, Viewer = Viewer.Client }))).Detail<Google.Rpc.ErrorInfo>().Metadata["missing"]);
        Assert.Equal("role:employer", (await Refused(async () => await Cases(own).GetCaseAsync(new GetCaseRequest { CaseId = caseId }))).Detail<Google.Rpc.ErrorInfo>().Metadata["missing"]);
        Assert.Equal(StatusCode.NotFound, (await Refused(async () => await new CaseSightService.CaseSightServiceClient(other).ShowCaseAsAsync(new ShowCaseAsRequest { CaseId = caseId, Viewer = Viewer.Employer }))).StatusCode);
    }

    [Fact]
    public async Task An_emergency_opens_the_case_of_another_municipality_for_reading_and_stands_in_the_log()
    {
        var request = Requests.BurnOut();
        request.Tenant = "gm9901";
        var caseId = (await fixture.Casemanager.OpenCaseAsync(request)).CaseId;
        using var tokens = new OwnTokens(new AccessOptions { DevelopmentKeyFile = DevelopmentChannel.KeyFile }, TimeProvider.System);
        var headers = tokens.HeadersFor(
            ServiceNames.Casemanager, new Speaker("bram", CallerRole.Casemanager, "gm9902"), "noodsituatie", Samenhang.Access.LegalGround.VitalInterest, "Cliënt is onvindbaar en in gevaar.");

        Assert.Equal(caseId, (await Cases(bare).GetCaseAsync(new GetCaseRequest { CaseId = caseId }, headers)).Case.CaseId);
        Assert.NotEmpty(fixture.Log.Of("EmergencyAccess"));
    }

    [Fact]
    public async Task Health_needs_no_token_and_reflection_does()
    {
        Assert.Equal(
            Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.Serving,
            (await new Grpc.Health.V1.Health.HealthClient(bare).CheckAsync(new Grpc.Health.V1.HealthCheckRequest())).Status);
        using var call = new Grpc.Reflection.V1.ServerReflection.ServerReflectionClient(bare).ServerReflectionInfo();
        Assert.Equal(StatusCode.Unauthenticated, (await Refused(() => call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode);
    }

    [Fact]
    public async Task A_domain_refuses_as_the_casemanager_does()
    {
        using var zvw = GrpcChannel.ForAddress(fixture.AddressOf(ServiceNames.Zvw));
        Assert.Equal(StatusCode.Unauthenticated, (await Refused(async () => await new ZvwService.ZvwServiceClient(zvw).AssessAsync(new AssessRequest()))).StatusCode);
        using var employer = DevelopmentChannel.Open(fixture.AddressOf(ServiceNames.Zvw).ToString(), speaker: new Speaker("els", CallerRole.Employer, "*"));
        Assert.Equal(StatusCode.PermissionDenied, (await Refused(async () => await new ZvwService.ZvwServiceClient(employer).AssessAsync(new AssessRequest()))).StatusCode);
    }

    private static CasemanagerService.CasemanagerServiceClient Cases(GrpcChannel channel) => new(channel);

    private static Task<RpcException> Refused(Func<Task> call) => Assert.ThrowsAsync<RpcException>(call);

    private static Metadata Headers() => new() { { "x-doelbinding", "casemanagement" }, { "x-grondslag", "publieke-taak" } };

    private static string Token(
        RsaSecurityKey? key = null, string algorithm = SecurityAlgorithms.RsaSha256, string? issuer = null, string? audience = null, string subject = "somebody",
        string? scope = null, string? oin = null, TimeSpan from = default, TimeSpan? lasts = null)
    {
        var start = TimeProvider.System.GetUtcNow().UtcDateTime + from;
        var claims = new Dictionary<string, object>
        {
            ["samenhang_role"] = "casemanager", ["samenhang_tenant"] = "gm9901", ["scope"] = scope ?? string.Join(' ', AccessBook.Current.ScopesOf(CallerRole.Casemanager)),
        };
        if (subject.Length > 0)
        {
            claims["sub"] = subject;
        }

        if (oin is not null)
        {
            claims["oin"] = oin;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? SigningKey.DevelopmentIssuer,
            Audience = audience ?? ServiceNames.Casemanager,
            IssuedAt = start,
            NotBefore = start,
            Expires = start + (lasts ?? TimeSpan.FromMinutes(5)),
            Claims = claims,
            SigningCredentials = new SigningCredentials(key ?? Key, algorithm),
        });
    }

    private static string Unsigned(string algorithm) => $"{Encoded($$"""{"alg":"{{algorithm}}","typ":"JWT"}""")}.{Token().Split('.')[1]}.";

    // The classic swap: the check is asked to take the public key, which everybody may have, for a shared secret.
    private static string SignedWithThePublicKey()
    {
        var text = $"{Encoded($$"""{"alg":"HS256","typ":"JWT","kid":"{{Key.KeyId}}"}""")}.{Token().Split('.')[1]}";
        var secret = Encoding.ASCII.GetBytes(Key.Rsa.ExportSubjectPublicKeyInfoPem());
        return $"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Changed()
    {
        var parts = Token().Split('.');
        return $"{parts[0]}.{Encoded(Base64UrlEncoder.Decode(parts[1]).Replace("gm9901", "gm9902", StringComparison.Ordinal))}.{parts[2]}";
    }

    private static string Encoded(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));

    private GrpcChannel ChannelAs(Speaker speaker) => DevelopmentChannel.Open(fixture.AddressOf(ServiceNames.Casemanager).ToString(), speaker: speaker);
}
