using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Views;

/// <summary>Whether a service may know that a term runs. That it runs tells what began it, so who may not know that may not know the term.</summary>
internal sealed class TermSight(Vocabulary vocabulary, DomainViews views)
{
    /// <summary>Whether the service may know, in this case.</summary>
    public bool Sees(string service, string term, Case whole)
    {
        if (service == Services.Casemanager)
        {
            return true;
        }

        if (vocabulary.Deadlines.FirstOrDefault(one => one.Id == term) is not { } known)
        {
            return false; // A term that the list no longer knows cannot be judged.
        }

        if (known.Follows is { } follows)
        {
            return Sees(service, follows.Deadline, whole);
        }

        var seen = vocabulary.Visibility[service];
        return (known.Trigger ?? "").Split(':') switch
        {
            ["event", var type] => ListVisibility.Allows(seen.Events, type),
            ["evidence", var type] => ListVisibility.Allows(seen.Evidence, type.Split(' ')[0]),
            ["provision", var day] => SchemesNamed(day[..day.LastIndexOf('.')]).All(scheme => ListVisibility.Allows(seen.Provisions, scheme.Service)),
            [var fact] => vocabulary.FactById.TryGetValue(fact, out var one) && views.Sees(service, one, whole),
            _ => false,
        };
    }

    private IEnumerable<Scheme> SchemesNamed(string name) =>
        name.StartsWith('@') ? vocabulary.Schemes.Values.Where(scheme => vocabulary.SchemeGroups[name[1..]].Contains(scheme.Id)) : [vocabulary.Schemes[name]];
}
