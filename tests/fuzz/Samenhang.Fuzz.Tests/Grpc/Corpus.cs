using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Fuzz.Tests.Grpc;

/// <summary>Requests that were answered well, a few of each method: a change of one of them comes further than one made of nothing.</summary>
internal sealed class Corpus
{
    private const int MostOfAMethod = 32;

    private readonly ConcurrentDictionary<string, byte[][]> good = new();

    /// <summary>Begins with the case files of the repository.</summary>
    public static Corpus WithCaseFiles(Words words)
    {
        var corpus = new Corpus();
        var random = new Random(Sizes.Seed);
        foreach (var request in CaseFileRequests.Read(each: 10))
        {
            words.Learn(request, random);
            corpus.Keep(CasemanagerService.Descriptor.FindMethodByName("OpenCase"), request.ToByteArray(), random);
        }

        return corpus;
    }

    /// <summary>Keeps a request that was answered well. Of a stream that is a request that was not refused before the caller hung up: it may be no message.</summary>
    public void Keep(MethodDescriptor method, byte[] request, Random random)
    {
        if (IsMessage(method.InputType, request))
        {
            good.AddOrUpdate(method.FullName, _ => [request], (_, kept) => With(kept, request, random));
        }
    }

    private static bool IsMessage(MessageDescriptor type, byte[] request)
    {
        try
        {
            type.Parser.ParseFrom(request);
            return true;
        }
        catch (Exception cause) when (cause is InvalidProtocolBufferException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return false; // The others: the library reads past the end where the length of a message in the message is a lie.
        }
    }

    private static byte[][] With(byte[][] kept, byte[] request, Random random)
    {
        if (kept.Length < MostOfAMethod)
        {
            return [.. kept, request];
        }

        var copy = (byte[][])kept.Clone();
        copy[random.Next(copy.Length)] = request;
        return copy;
    }

    /// <summary>One of them, or null when there is none.</summary>
    public byte[]? Any(MethodDescriptor method, Random random) => good.TryGetValue(method.FullName, out var kept) ? kept[random.Next(kept.Length)] : null;

    /// <summary>The methods that answered well at least once.</summary>
    public IEnumerable<string> Methods => good.Keys;

    /// <summary>The bytes of all that is kept.</summary>
    public long Bytes => good.Values.Sum(kept => kept.Sum(request => (long)request.Length));
}
