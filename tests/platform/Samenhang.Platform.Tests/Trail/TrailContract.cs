using Samenhang.Platform.Store;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Tests.Trail;

/// <summary>What every trail promises; a class for each store runs it.</summary>
public abstract class TrailContract : IAsyncLifetime
{
    private protected static readonly CancellationToken None = CancellationToken.None;

    private static readonly DateTimeOffset Noon = new(2026, 3, 3, 12, 0, 0, 123, 456, TimeSpan.Zero);

    private IEventStore? _opened;

    private protected ITrailStore Trail => _opened!.Trail;

    public async Task InitializeAsync() => _opened = await OpenAsync();

    public async Task DisposeAsync() => await CloseAsync(_opened!);

    /// <summary>Each column with a byte of it changed.</summary>
    public static TheoryData<string> EachColumn() => [.. TrailFields.Columns, "number", "previous", "hash"];

    /// <summary>The store of this test; a second time another object on the same data, as a second process would have it.</summary>
    private protected abstract Task<IEventStore> OpenAsync();

    /// <summary>The trail as who only looks at it opens it.</summary>
    private protected abstract ITrailReader Look();

    /// <summary>Runs SQL on the data as somebody who owns them and has put the triggers out of use.</summary>
    private protected abstract Task TamperAsync(string sql);

    /// <summary>A little after what stands in <c>occurred_on</c>.</summary>
    private protected abstract string LaterMoment { get; }

    /// <summary>Bytes as this database writes them.</summary>
    private protected abstract string Literal(byte[] bytes);

    /// <summary>Tries to run SQL on the data with the triggers in place.</summary>
    private protected abstract Task RunAsync(string sql);

    private protected static async ValueTask CloseAsync(IEventStore store)
    {
        if (store is IAsyncDisposable later)
        {
            await later.DisposeAsync();
        }
        else
        {
            ((IDisposable)store).Dispose();
        }
    }

    [Fact]
    public async Task A_line_is_read_back_as_it_was_written()
    {
        var full = Full() with { Emergency = "Crisis; niemand van het team bereikbaar — zie dienstlijst" };
        var bare = new TrailLine
        {
            OccurredOn = Noon, Service = "zvw", Instance = "a/1", Method = "m/M", Action = TrailAction.Execute, Outcome = TrailOutcome.MajorFailure, Status = "Internal", Activity = "m",
        };

        await Trail.AppendAsync([full, bare], None);

        Assert.Equal(new NumberedTrailLine(1, full), await FindAsync(1));
        Assert.Equal(new NumberedTrailLine(2, bare), await FindAsync(2));
    }

    [Fact]
    public async Task An_empty_trail_and_one_with_many_lines_are_right()
    {
        Assert.Equal((0, 0, true), Told(await VerifyAsync()));

        await WriteAsync(2500); // More than the verification reads at once.

        var report = await VerifyAsync();
        Assert.Equal((2500, 1, true), Told(report));
        Assert.Equal(2500, report.Head.Number);
    }

    [Theory]
    [MemberData(nameof(EachColumn))]
    public async Task One_byte_altered_in_any_column_is_found_at_its_line(string column)
    {
        await WriteAsync(9);
        await TamperAsync($"UPDATE trail SET {column} = {await AlteredAsync(column, 5)} WHERE number = 5");

        var faults = (await VerifyAsync()).Faults;

        Assert.Contains(faults, fault => fault.Number == 5);
        if (column != "number")
        {
            Assert.Equal([new TrailFault(TrailFaultKind.Altered, 5)], faults);
        }
    }

    [Fact]
    public async Task A_field_that_was_empty_and_is_filled_is_found()
    {
        await Trail.AppendAsync([Full(), Full() with { Emergency = null }, Full()], None);
        await TamperAsync("UPDATE trail SET emergency = '' WHERE number = 2");

        Assert.Equal([new TrailFault(TrailFaultKind.Altered, 2)], (await VerifyAsync()).Faults);
    }

