using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Interop.Echo;
using EchoClient = Samenhang.Interop.Echo.V1.EchoService.EchoServiceClient;

namespace Samenhang.GrpcApi.Tests.Calls;

/// <summary>One echo host on the loopback, and clients of it.</summary>
public sealed class EchoFixture : IAsyncLifetime
{
    private EchoHost? _host;
    private GrpcChannel? _channel;

    public EchoHost Host => _host ?? throw new InvalidOperationException("The host was not started.");

    public GrpcChannel Channel => _channel ?? throw new InvalidOperationException("The channel was not made.");

    public EchoClient Client => new(Channel);

    /// <summary>No call of a test may take longer.</summary>
    public static CallOptions Bounded => new(deadline: TimeProvider.System.GetUtcNow().AddSeconds(20).UtcDateTime);

    public async Task InitializeAsync()
    {
        _host = await EchoHost.Start();
        _channel = GrpcChannel.ForAddress(_host.Address);
    }

    public async Task DisposeAsync()
    {
        _channel?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
