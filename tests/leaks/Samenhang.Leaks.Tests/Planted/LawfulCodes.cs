using System.Text.Json;
using System.Text.RegularExpressions;
using Samenhang.Access;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Language;

namespace Samenhang.Leaks.Tests.Planted;

/// <summary>
/// The codes of the lists that tell something of a person, in groups (facts, needs, schemes, findings, terms, roles, events, documents, values of
/// facts), and who may read each. Worked out from the lists themselves, as <see cref="LawfulSight"/>, and from nothing that makes the views.
/// </summary>
internal sealed partial class LawfulCodes
{
    private const string OfFact = "value of ";

    private readonly LawfulSight sight;
    private readonly Dictionary<string, (string Group, Func<CallerRole, bool> MayRead)> known = new(StringComparer.Ordinal);

    // The services whose provisions serve a need, by its kind; grows while the case goes on.
    private readonly Dictionary<string, HashSet<string>> served = [];

    /// <summary>Reads the lists.</summary>
    public LawfulCodes(LawfulSight sight)
    {
        this.sight = sight;
        var folder = VocabularyLoader.DefaultFolder;
        using var facts = Read(folder, "facts.json");
        using var needs = Read(folder, "needs.json");
        using var schemes = Read(folder, "schemes.json");
        using var flags = Read(folder, "flags.json");
        using var deadlines = Read(folder, "deadlines.json");
        using var codes = Read(folder, "codes.json");
        var neutral = needs.RootElement.EnumerateArray().Select(need => need.GetProperty("seenByEmployerAs").GetString()).OfType<string>().ToHashSet();
        var serviceOf = schemes.RootElement.EnumerateArray().ToDictionary(Id, scheme => scheme.GetProperty("service").GetString()!);
        var groups = codes.RootElement.GetProperty("schemeGroups").EnumerateObject().ToDictionary(group => group.Name, group => group.Value);
        var events = Ids(codes, "eventTypes");
        var evidence = Ids(codes, "evidenceTypes");

        foreach (var fact in facts.RootElement.EnumerateArray().Select(Id))
        {
            known[fact] = ("fact", role => role == CallerRole.Provider || sight.RoleMayKnowFact(role, fact));
        }

        foreach (var need in needs.RootElement.EnumerateArray().Where(need => !neutral.Contains(Id(need))))
        {
            var (kind, typical) = (Id(need), need.GetProperty("typicalDomains").EnumerateArray().Select(one => one.GetString()!).ToHashSet());
            known[kind] = ("need", role => role switch
            {
                CallerRole.Employer or CallerRole.CompanyPhysician => false, // Never the kind of a need.
                CallerRole.Provider => true,
                CallerRole.Insurer => typical.Contains("zvw") || Serves(kind, "zvw"),
                CallerRole.Municipality or CallerRole.Uwv => typical.Contains(LawfulSight.ServiceOf(role)!) || Serves(kind, "gemeente", "uwv", "employer"),
                _ => false,
            });
        }

        foreach (var (scheme, service) in serviceOf)
        {
            known[scheme] = ("scheme", role => role == CallerRole.Provider || sight.Lists(role, "provisions", service));
        }

        foreach (var (list, types) in new[] { ("events", events), ("evidence", evidence) })
        {
            foreach (var type in types)
            {
                known[type] = (list, role => role == CallerRole.Provider || sight.Lists(role, list, type));
            }
        }

        foreach (var role in codes.RootElement.GetProperty("partyRoles").EnumerateArray())
        {
            var service = role.GetProperty("service").GetString()!;
            // Rules name roles too; here it is a party of this case.
            known[$"party:{Id(role)}"] = ("role of a party", reader => reader == CallerRole.Provider || sight.Lists(reader, "parties", service));
        }

        foreach (var flag in flags.RootElement.EnumerateArray())
        {
            var predicate = flag.GetProperty("predicate").GetString()!;
            var read = Dotted().Matches(predicate).Select(match => match.Value).Where(sight.FactIds.Contains).ToList();
            var quoted = Quoted().Matches(predicate).Select(match => match.Groups[1].Value).ToHashSet();
            var services = quoted.Where(serviceOf.ContainsKey).Select(scheme => serviceOf[scheme]).ToHashSet();
            known[Id(flag)] = ("finding", role => role == CallerRole.Provider || (
                read.TrueForAll(fact => sight.ServiceMayKnowFact(role, fact)) && services.All(service => sight.Lists(role, "provisions", service))
                && quoted.Where(events.Contains).All(type => sight.Lists(role, "events", type)) && quoted.Where(evidence.Contains).All(type => sight.Lists(role, "evidence", type))));
        }

        var terms = deadlines.RootElement.EnumerateArray().ToDictionary(Id);
        foreach (var term in terms.Values)
        {
            // What began the term that it follows began this one too.
            var first = term;
            while (first.TryGetProperty("follows", out var follows))
            {
                first = terms[follows.GetProperty("deadline").GetString()!];
            }

            var trigger = first.GetProperty("trigger").GetString()!;
            known[Id(term)] = ("term", role => trigger.Split(':', '.') switch
            {
                ["event", var type] => sight.Lists(role, "events", type),
                ["evidence", var type] => sight.Lists(role, "evidence", type.Split(' ')[0]),
                ["provision", var scheme, _] => sight.Lists(role, "provisions", scheme.StartsWith('@') ? "zvw" : serviceOf[scheme]),
                _ => sight.FactIds.Contains(trigger) && sight.ServiceMayKnowFact(role, trigger),
            });
        }

        // That something of this kind happened everybody may know of whom the case is; of what it tells the rest decides.
        foreach (var type in PublicEventTypes.All)
        {
            known[type.Name] = ("kind of event", _ => true);
        }

        // A value that only facts can have tells of one of them.
        var elsewhere = known.Keys.Concat(neutral).Concat(groups.Keys).Concat(Everything(folder)).ToHashSet();
        var values = facts.RootElement.EnumerateArray()
            .Where(fact => fact.GetProperty("values").ValueKind == JsonValueKind.Array)
            .SelectMany(fact => fact.GetProperty("values").EnumerateArray().Select(value => (Value: value.GetString()!, Fact: Id(fact))))
            .Where(pair => !elsewhere.Contains(pair.Value) && pair.Value.Contains('-', StringComparison.Ordinal)) // "high" and "3" are said of much.
            .ToLookup(pair => pair.Value, pair => pair.Fact);
        foreach (var owners in values)
        {
            var those = owners.ToList();
            known[owners.Key] = (OfFact + string.Join(" or ", those), role => role == CallerRole.Provider || those.Exists(fact => sight.RoleMayKnowFact(role, fact)));
        }
    }

