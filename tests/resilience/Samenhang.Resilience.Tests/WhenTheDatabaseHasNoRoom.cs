using Npgsql;
using Xunit.Abstractions;

namespace Samenhang.Resilience.Tests;

/// <summary>
/// The five services on a PostgreSQL whose disk is full, or that has no connection left: whoever asks hears that it does not work now, nothing
/// is written by halves, no service ends, and all goes on by itself once there is room.
/// </summary>
public sealed class WhenTheDatabaseHasNoRoom(RabbitMqBroker broker, ITestOutputHelper output) : IClassFixture<RabbitMqBroker>
{
    private const int Megabytes = 768;
    private const int Connections = 90; // Enough for the five, few enough to take.
    private const int Refusals = 30;

    // A database that is out for longer than messages are tried again for other reasons.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);
    private static readonly int Part = Sizes.Of("SAMENHANG_FAULTS_ROOM_CASES", 60) / 4;

    [SmallDiskFact]
    public async Task A_full_disk_is_told_and_costs_nothing_once_there_is_room()
    {
        using var disk = SmallDisk.Mount(Megabytes);
        await using var server = new PostgreSqlServer { Disk = disk };
        await server.InitializeAsync();
        await using var services = await ServiceProcesses.StartAsync(broker, server);
        var load = await CaseLoad.PrepareAsync(services);
        using var limit = new CancellationTokenSource(Sizes.TimeFor(4 * Part));

        // Tables cannot grow.
        var loading = await UnderLoadAsync(load, disk.Fill, limit.Token);
        var more = await RefusedAsync(load, disk.Fill, limit.Token);
        await Task.Delay(Outage, limit.Token);
        disk.MakeRoom();
        await Task.WhenAll(loading, more);
        output.WriteLine($"{Sizes.Text(load.Opened.Count)} cases opened, {Sizes.Text(load.Refusals)} refusals while tables could not grow");

        // The log of the database cannot grow: it ends itself, and who watches over it starts it when there is room.
        loading = await UnderLoadAsync(load, disk.Fill, limit.Token);
        await Patience.Until(
            async () =>
            {
                disk.Fill();
                await FillLogAsync(server);
                return server.HasEnded;
            },
            "the database ended for want of room");
        more = await RefusedAsync(load, () => { }, limit.Token);
        disk.MakeRoom();
        await server.StartAsync();
        await Task.WhenAll(loading, more);
        output.WriteLine($"{Sizes.Text(load.Opened.Count)} cases opened, {Sizes.Text(load.Refusals)} refusals");

        await RequireAsync(services, load);
    }

    [RabbitMqFact]
    public async Task A_database_without_a_free_connection_is_told_and_costs_nothing_once_there_are_some()
    {
        await using var server = new PostgreSqlServer { Settings = ["fsync=off", $"max_connections={Sizes.Text(Connections)}"] };
        await server.InitializeAsync();
        await using var services = await ServiceProcesses.StartAsync(broker, server);
        var load = await CaseLoad.PrepareAsync(services);
        using var limit = new CancellationTokenSource(Sizes.TimeFor(4 * Part));

        var loading = load.RunAsync(2 * Part, limit.Token);
        var taken = await TakeAllAsync(server);
        var more = load.RunAsync(2 * Part, limit.Token);
        var still = await RefusedAsync(load, () => { }, limit.Token);
        await Task.Delay(Outage, limit.Token);
        foreach (var connection in taken)
        {
            await connection.DisposeAsync();
        }

        await Task.WhenAll(loading, more, still);
        output.WriteLine($"{Sizes.Text(load.Opened.Count)} cases opened, {Sizes.Text(load.Refusals)} refusals");
        await RequireAsync(services, load);
    }

    /// <summary>Takes the room away while cases are on their way, and goes on asking.</summary>
    private static async Task<Task> UnderLoadAsync(CaseLoad load, Action takeRoom, CancellationToken cancellationToken)
    {
        var before = load.Begun;
        var loading = load.RunAsync(Part, cancellationToken);
        await Patience.Until(() => load.Begun >= before + (Part / 2), "the load is under way");
        takeRoom();
        return Task.WhenAll(loading, load.RunAsync(Part, cancellationToken));
    }

    /// <summary>Waits until enough requests were refused because of the store; one more case at a time is opened, so that there are requests.</summary>
    /// <returns>Ends when those cases are opened.</returns>
    private static async Task<Task> RefusedAsync(CaseLoad load, Action disturb, CancellationToken cancellationToken)
    {
        var before = load.RefusedForStore;
        var more = new List<Task>();
        await Patience.Until(
            () =>
            {
                disturb();
                if (more.TrueForAll(one => one.IsCompleted))
                {
                    more.Add(load.RunAsync(1, cancellationToken));
                }

                return load.RefusedForStore >= before + Refusals;
            },
            "requests are refused because the store is away");
        return Task.WhenAll(more);
    }

    /// <summary>Makes the database begin a new file of its log.</summary>
    private static async Task FillLogAsync(PostgreSqlServer server)
    {
        try
        {
            await server.ExecuteAsync("SELECT pg_logical_emit_message(false, 'fills', repeat('x', 1000)); SELECT pg_switch_wal()");
        }
        catch (NpgsqlException)
        {
            // It ended, or is about to: who calls looks.
        }
    }

    /// <summary>Takes the connections of the services away from them until the database has none left.</summary>
    private static async Task<List<NpgsqlConnection>> TakeAllAsync(PostgreSqlServer server)
    {
        var taken = new List<NpgsqlConnection>();
        await Patience.Until(
            async () =>
            {
                var connection = new NpgsqlConnection(server.ConnectionStringOf("postgres") + ";Pooling=false");
                try
                {
                    await connection.OpenAsync();
                    taken.Add(connection);
                }
                catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
                {
                    await connection.DisposeAsync();
                    await using var command = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'samenhang-%' LIMIT 8", taken[0]);
                    await command.ExecuteNonQueryAsync();
                }

                return taken.Count >= Connections - 2;
            },
            "the database has no connection left");
        return taken;
    }

    private async Task RequireAsync(ServiceProcesses services, CaseLoad load)
    {
        var proof = new LoadProof(services, broker, load);
        await proof.EveryCaseIsPlannedAsync(Sizes.TimeFor(4 * Part));
        await proof.RequireAsync(load.Opened.Count);
        Assert.DoesNotContain(services.Names, services.HasEnded);
    }
}
