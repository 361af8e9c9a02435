using System.Text.Json.Serialization;
using Samenhang.Domains.Records;
using Samenhang.Messages.Cases;
using Samenhang.Platform.Errors;
using Samenhang.Uwv.Records;

namespace Samenhang.Uwv.Ips;

/// <summary>A client registered with UWV for IPS.</summary>
public sealed record IpsRegistration : IRecord
{
    /// <inheritdoc/>
    public static string Kind => "ips-registration";

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string? CasePseudonym { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string? OwnReference => null;

    /// <summary>The day of the registration.</summary>
    public required DateOnly RegisteredOn { get; init; }

    /// <summary>The day of the withdrawal, or null.</summary>
    public DateOnly? WithdrawnOn { get; init; }
}

/// <summary>What happened to a registration.</summary>
public abstract record IpsRegistrationEvent(IpsRegistration After) : RecordEvent<IpsRegistration>(After)
{
    /// <summary>The client was registered.</summary>
    public sealed record Registered(IpsRegistration After) : IpsRegistrationEvent(After);

    /// <summary>It was withdrawn.</summary>
    public sealed record Withdrawn(IpsRegistration After) : IpsRegistrationEvent(After);
}

/// <summary>What may happen to a registration, and when. Pure.</summary>
public static class IpsDecisions
{
    /// <summary>Withdraws it.</summary>
    public static Result<IpsRegistrationEvent> Withdraw(IpsRegistration current, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(current);
        var name = $"ips-registration/{current.Id}";
        return current.WithdrawnOn is not null ? Forbidden.Because("REGISTRATION_WITHDRAWN", name, "Deze aanmelding is al ingetrokken.", "This registration was withdrawn already.")
            : on < current.RegisteredOn ? Forbidden.TooEarly(name, current.RegisteredOn)
            : new IpsRegistrationEvent.Withdrawn(current with { WithdrawnOn = on });
    }
}

/// <summary>What a registration says about its case.</summary>
internal static class IpsNews
{
    /// <summary>Who pays is not said: a registration is no subsidy.</summary>
    public static CaseNews Of(IpsRegistrationEvent happened)
    {
        var registration = happened.After;
        return new CaseNews
        {
            Facts = registration.WithdrawnOn is null
                ? [Said.Fact("ips.registeredOn", registration.RegisteredOn)]
                : [Said.Unknown("ips.registeredOn")],
            Events = happened is IpsRegistrationEvent.Registered ? [Said.Event("ips-registered", registration.RegisteredOn)] : [],
        };
    }
}
