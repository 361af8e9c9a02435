using Google.Protobuf.Reflection;
using Google.Rpc;

namespace Samenhang.Platform.Grpc.Reflection;

/// <summary>
/// The proto files behind the served services, found by name, symbol or extension. The details of errors (<c>google.rpc</c>) are among
/// them, so that a client without a schema can read why a call failed.
/// </summary>
internal sealed class ReflectedFiles
{
    private readonly Lazy<Index> _index;

    public ReflectedFiles(ServedServices services) => _index = new Lazy<Index>(() => new Index(
        [.. services.All.Select(service => service.File), ErrorDetailsReflection.Descriptor, StatusReflection.Descriptor]));

    public FileDescriptor? ByName(string name) => _index.Value.Files.GetValueOrDefault(name);

    public FileDescriptor? BySymbol(string symbol) => _index.Value.Symbols.GetValueOrDefault(symbol);

    public FileDescriptor? ByExtension(string type, int number) =>
        _index.Value.Extensions.GetValueOrDefault(type)?.GetValueOrDefault(number);

    /// <summary>The numbers of the known extensions of a message, in order; null when the message itself is not known.</summary>
    public IReadOnlyCollection<int>? ExtensionNumbers(string type) =>
        _index.Value.Extensions.TryGetValue(type, out var numbers) ? numbers.Keys
        : _index.Value.Messages.Contains(type) ? []
        : null;

    private sealed class Index
    {
        public Index(IEnumerable<FileDescriptor> roots)
        {
            foreach (var root in roots)
            {
                Add(root);
            }
        }

        public Dictionary<string, FileDescriptor> Files { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, FileDescriptor> Symbols { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Messages { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, SortedDictionary<int, FileDescriptor>> Extensions { get; } = new(StringComparer.Ordinal);

        private void Add(FileDescriptor file)
        {
            if (!Files.TryAdd(file.Name, file))
            {
                return;
            }

            foreach (var dependency in file.Dependencies)
            {
                Add(dependency);
            }

            foreach (var service in file.Services)
            {
                Symbols[service.FullName] = file;
                foreach (var method in service.Methods)
                {
                    Symbols[method.FullName] = file;
                }
            }

            foreach (var message in file.MessageTypes)
            {
                Add(message);
            }

            foreach (var enumeration in file.EnumTypes)
            {
                Add(enumeration);
            }

            foreach (var extension in file.Extensions.UnorderedExtensions)
            {
                AddExtension(extension);
            }
        }

        private void Add(MessageDescriptor message)
        {
            Symbols[message.FullName] = message.File;
            Messages.Add(message.FullName);
            foreach (var field in message.Fields.InDeclarationOrder())
            {
                Symbols[field.FullName] = message.File;
            }

            foreach (var oneof in message.Oneofs)
            {
                Symbols[oneof.FullName] = message.File;
            }

            foreach (var nested in message.NestedTypes)
            {
                Add(nested);
            }

            foreach (var enumeration in message.EnumTypes)
            {
                Add(enumeration);
            }

            foreach (var extension in message.Extensions.UnorderedExtensions)
            {
                AddExtension(extension);
            }
        }

        private void Add(EnumDescriptor enumeration)
        {
            Symbols[enumeration.FullName] = enumeration.File;

            // Values stand beside their enum, not within it: package.VALUE.
            var scope = enumeration.FullName[..^enumeration.Name.Length];
            foreach (var value in enumeration.Values)
            {
                Symbols[scope + value.Name] = enumeration.File;
            }
        }

        private void AddExtension(FieldDescriptor extension)
        {
            Symbols[extension.FullName] = extension.File;
            var type = extension.ExtendeeType.FullName;
            if (!Extensions.TryGetValue(type, out var numbers))
            {
                Extensions[type] = numbers = [];
            }

            numbers[extension.FieldNumber] = extension.File;
        }
    }
}
