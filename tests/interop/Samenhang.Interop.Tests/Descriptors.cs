using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Health.V1;

namespace Samenhang.Interop.Tests;

/// <summary>The schema as a file, for the clients that learn it that way.</summary>
internal static class Descriptors
{
    /// <summary>Writes these files and what they import, with health, reflection and the details of errors.</summary>
    public static Task WriteAsync(string path, params IEnumerable<FileDescriptor> files)
    {
        var set = new FileDescriptorSet();
        IEnumerable<FileDescriptor> ofEach =
        [
            HealthReflection.Descriptor, Grpc.Reflection.V1.ReflectionReflection.Descriptor, Grpc.Reflection.V1Alpha.ReflectionReflection.Descriptor,
            StatusReflection.Descriptor, ErrorDetailsReflection.Descriptor,
        ];
        foreach (var file in files.Concat(ofEach))
        {
            Add(set, file);
        }

        return File.WriteAllBytesAsync(path, set.ToByteArray());
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
