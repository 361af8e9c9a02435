using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Forms;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>Why an answer or a finding is as it is, and what would change it.</summary>
internal static class WhyRoutes
{
    private const int MostFields = 14;

    /// <summary>Maps the pages.</summary>
    public static void MapWhyPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/cases/{caseId}/why/{needId}/{scheme}", (HttpContext http, CasemanagerConnection casemanager, string caseId, string needId, string scheme) =>
            RowAsync(http, casemanager, caseId, needId, scheme, null)).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/why/{needId}/{scheme}", async (HttpContext http, CasemanagerConnection casemanager, string caseId, string needId, string scheme) =>
            await RowAsync(http, casemanager, caseId, needId, scheme, await FormState.ReadAsync(http))).For(PageAccess.Casework);
        pages.MapGet("/cases/{caseId}/why/finding", (HttpContext http, CasemanagerConnection casemanager, string caseId) =>
            FindingAsync(http, casemanager, caseId, CaseForms.Finding(http.Request), null, SentForm.None)).For(PageAccess.Casework);
        pages.MapPost("/cases/{caseId}/why/finding", async (HttpContext http, CasemanagerConnection casemanager, string caseId) =>
            await FindingAsync(http, casemanager, caseId, CaseForms.Finding(http.Request), await FormState.ReadAsync(http), SentForm.None)).For(PageAccess.Casework);
    }

    /// <summary>Why a finding was raised.</summary>
    /// <param name="http">The request.</param>
    /// <param name="casemanager">The casemanager.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="finding">The finding.</param>
    /// <param name="trying">The facts to try; null = none.</param>
    /// <param name="sent">A form about the finding that was refused.</param>
    public static async Task<IResult> FindingAsync(
        HttpContext http, CasemanagerConnection casemanager, string caseId, FindingRef finding, FormState? trying, SentForm sent)
    {
        var explaining = casemanager.Sight.ExplainFindingAsync(new ExplainFindingRequest { CaseId = caseId, Finding = finding }, cancellationToken: http.RequestAborted).ResponseAsync;
        var names = NameBook.ReadAsync(http, casemanager, NameList.Evidence);
        var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
        var why = await explaining;
        var fields = await FieldsAsync(http, casemanager, file, finding.NeedId, why.UnknownFacts.Select(fact => fact.FactId), why.Facts);
        return PageResult.Of<WhyFindingPage>(http, new
        {
            File = file,
            Why = why,
            Names = await names,
            Fields = fields,
            Trying = trying ?? FormState.New(PageContext.Of(http)),
            Tried = trying is null ? null : await TryAsync(http, casemanager, file, fields, trying),
            Sent = sent,
        });
    }

    private static async Task<IResult> RowAsync(HttpContext http, CasemanagerConnection casemanager, string caseId, string needId, string scheme, FormState? trying)
    {
        var log = http.RequestServices.GetRequiredService<ILogger<OneCaseFile>>();
        var explaining = PagePart.TryAsync(
            casemanager.Cases.ExplainCoverageAsync(new ExplainCoverageRequest { CaseId = caseId, NeedId = needId, Scheme = scheme }, cancellationToken: http.RequestAborted), log);
        var file = await OneCaseFile.ReadAsync(http, casemanager, caseId);
        var row = file.Plan.Coverage.FirstOrDefault(one => one.NeedId == needId && one.Scheme == scheme);
        if (row is null)
        {
            return Edge.PageEdge.Problem(ProblemKind.NotFound, http);
        }

        var why = await explaining;
        var used = UsesOf(why?.Explanation ?? []).Select(use => use.FactId).Distinct().ToList();
        var known = used.Count == 0 ? null : await PagePart.TryAsync(
            casemanager.Sight.ListKnownFactsAsync(new ListKnownFactsRequest { CaseId = caseId, FactIds = { used } }, cancellationToken: http.RequestAborted), log);
        var facts = (known?.Facts ?? []).Where(fact => fact.ItemId.Length == 0 || fact.ItemId == needId || file.Plan.Needs.All(need => need.NeedId != fact.ItemId)).ToList();
        var fields = await FieldsAsync(http, casemanager, file, needId, row.MissingFacts, facts);
        return PageResult.Of<WhyRowPage>(http, new
        {
            File = file,
            Row = row,
            Why = why,
            Facts = facts,
            FactsRead = used.Count == 0 || known is not null,
            Fields = fields,
            Trying = trying ?? FormState.New(PageContext.Of(http)),
            Tried = trying is null ? null : await TryAsync(http, casemanager, file, fields, trying),
        });
    }

    /// <summary>The facts that were read, of all steps.</summary>
    private static IEnumerable<FactUse> UsesOf(IEnumerable<ExplanationNode> nodes) => nodes.SelectMany(node => node.Facts.Concat(UsesOf(node.Children)));

    /// <summary>What can be tried: first what is missing, then what is known.</summary>
    private static async Task<IReadOnlyList<TryField>> FieldsAsync(
        HttpContext http, CasemanagerConnection casemanager, OneCaseFile file, string needId, IEnumerable<string> missing, IReadOnlyCollection<KnownFact> known)
    {
        var ids = missing.Concat(known.Select(fact => fact.FactId)).Distinct().ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        var described = await casemanager.Sight.DescribeFactsAsync(new DescribeFactsRequest { FactIds = { ids } }, cancellationToken: http.RequestAborted);
        return [.. described.Facts.Where(fact => !fact.Derived).Take(MostFields).Select((fact, place) =>
        {
            var now = known.FirstOrDefault(one => one.FactId == fact.FactId);
            var item = now is not null ? now.ItemId : fact.Place == FactPlace.Need ? needId : "";
            return new TryField($"try.{place}", fact, item, now);
        })];
    }

    private static async Task<WhatIfOutcome?> TryAsync(HttpContext http, CasemanagerConnection casemanager, OneCaseFile file, IReadOnlyList<TryField> fields, FormState form)
    {
        var page = PageContext.Of(http);
        var request = new WhatIfRequest { CaseId = file.Case.CaseId };
        foreach (var field in fields)
        {
            if (FactForm.Read(form, field.Name, field.Fact, page.Voice) is { } value)
            {
                request.Facts.Add(field.On(file, value));
            }
        }

        if (form.IsGood && request.Facts.Count == 0)
        {
            form.Wrong("", page.Voice["whatif.nothing"]);
        }

        if (!form.IsGood)
        {
            return null;
        }

        try
        {
            var then = await casemanager.Cases.WhatIfAsync(request, cancellationToken: http.RequestAborted);
            return WhatIfOutcome.Between(file.Plan, then.Plan);
        }
        catch (RpcException failure)
        {
            form.Refused(failure, page, path => fields.Count > 0 ? "" : path);
            return null;
        }
    }
}

