using Grpc.Core;
using Samenhang.Protos.Types;
using Samenhang.Protos.Uwv.V1;
using Samenhang.Uwv;

namespace Samenhang.Domains.Tests;

/// <summary>UWV alone: it keeps registrations for IPS.</summary>
public sealed class UwvIpsTests
{
    [Fact]
    public async Task A_registration_is_withdrawn_once_and_not_before_it_was_made()
    {
        await using var service = await DomainProcess.StartAsync("uwv", builder => builder.AddUwv(), app => app.MapUwv());
        var ips = new IpsService.IpsServiceClient(service.Channel);

        var made = (await ips.RegisterForIpsAsync(new RegisterForIpsRequest { RequestId = "r1", CasePseudonym = "c1", RegisteredOn = Day(5) })).Registration;
        await RefusedAsync(StatusCode.FailedPrecondition, ips.WithdrawRegistrationAsync(new WithdrawRegistrationRequest { RequestId = "r2", RegistrationId = made.RegistrationId, WithdrawnOn = Day(4) }));
        var withdrawn = (await ips.WithdrawRegistrationAsync(new WithdrawRegistrationRequest { RequestId = "r3", RegistrationId = made.RegistrationId, WithdrawnOn = Day(9) })).Registration;
        await RefusedAsync(StatusCode.FailedPrecondition, ips.WithdrawRegistrationAsync(new WithdrawRegistrationRequest { RequestId = "r4", RegistrationId = made.RegistrationId, WithdrawnOn = Day(9) }));
        await RefusedAsync(StatusCode.InvalidArgument, ips.RegisterForIpsAsync(new RegisterForIpsRequest()));

        Assert.Equal((Day(5), null, 1L), (made.RegisteredOn, made.WithdrawnOn, made.Version));
        Assert.Equal((Day(9), 2L), (withdrawn.WithdrawnOn, withdrawn.Version));
        Assert.Equal([withdrawn], (await ips.ListIpsRegistrationsAsync(new ListIpsRegistrationsRequest { CasePseudonym = "c1" })).Registrations);
        Assert.Equal(withdrawn, (await ips.GetIpsRegistrationAsync(new GetIpsRegistrationRequest { RegistrationId = made.RegistrationId })).Registration);
        service.Log.HasNoErrors();
    }

    private static Date Day(int day) => new() { Year = 2016, Month = 9, Day = day };

    private static async Task RefusedAsync<T>(StatusCode code, AsyncUnaryCall<T> call) => Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
}
