using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;

namespace Samenhang.Casemanager.Questions;

/// <summary>gRPC connections to the domains, one for each address, kept open.</summary>
public sealed class DomainChannels(IServiceDirectory directory) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Uri, GrpcChannel> channels = [];
    private readonly Lock turn = new();
    private uint next;

    /// <summary>A connection to a service; an error when nobody knows where it lives.</summary>
    public async Task<Result<CallInvoker>> FindAsync(string service, CancellationToken cancellationToken)
    {
        var addresses = await directory.FindAsync(service, cancellationToken);
        if (addresses.Count == 0)
        {
            return new Error.Unavailable(service, RetryAfter);
        }

        lock (turn)
        {
            // Replicas take turns.
            var address = addresses[(int)(next++ % (uint)addresses.Count)];
            if (!channels.TryGetValue(address, out var channel))
            {
                channels[address] = channel = GrpcChannel.ForAddress(address);
            }

            return channel.CreateCallInvoker();
        }
    }

    /// <summary>The error for a call that failed: a domain that does not answer is no bug of ours.</summary>
    public static Error.Unavailable Unavailable(string service) => new(service, RetryAfter);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var channel in channels.Values)
        {
            channel.Dispose();
        }
    }
}
