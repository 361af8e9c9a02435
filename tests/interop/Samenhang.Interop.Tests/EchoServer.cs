using Samenhang.Interop.Echo;
using Samenhang.Interop.Echo.V1;

namespace Samenhang.Interop.Tests;

/// <summary>An echo host for the clients of others, and a file with the descriptors of all that it speaks.</summary>
public sealed class EchoServer : IAsyncLifetime
{
    private EchoHost? _host;

    public string Url => $"http://{Address}";

    /// <summary>Host and port.</summary>
    public string Address => _host?.Address.Authority ?? throw new InvalidOperationException("The host was not started.");

    public string DescriptorSet { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public async Task InitializeAsync()
    {
        _host = await EchoHost.Start();
        await Descriptors.WriteAsync(DescriptorSet, EchoReflection.Descriptor);
    }

    public async Task DisposeAsync()
    {
        File.Delete(DescriptorSet);
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
