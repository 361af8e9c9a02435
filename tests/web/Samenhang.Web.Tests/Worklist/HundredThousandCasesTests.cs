using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Samenhang.Casemanager;
using Samenhang.Casemanager.Store;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;
using Samenhang.TestSupport;
using Xunit.Abstractions;

namespace Samenhang.Web.Tests.Worklist;

/// <summary>The worklist among a hundred thousand cases.</summary>
public sealed class HundredThousandCasesTests(HundredThousandCases store, ITestOutputHelper output) : IClassFixture<HundredThousandCases>
{
    private const string LongWalk = "two common words";
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(50);

    // Any number of cases can be sorted so; by title only as many as may be opened.
    private static readonly WorklistOrder[] Unsealed = [WorklistOrder.Urgency, WorklistOrder.Changed, WorklistOrder.Opened];

    // Each word is common and few cases hold both: the index is walked past those that hold one.
    private static readonly TimeSpan BoundOfLongWalk = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task A_page_comes_within_fifty_milliseconds_however_one_searches_sorts_and_filters()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        WorklistQuery Of(WorklistOrder order) => new() { Tenant = "gm01", Order = order, Max = 26 };
        (string Name, WorklistQuery Query)[] kinds =
        [
            .. Unsealed.Select(order => ($"order {order}", Of(order))),
            .. Unsealed.Select(order => ($"common word, order {order}", Of(order) with { Words = ["an"] })),
            .. Enum.GetValues<WorklistOrder>().Select(order => ($"rare word, order {order}", Of(order) with { Words = ["zaak4711"] })),
            (LongWalk, Of(WorklistOrder.Title) with { Words = ["anna", "schulden"] }),
            ("a word that is nowhere", Of(WorklistOrder.Urgency) with { Words = ["qqq"] }),
            ("urgent only", Of(WorklistOrder.Urgency) with { MinimumSeverity = 3 }),
            ("my cases, by title", Of(WorklistOrder.Title) with { Assignee = "p7" }),
            ("a family of findings", Of(WorklistOrder.Changed) with { Family = "privacy" }),
            ("rare status", Of(WorklistOrder.Urgency) with { Status = RoundStatus.NothingToAsk }),
            ("common status", Of(WorklistOrder.Opened) with { Status = RoundStatus.Planned }),
            ("my cases", Of(WorklistOrder.Urgency) with { Assignee = "p7" }),
            ("my cases that changed", Of(WorklistOrder.Changed) with { Assignee = "p7", ChangedAfter = start.AddDays(3) }),
            ("nobody's cases", Of(WorklistOrder.Urgency) with { Assignee = "" }),
            ("all areas, by urgency", Of(WorklistOrder.Urgency) with { Tenant = null }),
        ];

        var slow = new List<string>();
        foreach (var (name, query) in kinds)
        {
            var times = new List<TimeSpan>();
            var now = query;
            for (var i = 0; i < 40; i++)
            {
                // The best of three: what is measured is the search, not who else uses the machine at that moment.
                IReadOnlyList<WorklistRow> rows = [];
                var best = TimeSpan.MaxValue;
                for (var attempt = 0; attempt < 3; attempt++)
                {
                    var watch = Stopwatch.StartNew();
                    rows = await store.SearchAsync(now);
                    best = watch.Elapsed < best ? watch.Elapsed : best;
                }

                times.Add(best);
                now = rows.Count == query.Max ? query with { After = (rows[^2].Key, rows[^2].Case.CaseId) } : query;
            }

            times.Sort();
            var worst = times[(int)(times.Count * 0.99) - 1];
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: median {times[times.Count / 2].TotalMilliseconds:F1} ms, p99 {worst.TotalMilliseconds:F1} ms"));
            if (worst > (name == LongWalk ? BoundOfLongWalk : Bound))
            {
                slow.Add($"{name}: {worst.TotalMilliseconds:F0} ms");
            }
        }

        Assert.Empty(slow);
    }

    [Fact]
    public async Task More_titles_than_may_be_opened_are_not_sorted()
    {
        Assert.Null(await WorklistSearch.RunAsync(store.Connection, store.Keys, new WorklistQuery { Tenant = "gm01", Order = WorklistOrder.Title, Max = 26 }, CancellationToken.None));
    }

    [Theory]
    [InlineData(WorklistOrder.Urgency)]
    [InlineData(WorklistOrder.Changed)]
    [InlineData(WorklistOrder.Opened)]
    [InlineData(WorklistOrder.Title)]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repeat(WorklistOrder order)
    {
        var query = new WorklistQuery { Tenant = "gm01", Words = ["anna", "rouw"], Order = order, Max = 100 };
        var paged = new List<string>();
        for (IReadOnlyList<WorklistRow> rows; ; query = query with { After = (rows[^1].Key, rows[^1].Case.CaseId) })
        {
            rows = await store.SearchAsync(query);
            paged.AddRange(rows.Select(row => row.Case.CaseId));
            if (rows.Count < query.Max)
            {
                break;
            }
        }

        var whole = await store.SearchAsync(query with { After = null, Max = 100_000 });
        Assert.True(whole.Count > 300);
        Assert.Equal(whole.Select(row => row.Case.CaseId), paged);
        Assert.All(whole, row => Assert.Contains("Anna", row.Case.Title, StringComparison.Ordinal));
        Assert.All(whole, row => Assert.Contains(row.Case.Tenant, new[] { "gm01", null }));
    }
}

