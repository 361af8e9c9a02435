using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Samenhang.Access;
using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Casemanager.Questions;
using Samenhang.Casemanager.Vault;
using Samenhang.Language;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Rules;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods about what a case shows: parse, look, reply. None of them changes anything.</summary>
public sealed partial class CaseSightApi(CaseDesk cases, CaseRules rules, DomainQuestions domains, Pseudonyms pseudonyms) : Wire.CaseSightService.CaseSightServiceBase
{
    private const int EntriesOnAPage = 50;
    private const int MostEntries = 200;

    private readonly PlanWriter plans = new(rules);
    private readonly SightWriter writer = new(rules.Vocabulary);
    private readonly CaseTrail trail = new(rules.Vocabulary);
    private readonly CaseThroughEyes eyes = new(rules.Vocabulary);

    /// <inheritdoc/>
    public override Task<Wire.ListNamesResponse> ListNames(Wire.ListNamesRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.FromResult(new Wire.ListNamesResponse { Names = { writer.Names().Where(name => request.Lists.Count == 0 || request.Lists.Contains(name.List)) } });
    }

    /// <inheritdoc/>
    public override Task<Wire.DescribeFactsResponse> DescribeFacts(Wire.DescribeFactsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new CaseRequests(rules.Vocabulary);
        var facts = Facts(request.FactIds, reader);
        reader.EnsureValid();
        return Task.FromResult(new Wire.DescribeFactsResponse
        {
            Facts = { (facts.Count > 0 ? facts : rules.Vocabulary.Facts.Where(fact => fact.DerivedFrom.Count == 0)).Select(writer.Write) },
        });
    }

    /// <inheritdoc/>
    public override async Task<Wire.ListOpenQuestionsResponse> ListOpenQuestions(Wire.ListOpenQuestionsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var state = await FindAsync(request.CaseId, new CaseRequests(rules.Vocabulary), context);
        var whole = state.ToCase(rules.Vocabulary);
        return new Wire.ListOpenQuestionsResponse
        {
            CaseVersion = state.Version,
            Questions =
            {
                from question in state.Plan?.Questions ?? []
                where rules.Vocabulary.FactById.ContainsKey(question.Fact)
                select new Wire.OpenQuestion
                {
                    Question = plans.Write(question),
                    Fact = writer.Write(rules.Vocabulary.FactById[question.Fact]),
                    MayAnswer = { rules.Questions.MayAnswer(question, whole) },
                },
            },
        };
    }

    /// <inheritdoc/>
    public override async Task<Wire.ListKnownFactsResponse> ListKnownFacts(Wire.ListKnownFactsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var only = Facts(request.FactIds, reader).Select(fact => fact.Id).ToHashSet();
        await FindAsync(request.CaseId, reader, context);
        var known = FactHistory.Known((await cases.LogAsync(request.CaseId, context.CancellationToken)).OrFail());
        return new Wire.ListKnownFactsResponse
        {
            Facts =
            {
                from fact in known
                where rules.Vocabulary.FactById.ContainsKey(fact.Key.Fact) && (only.Count == 0 || only.Contains(fact.Key.Fact))
                let definition = rules.Vocabulary.FactById[fact.Key.Fact]
                orderby definition.Index, fact.Key.ItemId
                select writer.Write(definition, fact.Key.ItemId, fact.Value),
            },
        };
    }

    /// <inheritdoc/>
    public override async Task<Wire.ExplainFindingResponse> ExplainFinding(Wire.ExplainFindingRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var asked = request.Finding ?? new Wire.FindingRef();
        var state = await FindAsync(request.CaseId, reader, context);
        var finding = state.Plan?.Findings.Concat(state.Plan.Settled).FirstOrDefault(one =>
                (one.FlagId, one.NeedId ?? "", one.ProvisionId ?? "", one.PartyId ?? "") == (asked.FlagId, asked.NeedId, asked.ProvisionId, asked.PartyId))
            ?? throw new RpcFailure(new Error.NotFound("finding"));
        var condition = rules.Vocabulary.Flags.FirstOrDefault(flag => flag.Id == finding.FlagId)?.Predicate ?? "";
        var read = FactName().Matches(condition).Select(match => rules.Vocabulary.FactById.GetValueOrDefault(match.Value)).OfType<FactDefinition>().Distinct().ToList();
        var known = FactHistory.Known((await cases.LogAsync(request.CaseId, context.CancellationToken)).OrFail())
            .Where(fact => fact.Key.ItemId is null || fact.Key.ItemId == finding.NeedId || fact.Key.ItemId == finding.ProvisionId || fact.Key.ItemId == finding.PartyId
                || finding is { NeedId: null, ProvisionId: null, PartyId: null })
            .ToLookup(fact => fact.Key.Fact);
        return new Wire.ExplainFindingResponse
        {
            Finding = plans.Write(finding, SourcesOf(state.Plan!.Coverage)),
            Condition = condition,
            Facts = { read.SelectMany(fact => known[fact.Id].Select(one => writer.Write(fact, one.Key.ItemId, one.Value))) },
            UnknownFacts = { read.Where(fact => !known.Contains(fact.Id)).Select(writer.Write) },
            Life = state.Findings.Find(FindingRegister.KeyOf(finding))?.ToWire(),
        };
    }

