using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Edge;
using Samenhang.Web.Frame;
using Samenhang.Web.Pages;
using Samenhang.Web.SignIn;
using Grpc.Core;

namespace Samenhang.Web.ClientPlan;

/// <summary>What a client gets: the plan in plain words on paper, and who looked. Nobody else but the own casemanager sees either.</summary>
internal static class ClientPlanPages
{
    private const int MostReads = 200;

    private static readonly PageAccess OnlyClient = new([PersonRole.Client]);
    private static readonly PageAccess ClientAndCasemanager = new([PersonRole.Client, PersonRole.Casemanager]);

    /// <summary>Maps the pages.</summary>
    public static void MapClientPlan(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/plan", (Delegate)Own).For(OnlyClient);
        pages.MapGet("/cases/{caseId}/for-client", ShowPlanAsync).For(ClientAndCasemanager);
        pages.MapGet("/cases/{caseId}/who-looked", ShowReadsAsync).For(ClientAndCasemanager);
    }

    /// <summary>Where a client begins: the own plan.</summary>
    private static IResult Own(HttpContext http)
        => PageContext.Of(http).Person is { Cases: [var own, ..] } ? Results.Redirect($"/cases/{Uri.EscapeDataString(own)}/for-client") : PageEdge.Problem(ProblemKind.NotFound, http);

    private static async Task<IResult> ShowPlanAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string? type)
    {
        if (!IsTheirs(http, caseId))
        {
            return PageEdge.Problem(ProblemKind.NotFound, http);
        }

        var known = casemanager.Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId }, cancellationToken: http.RequestAborted).ResponseAsync;
        var planned = casemanager.Cases.GetPlanAsync(new GetPlanRequest { CaseId = caseId }, cancellationToken: http.RequestAborted).ResponseAsync;
        await Task.WhenAll(known, planned);
        var (@case, plan) = ((await known).Case, (await planned).Plan);
        return PageResult.Of<ClientPlanPage>(http, new { Case = @case, Plan = plan, Contacts = await ContactsAsync(http, casemanager, @case), IsLarge = type == "large" });
    }

    private static async Task<IResult> ShowReadsAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        if (!IsTheirs(http, caseId))
        {
            return PageEdge.Problem(ProblemKind.NotFound, http);
        }

        var reads = await casemanager.ReadTrail.ListReadsAsync(new ListReadsRequest { CaseId = caseId, PageSize = MostReads }, cancellationToken: http.RequestAborted);
        return PageResult.Of<WhoLookedPage>(http, new { CaseId = caseId, Answer = reads });
    }

    // A client has one case. To a client every other case does not exist.
    private static bool IsTheirs(HttpContext http, string caseId) =>
        PageContext.Of(http).Person is { } person && (person.Role != PersonRole.Client || person.Cases.Contains(caseId));

    private static async Task<IReadOnlyList<ContactPoint>> ContactsAsync(HttpContext http, CasemanagerConnection casemanager, Case @case)
    {
        if (@case.Tenant.Length == 0)
        {
            return [];
        }

        try
        {
            return (await casemanager.Region.GetRegionAsync(new GetRegionRequest { Tenant = @case.Tenant }, cancellationToken: http.RequestAborted)).Region.Contacts;
        }
        catch (RpcException unknown) when (unknown.StatusCode == StatusCode.NotFound)
        {
            return []; // A municipality without a file has no list of whom to call.
        }
    }
}
