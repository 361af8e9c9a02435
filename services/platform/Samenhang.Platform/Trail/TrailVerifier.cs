namespace Samenhang.Platform.Trail;

/// <summary>What is wrong with a chain.</summary>
public enum TrailFaultKind
{
    /// <summary>The line is not as it was written.</summary>
    Altered,

    /// <summary>Lines are not there, and nothing says that they were removed in their time.</summary>
    Missing,

    /// <summary>The line was written with another number.</summary>
    Moved,

    /// <summary>The chain ends before it should.</summary>
    CutOff,

    /// <summary>The chain ends in another line than the store says.</summary>
    AnotherHead,

    /// <summary>The line is another one than an earlier look saw.</summary>
    NotAsSeen,
}

/// <summary>One fault and its place.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Number">The line.</param>
/// <param name="Other">The last line of those that are missing, or the number with which a moved one was written; null = none.</param>
public sealed record TrailFault(TrailFaultKind Kind, long Number, long? Other = null);

/// <summary>What a look at a whole chain found.</summary>
/// <param name="First">The number of the oldest line that is kept; 0 = there is none.</param>
/// <param name="Lines">How many were read.</param>
/// <param name="Head">Where the chain ends.</param>
/// <param name="Faults">What is wrong, the oldest first; empty = nothing.</param>
/// <param name="MoreFaults">Whether there are more than are told.</param>
public sealed record TrailReport(long First, long Lines, TrailHead Head, IReadOnlyList<TrailFault> Faults, bool MoreFaults)
{
    /// <summary>Whether every line is as it was written, in its place.</summary>
    public bool IsRight => Faults.Count == 0;
}

/// <summary>Looks at every line of a trail.</summary>
public sealed class TrailVerifier
{
    private const int PageSize = 1000;
    private const int MostFaults = 20;

    // How far from its place a line is sought that could have been moved there.
    private const int Reach = 10_000;

    private readonly TrailHead? _seen;
    private readonly List<TrailFault> _faults = [];
    private bool _more;
    private long _first;
    private long _lines;
    private long _expected = 1;
    private byte[]? _link = TrailChain.Beginning; // The hash that the next line must hold; null = not known.

    private TrailVerifier(TrailHead? seen) => _seen = seen;

    /// <summary>Reads the whole chain and judges it.</summary>
    /// <param name="trail">The trail.</param>
    /// <param name="seen">Where an earlier look found its end; null = there was none. Without it, lines that are cut off at the end together with the head are not missed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task<TrailReport> VerifyAsync(ITrailReader trail, TrailHead? seen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trail);
        return trail.ReadAsync((snapshot, cancel) => new TrailVerifier(seen).VerifyAsync(snapshot, cancel), cancellationToken);
    }

    private async Task<TrailReport> VerifyAsync(TrailSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (await snapshot.CheckpointAsync(cancellationToken) is { } told && TrailHead.TryParse(told, out var forgotten))
        {
            // The line that says so is one of the chain and is judged with it.
            (_expected, _link) = (forgotten!.Number + 1, forgotten.Hash.ToArray());
            CompareWithSeen(forgotten.Number, _link);
        }

        var last = new TrailHead(_expected - 1, _link);
        var isOwn = true;
        while (await snapshot.PageAsync(last.Number, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var line in page)
            {
                isOwn = Judge(line);
                last = new TrailHead(line.Number, line.Hash);
            }
        }

        var head = await snapshot.HeadAsync(cancellationToken);
        if (head is not null && head.Number > last.Number)
        {
            Add(new(TrailFaultKind.CutOff, last.Number + 1, head.Number));
        }
        else if (head is null || head.Number < last.Number || (isOwn && !head.Hash.Span.SequenceEqual(last.Hash.Span)))
        {
            Add(new(TrailFaultKind.AnotherHead, last.Number));
        }

        if (_seen is not null && _seen.Number > last.Number && !_faults.Exists(fault => fault.Kind == TrailFaultKind.CutOff))
        {
            Add(new(TrailFaultKind.CutOff, last.Number + 1, _seen.Number));
        }

        return new(_first, _lines, last, [.. _faults.OrderBy(fault => fault.Number)], _more);
    }

    /// <returns>Whether the line is as it was written, as far as it tells by itself.</returns>
    private bool Judge(StoredLine line)
    {
        _first = _first == 0 ? line.Number : _first;
        _lines++;
        if (line.Number > _expected)
        {
            Add(new(TrailFaultKind.Missing, _expected, line.Number - 1));
            _link = null;
        }

        CompareWithSeen(line.Number, line.Hash);
        var body = TrailChain.BodyOf(line.Fields);
        var isOwn = IsWrittenAs(line, line.Number, body);
        if (!isOwn)
        {
            Add(WrittenAs(line, body) is { } other ? new(TrailFaultKind.Moved, line.Number, other) : new(TrailFaultKind.Altered, line.Number));
        }
        else if (_link is not null && !line.Previous.AsSpan().SequenceEqual(_link))
        {
            // This line still tells the hash of the one before it: that one was written anew with a hash that fits.
            Add(new(TrailFaultKind.Altered, Math.Max(line.Number - 1, _first)));
        }

        // What is known to be wrong is told once: its hash says nothing of the next line.
        _link = isOwn ? line.Hash : null;
        _expected = line.Number + 1;
        return isOwn;
    }

    private void CompareWithSeen(long number, byte[] hash)
    {
        if (_seen is not null && _seen.Number == number && !_seen.Hash.Span.SequenceEqual(hash))
        {
            Add(new(TrailFaultKind.NotAsSeen, number));
        }
    }

    private static bool IsWrittenAs(StoredLine line, long number, byte[] body) =>
        line.Fields[0] == TrailFields.Format && TrailChain.HashOf(line.Previous, number, body).AsSpan().SequenceEqual(line.Hash);

    /// <summary>The number with which a line was written, near to the one it has; null = none, so the line itself is altered.</summary>
    private static long? WrittenAs(StoredLine line, byte[] body)
    {
        for (var distance = 1; distance <= Reach; distance++)
        {
            if (IsWrittenAs(line, line.Number - distance, body))
            {
                return line.Number - distance;
            }

            if (IsWrittenAs(line, line.Number + distance, body))
            {
                return line.Number + distance;
            }
        }

        return null;
    }

    private void Add(TrailFault fault)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(fault);
        }
        else
        {
            _more = true;
        }
    }
}
