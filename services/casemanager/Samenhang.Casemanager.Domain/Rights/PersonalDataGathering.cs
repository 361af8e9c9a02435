using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Rights;

/// <summary>Gathers what is held about a person from the log of the case. Nothing is chosen: every change is in it as it was written. Pure.</summary>
public sealed class PersonalDataGathering(Vocabulary vocabulary)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), // A person reads it: é stays é.
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly Sentence[] AboutThis =
    [
        new(
            "Dit zijn alle gegevens die bij de casemanager over u zijn vastgelegd (AVG, artikel 15 en 20).",
            "This is all that the casemanager holds about you (GDPR, articles 15 and 20)."),
        new(
            "Uw BSN is afgeschermd. Wie in vertrouwen keek, staat er pas in als dat niet meer geheim hoeft te zijn.",
            "Your BSN is masked. Who looked in confidence is in it only when that need not be secret any more."),
        new(
            "De domeinen onder 'receivers' houden eigen gegevens bij. Vraag die daar op.",
            "The domains under 'receivers' keep records of their own. Ask for those there."),
    ];

    private readonly CaseTrail trail = new(vocabulary);
    private readonly AddressProtection addresses = new(vocabulary);

    /// <summary>The document.</summary>
    /// <param name="log">The log of the case, the oldest first; not empty.</param>
    /// <param name="maskedBsn">The BSN, masked; null = not known.</param>
    /// <param name="receivers">Those to whom the case is known.</param>
    /// <param name="visits">Who looked, without what the person must not see now.</param>
    /// <param name="at">When it is made.</param>
    public PersonalData Gather(
        IReadOnlyList<DatedChange> log, string? maskedBsn, IReadOnlyList<HeldReceiver> receivers, IReadOnlyList<HeldVisit> visits, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(log);
        var last = log.Aggregate(CaseState.None, (soFar, entry) => CaseState.Evolve(soFar, entry.Change));
        var isSecret = addresses.Holds(last.ToDocument(last.Opened!.AsOf ?? last.RoundAsOf).ToCase(vocabulary));
        var shield = new AddressShield(isSecret ? log.Select(entry => Node(entry.Change)) : []);
        JsonNode? Shielded<T>(T value) => shield.Over(Node(value));
        var state = CaseState.None;
        var history = new List<HeldChange>(log.Count);
        foreach (var (written, change) in log)
        {
            state = CaseState.Evolve(state, change);
            var words = trail.InWords(change, state);
            history.Add(new HeldChange(state.Version, written, words.Count > 0 ? [.. words.Select(shield.Over)] : [Step(change)], Shielded(change)));
        }

        return new PersonalData
        {
            MadeAt = at,
            CaseId = state.Opened!.CaseId,
            About = AboutThis,
            Title = state.Opened.Title,
            MaskedBsn = maskedBsn,
            Municipality = state.Opened.Tenant,
            Insurer = state.Opened.Insurer,
            HeldBy = state.Assigned?.Name,
            Facts = [.. FactHistory.Known(log).OrderBy(fact => fact.Key.On).ThenBy(fact => fact.Key.ItemId, StringComparer.Ordinal).ThenBy(fact => fact.Key.Fact, StringComparer.Ordinal)
                .Select(fact => Held(fact.Key.Fact, fact.Key.On, fact.Key.ItemId, fact.Value))],
            Needs = [.. state.Needs.Select(need => new HeldItem(vocabulary.Needs.TryGetValue(need.Kind, out var kind) ? kind.Name : Plain(need.Kind), Shielded(need)))],
            Provisions = [.. state.Provisions.Select(p => new HeldItem(vocabulary.Schemes.TryGetValue(p.Scheme, out var scheme) ? scheme.Name : Plain(p.Scheme), Shielded(p)))],
            Parties = [.. state.Parties.Select(party => new HeldItem(Role(party.Role), Shielded(party)))],
            Consents = [.. state.Consents.Select(consent => new HeldItem(new("Toestemming", "Consent"), Shielded(consent)))],
            Events = [.. state.Events.Select(happened => new HeldItem(vocabulary.InWords(Value.Of(happened.Type)), Shielded(happened)))],
            Evidence = [.. state.Evidence.Select(document => new HeldItem(new("Document", "Document"), Shielded(document)))],
            Plan = state.Plan is null ? null : Shielded(state.Plan),
            Receivers = receivers,
            History = history,
            Visits = visits,
        };
    }

    /// <summary>The document as the file that is given: JSON in UTF-8.</summary>
    public static byte[] Write(PersonalData data) => JsonSerializer.SerializeToUtf8Bytes(data, Json);

    private HeldFact Held(string code, ItemKind on, string? item, RecordedValue known) => new(
        code,
        vocabulary.FactById.TryGetValue(code, out var fact) ? fact.Name : Plain(code),
        Node(known.Value),
        vocabulary.InWords(known.Value),
        on.ToString().ToLower(CultureInfo.InvariantCulture),
        string.IsNullOrEmpty(item) ? null : item,
        known.HoldsFrom,
        known.RecordedAt,
        known.By);

    // What only serves the asking of domains has no line on the pages; the person gets it all the same.
    private static Sentence Step(CaseChange change) => change switch
    {
        RoundStarted => new("Een nieuwe ronde van vragen aan de domeinen begon.", "A new round of questions to the domains began."),
        CoverageAsked asked => new($"Aan {asked.Service} is gevraagd wat gedekt is.", $"{asked.Service} was asked what is covered."),
        CoverageAnswered answered => new($"{answered.Service} antwoordde.", $"{answered.Service} answered."),
        PlanConfirmed => new("Het plan bleef zoals het was.", "The plan stayed as it was."),
        DayBegan => new("Een nieuwe dag begon.", "A new day began."),
        RecordHeard heard => new($"{heard.Service} gaf gegevens door.", $"{heard.Service} passed on data."),
        _ => new("Een stap in de casus.", "A step in the case."),
    };

    private Sentence Role(string code) => vocabulary.PartyRoles.GetValueOrDefault(code) is { } role ? new(role.LabelNl ?? code, code.Replace('-', ' ')) : Plain(code);

    private static Sentence Plain(string code) => new(code, code);

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Json);
}
