using Samenhang.Domains.Records;

namespace Samenhang.Gemeente.Clients;

/// <summary>What happened to the file of a client.</summary>
public abstract record ClientEvent(ClientFile After) : RecordEvent<ClientFile>(After)
{
    /// <summary>A need was reported.</summary>
    public sealed record NeedReported(ClientFile After) : ClientEvent(After);

    /// <summary>An investigation began.</summary>
    public sealed record InvestigationStarted(ClientFile After) : ClientEvent(After);

    /// <summary>An investigation was concluded.</summary>
    public sealed record InvestigationConcluded(ClientFile After) : ClientEvent(After);

    /// <summary>The client applied.</summary>
    public sealed record ApplicationMade(ClientFile After) : ClientEvent(After);

    /// <summary>The client withdrew an application.</summary>
    public sealed record ApplicationWithdrawn(ClientFile After) : ClientEvent(After);

    /// <summary>The term of a decision stands still.</summary>
    public sealed record TermSuspended(ClientFile After) : ClientEvent(After);

    /// <summary>The term of a decision goes on.</summary>
    public sealed record TermResumed(ClientFile After) : ClientEvent(After);

    /// <summary>The municipality decided.</summary>
    public sealed record ApplicationDecided(ClientFile After, string ApplicationId) : ClientEvent(After);

    /// <summary>A granted provision got another last day.</summary>
    public sealed record DecisionEnded(ClientFile After) : ClientEvent(After);

    /// <summary>An assignment message was recorded.</summary>
    public sealed record SupportAssigned(ClientFile After) : ClientEvent(After);

    /// <summary>A provider told a start or took one back.</summary>
    public sealed record StartTold(ClientFile After) : ClientEvent(After);

    /// <summary>A provider told a stop or took one back.</summary>
    public sealed record StopTold(ClientFile After) : ClientEvent(After);

    /// <summary>A return message came in.</summary>
    public sealed record MessageReturned(ClientFile After) : ClientEvent(After);

    /// <summary>A provider asked for something.</summary>
    public sealed record ProviderAsked(ClientFile After) : ClientEvent(After);

    /// <summary>The municipality answered a provider.</summary>
    public sealed record ProviderAnswered(ClientFile After) : ClientEvent(After);

    /// <summary>A provider claimed.</summary>
    public sealed record ClaimReceived(ClientFile After) : ClientEvent(After);

    /// <summary>The municipality answered a claim.</summary>
    public sealed record ClaimAnswered(ClientFile After) : ClientEvent(After);

    /// <summary>The file belongs to a case from now on.</summary>
    public sealed record CaseLinked(ClientFile After) : ClientEvent(After);

    /// <summary>Messages are held from now on.</summary>
    public sealed record SafetyBlockSet(ClientFile After) : ClientEvent(After);

    /// <summary>Messages go again.</summary>
    public sealed record SafetyBlockLifted(ClientFile After) : ClientEvent(After);
}
