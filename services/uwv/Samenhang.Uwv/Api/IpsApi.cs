using Grpc.Core;
using Samenhang.Api;
using Samenhang.Domains;
using Samenhang.Domains.Records;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Uwv.V1;
using Samenhang.Uwv.Ips;
using IpsRegistration = Samenhang.Uwv.Ips.IpsRegistration;

namespace Samenhang.Uwv.Api;

/// <summary>The gRPC methods for registrations for IPS: parse, handle, reply.</summary>
public sealed class IpsApi(DomainRulebook<UwvDomain> rulebook, RecordDesk<UwvDomain, IpsRegistration, IpsRegistrationEvent> registrations, Days days) : IpsService.IpsServiceBase
{
    /// <inheritdoc/>
    public override async Task<RegisterForIpsResponse> RegisterForIps(RegisterForIpsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var pseudonym = reader.New(request.RequestId, request.CasePseudonym);
        var on = reader.Day("registered_on", request.RegisteredOn);
        reader.EnsureValid();
        return (await registrations.CreateAsync(
            RequestIdentity.Of(request.RequestId, request),
            id => new IpsRegistrationEvent.Registered(new IpsRegistration { Id = id, CasePseudonym = pseudonym, RegisteredOn = on }),
            (record, version) => new RegisterForIpsResponse { Registration = record.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<WithdrawRegistrationResponse> WithdrawRegistration(WithdrawRegistrationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, "registration_id", request.RegistrationId);
        var on = reader.Day("withdrawn_on", request.WithdrawnOn);
        reader.EnsureValid();
        return (await registrations.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            current => IpsDecisions.Withdraw(current, on),
            (record, version) => new WithdrawRegistrationResponse { Registration = record.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GetIpsRegistrationResponse> GetIpsRegistration(GetIpsRegistrationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (record, version) = (await registrations.FindAsync(request.RegistrationId, context.CancellationToken)).OrFail();
        return new GetIpsRegistrationResponse { Registration = record.ToWire(version) };
    }

    /// <inheritdoc/>
    public override async Task<ListIpsRegistrationsResponse> ListIpsRegistrations(ListIpsRegistrationsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var found = await registrations.OfCaseAsync(request.CasePseudonym, context.CancellationToken);
        return new ListIpsRegistrationsResponse { Registrations = { found.Select(item => item.Record.ToWire(item.Version)) } };
    }

    private UwvReader Reader() => new(rulebook.Vocabulary, days);
}