/// <summary>A fact that can be tried.</summary>
/// <param name="Name">The name of its field.</param>
/// <param name="Fact">The fact.</param>
/// <param name="ItemId">The item on which it stands; empty = the client, or all items.</param>
/// <param name="Now">What is known now; null = nothing.</param>
public sealed record TryField(string Name, FactDescription Fact, string ItemId, KnownFact? Now)
{
    /// <summary>The fact with a value, on its item.</summary>
    public RecordedFact On(OneCaseFile file, FactValue value)
    {
        ArgumentNullException.ThrowIfNull(file);
        var recorded = new RecordedFact { Fact = new Fact { FactId = Fact.FactId, Value = value } };
        if (file.Case.Needs.Any(need => need.NeedId == ItemId))
        {
            recorded.NeedId = ItemId;
        }
        else if (file.Case.Provisions.Any(provision => provision.ProvisionId == ItemId))
        {
            recorded.ProvisionId = ItemId;
        }
        else if (file.Case.Parties.Any(party => party.PartyId == ItemId))
        {
            recorded.PartyId = ItemId;
        }

        return recorded;
    }
}

/// <summary>A row that would get another outcome; unspecified = there is no such row.</summary>
public sealed record ChangedRow(string NeedId, string Scheme, Outcome Was, Outcome Becomes);

/// <summary>What facts that are tried would change.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Appearing">The findings that would be raised.</param>
/// <param name="Closing">The findings that would close.</param>
/// <param name="Then">The plan as it would be.</param>
public sealed record WhatIfOutcome(IReadOnlyList<ChangedRow> Rows, IReadOnlyList<Finding> Appearing, IReadOnlyList<Finding> Closing, Plan Then)
{
    /// <summary>Between the plan that stands and the one that was tried.</summary>
    public static WhatIfOutcome Between(Plan now, Plan then)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(then);
        var was = now.Coverage.ToLookup(Key);
        var becomes = then.Coverage.ToLookup(Key);
        return new(
            [.. then.Coverage.Concat(now.Coverage).Select(Key).Distinct()
                .Select(key => new ChangedRow(key.NeedId, key.Scheme, was[key].FirstOrDefault()?.Outcome ?? Outcome.Unspecified, becomes[key].FirstOrDefault()?.Outcome ?? Outcome.Unspecified))
                .Where(row => row.Was != row.Becomes)],
            [.. then.Findings.ExceptBy(now.Findings.Select(one => one.Ref()), one => one.Ref())],
            [.. now.Findings.ExceptBy(then.Findings.Select(one => one.Ref()), one => one.Ref())],
            then);
    }

    private static (string NeedId, string Scheme, string Product) Key(Coverage row) => (row.NeedId, row.Scheme, row.Product);
}
