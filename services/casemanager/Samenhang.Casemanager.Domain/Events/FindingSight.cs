using System.Text.RegularExpressions;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Events;

/// <summary>
/// Whether a service may know of a finding. That a finding is raised tells what its predicate reads; so a service may know of it only
/// when it may see every fact, event, document and scheme that the predicate names, and the predicate asks nothing whose answer rests on
/// what the service may not see.
/// </summary>
internal sealed partial class FindingSight
{
    // What a predicate may ask when its answer goes to a service outside: functions of days and numbers, and of items that are themselves
    // checked. A function that is not here (hasCover, consent, referredToGgz …) reads across the domains.
    private static readonly HashSet<string> Open =
    [
        "some", "none", "count", "not", "active", "run", "overlap", "law", "svc", "kind", "need", "scheme", "group", "exclusive", "allowedPair",
        "days", "addMonths", "year", "coalesce", "size", "between", "known", "unknown", "isEmpty", "nonEmpty", "proven", "option", "par", "event", "latest",
        "latestEnd", "evidence", "provider", "hasRole", "partyOf", "roleOf", "serviceOf", "acknowledged", "ruleValid", "level", "or", "and", "in", "over",
    ];

    // Zvw may see all facts, provisions and events, so for it these read nothing more.
    private static readonly HashSet<string> OfInsuredCare =
    [
        "hbEligible", "designatedProfessions", "referrerAllowed", "referredToGgz", "requestsGgz", "secondTrajectory", "legitimateSecondTrajectory", "paymentEffect",
        "maxTariff", "heavier", "zvwCoverage", "zvwGgzCoverage", "leftListWithoutHelp", "waitsInCircle",
    ];

    private readonly Vocabulary vocabulary;
    private readonly DomainViews views;
    private readonly Dictionary<string, Reads> reads;

    public FindingSight(Vocabulary vocabulary, DomainViews views)
    {
        (this.vocabulary, this.views) = (vocabulary, views);
        reads = vocabulary.Flags.ToDictionary(flag => flag.Id, ReadsOf);
    }

    /// <summary>Whether the service may know, in this case.</summary>
    public bool Sees(string service, string flagId, Case whole)
    {
        if (service == Services.Casemanager)
        {
            return true;
        }

        if (!reads.TryGetValue(flagId, out var read))
        {
            return false; // A finding that the list no longer knows cannot be judged.
        }

        var seen = vocabulary.Visibility[service];
        return read.Functions.All(function => Open.Contains(function) || (service == Services.Zvw && OfInsuredCare.Contains(function)))
            && read.Facts.All(fact => views.Sees(service, fact, whole))
            && read.Events.All(type => ListVisibility.Allows(seen.Events, type))
            && read.Evidence.All(type => ListVisibility.Allows(seen.Evidence, type))
            && read.SchemeServices.All(of => ListVisibility.Allows(seen.Provisions, of))

            // An employer knows of what it must do itself: whatever speaks of provisions or parties at large says something of others.
            && (service != Services.Employer || (read.Facts.Count > 0 && read.SchemeServices.Count == 0 && !read.Functions.Overlaps(["some", "none", "count", "partyOf", "provider", "hasRole"])));
    }

    private Reads ReadsOf(Flag flag)
    {
        var predicate = flag.Predicate;
        var quoted = Quoted().Matches(predicate).Select(match => match.Groups[1].Value).ToList();
        return new(
            [.. Dotted().Matches(predicate).Select(match => vocabulary.FactById.GetValueOrDefault(match.Value)).OfType<FactDefinition>().Distinct()],
            [.. quoted.Where(vocabulary.EventTypes.Contains)],
            [.. quoted.Where(vocabulary.EvidenceTypes.Contains)],
            [.. quoted.SelectMany(SchemesNamed).Select(scheme => scheme.Service).Distinct()],
            [.. Called().Matches(predicate).Select(match => match.Groups[1].Value)]);
    }

    private IEnumerable<Scheme> SchemesNamed(string text) =>
        vocabulary.SchemeGroups.TryGetValue(text, out var group)
            ? vocabulary.Schemes.Values.Where(scheme => group.Contains(scheme.Id))
            : vocabulary.Schemes.Values.Where(scheme => vocabulary.Matches(text, scheme));

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)+")]
    private static partial Regex Dotted();

    [GeneratedRegex("([A-Za-z]+)\\s*\\(")]
    private static partial Regex Called();

    private sealed record Reads(
        IReadOnlyList<FactDefinition> Facts, IReadOnlyList<string> Events, IReadOnlyList<string> Evidence, IReadOnlyList<string> SchemeServices, HashSet<string> Functions);
}
