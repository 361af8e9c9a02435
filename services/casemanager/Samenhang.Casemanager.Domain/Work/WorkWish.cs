namespace Samenhang.Casemanager.Domain.Work;

/// <summary>What a person wants to do in the work of a case. A closed sum type.</summary>
public abstract record WorkWish
{
    private WorkWish()
    {
    }

    /// <summary>Makes a proposed action one of the work.</summary>
    /// <param name="Proposal">Its key.</param>
    /// <param name="Text">In other words; null = as proposed, in Dutch.</param>
    /// <param name="Owner">Somebody else; null = as proposed.</param>
    /// <param name="Due">Another day; null = as proposed.</param>
    public sealed record Accept(string Proposal, string? Text, string? Owner, DateOnly? Due) : WorkWish;

    /// <summary>Decides not to do what is proposed.</summary>
    public sealed record Decline(string Proposal, string Reason) : WorkWish;

    /// <summary>Adds a piece of work.</summary>
    public sealed record Add(WorkContent Content) : WorkWish;

    /// <summary>Writes a piece of work anew.</summary>
    /// <param name="ItemId">Which.</param>
    /// <param name="SeenVersion">The version of it that the person saw.</param>
    /// <param name="Content">What it is to say, of the same kind.</param>
    public sealed record Change(string ItemId, int SeenVersion, WorkContent Content) : WorkWish;

    /// <summary>Makes a party the one who coordinates the whole; whoever did so before does no more.</summary>
    /// <param name="PartyId">The party.</param>
    /// <param name="Seen">The coordinator that the person saw, empty for none; null = whoever it is.</param>
    public sealed record AppointCoordinator(string PartyId, string? Seen) : WorkWish;

    /// <summary>Makes a party the director of a trajectory; whoever did so before does no more.</summary>
    /// <param name="ProvisionId">The trajectory.</param>
    /// <param name="PartyId">The party.</param>
    /// <param name="Seen">The director that the person saw, empty for none; null = whoever it is.</param>
    public sealed record AppointDirector(string ProvisionId, string PartyId, string? Seen) : WorkWish;
}
