using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Employer.V1;
using EmployerScheme = Samenhang.Protos.Employer.V1.EmployerScheme;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>What an employer gets of words and names that others chose.</summary>
public sealed class WhenAnEmployerLooks(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private const string Advice = "work.adaptedWorkAdvice";
    private const string Need = "re-integratie-na-depressie";
    private const string Track = "traject-ggz-psycholoog";
    private const string Who = "leidinggevende-die-pest";

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task Advice_that_tells_of_illness_is_refused_with_the_words_and_said_otherwise_it_is_read()
    {
        var (caseId, _) = await fixture.PlannedAsync(Case());

        var refused = await AdviseAsync(caseId, "Halve dagen, door de antidepressiva is autorijden niet mogelijk.").RefusedAsync(StatusCode.InvalidArgument);

        var violation = Assert.Single(refused.Detail<BadRequest>().FieldViolations);
        Assert.Equal("facts[0].fact.value", violation.Field);
        Assert.Contains("'antidepressiva'", violation.Description, StringComparison.Ordinal);
        Assert.Contains("bedrijfsarts", violation.Description, StringComparison.Ordinal);
        Assert.DoesNotContain(Advice, (await SeenAsync(caseId)).Facts.Select(fact => fact.FactId));

        await AdviseAsync(caseId, "Halve dagen; autorijden is niet mogelijk.");

        var read = Assert.Single((await SeenAsync(caseId)).Facts, fact => fact.FactId == Advice);
        Assert.Contains("autorijden", read.InWords.Nl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_id_that_somebody_chose_reaches_the_employer_and_what_it_says_of_its_names_is_understood()
    {
        var (caseId, plan) = await fixture.PlannedAsync(Case());
        var seen = await SeenAsync(caseId);
        Assert.All(new[] { Need, Track, Who, "depressie", "psycholoog" }, word => Assert.DoesNotContain(word, seen.ToString(), StringComparison.OrdinalIgnoreCase));
        var (need, track) = (seen.Coverage.Single(row => row.Scheme == "employer-reintegration-track1" && row.Outcome != Outcome.NotApplicable).NeedId, Assert.Single(seen.Provisions).ProvisionId);
        Assert.Contains(seen.Needs, one => one.NeedId == need);

        // The rows of the employer stand in the plan under the ids of the case, also when they are explained at once.
        Assert.Contains(plan.Coverage, row => row.Domain == Domain.Employer && row.NeedId == Need);
        var why = await fixture.Casemanager.ExplainCoverageAsync(new ExplainCoverageRequest { CaseId = caseId, NeedId = Need, Scheme = "employer-reintegration-track1" });
        Assert.NotEmpty(why.Explanation);

        var pseudonym = (await fixture.Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Pseudonyms.Single(name => name.Domain == Domain.Employer).CasePseudonym;
        using var employer = OfEmployer("employer");
        var asked = (await new EmployerService.EmployerServiceClient(employer).RequestProvisionAsync(new RequestProvisionRequest
        {
            RequestId = Requests.NewId(), CasePseudonym = pseudonym, PersonnelNumber = "P-3001", Scheme = EmployerScheme.ReintegrationTrack1, NeedIds = { need }, CaseProvisionId = track,
        })).Provision;
        await new EmployerService.EmployerServiceClient(employer).DecideProvisionAsync(new DecideProvisionRequest
        {
            RequestId = Requests.NewId(), ProvisionId = asked.ProvisionId, Decision = EmployerDecision.Grant,
        });
        await Patience.Until(
            async () => (await fixture.Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Provisions.Any(p => p is { ProvisionId: Track, Status: ProvisionStatus.Granted }),
            "the decision of the employer is about the provision that the case has");
        var own = Assert.Single((await fixture.Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Provisions, p => p.Domain == Domain.Employer);
        Assert.Equal([Need], own.NeedIds);
    }

    [Fact]
    public async Task With_whom_the_company_physician_spoke_is_not_for_the_employer()
    {
        using var employer = OfEmployer("employer");

        await new CompanyPhysicianService.CompanyPhysicianServiceClient(employer).GetGuidanceAsync(new GetGuidanceRequest { AbsenceId = "any" }).RefusedAsync(StatusCode.PermissionDenied);
    }

    private static OpenCaseRequest Case()
    {
        var request = Requests.BurnOut();
        request.Needs[1].NeedId = Need;
        request.Parties[0].PartyId = Who;
        request.Parties.Add(new Party { PartyId = "ba-van-de-ggz", Role = "company-physician", Domain = Domain.Employer });
        request.Provisions.Add(new Provision
        {
            ProvisionId = Track, Scheme = "employer-reintegration-track1", Domain = Domain.Employer, Status = ProvisionStatus.Requested, NeedIds = { Need }, ProviderId = Who, RequestedOn = Requests.Day(2016, 9, 1),
        });
        return request;
    }

    private GrpcChannel OfEmployer(string service) => DevelopmentChannel.Open(fixture.AddressOf(service).ToString(), speaker: new Speaker("hr", CallerRole.Employer, TokenClaims.Everywhere));

    private AsyncUnaryCall<RecordFactsResponse> AdviseAsync(string caseId, string text) => fixture.Casemanager.RecordFactsAsync(new RecordFactsRequest
    {
        RequestId = Requests.NewId(), CaseId = caseId, Facts = { new RecordedFact { Fact = Requests.Fact(Advice, new FactValue { TextValue = text }) } },
    });

    private async Task<ShowCaseAsResponse> SeenAsync(string caseId)
    {
        using var employer = OfEmployer("casemanager");
        return await new CaseSightService.CaseSightServiceClient(employer).ShowCaseAsAsync(new ShowCaseAsRequest { CaseId = caseId, Viewer = Viewer.Employer });
    }
}