    [GeneratedRegex("[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)+")]
    private static partial Regex FactName();

    /// <inheritdoc/>
    public override async Task<Wire.ListTrailResponse> ListTrail(Wire.ListTrailRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        if (request.PageSize is < 0 or > MostEntries)
        {
            reader.Fault("page_size", $"Een pagina heeft 1 tot {MostEntries} regels.", $"A page has 1 to {MostEntries} lines.");
        }

        await FindAsync(request.CaseId, reader, context);
        var size = request.PageSize == 0 ? EntriesOnAPage : request.PageSize;
        var found = trail.Of((await cases.LogAsync(request.CaseId, context.CancellationToken)).OrFail()).Reverse()
            .Where(entry => request.BeforeVersion <= 0 || entry.CaseVersion < request.BeforeVersion)
            .Where(entry => request.Kinds.Count == 0 || request.Kinds.Contains(WireLists.ToWire<TrailKind, Wire.TrailKind>(entry.Kind)))
            .Take(size + 1).ToList();
        return new Wire.ListTrailResponse
        {
            Entries =
            {
                found.Take(size).Select(entry => new Wire.TrailEntry
                {
                    CaseVersion = entry.CaseVersion,
                    At = Timestamp.FromDateTimeOffset(entry.At),
                    Kind = WireLists.ToWire<TrailKind, Wire.TrailKind>(entry.Kind),
                    By = entry.By,
                    Lines = { entry.Lines.Select(WireWriter.ToWire) },
                }),
            },
            NextBeforeVersion = found.Count > size ? found[size - 1].CaseVersion : 0,
        };
    }

    /// <inheritdoc/>
    public override async Task<Wire.ShowCaseAsResponse> ShowCaseAs(Wire.ShowCaseAsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        if (WireLists.ToOwn<Wire.Viewer, Viewer>(request.Viewer) is not { } viewer)
        {
            reader.Fault("viewer", "Zeg door wiens ogen.", "Say through whose eyes.");
            viewer = default;
        }

        if (context.Caller() is { Role: not CallerRole.Casemanager } caller && caller.Role != RoleOf(viewer))
        {
            throw new RpcFailure(new Error.PermissionDenied("viewer"));
        }

        var state = await FindAsync(request.CaseId, reader, context);
        var seen = eyes.Of(viewer, state);
        if (viewer == Viewer.Employer)
        {
            seen = pseudonyms.ForEmployer(request.CaseId).In(seen);
        }

        var all = eyes.Of(Viewer.Client, state).View;
        var sources = SourcesOf(seen.Coverage);
        return new Wire.ShowCaseAsResponse
        {
            Needs = { seen.View.Needs.Select(need => new Wire.SeenNeed { NeedId = need.Id, Name = need.Kind.Name.ToWire() }) },
            Facts = { SightWriter.FactsOf(seen.View).Select(fact => writer.Write(fact.Fact, fact.Item, fact.Value)) },
            Provisions = { seen.View.Provisions.Select(WireWriter.ToWire) },
            Parties = { seen.View.Parties.Select(party => (party with { Facts = FactSet.Empty }).ToWire()) },
            Coverage = { seen.Coverage.Select(plans.Write) },
            Findings = { seen.Findings.Select(finding => plans.Write(finding, sources)) },
            Deadlines = { seen.Deadlines.Select(PlanWriter.Write) },
            Questions = { seen.Questions.Select(plans.Write) },
            Consents = { seen.View.Consents.Select(WireWriter.ToWire) },
            Events = { seen.View.Events.Select(WireWriter.ToWire) },
            HiddenFacts = SightWriter.FactsOf(all).Count() - SightWriter.FactsOf(seen.View).Count(),
            HiddenNeeds = all.Needs.Count - seen.View.Needs.Count,
            PlanVersion = state.Plan?.Version ?? 0,
            CaseVersion = state.Version,
        };
    }

