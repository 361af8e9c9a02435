using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Views;

/// <summary>
/// Keeps where the client is out of everything that leaves the case, while it must stay secret (<c>client.addressProtected</c>: the safety block of the
/// municipality, or what somebody recorded). The name of an organisation can be an address: that of a shelter, of a workplace, of a practice. Pure.
/// </summary>
public sealed class AddressProtection(Vocabulary vocabulary)
{
    /// <summary>What stands in the place of a name.</summary>
    public const string Shielded = "afgeschermd";

    private readonly FactDefinition isProtected = vocabulary.FactById["client.addressProtected"];

    /// <summary>Whether where the client is must stay secret.</summary>
    public bool Holds(Case whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        return whole.Facts[isProtected].Truth == Truth.True;
    }

    /// <summary>The case without the names of organisations, where they must stay secret. The same organisation has the same number, so that rules see who belongs together.</summary>
    public Case In(Case whole)
    {
        if (!Holds(whole))
        {
            return whole;
        }

        var names = whole.Parties.Select(party => party.Organisation).OfType<string>().Distinct().ToList();
        return whole with
        {
            Parties = [.. whole.Parties.Select(party => party with { Organisation = party.Organisation is { } name ? $"{Shielded} {names.IndexOf(name) + 1}" : null })],
        };
    }
}
