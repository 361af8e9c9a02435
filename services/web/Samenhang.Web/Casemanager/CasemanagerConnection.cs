using Grpc.Core;
using Samenhang.Platform.Discovery;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Web.Casemanager;

/// <summary>
/// The way to the casemanager: finds where it lives and calls it, with a bound on every call and for the person who is signed in.
/// </summary>
/// <remarks>Calls fail with <see cref="RpcException"/> as the contract says; UNAVAILABLE also when nobody knows where the casemanager lives.</remarks>
public sealed class CasemanagerConnection(ServiceChannels channels, TimeProvider clock, PageCaller caller)
{
    /// <summary>How long a page waits for the casemanager; a person does not wait longer.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>The cases: open, record, read, worklist, what if, why.</summary>
    public CasemanagerService.CasemanagerServiceClient Cases => new(Calls);

    /// <summary>What waits, and the list in which cases are found.</summary>
    public WorklistService.WorklistServiceClient Worklist => new(Calls);

    /// <summary>What people do about findings.</summary>
    public FindingService.FindingServiceClient Findings => new(Calls);

    /// <summary>What people do in the plan.</summary>
    public WorkService.WorkServiceClient Work => new(Calls);

    /// <summary>Hand-overs and referrals.</summary>
    public HandOverService.HandOverServiceClient HandOvers => new(Calls);

    /// <summary>Households.</summary>
    public HouseholdService.HouseholdServiceClient Households => new(Calls);

    /// <summary>Questions and their answers.</summary>
    public QuestionService.QuestionServiceClient Questions => new(Calls);

    /// <summary>What was known when.</summary>
    public HistoryService.HistoryServiceClient History => new(Calls);

    /// <summary>What one case shows beside its plan.</summary>
    public CaseSightService.CaseSightServiceClient Sight => new(Calls);

    /// <summary>Numbers for those who steer.</summary>
    public ReportService.ReportServiceClient Reports => new(Calls);

    /// <summary>What there is in a region.</summary>
    public RegionService.RegionServiceClient Region => new(Calls);

    /// <summary>What stands before an open case.</summary>
    public IntakeService.IntakeServiceClient Intake => new(Calls);

    /// <summary>Who looked at a case.</summary>
    public ReadTrailService.ReadTrailServiceClient ReadTrail => new(Calls);

    /// <summary>What a person may ask of whoever keeps their data.</summary>
    public RightsService.RightsServiceClient Rights => new(Calls);

    /// <summary>Accesses in an emergency, which are looked at afterwards.</summary>
    public EmergencyService.EmergencyServiceClient Emergencies => new(Calls);

    /// <summary>The calls themselves, for a client that is not above.</summary>
    public CallInvoker Calls => new BoundedCalls(
        channels.Find(ServiceNames.Casemanager) ?? throw new RpcException(new Status(StatusCode.Unavailable, $"No address is known of {ServiceNames.Casemanager}.")),
        clock,
        AnswerWithin,
        caller.Headers());
}
