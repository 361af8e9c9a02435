using System.Globalization;
using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Types;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>The one way in which a form about a case is sent on: do it, wait for the plan that follows, tell it; or show the form again.</summary>
internal static class CaseForms
{
    /// <summary>In whose name somebody who works on cases acts.</summary>
    public const string By = "casemanager";

    private const int Looks = 30;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>Does what the form asks.</summary>
    /// <param name="http">The request.</param>
    /// <param name="form">The form.</param>
    /// <param name="act">What it asks.</param>
    /// <param name="done">Where to go, and what to tell.</param>
    /// <param name="again">The page with the form, when it was refused.</param>
    /// <param name="fieldOf">The form's field for a field of the contract.</param>
    public static async Task<IResult> SendAsync(
        HttpContext http, FormState form, Func<Task> act, Func<(string Address, Notice Notice)> done, Func<Task<IResult>> again, Func<string, string?>? fieldOf = null)
    {
        if (form.IsGood)
        {
            try
            {
                await act();
                var (address, notice) = done();
                return PageResult.Done(http, address, notice);
            }
            catch (RpcException failure)
            {
                form.Refused(failure, PageContext.Of(http), fieldOf);
            }
        }

        return await again();
    }

    /// <summary>Waits a short while until the domains have answered, so that the next page shows what follows. A page that comes earlier says that it is busy.</summary>
    public static async Task SettleAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        for (var look = 0; look < Looks; look++)
        {
            var standing = await casemanager.Cases.GetPlanAsync(new GetPlanRequest { CaseId = caseId }, cancellationToken: http.RequestAborted);
            if (standing.RoundStatus != RoundStatus.Asking)
            {
                return;
            }

            await Task.Delay(Between, clock, http.RequestAborted);
        }
    }

    /// <summary>A day in a form; null = none. What is no day is a fault of the field.</summary>
    public static Date? Day(this FormState form, string field, Speech.Voice voice)
    {
        var text = form[field];
        if (text.Length == 0)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new Date { Year = day.Year, Month = day.Month, Day = day.Day };
        }

        form.Wrong(field, voice["form.noDay"]);
        return null;
    }

    /// <summary>The finding that a form is about.</summary>
    public static FindingRef Finding(this FormState form) => new() { FlagId = form["flag"], NeedId = form["need"], ProvisionId = form["provision"], PartyId = form["party"] };

    /// <summary>The same, of an address.</summary>
    public static FindingRef Finding(HttpRequest request) => new()
    {
        FlagId = request.Query["flag"].ToString(),
        NeedId = request.Query["need"].ToString(),
        ProvisionId = request.Query["provision"].ToString(),
        PartyId = request.Query["party"].ToString(),
    };

    /// <summary>The address of a finding, below its case.</summary>
    public static string Query(this FindingRef finding)
    {
        var query = new Microsoft.AspNetCore.Http.Extensions.QueryBuilder { { "flag", finding.FlagId } };
        foreach (var (name, value) in new[] { ("need", finding.NeedId), ("provision", finding.ProvisionId), ("party", finding.PartyId) })
        {
            if (value.Length > 0)
            {
                query.Add(name, value);
            }
        }

        return "/why/finding" + query.ToQueryString().Value;
    }

    /// <summary>By which a finding is known.</summary>
    public static FindingRef Ref(this Finding finding) => new() { FlagId = finding.FlagId, NeedId = finding.NeedId, ProvisionId = finding.ProvisionId, PartyId = finding.PartyId };

    /// <summary>The hidden fields that name a finding.</summary>
    public static IReadOnlyDictionary<string, string> Fields(this FindingRef finding) => new Dictionary<string, string>
    {
        ["flag"] = finding.FlagId,
        ["need"] = finding.NeedId,
        ["provision"] = finding.ProvisionId,
        ["party"] = finding.PartyId,
    };

    /// <summary>A number in a hidden field.</summary>
    public static int Number(this FormState form, string field) => int.TryParse(form[field], CultureInfo.InvariantCulture, out var number) ? number : 0;
}
