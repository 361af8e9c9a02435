using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>A case with its newest plan, as every page about one case begins with.</summary>
/// <param name="Case">The case.</param>
/// <param name="Answer">Its newest plan, and whether a newer one is being made.</param>
/// <param name="Say">The words for its codes.</param>
public sealed record OneCaseFile(Case Case, GetPlanResponse Answer, CaseWords Say)
{
    private static readonly string[] Domains = ["casemanager", "zvw", "gemeente", "uwv", "employer"];

    /// <summary>The plan; empty while the first one is being made.</summary>
    public Plan Plan => Answer.Plan ?? new Plan();

    /// <summary>What the case is called.</summary>
    public string Title => Case.Title.Length > 0 ? Case.Title : Case.CaseId;

    /// <summary>The address of the case, or of something below it.</summary>
    public string At(string below = "") => $"/cases/{Uri.EscapeDataString(Case.CaseId)}{below}";

    /// <summary>The action that the plan proposes because of a finding; null = none.</summary>
    public PlanAction? ProposalFor(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Plan.Actions.FirstOrDefault(one => one.ProposalKey.Length > 0 && one.Because == finding.FlagId
            && (one.NeedId.Length == 0 || finding.NeedId.Length == 0 || one.NeedId == finding.NeedId));
    }

    /// <summary>The way to a page below the case.</summary>
    public IReadOnlyList<Crumb> Trail(Voice voice)
    {
        ArgumentNullException.ThrowIfNull(voice);
        return [new Crumb("/cases", voice["cases.title"]), new Crumb(At(), Title)];
    }

    /// <summary>Who can be named in a form: the parties of the case, the casemanager and the domains.</summary>
    public IReadOnlyList<Option> Everyone()
    {
        var parties = Case.Parties.Select(party => (Id: party.PartyId, Said: Say.Who(party.PartyId)));
        var others = Domains
            .Where(who => Case.Parties.All(party => party.PartyId != who && party.Role != who))
            .Select(who => (Id: who, Said: Say.Who(who)));
        return [.. parties.Concat(others).Select(who => new Option(who.Id, who.Said.Text, who.Said.Language))];
    }

    /// <summary>The needs, to choose from.</summary>
    public IReadOnlyList<Option> Needs() => [.. Plan.Needs.Select(need => Say.Need(need.NeedId) is var said ? new Option(need.NeedId, said.Text, said.Language) : null!)];

    /// <summary>Reads them.</summary>
    internal static async Task<OneCaseFile> ReadAsync(HttpContext http, CasemanagerConnection casemanager, string caseId)
    {
        var known = casemanager.Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId }, cancellationToken: http.RequestAborted).ResponseAsync;
        var planned = casemanager.Cases.GetPlanAsync(new GetPlanRequest { CaseId = caseId }, cancellationToken: http.RequestAborted).ResponseAsync;
        await Task.WhenAll(known, planned);
        var (found, answer) = ((await known).Case, await planned);
        return new OneCaseFile(found, answer, new CaseWords(PageContext.Of(http).Voice, found, answer.Plan ?? new Plan()));
    }
}

/// <summary>A part of a page that may fail while the rest stands; null = it could not be read.</summary>
internal static class PagePart
{
    /// <summary>Reads a part; null when the casemanager refuses or does not answer.</summary>
    public static async Task<T?> TryAsync<T>(AsyncUnaryCall<T> call, ILogger log)
        where T : class
    {
        try
        {
            return await call.ResponseAsync;
        }
        catch (RpcException failure) when (failure.StatusCode != StatusCode.Cancelled)
        {
            Edge.PageLog.PartFailed(log, failure.StatusCode);
            return null;
        }
    }
}

/// <summary>What stands in the forms of a page: one may have been sent and refused, the others are new.</summary>
/// <param name="Name">The form that was sent; null = none.</param>
/// <param name="Sent">What stands in it.</param>
public sealed record SentForm(string? Name, FormState? Sent)
{
    /// <summary>No form was sent.</summary>
    public static SentForm None { get; } = new(null, null);

    /// <summary>Whether this is the form that was sent.</summary>
    public bool Is(string name) => Name == name;

    /// <summary>The state of a form.</summary>
    public FormState Of(string name, PageContext page) => Name == name && Sent is not null ? Sent : FormState.New(page);
}
