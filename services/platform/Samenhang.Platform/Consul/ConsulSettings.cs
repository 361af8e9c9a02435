using System.Text;
using Microsoft.Extensions.Configuration;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Consul;

/// <summary>
/// The settings of one service in Consul's keys and values: key <c>samenhang/zvw/Relay/BatchSize</c> is setting
/// <c>Samenhang:Relay:BatchSize</c>. Keys under <c>Logging/</c> and <c>Grpc/</c> are those sections themselves.
/// </summary>
/// <remarks>
/// They are read once before the service starts, within a bound: a service starts without them when Consul is away, and gets them
/// when it is back. What is secret does not belong there: a key that is named like a secret is refused.
/// </remarks>
internal sealed class ConsulSettings(ConsulOptions options, string service) : IConfigurationSource
{
    private static readonly TimeSpan FirstReadWithin = TimeSpan.FromSeconds(3);

    private static readonly string[] SectionsOfTheirOwn = [SamenhangOptions.Section, "Logging", "Grpc"];

    private static readonly string[] NamesOfSecrets =
        ["password", "passwd", "passphrase", "pwd", "secret", "token", "credential", "apikey", "privatekey", "connectionstring", "accesskey"];

    private readonly Lock _lock = new();
    private volatile Reading? _now;

    /// <summary>Tells that <see cref="Now"/> is another one.</summary>
    public event Action? Changed;

    /// <summary>The service.</summary>
    public string Service => service;

    /// <summary>The keys that are read.</summary>
    public string Prefix => $"{options.KeyPrefix}/{service}/";

    /// <summary>What was read last; empty when Consul was away at the start and has not come back.</summary>
    public Reading Now => _now ?? Reading.Nothing;

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        // The configuration is built anew at each source that is added; Consul is asked once.
        lock (_lock)
        {
            _now ??= ReadAtStart();
        }

        return new Provider(this);
    }

    /// <summary>Takes what the keys say now.</summary>
    /// <returns>False when they say the same as before.</returns>
    public bool Take(IReadOnlyList<ConsulKeyValue> keys)
    {
        var next = Read(keys, Prefix);
        if (next.IsSameAs(Now))
        {
            return false;
        }

        _now = next;
        Changed?.Invoke();
        return true;
    }

    /// <summary>Makes settings of keys.</summary>
    internal static Reading Read(IReadOnlyList<ConsulKeyValue> keys, string prefix)
    {
        var settings = new SortedDictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var refused = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var key in keys.Where(key => key.Key.StartsWith(prefix, StringComparison.Ordinal) && !key.Key.EndsWith('/')))
        {
            var parts = key.Key[prefix.Length..].Split(['/', ':'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0)
            {
                continue;
            }

            if (parts.Any(IsNamedLikeASecret))
            {
                refused.Add(key.Key);
                continue;
            }

            var path = string.Join(':', parts);
            settings[SectionsOfTheirOwn.Contains(parts[0], StringComparer.OrdinalIgnoreCase) ? path : $"{SamenhangOptions.Section}:{path}"] =
                Encoding.UTF8.GetString(key.Value.Span);
        }

        return new Reading(settings, [.. refused], IsRead: true);
    }

    private static bool IsNamedLikeASecret(string part)
    {
        var name = part.Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);
        return NamesOfSecrets.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase))
            || name.Equals("vault", StringComparison.OrdinalIgnoreCase) // Its section holds one setting, and that is a key.
            || name.Equals("keys", StringComparison.OrdinalIgnoreCase);
    }

    // Configuration is built before there is a host, and its interface waits for nothing: this blocks the start, and nothing else.
    private Reading ReadAtStart()
    {
        using var client = new ConsulClient(options);
        using var bound = new CancellationTokenSource(FirstReadWithin);
        try
        {
            return Read(Task.Run(() => client.KeysAsync(Prefix, 0, bound.Token)).GetAwaiter().GetResult().Value, Prefix);
        }
        catch (Exception cause) when (cause is ConsulException or OperationCanceledException)
        {
            return Reading.Nothing; // The watch tells, and goes on trying.
        }
    }

    /// <summary>What the keys said at one moment.</summary>
    /// <param name="Settings">The settings.</param>
    /// <param name="Refused">Keys that are named like a secret, and were left.</param>
    /// <param name="IsRead">Whether Consul has answered.</param>
    internal sealed record Reading(IReadOnlyDictionary<string, string?> Settings, IReadOnlyList<string> Refused, bool IsRead)
    {
        public static Reading Nothing { get; } = new(new Dictionary<string, string?>(), [], IsRead: false);

        public bool IsSameAs(Reading other) =>
            IsRead == other.IsRead && Refused.SequenceEqual(other.Refused)
            && Settings.Count == other.Settings.Count && Settings.All(setting => other.Settings.TryGetValue(setting.Key, out var value) && value == setting.Value);
    }

    private sealed class Provider : ConfigurationProvider, IDisposable
    {
        private readonly ConsulSettings _source;

        public Provider(ConsulSettings source)
        {
            _source = source;
            source.Changed += Reload;
        }

        public override void Load() => Data = new Dictionary<string, string?>(_source.Now.Settings, StringComparer.OrdinalIgnoreCase);

        public void Dispose() => _source.Changed -= Reload;

        private void Reload()
        {
            Load();
            OnReload();
        }
    }
}
