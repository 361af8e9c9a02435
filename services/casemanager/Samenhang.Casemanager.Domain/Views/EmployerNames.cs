using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Views;

/// <summary>
/// The names that the employer's side has for the items of a case. The ids of needs, provisions and parties are chosen by whoever recorded them, and
/// an id can say what no employer may know. So each becomes a keyed name, and what the employer says of a name is read back. Pure but for the key.
/// </summary>
/// <param name="nameOf">The keyed name of an item of this case: the same each time, and nobody without the key finds the id.</param>
public sealed class EmployerNames(Func<string, string> nameOf)
{
    /// <summary>The view of the employer under these names.</summary>
    public Case In(Case view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var parties = view.Parties.Select(party => party.Id).ToHashSet();
        string? Who(string? who) => who is not null && parties.Contains(who) ? nameOf(who) : who; // Else a role or a service.
        return view with
        {
            Needs = [.. view.Needs.Select(need => need with { Id = nameOf(need.Id) })],
            Provisions = [.. view.Provisions.Select(p => p with { Id = nameOf(p.Id), NeedIds = [.. p.NeedIds.Select(nameOf)], ProviderId = Who(p.ProviderId) })],
            Parties = [.. view.Parties.Select(party => party with { Id = nameOf(party.Id), ProvisionIds = [.. party.ProvisionIds.Select(nameOf)] })],
            Events = [.. view.Events.Select(e => e with
            {
                Party = Named(e.Party), Provision = Named(e.Provision), Need = Named(e.Need), From = Who(e.From), To = Who(e.To), AcknowledgedBy = Who(e.AcknowledgedBy),
            })],
        };
    }

    /// <summary>What the employer sees of a case and its plan under these names.</summary>
    public SeenCase In(SeenCase seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var parties = seen.View.Parties.Select(party => party.Id).ToHashSet();
        string Who(string who) => parties.Contains(who) ? nameOf(who) : who;
        return new SeenCase(
            In(seen.View),
            [.. seen.Coverage.Select(row => row with { NeedId = nameOf(row.NeedId) })],
            [.. seen.Findings.Select(finding => finding with { NeedId = Named(finding.NeedId), ProvisionId = Named(finding.ProvisionId), PartyId = Named(finding.PartyId) })],
            [.. seen.Deadlines.Select(term => term with { ItemId = Named(term.ItemId), Owner = Who(term.Owner) })],
            [.. seen.Questions.Select(question => question with { NeedIds = [.. question.NeedIds.Select(nameOf)], AskedOf = Who(question.AskedOf) })]);
    }

    /// <summary>The name of an item.</summary>
    public string Of(string id) => nameOf(id);

    /// <summary>Reads names back.</summary>
    /// <param name="ids">The ids of the case that can be meant.</param>
    public IdsOfEmployer Back(IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return new(ids.Distinct().ToDictionary(nameOf));
    }

    private string? Named(string? id) => id is null ? null : nameOf(id);
}

/// <summary>
/// The ids behind the names that the employer's side uses. A name that is none of ours is an id of the employer's own (or of before the names), and
/// stays as it is.
/// </summary>
public sealed class IdsOfEmployer
{
    private readonly Dictionary<string, string> idOf;

    internal IdsOfEmployer(Dictionary<string, string> idOf) => this.idOf = idOf;

    /// <summary>The id.</summary>
    public string Of(string name) => idOf.GetValueOrDefault(name, name);

    /// <summary>An answer about the needs themselves.</summary>
    public IReadOnlyList<Coverage> In(IReadOnlyList<Coverage> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return [.. rows.Select(row => row with { NeedId = Of(row.NeedId) })];
    }
}
