using Grpc.Core;
using Microsoft.AspNetCore.Http.Extensions;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Edge;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.Pages;

namespace Samenhang.Web.SignIn.Development;

/// <summary>The page on which one chooses who one is.</summary>
internal static class DevelopmentPages
{
    private const int MostCases = 50;

    /// <summary>Maps it; only when the settings say so.</summary>
    public static void MapDevelopmentIssuer(this RouteGroupBuilder pages)
    {
        pages.MapGet(DevelopmentIssuer.AuthorizePath, ChooseAsync).For(PageAccess.Anyone);
        pages.MapPost(DevelopmentIssuer.AuthorizePath, GrantAsync).For(PageAccess.Anyone);
    }

    private static async Task<IResult> ChooseAsync(HttpContext http, CasemanagerConnection casemanager, PageCaller caller)
    {
        var query = http.Request.Query;
        if (query["redirect_uri"] != PublicAddress.Of(http) + CodeFlow.CallbackPath || query["code_challenge_method"] != "S256" || query["state"].Count != 1)
        {
            return PageEdge.Problem(ProblemKind.WrongAddress, http);
        }

        return PageResult.Of<ChoosePersonPage>(http, new
        {
            Ask = query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            Cases = await CasesAsync(casemanager, caller, http.RequestAborted),
        });
    }

    private static async Task<IResult> GrantAsync(HttpContext http, DevelopmentIssuer issuer)
    {
        var form = await FormState.ReadAsync(http);
        if (DemoPerson.All.FirstOrDefault(person => person.Subject == form["person"]) is not { } chosen)
        {
            return PageEdge.Problem(ProblemKind.WrongAddress, http);
        }

        var code = issuer.Grants(chosen, chosen.NeedsCase ? form["case"] : null, form["nonce"], form["code_challenge"]);
        return PageResult.GoTo(PublicAddress.Of(http) + CodeFlow.CallbackPath + new QueryBuilder { { "code", code }, { "state", form["state"] }, { "iss", DevelopmentIssuer.Name } });
    }

    // The cases among which a client is chosen. Without a casemanager one can still come in as somebody who needs none.
    private static async Task<IReadOnlyList<CaseSummary>> CasesAsync(CasemanagerConnection casemanager, PageCaller caller, CancellationToken cancellationToken)
    {
        try
        {
            caller.Person = new Person("development-issuer", "", PersonRole.Casemanager, Samenhang.Access.TokenClaims.Everywhere, []);
            return (await casemanager.Cases.ListCasesAsync(new ListCasesRequest { PageSize = MostCases }, cancellationToken: cancellationToken)).Cases;
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return [];
        }
        finally
        {
            caller.Person = null;
        }
    }
}
