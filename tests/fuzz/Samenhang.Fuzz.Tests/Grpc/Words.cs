using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Samenhang.Fuzz.Tests.Grpc;

/// <summary>
/// What was read in requests and replies, by the name of its field: the ids, codes and versions by which a later request finds something.
/// Bounded: what comes later takes the place of something.
/// </summary>
internal sealed class Words
{
    private const int MostOfAName = 64;

    private readonly ConcurrentDictionary<string, object[]> known = new();

    /// <summary>Remembers the texts and numbers of a message.</summary>
    public void Learn(IMessage message, Random random)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsMap)
            {
                continue;
            }

            var value = field.Accessor.GetValue(message);
            foreach (var item in field.IsRepeated ? ((IList)value).Cast<object?>().Take(8) : [value])
            {
                switch (item)
                {
                    case IMessage part:
                        Learn(part, random);
                        break;
                    case string { Length: > 0 and < 200 } or int or long:
                        Keep(field.Name, item, random);
                        break;
                }
            }
        }
    }

    /// <summary>A value that stood in a field of this name, or in one that means the same: <c>absence_id</c> for <c>id</c> of an absence.</summary>
    public object? For(FieldDescriptor field, Random random)
    {
        var name = field.Name is "id" ? $"{LastWord(field.ContainingType.Name)}_id" : field.Name;
        return (known.TryGetValue(name, out var values) || known.TryGetValue(field.Name, out values)) && values[random.Next(values.Length)] is { } value ? value : null;
    }

    private static string LastWord(string name) => string.Concat(name.Skip(name.ToList().FindLastIndex(char.IsUpper))).ToLowerInvariant();

    private void Keep(string name, object value, Random random)
        => known.AddOrUpdate(
            name,
            _ => [value],
            (_, values) =>
            {
                if (values.Contains(value))
                {
                    return values;
                }

                if (values.Length < MostOfAName)
                {
                    return [.. values, value];
                }

                var copy = (object[])values.Clone();
                copy[random.Next(copy.Length)] = value;
                return copy;
            });
}