    [Fact]
    public async Task A_line_that_is_written_anew_with_a_hash_that_fits_is_found()
    {
        await WriteAsync(9);
        var stored = await Trail.ReadAsync((snapshot, cancel) => snapshot.PageAsync(4, 1, cancel), None);
        var fields = TrailFields.Of(Full() with { Subject = "somebody-else" });
        var hash = TrailChain.HashOf(stored[0].Previous, 5, TrailChain.BodyOf(fields));
        await TamperAsync("UPDATE trail SET subject = 'somebody-else' WHERE number = 5");
        await TamperAsync($"UPDATE trail SET hash = {Literal(hash)} WHERE number = 5");

        Assert.Equal([new TrailFault(TrailFaultKind.Altered, 5)], (await VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Lines_that_are_deleted_in_the_middle_are_found()
    {
        await WriteAsync(9);
        await TamperAsync("DELETE FROM trail WHERE number IN (4, 5, 8)");

        Assert.Equal(
            [new TrailFault(TrailFaultKind.Missing, 4, 5), new TrailFault(TrailFaultKind.Missing, 8, 8)],
            (await VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Lines_that_are_deleted_at_the_beginning_are_found()
    {
        await WriteAsync(9);
        await TamperAsync("DELETE FROM trail WHERE number < 3");

        Assert.Equal([new TrailFault(TrailFaultKind.Missing, 1, 2)], (await VerifyAsync()).Faults);
    }

    [Fact]
    public async Task A_line_that_is_deleted_and_the_later_ones_renumbered_are_found()
    {
        await WriteAsync(9);
        await TamperAsync("DELETE FROM trail WHERE number = 5");
        foreach (var number in Enumerable.Range(6, 4))
        {
            await TamperAsync($"UPDATE trail SET number = {number - 1} WHERE number = {number}");
        }

        Assert.Equal(new TrailFault(TrailFaultKind.Moved, 5, 6), (await VerifyAsync()).Faults[0]);
    }

    [Fact]
    public async Task Lines_that_are_cut_off_at_the_end_are_found()
    {
        await WriteAsync(9);
        await TamperAsync("DELETE FROM trail WHERE number > 7");

        Assert.Equal([new TrailFault(TrailFaultKind.CutOff, 8, 9)], (await VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Lines_that_are_cut_off_together_with_the_head_are_found_by_who_knows_an_earlier_head()
    {
        await WriteAsync(9);
        var seen = (await VerifyAsync()).Head;
        var earlier = (await Trail.ReadAsync((snapshot, cancel) => snapshot.PageAsync(6, 1, cancel), None)).Single();
        await TamperAsync("DELETE FROM trail WHERE number > 7");
        await TamperAsync($"UPDATE trail_head SET number = 7, hash = {Literal(earlier.Hash)}");
        Assert.True((await VerifyAsync()).IsRight);

        Assert.Equal([new TrailFault(TrailFaultKind.CutOff, 8, 9)], (await VerifyAsync(seen)).Faults);
        await Trail.AppendAsync([.. Enumerable.Range(0, 5).Select(_ => Full() with { Subject = "somebody-else" })], None);
        Assert.Equal([new TrailFault(TrailFaultKind.NotAsSeen, 9)], (await VerifyAsync(seen)).Faults);
    }

    [Fact]
    public async Task A_head_that_is_altered_is_found()
    {
        await WriteAsync(3);
        await TamperAsync($"UPDATE trail_head SET hash = {Literal(new byte[32])}");

        Assert.Equal([new TrailFault(TrailFaultKind.AnotherHead, 3)], (await VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Two_lines_that_are_swapped_are_found_with_the_places_they_had()
    {
        await WriteAsync(9);
        await TamperAsync("UPDATE trail SET number = 1005 WHERE number = 5");
        await TamperAsync("UPDATE trail SET number = 5 WHERE number = 7");
        await TamperAsync("UPDATE trail SET number = 7 WHERE number = 1005");

        Assert.Equal(
            [new TrailFault(TrailFaultKind.Moved, 5, 7), new TrailFault(TrailFaultKind.Moved, 7, 5)],
            (await VerifyAsync()).Faults);
    }

    [Fact]
    public async Task The_database_itself_refuses_to_change_or_remove_a_line()
    {
        await WriteAsync(3);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => RunAsync("UPDATE trail SET subject = 'x' WHERE number = 2"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => RunAsync("DELETE FROM trail WHERE number = 2"));
        Assert.Equal((3, 1, true), Told(await VerifyAsync()));
    }

    [Fact]
    public async Task Who_writes_from_two_processes_at_once_makes_one_chain()
    {
        var second = await OpenAsync();
        await second.PrepareAsync(None);
        var writers = new[] { new TrailWriter(Trail), new TrailWriter(second.Trail) };

        await Task.WhenAll(Enumerable.Range(0, 400).Select(n => writers[n % 2].WriteAsync(Full() with { Instance = $"process/{n % 2}" })));

        Assert.Equal((400, 1, true), Told(await VerifyAsync()));
        await CloseAsync(second);
    }

    [Fact]
    public async Task Calls_at_the_same_time_share_transactions_and_none_is_lost()
    {
        var counted = new CountedTrail(Trail);
        var writer = new TrailWriter(counted);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => writer.WriteAsync(Full()))));

        Assert.Equal((1000, 1, true), Told(await VerifyAsync()));
        Assert.InRange(counted.Transactions, 1, 500);
    }

    [Fact]
    public async Task What_cannot_be_written_is_told_to_every_call_that_waits_and_later_ones_are_written()
    {
        var writer = new TrailWriter(Trail);
        await writer.WriteAsync(Full());
        await TamperAsync("ALTER TABLE trail RENAME TO hidden");
        await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(writer.WriteAsync(Full()), writer.WriteAsync(Full())));
        await TamperAsync("ALTER TABLE hidden RENAME TO trail");

        await writer.WriteAsync(Full());

        Assert.Equal((2, 1, true), Told(await VerifyAsync()));
    }

    [Fact]
    public async Task Lines_of_which_the_time_is_over_go_and_the_rest_still_verifies()
    {
        await Trail.AppendAsync([.. Enumerable.Range(0, 6).Select(day => Full() with { OccurredOn = Noon.AddDays(day) })], None);
        var seen = (await VerifyAsync()).Head;

        Assert.Equal(2, await ForgetAsync(Noon.AddDays(3), most: 2));
        Assert.Equal(1, await ForgetAsync(Noon.AddDays(3), most: 10));
        Assert.Equal(0, await ForgetAsync(Noon.AddDays(3), most: 10));

        var report = await VerifyAsync(seen);
        Assert.Equal((5, 4, true), Told(report)); // Three of the days, and a line for each time that some went.
        await WriteAsync(2);
        Assert.True((await VerifyAsync()).IsRight);

        await TamperAsync("DELETE FROM trail WHERE number = 4");
        Assert.Equal([new TrailFault(TrailFaultKind.Missing, 4, 4)], (await VerifyAsync()).Faults);
    }

    [Fact]
    public async Task The_person_reads_the_lines_of_the_own_case_and_confidential_ones_when_that_has_ended()
    {
        await Trail.AppendAsync([Full(), Full() with { CaseKey = "another-case-entirely" }, Full() with { IsConfidential = true }, Full() with { IsConfidential = true }], None);

        Assert.Equal([1], await OfCaseAsync(withConfidential: false));
        Assert.Equal([4, 3, 1], await OfCaseAsync(withConfidential: true));

        await Trail.AppendAsync([Full() with { Lifts = 3 }], None);

        Assert.Equal([5, 3, 1], await OfCaseAsync(withConfidential: false));
    }

    private protected async Task WriteAsync(int lines) => await Trail.AppendAsync([.. Enumerable.Range(0, lines).Select(_ => Full())], None);

    private protected Task<TrailReport> VerifyAsync(TrailHead? seen = null) => TrailVerifier.VerifyAsync(Look(), seen, None);

    private protected static (long Lines, long First, bool IsRight) Told(TrailReport report) => (report.Lines, report.First, report.IsRight);

    private static TrailLine Full() => new()
    {
        OccurredOn = Noon,
        Service = "zvw",
        Instance = "host/12",
        Method = "samenhang.zvw.v1.ZvwService/GetProvision",
        Part = "provision",
        Action = TrailAction.Read,
        Outcome = TrailOutcome.Success,
        Status = "OK",
        Activity = "samenhang.zvw.v1.ZvwService",
        Issuer = "https://issuer.example",
        Subject = "janne",
        Actor = "web",
        Role = "casemanager",
        Organisation = "00000001003214345000",
        Tenant = "gm9901",
        Purpose = "case-work",
        Ground = "publieke-taak",
        Emergency = "none",
        Peer = "ipv4:192.0.2.1:1234",
        CaseKey = "0123456789abcdef",
        Missing = "nothing",
        IsConfidential = false,
        Lifts = 99,
        TraceId = "0af7651916cd43dd8448eb211c80319c",
    };

    private async Task<string> AlteredAsync(string column, long number)
    {
        if (column is "previous" or "hash")
        {
            var line = (await Trail.ReadAsync((snapshot, cancel) => snapshot.PageAsync(number - 1, 1, cancel), None)).Single();
            var bytes = column == "hash" ? line.Hash : line.Previous;
            bytes[17] ^= 1;
            return Literal(bytes);
        }

        return column == "number" ? "number + 1000"
            : column == "occurred_on" ? LaterMoment
            : TrailFields.Numbers.Contains(column) ? $"{column} + 1"
            : $"substr({column}, 1, length({column}) - 1) || '~'";
    }

    private Task<NumberedTrailLine?> FindAsync(long number) => Trail.ReadAsync((snapshot, cancel) => snapshot.FindAsync(number, cancel), None);

    private async Task<IEnumerable<long>> OfCaseAsync(bool withConfidential) =>
        (await Trail.ReadAsync((snapshot, cancel) => snapshot.OfCaseAsync("0123456789abcdef", 10, withConfidential, cancel), None)).Select(line => line.Number);

    private Task<long> ForgetAsync(DateTimeOffset before, int most) => Trail.ForgetAsync(
        before, most, forgotten => Full() with { OccurredOn = Noon.AddDays(9), Method = TrailUpkeep.Checkpoint, Part = forgotten.ToString(), CaseKey = null }, None);

    /// <summary>The same trail; counts how often it was written.</summary>
    private sealed class CountedTrail(ITrailStore trail) : ITrailStore
    {
        public int Transactions { get; private set; }

        public Task AppendAsync(IReadOnlyList<TrailLine> lines, CancellationToken cancellationToken)
        {
            Transactions++;
            return trail.AppendAsync(lines, cancellationToken);
        }

        public Task<long> ForgetAsync(DateTimeOffset before, int most, Func<TrailHead, TrailLine> checkpoint, CancellationToken cancellationToken) =>
            trail.ForgetAsync(before, most, checkpoint, cancellationToken);

        public Task<T> ReadAsync<T>(Func<TrailSnapshot, CancellationToken, Task<T>> read, CancellationToken cancellationToken) => trail.ReadAsync(read, cancellationToken);
    }
}