    /// <summary>The codes.</summary>
    public IReadOnlySet<string> All => known.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>The groups.</summary>
    public IEnumerable<string> Groups => known.Values.Select(code => code.Group.Split(' ')[0]).Distinct();

    /// <summary>A provision of a service serves a need of a kind: the service then knows of the need.</summary>
    public void Serve(string kind, string service) => (served.TryGetValue(kind, out var services) ? services : served[kind] = []).Add(service);

    /// <summary>What a code tells in which this reader may not know it, with its group; nothing when it is theirs to know.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="code">The code.</param>
    /// <param name="text">The text in which it stood: the sentences of the law name the values of facts too, of nobody.</param>
    public IEnumerable<string> LeakedTo(Reader reader, string code, string text)
    {
        var (group, mayRead) = known[code];
        return LawfulSight.SeesAll(reader.Role) || mayRead(reader.Role) || (group.StartsWith(OfFact, StringComparison.Ordinal) && code != text) ? [] : [$"{group}: {code}"];
    }

    private bool Serves(string kind, params string[] services) => served.TryGetValue(kind, out var those) && those.Overlaps(services);

    private static string Id(JsonElement one) => one.GetProperty("id").GetString()!;

    private static HashSet<string> Ids(JsonDocument codes, string list) =>
        [.. codes.RootElement.GetProperty(list).EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : Id(one))];

    private static JsonDocument Read(string folder, string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file)));

    // Codes that mean something else too.
    private static IEnumerable<string> Everything(string folder)
    {
        foreach (var file in new[] { "codes.json", "outcomes.json", "professions.json", "referrers.json", "parameters.json", "households.json" })
        {
            using var document = Read(folder, file);
            foreach (var text in Texts(document.RootElement).ToList())
            {
                yield return text;
            }
        }
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value).Prepend(member.Name)),
        _ => [],
    };

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)+")]
    private static partial Regex Dotted();
}
