using System.Collections.Concurrent;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Platform.Hosting;

namespace Samenhang.WholeSystem.Tests.Leaks;

/// <summary>Keeps every byte that comes to the employer or goes from it: bus messages, gRPC requests and answers, its store, the log.</summary>
internal sealed class EmployerCapture : Interceptor, IReceiveObserver
{
    private readonly ConcurrentQueue<(string Where, byte[] Bytes)> kept = new();

    /// <summary>How much was kept, by place.</summary>
    public IReadOnlyDictionary<string, (int Count, long Bytes)> Sizes =>
        kept.GroupBy(item => item.Where).ToDictionary(group => group.Key, group => (group.Count(), group.Sum(item => (long)item.Bytes.Length)));

    /// <summary>Everything so far.</summary>
    public IReadOnlyCollection<(string Where, byte[] Bytes)> Kept => kept;

    /// <summary>Takes in what the store has on disk, what it says with the seals off, and what the log says.</summary>
    public async Task TakeFilesAsync(IServiceProvider services, string folder, RecordedLog log)
    {
        foreach (var payload in await services.BytesAsync("employer"))
        {
            Keep("store", payload);
        }

        foreach (var file in Directory.EnumerateFiles(folder, "employer*", SearchOption.AllDirectories))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes);
            Keep("store", bytes.ToArray());
        }

        foreach (var line in log.Lines)
        {
            Keep("log", Encoding.UTF8.GetBytes($"{line.EventName} {line.Text} {line.Cause}"));
        }
    }

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(continuation);
        if (!context.Method.StartsWith("/samenhang.employer.", StringComparison.Ordinal))
        {
            return await continuation(request, context);
        }

        Keep("grpc request", ((IMessage)request!).ToByteArray());
        foreach (var header in context.RequestHeaders)
        {
            Keep("grpc request", header.IsBinary ? header.ValueBytes : Encoding.UTF8.GetBytes(header.Value));
        }

        try
        {
            var answer = await continuation(request, context);
            Keep("grpc answer", ((IMessage)answer!).ToByteArray());
            return answer;
        }
        catch (RpcException refused)
        {
            Keep("grpc answer", Encoding.UTF8.GetBytes(refused.ToString()));
            throw;
        }
    }

    Task IReceiveObserver.PreReceive(ReceiveContext context)
    {
        var bytes = context.Body.GetBytes();
        var queue = context.InputAddress.AbsolutePath.TrimStart('/');
        if (queue.Contains(ServiceNames.QueueOf(ServiceNames.Employer), StringComparison.Ordinal))
        {
            Keep("bus, to the employer", bytes);
        }
        else if (Encoding.UTF8.GetString(bytes).Contains("urn:message:Samenhang.Messages.Employer:Employer", StringComparison.Ordinal))
        {
            Keep("bus, from the employer", bytes);
        }

        return Task.CompletedTask;
    }

    Task IReceiveObserver.PostReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) => Task.CompletedTask;

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;

    private void Keep(string where, byte[] bytes) => kept.Enqueue((where, bytes));
}