    /// <inheritdoc/>
    public override async Task<Wire.PreviewConsentResponse> PreviewConsent(Wire.PreviewConsentRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var consent = reader.Consent(request.Consent);
        var state = await FindAsync(request.CaseId, reader, context);
        var tried = cases.Try(state, consent).OrFail();

        // The plan as it is now is judged again as well: whatever else changed since is no effect of the consent.
        var now = await JudgeAsync(state, context.CancellationToken);
        var then = await JudgeAsync(tried, context.CancellationToken);
        var sources = SourcesOf([.. now.Coverage, .. then.Coverage]);
        var changed = then.Coverage.Where(row => now.Coverage.FirstOrDefault(other => IsSame(row, other))?.Outcome != row.Outcome).ToList();
        return new Wire.PreviewConsentResponse
        {
            Difference = PlanWriter.Write(rules.Differences.Between(now, then)),
            NewlyBlocked = { Beyond(then.Blocked, now.Blocked).Select(blocked => plans.Write(blocked, sources)) },
            NoLongerBlocked = { Beyond(now.Blocked, then.Blocked).Select(blocked => plans.Write(blocked, sources)) },
            Sights =
            {
                from service in Services.Asked
                let hidden = eyes.SeenOnlyIn(state, tried, service)
                let shown = eyes.SeenOnlyIn(tried, state, service)
                where hidden.Count + shown.Count > 0
                select new Wire.SightChange
                {
                    Domain = WireCodes.Domain(service),
                    Hidden = { hidden.Select(fact => fact.Name.ToWire()) },
                    Shown = { shown.Select(fact => fact.Name.ToWire()) },
                },
            },
            Told = { new[] { consent.From, consent.To }.Distinct() },
            ChangedRows = changed.Count,
            Rows = { changed.Select(plans.Write) },
        };
    }

    private static CallerRole RoleOf(Viewer viewer) => viewer switch
    {
        Viewer.Client => CallerRole.Client,
        Viewer.Employer => CallerRole.Employer,
        Viewer.Insurer => CallerRole.Insurer,
        Viewer.Municipality => CallerRole.Municipality,
        Viewer.Uwv => CallerRole.Uwv,
        _ => throw new ArgumentOutOfRangeException(nameof(viewer), viewer, "Nobody looks like that."),
    };

    private static bool IsSame(Coverage one, Coverage other) => (one.NeedId, one.Scheme, one.Product) == (other.NeedId, other.Scheme, other.Product);

    private static IEnumerable<BlockedEvent> Beyond(IReadOnlyList<BlockedEvent> one, IReadOnlyList<BlockedEvent> other) =>
        one.Where(blocked => !other.Any(stands => stands.EventType == blocked.EventType && stands.Explanation == blocked.Explanation));

    private static Dictionary<string, RuleSource> SourcesOf(IReadOnlyList<Coverage> rows) =>
        rows.SelectMany(row => row.Sources).DistinctBy(source => source.RuleId).ToDictionary(source => source.RuleId);

    private async Task<Plan> JudgeAsync(CaseState state, CancellationToken cancellationToken)
    {
        var whole = CaseDesk.Usable(state).OrFail().ToDocument(state.Opened!.AsOf ?? state.RoundAsOf).ToCase(rules.Vocabulary);
        return rules.Plans.Make((await domains.AssessAsync(whole, cancellationToken)).OrFail(), 0, state.HandOvers, state.Questions);
    }

    private List<FactDefinition> Facts(IReadOnlyList<string> ids, CaseRequests reader)
    {
        var facts = new List<FactDefinition>();
        foreach (var id in ids)
        {
            if (rules.Vocabulary.FactById.TryGetValue(id, out var fact))
            {
                facts.Add(fact);
            }
            else
            {
                reader.Fault("fact_ids", "Dit feit bestaat niet.", "There is no such fact.");
            }
        }

        return facts;
    }

    private async Task<CaseState> FindAsync(string caseId, CaseRequests reader, ServerCallContext context)
    {
        reader.CaseId(caseId);
        reader.EnsureValid();
        return (await cases.FindAsync(caseId, context.CancellationToken)).OrFail();
    }
}
