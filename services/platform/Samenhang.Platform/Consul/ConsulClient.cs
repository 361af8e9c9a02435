using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Samenhang.Platform.Consul;

/// <summary>
/// What Samenhang uses of Consul's HTTP API, version 1: register and deregister with the local agent, ask which instances of a
/// service pass their checks, read keys and values. The last two can hang until something changes (<see cref="BlockingQuery"/>).
/// </summary>
/// <remarks>Safe for use from several threads. Every failure is a <see cref="ConsulException"/> that says what kind.</remarks>
public sealed class ConsulClient : IDisposable
{
    // The agent is on the same machine, or as near as can be.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private const int LongestFaultText = 200;

    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ConsulOptions _options;
    private readonly HttpClient _http;

    /// <summary>A client of the agent that the options name.</summary>
    public ConsulClient(ConsulOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = AnswerWithin, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15), ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri(options.Address is { Length: > 0 } address ? address : throw new ArgumentException("There is no address of Consul.", nameof(options))),
            Timeout = Timeout.InfiniteTimeSpan, // Each request has a bound of its own.
        };
    }

    /// <summary>Registers an instance with its check; what was registered under the same id is replaced.</summary>
    public async Task RegisterAsync(ConsulRegistration registration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        using var content = JsonContent.Create(registration, options: Json);
        using var answer = await SendAsync(
            HttpMethod.Put, "agent/service/register?replace-existing-checks=true", content, AnswerWithin, cancellationToken);
        await RequireAsync(answer, cancellationToken);
    }

    /// <summary>Removes an instance and its checks. It is no fault when the agent does not know it.</summary>
    public async Task DeregisterAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            HttpMethod.Put, $"agent/service/deregister/{Uri.EscapeDataString(id)}", null, AnswerWithin, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.NotFound)
        {
            await RequireAsync(answer, cancellationToken);
        }
    }

    /// <summary>Whether the local agent knows the instance.</summary>
    public async Task<bool> IsRegisteredAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"agent/service/{Uri.EscapeDataString(id)}", null, AnswerWithin, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        await RequireAsync(answer, cancellationToken);
        return true;
    }

    /// <summary>The instances of a service that pass all their checks.</summary>
    /// <param name="service">The name of the service.</param>
    /// <param name="index">0 to hear at once; else the answer comes when something is newer than this index, or when the wait has passed.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<ConsulAnswer<IReadOnlyList<ConsulInstance>>> PassingAsync(string service, ulong index, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync($"health/service/{Uri.EscapeDataString(service)}?passing=true", index, cancellationToken);
        await RequireAsync(answer, cancellationToken);
        var entries = await ReadAsync<List<HealthEntry>>(answer, cancellationToken);
        return new([.. entries.Select(Instance).OrderBy(instance => instance.Id, StringComparer.Ordinal)], IndexOf(answer));
    }

    /// <summary>All keys under a prefix with their values; none when there are none.</summary>
    /// <param name="prefix">How the keys begin, for example <c>samenhang/zvw/</c>.</param>
    /// <param name="index">As with <see cref="PassingAsync"/>.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<ConsulAnswer<IReadOnlyList<ConsulKeyValue>>> KeysAsync(string prefix, ulong index, CancellationToken cancellationToken)
    {
        var path = string.Join('/', prefix.Split('/').Select(Uri.EscapeDataString));
        using var answer = await AskAsync($"kv/{path}?recurse=true", index, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return new([], IndexOf(answer)); // Nothing stands there yet; the index can be waited on all the same.
        }

        await RequireAsync(answer, cancellationToken);
        var entries = await ReadAsync<List<KeyEntry>>(answer, cancellationToken);
        return new([.. entries.Select(entry => new ConsulKeyValue(entry.Key, entry.Value ?? [], entry.Flags))], IndexOf(answer));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> AskAsync(string path, ulong index, CancellationToken cancellationToken)
    {
        if (index == 0)
        {
            return SendAsync(HttpMethod.Get, path, null, AnswerWithin, cancellationToken);
        }

        // The agent adds up to a sixteenth of the wait, so that not all who wait wake at once.
        var wait = _options.WaitAtMost;
        return SendAsync(
            HttpMethod.Get,
            string.Create(CultureInfo.InvariantCulture, $"{path}&index={index}&wait={ConsulDuration.Of(wait)}"),
            null,
            wait + (wait / 16) + AnswerWithin,
            cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, TimeSpan within, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(within);
        try
        {
            using var request = new HttpRequestMessage(method, $"v1/{InDatacenter(path)}") { Content = content };
            if (await TokenAsync(bound.Token) is { Length: > 0 } token)
            {
                request.Headers.TryAddWithoutValidation("X-Consul-Token", token);
            }

            return await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, bound.Token);
        }
        catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConsulException(ConsulFailureKind.Away, $"Consul at {_options.Address} did not answer in {within}.", cause);
        }
        catch (HttpRequestException cause)
        {
            throw new ConsulException(ConsulFailureKind.Away, $"Consul at {_options.Address} does not answer.", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ConsulException(ConsulFailureKind.Forbidden, "The file with the token of Consul cannot be read.", cause);
        }
    }

    // What concerns the local agent has no data centre.
    private string InDatacenter(string path) => _options.Datacenter is { Length: > 0 } datacenter && !path.StartsWith("agent/", StringComparison.Ordinal)
        ? $"{path}&dc={Uri.EscapeDataString(datacenter)}"
        : path;

    private async ValueTask<string?> TokenAsync(CancellationToken cancellationToken) => _options.TokenFile is { Length: > 0 } file
        ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim()
        : _options.Token;

    private static async Task RequireAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        var said = (await answer.Content.ReadAsStringAsync(cancellationToken)).Trim();
        var kind = answer.StatusCode switch
        {
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => ConsulFailureKind.Forbidden,
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => ConsulFailureKind.Unavailable,
            _ => ConsulFailureKind.Refused,
        };
        throw new ConsulException(kind, $"Consul answers {(int)answer.StatusCode}: {(said.Length > LongestFaultText ? said[..LongestFaultText] : said)}");
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(Json, cancellationToken)
                ?? throw new ConsulException(ConsulFailureKind.Refused, "Consul answers null.");
        }
        catch (JsonException cause)
        {
            throw new ConsulException(ConsulFailureKind.Refused, "Consul answers something that is not what its documentation says.", cause);
        }
    }

    private static ulong IndexOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-Consul-Index", out var values)
        && ulong.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : 0;

    private static ConsulInstance Instance(HealthEntry entry) => new(
        entry.Service.Id,
        entry.Service.Address is { Length: > 0 } own ? own : entry.Node.Address,
        entry.Service.Port,
        [.. (entry.Service.Tags ?? []).Order(StringComparer.Ordinal)]);

    private sealed record HealthEntry(NodeEntry Node, ServiceEntry Service);

    private sealed record NodeEntry(string Address);

    private sealed record ServiceEntry([property: JsonPropertyName("ID")] string Id, string? Address, int Port, IReadOnlyList<string>? Tags);

    private sealed record KeyEntry(string Key, byte[]? Value, ulong Flags); // A value comes in base64.
}