/// <summary>The tables of the casemanager with a hundred thousand cases, filled by hand.</summary>
public sealed class HundredThousandCases : IAsyncLifetime, IDisposable
{
    private const int Cases = 100_000;
    private static readonly string[] First = ["Anna", "Bilal", "Cornelis", "Dilek", "Esther", "Frits", "Gerda", "Hassan", "Ilse", "Jamal"];
    private static readonly string[] About = ["burn-out", "psychose", "schulden", "thuiszorg", "mantelzorg", "jeugdhulp", "rouw", "verslaving"];

    private readonly TemporaryFolder folder = new();

    /// <summary>What seals it.</summary>
    public StoreKeys Keys { get; } = new("casemanager", KeyRing.Of(KeyRing.NewKey(), "the test"));

    /// <summary>A page.</summary>
    public async Task<IReadOnlyList<WorklistRow>> SearchAsync(WorklistQuery query) =>
        await WorklistSearch.RunAsync(Connection, Keys, query, CancellationToken.None) ?? throw new InvalidOperationException("So many are not sorted by title.");

    /// <summary>To the store.</summary>
    public SqliteConnection Connection { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "casemanager.db")};Pooling=False");
        await Connection.OpenAsync();
        await DoAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
        foreach (var step in Migrations.Embedded(typeof(CasemanagerHost).Assembly, "casemanager").Steps)
        {
            await DoAsync(step.Sql);
        }

        await DoAsync("BEGIN");
        await FillAsync();
        await DoAsync("COMMIT");
    }

    public async Task DisposeAsync() => await Connection.DisposeAsync();

    public void Dispose() => folder.Dispose();

    private async Task FillAsync()
    {
        var row = Prepared("INSERT INTO case_row VALUES ($id, $title, $tenant, 5, 1, $severity, 3, 1, $status, NULL)", "$id", "$title", "$tenant", "$severity", "$status");
        var listed = Prepared(
            "INSERT INTO worklist_case VALUES ($id, $area, $urgency, $severity, $status, $changed, $changed, NULL, $assignee, $name, NULL, NULL, NULL, NULL)",
            "$id", "$area", "$urgency", "$severity", "$status", "$changed", "$assignee", "$name");
        var word = Prepared("INSERT OR IGNORE INTO worklist_word VALUES ($word, $id)", "$word", "$id");
        var family = Prepared("INSERT INTO worklist_family VALUES ($family, $id)", "$family", "$id");
        var random = new Random(7);
        var holders = Enumerable.Range(0, 2000).Select(number => Keys.Find($"p{number}", "worklist_case.assignee")).ToList();
        for (var i = 0; i < Cases; i++)
        {
            // Three quarters lie in one municipality: the worst for who works there.
            var area = random.Next(4) > 0 ? "gm01" : random.Next(10) == 0 ? "" : $"gm{random.Next(2, 30):00}";
            var id = $"{i:x8}-0000-7000-8000-000000000000";
            var title = $"{First[random.Next(10)]} {About[random.Next(8)]} zaak{i}";
            var severity = random.Next(4);
            var status = random.Next(500) == 0 ? 1 : 3;
            Run(row, id, Keys.Close(title, "case_row.title", id), area.Length == 0 ? DBNull.Value : area, severity, status);
            Run(listed, id, area, $"{3 - severity}2026-{random.Next(1, 13):00}-{random.Next(1, 29):00}", severity, status,
                $"2026-01-{random.Next(1, 29):00}T{random.Next(24):00}:00:00.0000000Z", random.Next(20) == 0 ? "" : holders[random.Next(2000)], Keys.Close("\n", "worklist_case.assignee_name", id));
            foreach (var each in SearchWords.Of(title))
            {
                Run(word, Keys.Word(each), id);
            }

            if (random.Next(20) == 0)
            {
                Run(family, "privacy", id);
            }
        }

        await DoAsync("ANALYZE");
    }

    private SqliteCommand Prepared(string sql, params string[] names)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    private async Task DoAsync(string sql)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
