using System.Collections.Frozen;
using Samenhang.Api.Reading;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Language;
using Samenhang.Rules.Policies;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Reads requests to the casemanager; all violations at once. One reader per request.</summary>
internal sealed class CaseRequests(Vocabulary vocabulary, PolicySet? policies = null)
{
    private const int LongestText = 2000;

    private readonly RequestReader reader = new(vocabulary, policies);

    /// <inheritdoc cref="RequestReader.EnsureValid"/>
    public void EnsureValid() => reader.EnsureValid();

    /// <summary>The request's own id and the case that it wants to change.</summary>
    public string Change(string requestId, string caseId)
    {
        reader.Id("request_id", requestId);
        return reader.Id("case_id", caseId);
    }

    /// <summary>A case, by its id.</summary>
    public string CaseId(string caseId) => reader.Id("case_id", caseId);

    /// <summary>A case to open, and the BSN of its client when one was given.</summary>
    public (string Title, DateOnly? AsOf, CaseDocument Content, Bsn? Bsn) Open(Wire.OpenCaseRequest request)
    {
        reader.Id("request_id", request.RequestId);
        reader.Unique("needs", request.Needs.Select(need => need.NeedId), "need_id");
        reader.Unique("provisions", request.Provisions.Select(provision => provision.ProvisionId), "provision_id");
        reader.Unique("parties", request.Parties.Select(party => party.PartyId), "party_id");
        var title = reader.OpenText("title", request.Title, 200) ?? "";
        var bsn = reader.Bsn("bsn", request.Bsn);
        var asOf = reader.Day("as_of", request.AsOf);
        var content = new Case
        {
            Id = "new",
            AsOf = asOf ?? default,
            Rulebooks = reader.Rulebooks("rulebooks", request.Rulebooks),
            Tenant = reader.Tenant("tenant", request.Tenant),
            Insurer = reader.Insurer("insurer", request.Insurer),
            Options = [.. reader.Codes("options", request.Options, vocabulary.Options)],
            Parameters = reader.Parameters("parameters", request.Parameters),
            Facts = reader.Facts("facts", request.Facts, Enum.GetValues<FactLevel>()),
            Needs = reader.Items("needs", request.Needs, (path, need) => reader.Need(path, need)),
            Provisions = reader.Items("provisions", request.Provisions, (path, provision) => reader.Provision(path, provision)),
            Parties = reader.Items("parties", request.Parties, (path, party) => reader.Party(path, party)),
            Consents = reader.Items("consents", request.Consents, (path, consent) => reader.Consent(path, consent)),
            Events = reader.Items("events", request.Events, (path, happened) => reader.Event(path, happened)),
            Evidence = reader.Items("evidence", request.Evidence, (path, evidence) => reader.Evidence(path, evidence)),
            Open = [.. reader.Codes("open_lists", request.OpenLists, vocabulary.OpenLists)],
        };

        // Only a case without violations can be put in words; what stands in a wrong field is meaningless.
        reader.EnsureValid();
        return (title, asOf, CaseDocument.Of(content), bsn);
    }

    /// <summary>Facts on their places.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="mayBeEmpty">Whether there may be none.</param>
    public IReadOnlyList<PlacedFact> Facts(IReadOnlyList<Wire.RecordedFact> facts, bool mayBeEmpty)
    {
        if (facts.Count == 0 && !mayBeEmpty)
        {
            reader.Add("facts", "Geef ten minste één feit.", "Give at least one fact.");
        }

        return reader.Items("facts", facts, PlacedFact);
    }

    /// <summary>One fact on its place.</summary>
    public PlacedFact Placed(string path, Wire.RecordedFact? recorded) => PlacedFact(path, recorded ?? new Wire.RecordedFact());

    /// <summary>Who does something: a party id, role or domain.</summary>
    public string By(string by) => reader.Id("by", by);

    /// <summary>The name of a list or system.</summary>
    public string Named(string field, string name) => reader.Id(field, name);

    /// <summary>Reports a fault.</summary>
    public void Fault(string field, string nl, string en) => reader.Add(field, nl, en);

