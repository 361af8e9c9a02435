using System.Net;
using System.Net.Sockets;
using Samenhang.Api.Hosting;
using Samenhang.Platform.Hosting;

namespace Samenhang.Host.Embedded;

/// <summary>On which ports of localhost the parts listen.</summary>
/// <param name="Of">Service, or "web", to port.</param>
/// <param name="Taken">The documented ports that another program holds.</param>
internal sealed record Ports(IReadOnlyDictionary<string, int> Of, IReadOnlyList<(string Part, int Port)> Taken)
{
    /// <summary>The part that is no service.</summary>
    public const string Web = "web";

    /// <summary>The documented ports; a free one for each that is taken, or for all when asked.</summary>
    public static Ports Choose(bool useDefaults)
    {
        var chosen = new Dictionary<string, int>();
        var taken = new List<(string, int)>();
        foreach (var part in ServiceNames.All.Append(Web))
        {
            var port = ServiceProcess.DefaultPorts[part];
            if (useDefaults && IsFree(port))
            {
                chosen[part] = port;
                continue;
            }

            if (useDefaults)
            {
                taken.Add((part, port));
            }

            chosen[part] = Free(chosen.Values);
        }

        return new Ports(chosen, taken);
    }

    private static int Free(IReadOnlyCollection<int> chosen)
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (!chosen.Contains(port) && !ServiceProcess.DefaultPorts.Values.Contains(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
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
