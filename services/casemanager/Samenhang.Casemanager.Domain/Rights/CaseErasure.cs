namespace Samenhang.Casemanager.Domain.Rights;

/// <summary>Why somebody's data are erased: AVG, article 17, first paragraph.</summary>
public enum ErasureGround
{
    /// <summary>They are not needed any more for what they were gathered for (a).</summary>
    NotNeeded,

    /// <summary>The person withdrew the consent, and there is no other ground (b).</summary>
    ConsentWithdrawn,

    /// <summary>The person objected, and nothing outweighs that (c).</summary>
    Objection,

    /// <summary>They were used unlawfully (d).</summary>
    UnlawfulUse,

    /// <summary>A law says so (e).</summary>
    LegalDuty,
}

/// <summary>Something that happened after a case was erased. A stream of its own: that of the case says nothing any more.</summary>
public abstract record ErasureChange
{
    private protected ErasureChange()
    {
    }
}

/// <summary>A case was erased: the account that must be given of it.</summary>
/// <param name="Ground">Why, as the law names it.</param>
/// <param name="Reason">Why, in the words of who did it; nothing of the person stands in it.</param>
/// <param name="By">Who did it: a role.</param>
/// <param name="Subject">Who did it, as the issuer gives it.</param>
/// <param name="At">When.</param>
/// <param name="Told">The subscriptions that were told anything of the case.</param>
public sealed record CaseErased(ErasureGround Ground, string Reason, string By, string Subject, DateTimeOffset At, IReadOnlyList<string> Told) : ErasureChange;

/// <summary>A domain was asked to erase what it holds of the case.</summary>
/// <param name="Service">The domain.</param>
public sealed record DomainAskedToErase(string Service) : ErasureChange;

/// <summary>What the stream of an erasure says.</summary>
/// <param name="Erased">The erasure; null = everything that must follow is still to be done.</param>
public sealed record ErasureState(CaseErased? Erased)
{
    /// <summary>Nothing was erased, as far as this stream knows.</summary>
    public static ErasureState None { get; } = new((CaseErased?)null);

    /// <summary>The state after one more change.</summary>
    public static ErasureState Evolve(ErasureState state, ErasureChange change) => change switch
    {
        CaseErased erased => new(erased),
        DomainAskedToErase => state,
        _ => throw new InvalidOperationException($"{change?.GetType().Name} is no change of an erasure."),
    };

    /// <summary>What follows a case that was erased; nothing when it was done.</summary>
    public IReadOnlyList<ErasureChange> Follow(CaseErased erased, IEnumerable<string> domains) =>
        Erased is null ? [erased, .. domains.Select(domain => new DomainAskedToErase(domain))] : [];
}
