using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Interop.Echo;

namespace Samenhang.Platform.Tests.Grpc;

/// <summary>An echo host of one test, with a channel to it and the errors that it logged.</summary>
internal sealed class EchoCalls : IAsyncDisposable
{
    private EchoCalls(EchoHost host, RecordedLog logs)
    {
        Host = host;
        Logs = logs;
        Channel = GrpcChannel.ForAddress(host.Address);
    }

    public EchoHost Host { get; }

    public RecordedLog Logs { get; }

    public GrpcChannel Channel { get; }

    /// <summary>No call of a test may take longer.</summary>
    public static CallOptions Bounded => new(deadline: TimeProvider.System.GetUtcNow().Add(Patience.Limit).UtcDateTime);

    public static async Task<EchoCalls> Start()
    {
        var logs = new RecordedLog();
        return new EchoCalls(await EchoHost.Start(logs), logs);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await Host.DisposeAsync();
    }
}
