using System.Reflection;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;

namespace Samenhang.WholeSystem.Tests.Processes;

/// <summary>deploy/rabbitmq/definitions.json and what the five services make on a real RabbitMQ are the same.</summary>
public sealed class WhatStandsOnTheBroker(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>, IAsyncLifetime, IAsyncDisposable
{
    private const string Password = "for-this-test-only";

    private static readonly string DefinitionsFile = Path.Combine(
        typeof(WhatStandsOnTheBroker).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!,
        "deploy", "rabbitmq", "definitions.json");

    private readonly RabbitMqBroker broker = new() { VirtualHost = BrokerDefinitions.VirtualHost };
    private readonly TemporaryFolder folder = new();

    public Task InitializeAsync() => broker.InitializeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        folder.Dispose();
    }

    [RabbitMqFact]
    public async Task What_the_services_make_is_what_the_file_says()
    {
        await broker.ControlAsync("add_vhost", BrokerDefinitions.VirtualHost);
        await broker.ControlAsync("set_permissions", "--vhost", BrokerDefinitions.VirtualHost, "guest", ".*", ".*", ".*");
        await using var services = await ServiceProcesses.StartAsync(broker, server);

        var made = await ExportAsync();

        Assert.All(["exchanges", "queues", "bindings"], part => Assert.Equal(PartOf(Written(), part), PartOf(made, part)));
    }

    [RabbitMqFact]
    public async Task The_services_start_on_what_the_file_lays_down_and_make_a_plan_with_the_rights_it_gives()
    {
        await ImportAsync();
        var before = await ExportAsync();
        Assert.All(["exchanges", "queues", "bindings", "permissions", "policies"], part => Assert.Equal(PartOf(Written(), part), PartOf(before, part)));

        await using (var services = await ServiceProcesses.StartAsync(broker, server, settings: AsItsOwnUser))
        {
            var opened = await services.Casemanager.OpenCaseAsync(Requests.BurnOut());
            var plan = await services.Casemanager.PlanAsync(opened.CaseId, within: TimeSpan.FromMinutes(2));
            Assert.Empty(plan.SilentDomains);
        }

        var after = await ExportAsync();
        Assert.All(["exchanges", "queues", "bindings"], part => Assert.Equal(PartOf(before, part), PartOf(after, part)));
    }

    [RabbitMqFact]
    public async Task A_service_can_neither_read_the_queue_of_another_nor_ask_in_the_name_of_the_casemanager()
    {
        await ImportAsync();
        await using var connection = await broker.ConnectAsync(BrokerDefinitions.UserOf(ServiceNames.Employer), Password);

        await RefusedAsync(connection, channel => channel.BasicGetAsync(ServiceNames.QueueOf(ServiceNames.Zvw), autoAck: false));
        await RefusedAsync(connection, channel => channel.QueueBindAsync(ServiceNames.QueueOf(ServiceNames.Employer), "Samenhang.Messages:AskZvwCoverage", string.Empty));
        await RefusedAsync(connection, async channel => await channel.BasicPublishAsync("Samenhang.Messages:AskZvwCoverage", string.Empty, mandatory: true, new byte[1]));
        await RefusedAsync(connection, async channel => await channel.BasicPublishAsync(string.Empty, ServiceNames.QueueOf(ServiceNames.Casemanager), mandatory: true, new byte[1]));
    }

    private static async Task RefusedAsync(IConnection connection, Func<IChannel, Task> act)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => act(channel));
        Assert.True(refused is OperationInterruptedException { ShutdownReason.ReplyCode: 403 } or PublishException or AlreadyClosedException { ShutdownReason.ReplyCode: 403 }, refused.ToString());
        Assert.Equal(403, (int?)channel.CloseReason?.ReplyCode);
    }

    /// <summary>As an operator does it: the file, then a password for each user.</summary>
    private async Task ImportAsync()
    {
        await broker.ControlAsync("import_definitions", DefinitionsFile);
        foreach (var user in ServiceNames.All.Select(BrokerDefinitions.UserOf).Append(BrokerDefinitions.Operator))
        {
            await broker.ControlAsync("change_password", user, Password);
        }

        await broker.ControlAsync("set_permissions", "--vhost", BrokerDefinitions.VirtualHost, "guest", "^$", ".*", ".*"); // For what the test itself looks at.
    }

    private Dictionary<string, string?> AsItsOwnUser(string service) => new(broker.Settings)
    {
        ["Samenhang:RabbitMq:User"] = BrokerDefinitions.UserOf(service),
        ["Samenhang:RabbitMq:Password"] = Password,
    };

    private static JsonNode Written() => JsonNode.Parse(File.ReadAllText(DefinitionsFile))!;

    private async Task<JsonNode> ExportAsync()
    {
        var file = folder.File("exported.json");
        await broker.ControlAsync("export_definitions", file);
        return JsonNode.Parse(await File.ReadAllTextAsync(file))!;
    }

    /// <summary>The items of a part, those of our virtual host, without what only one side writes; in an order that says nothing.</summary>
    private static IReadOnlyList<string> PartOf(JsonNode definitions, string part)
        => [.. definitions[part]!.AsArray()
            .Where(item => (string?)item!["vhost"] == BrokerDefinitions.VirtualHost && (string?)item["user"] != "guest")
            .Where(item => (string?)item!["name"] != "samenhang.events") // Made when the first subscriber is told something.
            .Select(item => string.Join(
                ' ',
                item!.AsObject()
                    .Where(member => member.Key != "vhost" && (member.Key != "type" || part == "exchanges"))
                    .OrderBy(member => member.Key, StringComparer.Ordinal)
                    .Select(member => $"{member.Key}={InOrder(member.Value)}")))
            .Order(StringComparer.Ordinal)];

    private static string InOrder(JsonNode? value) => value is JsonObject members
        ? $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{InOrder(member.Value)}"))}}}"
        : value?.ToJsonString() ?? "null";
}
