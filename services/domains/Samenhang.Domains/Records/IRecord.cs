namespace Samenhang.Domains.Records;

/// <summary>
/// Something that a domain keeps about a person for itself: a referral, an absence, a decision. A record lives in its own stream;
/// what it says about a case travels to the casemanager.
/// </summary>
public interface IRecord
{
    /// <summary>The kind, kebab-case, for ever: the first part of its stream and the name in errors.</summary>
    static abstract string Kind { get; }

    /// <summary>The id that the domain gave it: a UUIDv7, or one that follows from a name that others gave. Neither tells who it is about.</summary>
    string Id { get; }

    /// <summary>The name that this domain has for the case; null while it belongs to none: a domain also knows people for whom nobody opened a case.</summary>
    string? CasePseudonym { get; }

    /// <summary>The domain's own name for the person, by which its own systems ask: at an employer the personnel number; null where there is none. Never a BSN.</summary>
    string? OwnReference { get; }
}
