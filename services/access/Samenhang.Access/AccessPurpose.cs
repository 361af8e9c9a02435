namespace Samenhang.Access;

/// <summary>A text in two languages.</summary>
/// <param name="Nl">Dutch.</param>
/// <param name="En">English.</param>
public sealed record Wording(string Nl, string En);

/// <summary>What personal data may be used for. A closed list: what is not on it is no purpose.</summary>
/// <param name="Id">The code, as in metadata <c>x-doelbinding</c>.</param>
/// <param name="Roles">Whose purpose it is.</param>
/// <param name="Grounds">The grounds on which it can rest.</param>
/// <param name="Title">What it is.</param>
/// <param name="Source">The law that gives it.</param>
/// <param name="IsEmergency">Whether it passes over the rules of a normal day: it wants a reason, and every use is looked at afterwards.</param>
public sealed record AccessPurpose(string Id, IReadOnlyList<CallerRole> Roles, IReadOnlyList<LegalGround> Grounds, Wording Title, string Source, bool IsEmergency);
