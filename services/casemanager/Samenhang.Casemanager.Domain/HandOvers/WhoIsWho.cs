using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.HandOvers;

/// <summary>What the names of parties, roles and services in a case stand for, and which of them may give data to which.</summary>
internal sealed class WhoIsWho(Vocabulary vocabulary, CaseState state)
{
    /// <summary>The party with this id, or null.</summary>
    public PartyEntry? Party(string who) => state.Parties.FirstOrDefault(party => party.Id == who);

    /// <summary>Whether a name stands for somebody: a party of the case, a role or a service.</summary>
    public bool Knows(string who) => Party(who) is not null || vocabulary.PartyRoles.ContainsKey(who) || IsService(who);

    /// <summary>The role of a party or role; null of a service.</summary>
    public string? Role(string who) => Party(who)?.Role ?? (vocabulary.PartyRoles.ContainsKey(who) ? who : null);

    /// <summary>The service of a party, role or service; null when it belongs to none.</summary>
    public string? Service(string who) =>
        Party(who) is { } party ? party.Service ?? vocabulary.PartyRoles.GetValueOrDefault(party.Role)?.Service
        : vocabulary.PartyRoles.TryGetValue(who, out var role) ? role.Service
        : IsService(who) ? who : null;

    /// <summary>
    /// Whether a consent allows a category of data on a day. A consent may name the one who is asked for, its role or its service, or a party in
    /// the role that is asked for; as the vocabulary's consent(from, to, category, date).
    /// </summary>
    public bool MayGive(string from, string to, string category, DateOnly day) =>
        state.Consents.Any(consent => consent.Allows(category, day) && Names(from, consent.From) && Names(to, consent.To));

    private bool Names(string asked, string stated) => asked == stated || Role(asked) == stated || Service(asked) == stated || Role(stated) == asked;

    private static bool IsService(string who) => Services.Asked.Contains(who) || who == Services.Casemanager;
}
