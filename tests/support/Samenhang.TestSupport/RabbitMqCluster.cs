using System.Globalization;
using Xunit;

namespace Samenhang.TestSupport;

/// <summary>Three brokers on this machine that are one cluster; each can be killed and started again by itself.</summary>
public sealed class RabbitMqCluster : IAsyncLifetime, IAsyncDisposable
{
    private readonly List<RabbitMqBroker> _nodes = [];

    /// <summary>The nodes; the first is the one that the others joined.</summary>
    public IReadOnlyList<RabbitMqBroker> Nodes => _nodes;

    /// <summary>The settings that point a Samenhang host to all nodes.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Samenhang:Transport"] = "RabbitMq",
        ["Samenhang:RabbitMq:Nodes"] = string.Join(',', _nodes.Select(node => $"127.0.0.1:{node.Port.ToString(CultureInfo.InvariantCulture)}")),
    };

    /// <summary>Starts three nodes and joins them.</summary>
    public async Task InitializeAsync()
    {
        if (!RabbitMqBroker.IsPossible)
        {
            return; // As in RabbitMqBroker: the tests say so.
        }

        var first = new RabbitMqBroker();
        _nodes.Add(first);
        await first.InitializeAsync();
        _nodes.AddRange([new RabbitMqBroker(first), new RabbitMqBroker(first)]);
        foreach (var node in _nodes.Skip(1))
        {
            await node.InitializeAsync();
            await node.ControlAsync("stop_app");
            await node.ControlAsync("join_cluster", first.NodeName);
            await node.ControlAsync("start_app");
        }
    }

    /// <summary>Kills all and removes what they wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(_nodes))
        {
            await node.DisposeAsync();
        }
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
