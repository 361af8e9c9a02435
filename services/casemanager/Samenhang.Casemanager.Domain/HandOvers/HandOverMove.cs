namespace Samenhang.Casemanager.Domain.HandOvers;

/// <summary>What somebody wants to do with a hand-over. A closed sum type.</summary>
public abstract record HandOverMove
{
    private HandOverMove()
    {
    }

    /// <summary>Offers needs to another.</summary>
    public sealed record Offer : HandOverMove
    {
        /// <summary>Who hands over: a party id, role or service.</summary>
        public required string From { get; init; }

        /// <summary>Who receives: a party id, role or service.</summary>
        public required string To { get; init; }

        /// <summary>What is handed over; at least one need of the case.</summary>
        public required IReadOnlyList<string> NeedIds { get; init; }

        /// <summary>The scheme under which the receiver would work; a provision is made for it unless one is named. Null = none.</summary>
        public string? Scheme { get; init; }

        /// <summary>The sender's provision; null = the one on which the sender works, when there is just one.</summary>
        public string? FromProvision { get; init; }

        /// <summary>The receiver's provision, when the case has it already.</summary>
        public string? ToProvision { get; init; }

        /// <summary>The categories of data that go along; none is allowed.</summary>
        public IReadOnlyList<string> Shares { get; init; } = [];

        /// <summary>Whom the client calls until the receiver has started, or null.</summary>
        public string? ContinuityContact { get; init; }

        /// <summary>What the receiver must know about the offer, or null.</summary>
        public string? Text { get; init; }
    }

    /// <summary>The receiver takes the needs over.</summary>
    /// <param name="Id">The hand-over.</param>
    /// <param name="Text">A note, or null.</param>
    /// <param name="ToProvision">The provision by which the receiver's domain knows it, in place of the one that was made with the offer; null = as it was.</param>
    public sealed record Accept(string Id, string? Text, string? ToProvision = null) : HandOverMove;

    /// <summary>The receiver does not take the needs over.</summary>
    /// <param name="Id">The hand-over.</param>
    /// <param name="Reason">A code of prov.refusalReason, but not the client's own no.</param>
    /// <param name="Text">The reason in words; must be given when the code is "other".</param>
    public sealed record Decline(string Id, string Reason, string? Text) : HandOverMove;

    /// <summary>The receiver must know more before it can answer.</summary>
    public sealed record Ask(string Id, string Question) : HandOverMove;

    /// <summary>The sender answers, and offers again.</summary>
    /// <param name="Id">The hand-over.</param>
    /// <param name="Text">The answer; no medical content: that goes from one to the other.</param>
    /// <param name="Shares">The categories of data that go along with the answer.</param>
    public sealed record Inform(string Id, string Text, IReadOnlyList<string> Shares) : HandOverMove;

    /// <summary>The receiver has started.</summary>
    /// <param name="Id">The hand-over.</param>
    /// <param name="ContinuityContact">Whom the client calls; null = as it was.</param>
    /// <param name="TalkedOn">The day on which sender and receiver spoke together; null = as it was.</param>
    /// <param name="ToProvision">As at <see cref="Accept"/>.</param>
    public sealed record Start(string Id, string? ContinuityContact, DateOnly? TalkedOn, string? ToProvision = null) : HandOverMove;

    /// <summary>The hand-over is done: the receiver works, the sender is no longer needed for these needs.</summary>
    /// <param name="Id">The hand-over.</param>
    /// <param name="SenderStops">Whether the sender's provision ends with it.</param>
    /// <param name="TalkedOn">The day on which sender and receiver spoke together; null = as it was.</param>
    /// <param name="Text">A note, or null.</param>
    public sealed record Complete(string Id, bool SenderStops, DateOnly? TalkedOn, string? Text) : HandOverMove;

    /// <summary>The client does not want what was offered: a legitimate end.</summary>
    public sealed record ClientDeclines(string Id, string? Text) : HandOverMove;

    /// <summary>The sender takes the offer back.</summary>
    public sealed record Withdraw(string Id, string? Text) : HandOverMove;
}