    /// <summary>A need.</summary>
    public NeedEntry Need(Samenhang.Protos.Common.V1.Need? wire)
    {
        var need = reader.Need("need", wire);
        reader.EnsureValid();
        return CaseDocument.Of(Holding(needs: [need])).Needs[0];
    }

    /// <summary>A provision.</summary>
    public ProvisionEntry Provision(Samenhang.Protos.Common.V1.Provision? wire)
    {
        var provision = reader.Provision("provision", wire);
        reader.EnsureValid();
        return CaseDocument.Of(Holding(provisions: [provision])).Provisions[0];
    }

    /// <summary>A party.</summary>
    public PartyEntry Party(Samenhang.Protos.Common.V1.Party? wire)
    {
        var party = reader.Party("party", wire);
        reader.EnsureValid();
        return CaseDocument.Of(Holding(parties: [party])).Parties[0];
    }

    /// <summary>A consent.</summary>
    public Consent Consent(Samenhang.Protos.Common.V1.Consent? wire) => reader.Consent("consent", wire);

    /// <summary>An event or a document, as a command.</summary>
    public Func<Moment, CaseCommand> Record(Wire.RecordEventRequest request)
    {
        switch (request.RecordCase)
        {
            case Wire.RecordEventRequest.RecordOneofCase.Event:
                var happened = reader.Event("event", request.Event);
                return now => new CaseCommand.RecordEvent(happened) { At = now };
            case Wire.RecordEventRequest.RecordOneofCase.Evidence:
                var evidence = reader.Evidence("evidence", request.Evidence);
                return now => new CaseCommand.RecordEvidence(evidence) { At = now };
            default:
                reader.Add("event", "Geef een gebeurtenis of een document.", "Give an event or a document.");
                return _ => throw new InvalidOperationException("A request with violations was used.");
        }
    }

    /// <summary>What is to be done about a finding of a case, and by whom.</summary>
    public (string CaseId, FindingKey Key, string By, FindingTreatment Treatment) Treatment(
        string requestId, string caseId, Wire.FindingRef? finding, string by, FindingTreatment treatment)
    {
        Change(requestId, caseId);
        finding ??= new Wire.FindingRef();
        return (
            caseId,
            new FindingKey(
                reader.Code("finding.flag_id", finding.FlagId, [.. vocabulary.Flags.Select(flag => flag.Id)]),
                reader.OptionalId("finding.need_id", finding.NeedId),
                reader.OptionalId("finding.provision_id", finding.ProvisionId),
                reader.OptionalId("finding.party_id", finding.PartyId)),
            reader.Id("by", by),
            treatment);
    }

    /// <summary>A document.</summary>
    public Evidence Evidence(string field, Samenhang.Protos.Common.V1.Evidence? evidence) => reader.Evidence(field, evidence);

    /// <summary>A text that may be left out.</summary>
    public string? Note(string field, string text) => reader.OpenText(field, text, LongestText);

    /// <summary>A text that must be given.</summary>
    public string Reason(string field, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            reader.Add(field, "Geef een reden.", "Give a reason.");
        }

