using System.Diagnostics;
using System.Globalization;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Samenhang.EmbeddedSupport;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store.PostgreSql;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.SystemBenchmarks.Lists;

/// <summary>
/// The worklist and a plan among ten thousand, a hundred thousand and a million cases in PostgreSQL. The rows of the worklist are all there;
/// of the events, those of some thousand cases in full (whose plans are read) and two small ones of each other case, so that the indexes
/// are as deep as they would be and the disk holds it.
/// </summary>
internal static class ListsBenchmark
{
    private const int InFull = 2000;
    private const int Tenants = 100; // So that the page of a municipality is full among the fewest cases too.
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(string[] options)
    {
        var (most, calls) = (Options.Number(options, "most-cases", 1_000_000), Options.Number(options, "calls", 1000));
        var key = Convert.ToBase64String(new byte[32]); // One for all: the vaults are copies.
        await using var broker = new RabbitMqBroker();
        await broker.InitializeAsync();
        await using var server = new PostgreSqlServer { Settings = ["fsync=off", "max_wal_size=4GB", "shared_buffers=512MB"] };
        await server.InitializeAsync();
        var (real, template, payloads) = await RealCaseAsync(broker, server, key);
        var rooms = new List<Room>();
        try
        {
            foreach (var size in Sizes.Where(size => size <= most))
            {
                rooms.Add(await Room.OpenAsync(broker, server, template, key, size));
            }

            foreach (var room in rooms)
            {
                await room.FillAsync(real, payloads);
            }

            // In turn, so that what else the machine does hits all.
            const int Parts = 10;
            for (var part = -1; part < Parts; part++)
            {
                foreach (var name in rooms[0].Reads.Keys)
                {
                    foreach (var room in rooms)
                    {
                        await room.MeasureAsync(name, calls / Parts, count: part >= 0);
                    }
                }
            }
        }
        finally
        {
            rooms.ForEach(room => room.Dispose());
        }

        foreach (var name in rooms[0].Reads.Keys)
        {
            foreach (var room in rooms)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"    {name,-36} {room.Cases,9:N0} cases   p50 {room.At(name, 50),7:N2} ms   p99 {room.At(name, 99),7:N2} ms"));
            }
        }

        foreach (var name in rooms[0].Reads.Keys)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"ratio   {name,-36} {rooms[^1].Cases:N0} against {rooms[0].Cases:N0} cases: p99 {rooms[^1].At(name, 99) / rooms[0].At(name, 99):N2} times, median {rooms[^1].At(name, 50) / rooms[0].At(name, 50):N2} times"));
        }
    }

    /// <summary>A case that went the whole way through the services, and the database that holds it.</summary>
    private static async Task<(string CaseId, string Database, IReadOnlyList<string> Payloads)> RealCaseAsync(RabbitMqBroker broker, PostgreSqlServer server, string key)
    {
        await using var services = await ServiceProcesses.StartAsync(broker, server, variables: new Dictionary<string, string> { ["SAMENHANG_Vault__Key"] = key, ["SAMENHANG_Keys__Ring"] = key });
        var real = (await services.Casemanager.OpenCaseAsync(Requests.BurnOut())).CaseId;
        await Patience.Until(async () => (await services.EventsOfAsync(ServiceNames.Casemanager)).ContainsKey("plan-made"), "the real case has its plan", Limit);
        await using var store = PostgreSqlEventStore.Open(
            services.Database, ServiceNames.Casemanager, [], new StoreKeys(ServiceNames.Casemanager, KeyRing.Of(key, "the benchmark")), TimeProvider.System, NullLogger.Instance);
        var events = await store.LoadAsync($"case/{real}", CancellationToken.None);
        return (real, new NpgsqlConnectionStringBuilder(services.Database).Database!, [.. events.Select(recorded => recorded.Payload)]);
    }

    /// <summary>One casemanager on a database with so many cases.</summary>
    private sealed class Room : IDisposable
    {
        private readonly Dictionary<string, List<double>> _took = [];
        private readonly Process _process;
        private readonly GrpcChannel _channel;
        private readonly NpgsqlDataSource _store;
        private readonly TemporaryFolder _folder;
        private string _middle = "";

        private Room(int cases, Process process, string address, NpgsqlDataSource store, TemporaryFolder folder)
        {
            (Cases, _process, _channel, _store, _folder) = (cases, process, DevelopmentChannel.Open(address), store, folder);
            var casemanager = new CasemanagerService.CasemanagerServiceClient(_channel);
            Reads = new()
            {
                ["ListCases, first page"] = _ => ListAsync(new() { PageSize = 50 }),
                ["ListCases, of a municipality"] = n => ListAsync(new() { Tenant = Tenant(n), PageSize = 50 }),
                ["ListCases, municipality and urgent"] = n => ListAsync(new() { Tenant = Tenant(n), MinimumSeverity = Severity.Urgent, PageSize = 20 }),
                ["ListCases, urgent"] = _ => ListAsync(new() { MinimumSeverity = Severity.Urgent, PageSize = 50 }),
                ["ListCases, a page in the middle"] = _ => ListAsync(new() { PageToken = _middle, PageSize = 50 }),
                ["GetPlan"] = async n => Require((await casemanager.GetPlanAsync(new() { CaseId = IdOf(n * 997 % InFull * (Sizes[0] / InFull)) })).Plan is not null),
            };
            async Task ListAsync(ListCasesRequest request) => Require((await casemanager.ListCasesAsync(request)).Cases.Count == request.PageSize);
        }

        public int Cases { get; }

        public Dictionary<string, Func<int, Task>> Reads { get; }

        /// <summary>Copies the database and starts a casemanager on it, before it is filled: at its start it looks at every case.</summary>
        public static async Task<Room> OpenAsync(RabbitMqBroker broker, PostgreSqlServer server, string template, string key, int cases)
        {
            var name = $"cases_{cases.ToString(CultureInfo.InvariantCulture)}";
            NpgsqlConnection.ClearAllPools();
            await Patience.Until(
                async () =>
                {
                    try
                    {
                        await server.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
                        return true;
                    }
                    catch (PostgresException inUse) when (inUse.SqlState == PostgresErrorCodes.ObjectInUse)
                    {
                        return false; // The server has not noticed yet that the services ended.
                    }
                },
                "the database is copied",
                Limit);
            var (port, probes, folder) = (HostProcess.FreePort(), HostProcess.FreePort(), new TemporaryFolder());
            var variables = new Dictionary<string, string>(HostProcess.VariablesOf(broker))
            {
                ["SAMENHANG_Store__Kind"] = "PostgreSql",
                ["SAMENHANG_Store__ConnectionString"] = server.ConnectionStringOf(name),
                ["SAMENHANG_Store__Folder"] = folder.Path,
                ["SAMENHANG_Vault__Key"] = key,
                ["SAMENHANG_Keys__Ring"] = key,
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["SAMENHANG_Access__DevelopmentKeyFile"] = DevelopmentChannel.KeyFile,
                ["SAMENHANG_Probes__Port"] = probes.ToString(CultureInfo.InvariantCulture),
            };
            foreach (var service in ServiceNames.All)
            {
                variables[$"SAMENHANG_Services__{service}"] = HostProcess.Local(port); // Nothing is asked of them.
            }

            var process = HostProcess.Start(["serve", ServiceNames.Casemanager, "--url", HostProcess.Local(port)], variables);
            await HostProcess.AnswersAsync(process, $"{HostProcess.Local(probes)}/ready");
            return new(cases, process, HostProcess.Local(port), NpgsqlDataSource.Create($"{server.ConnectionStringOf(name)};Search Path=casemanager;Command Timeout=600"), folder);
        }

        public async Task FillAsync(string real, IReadOnlyList<string> payloads)
        {
            var start = Stopwatch.GetTimestamp();
            await ListsBenchmark.FillAsync(_store, real, payloads, Cases);
            var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
            await Patience.Until(
                async () => await NumberAsync(_store, "SELECT min(position) FROM feed_cursor") >= await NumberAsync(_store, "SELECT max(position) FROM event"),
                "who reads the feed has passed it",
                Limit);
            var disk = await NumberAsync(_store, "SELECT pg_database_size(current_database())") / (1 << 20);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {Cases,9:N0} cases filled in {took:N0} s, {disk:N0} MiB on disk"));
            _middle = await TextAsync(_store, $"SELECT case_id FROM case_row ORDER BY case_id OFFSET {Cases / 2} LIMIT 1");
        }

        public async Task MeasureAsync(string name, int calls, bool count)
        {
            var took = _took.TryGetValue(name, out var before) ? before : _took[name] = [];
            for (var n = 0; n < calls; n++)
            {
                var start = Stopwatch.GetTimestamp();
                await Reads[name](took.Count + n);
                if (count)
                {
                    took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        /// <summary>So many per cent of the calls took at most so many milliseconds.</summary>
        public double At(string name, int percent) => _took[name].Order().ElementAt(_took[name].Count * percent / 100);

        public void Dispose()
        {
            _channel.Dispose();
            HostProcess.End(_process);
            _process.Dispose();
            _store.Dispose();
            _folder.Dispose();
        }

        private static void Require(bool isFull)
        {
            if (!isFull)
            {
                throw new InvalidOperationException("A page is not full, or a plan is missing: the sizes cannot be compared.");
            }
        }

        private static string Tenant(int n) => string.Create(CultureInfo.InvariantCulture, $"gm{n % Tenants:D4}");
    }

    /// <summary>Copies the real case until there are so many. Nothing of a copy is published.</summary>
    private static async Task FillAsync(NpgsqlDataSource store, string real, IReadOnlyList<string> payloads, int to)
    {
        // Half of the cases ask attention, as on a worklist in use; ids grow as UUIDv7 do.
        await ExecuteAsync(store, $"""
            INSERT INTO case_row (case_id, title, tenant, version, plan_version, severity, finding_count, round, round_status, waiting_since)
            SELECT {Id("n")}, 'Case ' || n, 'gm' || lpad((n % {Tenants})::text, 4, '0'), version, plan_version,
                CASE n / {Tenants} % 10 WHEN 0 THEN 3 WHEN 1 THEN 3 WHEN 2 THEN 2 WHEN 3 THEN 2 WHEN 4 THEN 1 ELSE 0 END, finding_count, round, round_status, NULL
            FROM generate_series(0, {to - 1}) n, case_row WHERE case_id = '{real}'
            """);
        var step = Sizes[0] / InFull;
        // What is sealed for one stream opens in no other: copies hold what the events said.
        await using (var copies = store.CreateCommand($"""
            INSERT INTO stream (stream_id, version) SELECT 'case/' || {Id("n")}, version FROM generate_series(0, 9999, {step}) n, stream WHERE stream_id = 'case/{real}';
            INSERT INTO event (stream_id, stream_version, message_id, type, payload, occurred_on, recorded_on, publish)
            SELECT 'case/' || {Id("n")}, stream_version, gen_random_uuid(), type, convert_to((@payloads)[stream_version], 'UTF8'), occurred_on, recorded_on, false
            FROM generate_series(0, 9999, {step}) n, event WHERE stream_id = 'case/{real}' ORDER BY n, stream_version
            """))
        {
            copies.Parameters.AddWithValue("payloads", payloads.ToArray());
            await copies.ExecuteNonQueryAsync();
        }

        await ExecuteAsync(store, $$"""
            INSERT INTO stream (stream_id, version) SELECT 'case/' || {{Id("n")}}, 2 FROM generate_series(0, {{to - 1}}) n ON CONFLICT DO NOTHING;
            INSERT INTO event (stream_id, stream_version, message_id, type, payload, occurred_on, recorded_on, publish)
            SELECT 'case/' || {{Id("n")}}, version, gen_random_uuid(), 'case-opened', '{}'::bytea, now(), now(), false
            FROM generate_series(0, {{to - 1}}) n, generate_series(1, 2) version WHERE n >= 10000 OR n % {{step}} > 0
            """);
        foreach (var table in new[] { "case_row", "stream", "event" })
        {
            await ExecuteAsync(store, $"VACUUM (ANALYZE) {table}"); // Now, and not in the middle of the measuring.
        }
    }

    private static string Id(string n) => $"'01900000-' || lpad(to_hex({n} / 4096 % 65536), 4, '0') || '-7' || lpad(to_hex({n} % 4096), 3, '0') || '-8000-' || lpad(to_hex({n}), 12, '0')";

    private static string IdOf(int n) => string.Create(CultureInfo.InvariantCulture, $"01900000-{n / 4096 % 65536:x4}-7{n % 4096:x3}-8000-{n:x12}");

    private static async Task ExecuteAsync(NpgsqlDataSource store, string sql)
    {
        await using var command = store.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> NumberAsync(NpgsqlDataSource store, string sql)
    {
        await using var command = store.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> TextAsync(NpgsqlDataSource store, string sql)
    {
        await using var command = store.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
