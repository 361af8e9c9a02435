using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Samenhang.Web.Tests.Degrading;

/// <summary>A way to a part of the system that a test shuts and opens: shut, the part is away for who goes this way, and for nobody else.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly Uri target;
    private readonly ConcurrentDictionary<TcpClient, byte> open = new();
    private readonly List<Task> work = [];
    private TcpListener? listener;

    private Gate(Uri target, int port) => (this.target, Address) = (target, new Uri($"http://localhost:{port}"));

    /// <summary>Where the way begins.</summary>
    public Uri Address { get; }

    /// <summary>An open gate before an address.</summary>
    public static Gate Before(Uri target)
    {
        var gate = new Gate(target, RunningSystem.FreePort());
        gate.Open();
        return gate;
    }

    /// <summary>Lets through.</summary>
    public void Open()
    {
        listener = new TcpListener(IPAddress.Loopback, Address.Port);
        listener.Start();
        work.Add(AcceptAsync(listener));
    }

    /// <summary>Breaks what goes through it, and lets nothing through until it is opened.</summary>
    public void Shut()
    {
        listener?.Stop();
        listener = null;
        foreach (var client in open.Keys)
        {
            client.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Shut();
        await Task.WhenAll(work);
    }

    private async Task AcceptAsync(TcpListener accepting)
    {
        var through = new List<Task>();
        try
        {
            while (true)
            {
                through.Add(PassAsync(await accepting.AcceptTcpClientAsync()));
            }
        }
        catch (Exception shut) when (shut is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The gate was shut.
        }

        await Task.WhenAll(through);
    }

    private async Task PassAsync(TcpClient from)
    {
        using var to = new TcpClient();
        open[from] = 0;
        open[to] = 0;
        try
        {
            await to.ConnectAsync(target.Host, target.Port);
            await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream()), to.GetStream().CopyToAsync(from.GetStream()));
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One side went away, or the gate was shut.
        }
        finally
        {
            open.TryRemove(from, out _);
            open.TryRemove(to, out _);
            from.Dispose();
        }
    }
}