        return reader.OpenText(field, text, LongestText) ?? "";
    }

    /// <summary>A standstill, as a command.</summary>
    public Func<Moment, CaseCommand> Suspend(Wire.SuspendDeadlineRequest request)
    {
        var from = reader.RequiredDay("from", request.From);
        var to = reader.Day("to", request.To);
        var (term, item) = Terms(request.DeadlineId, request.ItemId);
        var suspension = new TermSuspension(term, item, from, to, reader.Id("by", request.By), reader.OpenText("reason", request.Reason) ?? "");
        return now => new CaseCommand.SuspendDeadline(suspension) { At = now };
    }

    /// <summary>The end of a standstill, as a command.</summary>
    public Func<Moment, CaseCommand> Resume(Wire.ResumeDeadlineRequest request)
    {
        var on = reader.RequiredDay("on", request.On);
        var (term, item) = Terms(request.DeadlineId, request.ItemId);
        var by = reader.Id("by", request.By);
        var reason = reader.OpenText("reason", request.Reason) ?? "";
        return now => new CaseCommand.ResumeDeadline(term, item, on, by, reason) { At = now };
    }

    // Names of terms are the case's to judge: it knows families and says which terms may stand still.
    private (string? Term, string? Item) Terms(string deadlineId, string itemId) =>
        (string.IsNullOrEmpty(deadlineId) ? null : reader.OpenText("deadline_id", deadlineId, 64), reader.OptionalId("item_id", itemId));

    /// <summary>A day that may be left out.</summary>
    public DateOnly? Day(string field, Samenhang.Protos.Types.Date? day) => reader.Day(field, day);

    /// <summary>A moment that may be left out.</summary>
    public DateTimeOffset? Moment(string field, Timestamp? moment)
    {
        // The range that a Timestamp may have, checked here because the conversion throws outside of it.
        if (moment is { Seconds: < -62135596800 or > 253402300799 } or { Nanos: < 0 or > 999_999_999 })
        {
            Fault(field, "Dit tijdstip bestaat niet.", "This moment does not exist.");
            return null;
        }

        return moment?.ToDateTimeOffset();
    }

    /// <summary>A need and a scheme.</summary>
    public (string NeedId, string Scheme) Row(string needId, string scheme) =>
        (reader.Id("need_id", needId), reader.Code("scheme", scheme, vocabulary.Schemes.Keys));

    /// <summary>Which part of the worklist: tenant, gravity, size, and the case after which it begins.</summary>
    public (string? Tenant, int MinimumSeverity, int Size, string? Before) Page(Wire.ListCasesRequest request)
    {
        const int Default = 50;
        const int Most = 200;
        if (request.PageSize is < 0 or > Most)
        {
            reader.Add("page_size", $"Een pagina heeft 1 tot {Most} regels.", $"A page has 1 to {Most} lines.");
        }

        return (
            reader.OptionalId("tenant", request.Tenant),
            (int)reader.OptionalMember("minimum_severity", request.MinimumSeverity),
            request.PageSize == 0 ? Default : request.PageSize,
            reader.OptionalId("page_token", request.PageToken));
    }

    /// <summary>A version of a plan; 0 is the newest.</summary>
    public int PlanVersion(int version)
    {
        if (version < 0)
        {
            reader.Add("plan_version", "Een versie is 0 (de nieuwste) of hoger.", "A version is 0 (the newest) or higher.");
        }

        return version;
    }

    /// <summary>Reports that nothing was asked.</summary>
    public void Nothing(string field) => reader.Add(field, "Geef een feit of een dag om te proberen.", "Give a fact or a day to try.");

    private PlacedFact PlacedFact(string path, Wire.RecordedFact recorded)
    {
        var (kind, id, levels) = recorded.ItemCase switch
        {
            Wire.RecordedFact.ItemOneofCase.NeedId => (ItemKind.Need, reader.Id($"{path}.need_id", recorded.NeedId), new[] { FactLevel.Need }),
            Wire.RecordedFact.ItemOneofCase.ProvisionId => (ItemKind.Provision, reader.Id($"{path}.provision_id", recorded.ProvisionId), [FactLevel.Provision, FactLevel.Need]),
            Wire.RecordedFact.ItemOneofCase.PartyId => (ItemKind.Party, reader.Id($"{path}.party_id", recorded.PartyId), [FactLevel.Party]),
            _ => (ItemKind.Case, (string?)null, Enum.GetValues<FactLevel>()),
        };
        var fact = reader.Fact($"{path}.fact", recorded.Fact, levels);
        return new PlacedFact(fact?.Fact.Id ?? "", fact?.Value ?? Value.Unknown, kind, id);
    }

    private static Case Holding(IReadOnlyList<Need>? needs = null, IReadOnlyList<Provision>? provisions = null, IReadOnlyList<Party>? parties = null) => new()
    {
        Id = "new",
        AsOf = default,
        Rulebooks = FrozenSet<string>.Empty,
        Needs = needs ?? [],
        Provisions = provisions ?? [],
        Parties = parties ?? [],
    };
}
