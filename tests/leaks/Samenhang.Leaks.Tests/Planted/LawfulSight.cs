using System.Text.Json;
using Samenhang.Access;
using Samenhang.Language;

namespace Samenhang.Leaks.Tests.Planted;

/// <summary>
/// What each role may know at most, read from the lists themselves and worked out here once more, apart from the code that makes the
/// views: a fault there must not hide here too.
/// </summary>
internal sealed class LawfulSight
{
    // Of the planted case: a municipality and UWV have provisions and a company physician takes part; nobody consented to medical or functional data.
    private static readonly Dictionary<string, bool> HoldsInThePlantedCase = new()
    {
        ["only when it is the paying or responsible body"] = true,
        ["only with a consent that names this category, or a statutory duty (Jeugdwet, Wlz transfer, crisis)"] = false,
        ["with consent"] = false,
        ["only as advised by the company physician, without cause or treatment"] = true,
    };

    private readonly Dictionary<CallerRole, HashSet<string>> facts = [];
    private readonly HashSet<string> ofInsuredCare;
    private readonly HashSet<string> triggers;
    private readonly JsonElement visibility;

    /// <summary>Reads the lists.</summary>
    public LawfulSight(string folder = "")
    {
        folder = folder.Length > 0 ? folder : VocabularyLoader.DefaultFolder;
        using var factsFile = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "facts.json")));
        using var codesFile = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "codes.json")));
        visibility = codesFile.RootElement.GetProperty("visibility").Clone();
        foreach (var role in Enum.GetValues<CallerRole>())
        {
            facts[role] = [.. factsFile.RootElement.EnumerateArray().Where(fact => MayKnow(role, fact)).Select(fact => fact.GetProperty("id").GetString()!)];
        }

        ofInsuredCare = [.. factsFile.RootElement.EnumerateArray()
            .Where(fact => fact.GetProperty("visibleTo").EnumerateArray().Any(one => one.GetString() == "zvw")).Select(fact => fact.GetProperty("id").GetString()!)];
        using var deadlines = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "deadlines.json")));
        triggers = [.. deadlines.RootElement.EnumerateArray().Where(term => term.TryGetProperty("trigger", out _)).Select(term => term.GetProperty("trigger").GetString()!)];
        FactIds = [.. factsFile.RootElement.EnumerateArray().Select(fact => fact.GetProperty("id").GetString()!)];
        MedicalFacts = [.. factsFile.RootElement.EnumerateArray().Where(fact => fact.GetProperty("sensitivity").GetString() == "medical").Select(fact => fact.GetProperty("id").GetString()!)];
    }

    /// <summary>The ids of all facts.</summary>
    public HashSet<string> FactIds { get; }

    /// <summary>The ids of the medical facts.</summary>
    public HashSet<string> MedicalFacts { get; }

    /// <summary>Whether a reader may know a fact of the planted case.</summary>
    public bool MayKnowFact(Reader reader, string fact) => reader.IsOwn && facts[reader.Role].Contains(fact);

    /// <summary>Whether a term of the vocabulary begins with this fact.</summary>
    public bool BeginsATerm(string fact) => triggers.Contains(fact);

    /// <summary>Whether a role may know a fact of its own cases.</summary>
    public bool RoleMayKnowFact(CallerRole role, string fact) => facts[role].Contains(fact);

    /// <summary>Whether the service behind a role may know a fact: an insurer judges with what it is not told itself.</summary>
    public bool ServiceMayKnowFact(CallerRole role, string fact) => facts[role].Contains(fact) || (role == CallerRole.Insurer && ofInsuredCare.Contains(fact));

    /// <summary>Whether a list of a service's view lets an item of this kind through.</summary>
    public bool Lists(CallerRole role, string list, string kind) => SeesAll(role) ||
        (ServiceOf(role) is { } service && visibility.GetProperty(service).GetProperty(list).EnumerateArray().Any(one => one.GetString() == kind || one.GetString() == "*"));

    /// <summary>Whether everything of an own case is theirs to know: who holds it, whom it is about, and the program itself.</summary>
    public static bool SeesAll(CallerRole role) => role is CallerRole.Casemanager or CallerRole.Client or CallerRole.Service;

    /// <summary>The service whose view is the most that a role may see; null = nothing of a case.</summary>
    public static string? ServiceOf(CallerRole role) => role switch
    {
        CallerRole.Insurer => "zvw",
        CallerRole.Municipality => "gemeente",
        CallerRole.Uwv => "uwv",
        CallerRole.Employer or CallerRole.CompanyPhysician => "employer",
        _ => null,
    };

    private static bool MayKnow(CallerRole role, JsonElement fact)
    {
        if (SeesAll(role))
        {
            return true;
        }

        // An insurer pays; it gives no care. A question may name a fact to it, nothing medical.
        var isMedical = fact.GetProperty("sensitivity").GetString() == "medical";
        return ServiceOf(role) is { } service
            && fact.GetProperty("visibleTo").EnumerateArray().Any(one => one.GetString() == service)
            && !(isMedical && service is "employer" or "zvw")
            && (!fact.TryGetProperty("visibleIf", out var when) || when.ValueKind != JsonValueKind.Object || !when.TryGetProperty(service, out var words) || HoldsInThePlantedCase[words.GetString()!]);
    }
}
