using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Samenhang.Host.Commands;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store.Sqlite;
using Samenhang.Platform.Trail;
using Samenhang.TestSupport;

namespace Samenhang.Host.Tests.Commands;

/// <summary>trail verify, on the files of services.</summary>
public sealed class TrailCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Trails_that_are_as_they_were_written_are_told_with_their_counts_and_ends()
    {
        foreach (var service in ServiceNames.All)
        {
            await WriteAsync(service, 3);
        }

        var ran = await Ran.In([("SAMENHANG_Store__Folder", folder.Path)], "trail", "verify", "--lang", "en");

        Assert.Equal((ExitCode.Good, ""), (ran.ExitCode, ran.Error));
        Assert.Equal(ServiceNames.All.Count, ran.OutputLines.Count);
        Assert.All(ServiceNames.All, service => Assert.Contains(ran.OutputLines, line => line.StartsWith($"{service}: OK, 3 lines, end 3:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_wrong_is_named_with_service_and_line()
    {
        await WriteAsync("zvw", 9);
        await TamperAsync("zvw", "UPDATE trail SET subject = 'els' WHERE number = 4; DELETE FROM trail WHERE number = 7");

        var ran = await VerifyAsync("--service", "zvw");

        Assert.Equal(ExitCode.Failed, ran.ExitCode);
        Assert.StartsWith("zvw: NIET in orde, 8 regels", ran.OutputLines[0], StringComparison.Ordinal);
        Assert.Equal(
            ["  zvw, regel 4: de regel is niet zoals hij is geschreven.", "  zvw, regel 7 tot en met 7: weggehaald."],
            ran.OutputLines.Skip(1));
    }

    [Fact]
    public async Task With_an_earlier_end_it_is_found_that_lines_and_head_were_cut_off_together()
    {
        await WriteAsync("uwv", 5);
        var seen = (string)JsonNode.Parse((await VerifyAsync("--service", "uwv", "--json")).Output)!["head"]!;
        await TamperAsync("uwv", "DELETE FROM trail WHERE number > 3; UPDATE trail_head SET number = 3, hash = (SELECT hash FROM trail WHERE number = 3)");
        Assert.Equal(ExitCode.Good, (await VerifyAsync("--service", "uwv")).ExitCode);

        var ran = await VerifyAsync("--service", "uwv", "--json", "--head", seen);

        Assert.Equal(ExitCode.Failed, ran.ExitCode);
        var told = JsonNode.Parse(ran.Output)!;
        Assert.False((bool)told["ok"]!);
        Assert.Equal("""[{"kind":"cut-off","line":4,"other":5}]""", told["faults"]!.ToJsonString());
    }

    [Theory]
    [InlineData("trail", "verify", "--head", "5")]
    [InlineData("trail", "verify", "--service", "zvw", "--head", "5:abc")]
    [InlineData("trail", "verify", "--service", "bakery")]
    public async Task A_question_that_cannot_be_answered_is_refused(params string[] args) => Assert.Equal(ExitCode.WrongUsage, (await Ran.Of(args)).ExitCode);

    [Fact]
    public async Task A_trail_that_cannot_be_read_is_not_said_to_be_right()
    {
        await WriteAsync("zvw", 1);

        var ran = await VerifyAsync();

        Assert.Equal(ExitCode.Failed, ran.ExitCode);
        Assert.StartsWith("zvw: in orde", Assert.Single(ran.OutputLines), StringComparison.Ordinal);
        Assert.Equal(ServiceNames.All.Count - 1, ran.ErrorLines.Count);
    }

    private Task<Ran> VerifyAsync(params string[] args) => Ran.Of(["trail", "verify", "--data", folder.Path, .. args]);

    private async Task WriteAsync(string service, int lines)
    {
        using var store = SqliteEventStore.Open(folder.File($"{service}.db"), [], new StoreKeys(service, KeyRing.Of(KeyRing.NewKey(), "the test")), TimeProvider.System);
        await store.Trail.AppendAsync(
            [.. Enumerable.Range(0, lines).Select(n => new TrailLine
            {
                OccurredOn = TimeProvider.System.GetUtcNow(), Service = service, Instance = "test/1", Method = "samenhang.zvw.v1.ZvwService/GetProvision",
                Action = TrailAction.Read, Outcome = TrailOutcome.Success, Status = "OK", Activity = "test", Subject = $"janne-{n}",
            })],
            CancellationToken.None);
    }

    private async Task TamperAsync(string service, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={folder.File($"{service}.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"DROP TRIGGER trail_is_never_changed; DROP TRIGGER trail_is_never_removed; {sql}";
        await command.ExecuteNonQueryAsync();
    }
}
