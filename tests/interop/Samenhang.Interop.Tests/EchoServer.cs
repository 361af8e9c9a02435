using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Health.V1;
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
        var set = new FileDescriptorSet();
        Add(set, EchoReflection.Descriptor);
        Add(set, HealthReflection.Descriptor);
        Add(set, Grpc.Reflection.V1.ReflectionReflection.Descriptor);
        Add(set, Grpc.Reflection.V1Alpha.ReflectionReflection.Descriptor);
        Add(set, StatusReflection.Descriptor);
        Add(set, ErrorDetailsReflection.Descriptor);
        await File.WriteAllBytesAsync(DescriptorSet, set.ToByteArray());
    }

    public async Task DisposeAsync()
    {
        File.Delete(DescriptorSet);
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    private static void Add(FileDescriptorSet set, FileDescriptor file)
    {
        if (set.File.Any(known => known.Name == file.Name))
        {
            return;
        }

        foreach (var dependency in file.Dependencies)
        {
            Add(set, dependency);
        }

        set.File.Add(FileDescriptorProto.Parser.ParseFrom(file.SerializedData));
    }
}
