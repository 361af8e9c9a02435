using System.Net;
using System.Net.Sockets;

namespace Samenhang.Engines;

/// <summary>Ports of this machine that nobody listens on.</summary>
public sealed class FreePorts
{
    private readonly HashSet<int> _given = [];

    /// <summary>The wanted port, or a free one when it is taken. None is given twice.</summary>
    public int Take(int? wanted = null)
    {
        if (wanted is { } port && IsFree(port) && _given.Add(port))
        {
            return port;
        }

        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var free = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (_given.Add(free))
            {
                return free;
            }
        }
    }

    /// <summary>Whether nobody listens on a port.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
