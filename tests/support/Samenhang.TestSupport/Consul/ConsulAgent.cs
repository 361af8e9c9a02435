using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable CA1507 // The names are those of Consul's API; that ours are the same is chance.

namespace Samenhang.TestSupport.Consul;

/// <summary>
/// Stands in for an agent of Consul, as its documentation says an agent behaves: registration with the local agent, checks by gRPC that
/// are critical until the first has passed, blocking queries with an index, a wait and a little more, keys and values with flags and
/// base64, tokens, and after a loss of its state indexes that begin low again.
/// </summary>
public sealed class ConsulAgent : IAsyncDisposable
{
    private const string NodeAddress = "127.0.0.1";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Service> _services = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Entry> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly HttpClient _checker = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly CancellationTokenSource _ended = new();
    private ulong _index = 100;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _server;
    private int _port;

    private ConsulAgent(string? token) => Token = token;

    /// <summary>The token that is asked for; null when anybody may do anything.</summary>
    public string? Token { get; set; }

    /// <summary>When set, every question is answered with this status, as by an agent without a leader (500).</summary>
    public int? Fault { get; set; }

    /// <summary>Its HTTP address.</summary>
    public string Address => $"http://127.0.0.1:{_port}";

    /// <summary>What was asked so far, method and path with the query.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>The settings of a process that uses this agent.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Samenhang:Consul:Address"] = Address,
        ["Samenhang:Consul:Token"] = Token,
        ["Samenhang:Consul:CheckEvery"] = "00:00:00.100",
        ["Samenhang:Consul:LookEvery"] = "00:00:00.100",
        ["Samenhang:Consul:AtMostEvery"] = "00:00:00.200",
    };

    /// <summary>An agent on a free port.</summary>
    public static async Task<ConsulAgent> StartAsync(string? token = null)
    {
        var agent = new ConsulAgent(token);
        await agent.ListenAsync();
        _ = Task.Run(agent.CheckAsync);
        return agent;
    }

    /// <summary>The ids of the instances that are registered under a name.</summary>
    public IReadOnlyList<string> Registered(string service)
    {
        lock (_lock)
        {
            return [.. _services.Values.Where(known => known.Name == service).Select(known => known.Id).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>What a registration said, as it came.</summary>
    public JsonNode RegistrationOf(string id)
    {
        lock (_lock)
        {
            return JsonNode.Parse(_services[id].Said)!;
        }
    }

    /// <summary>The state of an instance's check: <c>passing</c> or <c>critical</c>.</summary>
    public string StatusOf(string id)
    {
        lock (_lock)
        {
            return _services[id].Status;
        }
    }

    /// <summary>Registers an instance of which the test says itself how it is.</summary>
    public void Register(string service, string id, int port, bool passing = true) =>
        Change(() => _services[id] = new Service(id, service, string.Empty, port, [], "{}", null, TimeSpan.Zero) { Status = passing ? "passing" : "critical" });

    /// <summary>Says how an instance is.</summary>
    public void SetPassing(string id, bool passing) => Change(() => _services[id].Status = passing ? "passing" : "critical");

    /// <summary>Removes an instance.</summary>
    public void Deregister(string id) => Change(() => _services.Remove(id));

    /// <summary>Writes a key.</summary>
    public void Put(string key, string value, ulong flags = 0) => Change(() => _keys[key] = new Entry(System.Text.Encoding.UTF8.GetBytes(value), flags, _index));

    /// <summary>Removes a key.</summary>
    public void Delete(string key) => Change(() => _keys.Remove(key));

    /// <summary>Writes something that nobody asks for: who waits hears of nothing new, with a new index.</summary>
    public void Churn() => Change(() => { });

    /// <summary>The agent goes away; its address answers no more.</summary>
    public async Task GoAwayAsync()
    {
        var server = _server!;
        _server = null;
        Wake();
        await server.StopAsync();
        await server.DisposeAsync();
    }

    /// <summary>The agent is back at its address. It has lost what it knew of services, and its indexes begin low again.</summary>
    public async Task ComeBackAsync()
    {
        lock (_lock)
        {
            _services.Clear();
            _index = 3;
        }

        await ListenAsync();
    }

    /// <summary>An older snapshot is put back: indexes begin low again, and no connection breaks.</summary>
    public void GoBack()
    {
        lock (_lock)
        {
            _index = 3;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        if (_server is not null)
        {
            await GoAwayAsync();
        }

        _checker.Dispose();
        _ended.Dispose();
    }

    private async Task ListenAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.AddRoutingCore();
        var server = builder.Build();
        server.Use(AdmitAsync);
        server.UseRouting();
        server.MapPut("/v1/agent/service/register", RegisterAsync);
        server.MapPut("/v1/agent/service/deregister/{id}", DeregisterAsync);
        server.MapGet("/v1/agent/service/{id}", ServiceAsync);
        server.MapGet("/v1/health/service/{name}", HealthAsync);
        server.MapGet("/v1/kv/{**prefix}", KeysAsync);
        _server = server;
        await server.StartAsync();
        _port = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    private async Task AdmitAsync(HttpContext http, RequestDelegate next)
    {
        _asked.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        if (Fault is { } fault)
        {
            await TextAsync(http, fault, "No cluster leader");
        }
        else if (Token is not null && http.Request.Headers["X-Consul-Token"] != Token)
        {
            await TextAsync(http, StatusCodes.Status403Forbidden, "Permission denied: token with AccessorID '00000000-0000-0000-0000-000000000002' lacks permission");
        }
        else
        {
            await next(http);
        }
    }

    private async Task RegisterAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var said = await reader.ReadToEndAsync(http.RequestAborted);
        var asked = JsonNode.Parse(said)!;
        if ((string?)asked["Name"] is not { Length: > 0 } name)
        {
            await TextAsync(http, StatusCodes.Status400BadRequest, "Missing service name");
            return;
        }

        var check = asked["Check"];
        var id = (string?)asked["ID"] ?? name;
        Change(() => _services[id] = new Service(
            id,
            name,
            (string?)asked["Address"] ?? string.Empty,
            (int?)asked["Port"] ?? 0,
            [.. asked["Tags"]?.AsArray().Select(tag => (string)tag!) ?? []],
            said,
            (string?)check?["GRPC"],
            check is null ? TimeSpan.Zero : Duration((string)check["Interval"]!))
        {
            Status = check is null ? "passing" : (string?)check["Status"] ?? "critical",
        });
    }

    private async Task DeregisterAsync(HttpContext http)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        var isKnown = false;
        Change(() => isKnown = _services.Remove(id));
        if (!isKnown)
        {
            await TextAsync(http, StatusCodes.Status404NotFound, $"Unknown service ID \"{id}\". Ensure that the service ID is passed, not the service name.");
        }
    }

    private async Task ServiceAsync(HttpContext http)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        Service? service;
        lock (_lock)
        {
            service = _services.GetValueOrDefault(id);
        }

        if (service is null)
        {
            await TextAsync(http, StatusCodes.Status404NotFound, $"unknown service ID: {id}");
        }
        else
        {
            await JsonAsync(http, service.ToJson());
        }
    }

    private async Task HealthAsync(HttpContext http)
    {
        await WaitAsync(http);
        var name = (string)http.Request.RouteValues["name"]!;
        var onlyPassing = http.Request.Query.ContainsKey("passing");
        JsonArray entries;
        lock (_lock)
        {
            entries = [.. _services.Values.Where(service => service.Name == name && (!onlyPassing || service.Status == "passing")).Select(service => new JsonObject
            {
                ["Node"] = new JsonObject { ["Node"] = "here", ["Address"] = NodeAddress, ["Datacenter"] = "dc1" },
                ["Service"] = service.ToJson(),
                ["Checks"] = new JsonArray(new JsonObject { ["CheckID"] = $"service:{service.Id}", ["Status"] = service.Status }),
            })];
        }

        await JsonAsync(http, entries);
    }

    private async Task KeysAsync(HttpContext http)
    {
        await WaitAsync(http);
        var prefix = (string?)http.Request.RouteValues["prefix"] ?? string.Empty;
        JsonArray entries;
        lock (_lock)
        {
            entries = [.. _keys.Where(key => key.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => new JsonObject
            {
                ["LockIndex"] = 0,
                ["Key"] = key.Key,
                ["Flags"] = key.Value.Flags,
                ["Value"] = key.Value.Bytes.Length == 0 ? null : Convert.ToBase64String(key.Value.Bytes),
                ["CreateIndex"] = key.Value.Index,
                ["ModifyIndex"] = key.Value.Index,
            })];
        }

        if (entries.Count == 0)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound; // With the index all the same.
            return;
        }

        await JsonAsync(http, entries);
    }

    /// <summary>Holds a question with an index until something is newer, or until its wait and up to a sixteenth more have passed.</summary>
    private async Task WaitAsync(HttpContext http)
    {
        var asked = ulong.Parse(http.Request.Query["index"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        var wait = Duration(http.Request.Query["wait"].FirstOrDefault() ?? "5m");
        var ends = TimeProvider.System.GetUtcNow() + wait + (wait / 16 * Random.Shared.NextDouble());
        while (asked > 0)
        {
            Task changed;
            lock (_lock)
            {
                // An index that the agent has not reached any more (an older snapshot was put back) holds the question for its whole wait.
                if (_index > asked)
                {
                    break;
                }

                changed = _changed.Task;
            }

            var left = ends - TimeProvider.System.GetUtcNow();
            if (left <= TimeSpan.Zero || _server is null)
            {
                break;
            }

            await Task.WhenAny(changed, Task.Delay(left, http.RequestAborted));
            http.RequestAborted.ThrowIfCancellationRequested();
        }

        lock (_lock)
        {
            http.Response.Headers["X-Consul-Index"] = _index.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Makes the checks, each as often as its registration says.</summary>
    private async Task CheckAsync()
    {
        var due = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        while (!_ended.IsCancellationRequested)
        {
            List<Service> checkedNow;
            var now = TimeProvider.System.GetUtcNow();
            lock (_lock)
            {
                checkedNow = [.. _services.Values.Where(service => service.Target is not null && due.GetValueOrDefault(service.Id) <= now)];
            }

            foreach (var service in checkedNow)
            {
                due[service.Id] = now + service.Interval;
                var status = await IsServingAsync(service.Target!) ? "passing" : "critical";
                if (status != service.Status)
                {
                    Change(() => service.Status = status);
                }
            }

            await Task.Delay(20).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary><c>grpc.health.v1.Health/Check</c> of the server as a whole, byte for byte: an empty message out, <c>status = SERVING</c> back.</summary>
    private async Task<bool> IsServingAsync(string target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{target}/grpc.health.v1.Health/Check")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 0]),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.TE.Add(new("trailers"));
        try
        {
            using var answer = await _checker.SendAsync(request, _ended.Token);
            return (await answer.Content.ReadAsByteArrayAsync(_ended.Token)) is [0, 0, 0, 0, 2, 8, 1];
        }
        catch (Exception cause) when (cause is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            _index++;
            change();
        }

        Wake();
    }

    private void Wake() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private static TimeSpan Duration(string text) => text switch
    {
        _ when text.EndsWith("ms", StringComparison.Ordinal) => TimeSpan.FromMilliseconds(double.Parse(text[..^2], CultureInfo.InvariantCulture)),
        _ when text.EndsWith('s') => TimeSpan.FromSeconds(double.Parse(text[..^1], CultureInfo.InvariantCulture)),
        _ when text.EndsWith('m') => TimeSpan.FromMinutes(double.Parse(text[..^1], CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"'{text}' is no duration."),
    };

    private static Task TextAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(text);
    }

    private static Task JsonAsync(HttpContext http, JsonNode body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString());
    }

    private sealed record Entry(byte[] Bytes, ulong Flags, ulong Index);

    private sealed record Service(
        string Id, string Name, string Address, int Port, IReadOnlyList<string> Tags, string Said, string? Target, TimeSpan Interval)
    {
        public required string Status { get; set; }

        public JsonObject ToJson() => new()
        {
            ["ID"] = Id,
            ["Service"] = Name,
            ["Tags"] = new JsonArray([.. Tags.Select(tag => (JsonNode)tag)]),
            ["Address"] = Address,
            ["Port"] = Port,
        };
    }
}
