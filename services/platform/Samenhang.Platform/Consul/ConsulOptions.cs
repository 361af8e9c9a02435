namespace Samenhang.Platform.Consul;

/// <summary>How this process uses Consul, section <c>Samenhang:Consul</c>.</summary>
public sealed class ConsulOptions
{
    /// <summary>The HTTP address of the agent, for example <c>http://localhost:8500</c>. Default: none, and then nothing here uses Consul.</summary>
    public string? Address { get; set; }

    /// <summary>The data centre that is asked. Null: that of the agent.</summary>
    public string? Datacenter { get; set; }

    /// <summary>The ACL token. Null: the agent's anonymous rights. In production use <see cref="TokenFile"/>.</summary>
    public string? Token { get; set; }

    /// <summary>A file that holds the ACL token; read at each request, so that a new token needs no restart. Goes before <see cref="Token"/>.</summary>
    public string? TokenFile { get; set; }

    /// <summary>Whether the services of this process register. Default: yes.</summary>
    public bool Register { get; set; } = true;

    /// <summary>Where others reach this process, <c>host</c> or <c>host:port</c>. Null: where it listens; when it listens everywhere, the machine's own address.</summary>
    public string? Advertise { get; set; }

    /// <summary>Whether services that are found through Consul speak TLS. Default: no.</summary>
    public bool UseTls { get; set; }

    /// <summary>How often the agent checks the health of this process. Default: 5 s; a process that fails gets no calls after at most this long.</summary>
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the agent waits for the answer to a check. Default: 2 s.</summary>
    public TimeSpan CheckWithin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long without a good check the agent forgets the process. Default: 10 minutes; Consul takes no less than one.</summary>
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the process looks whether the agent still knows it. Default: 5 s.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a question for changes hangs at most. Default: 5 minutes, as Consul's own; the most that Consul allows is 10.</summary>
    public TimeSpan WaitAtMost { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often an answer is taken at most when answers follow one another without end. Default: 2 s, after five in quick succession.</summary>
    public TimeSpan AtMostEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether settings are read from Consul's keys and values (<see cref="KeyPrefix"/>). Default: yes.</summary>
    public bool Settings { get; set; } = true;

    /// <summary>Under which the settings of a service lie: <c>{KeyPrefix}/{service}/…</c>. Default: <c>samenhang</c>.</summary>
    public string KeyPrefix { get; set; } = "samenhang";

    /// <summary>Whether there is a Consul.</summary>
    public bool IsUsed => !string.IsNullOrWhiteSpace(Address);

    /// <summary>What is wrong with these settings, one line each.</summary>
    internal IEnumerable<string> Violations()
    {
        if (!IsUsed)
        {
            yield break;
        }

        if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return "Samenhang:Consul:Address must be an http or https address, such as http://localhost:8500; empty for no Consul.";
        }

        if (Advertise is { Length: > 0 } advertise && !Discovery.HostAndPort.TryParse(advertise, defaultPort: 1, out _))
        {
            yield return "Samenhang:Consul:Advertise must be a host, or host:port.";
        }

        if (ForgetAfter < TimeSpan.FromMinutes(1))
        {
            yield return "Samenhang:Consul:ForgetAfter must be at least a minute; Consul takes no less.";
        }

        if (WaitAtMost <= TimeSpan.Zero || WaitAtMost > TimeSpan.FromMinutes(10))
        {
            yield return "Samenhang:Consul:WaitAtMost must be longer than nothing and at most 10 minutes.";
        }

        if (string.IsNullOrWhiteSpace(KeyPrefix) || KeyPrefix.StartsWith('/') || KeyPrefix.EndsWith('/'))
        {
            yield return "Samenhang:Consul:KeyPrefix must name a folder of keys, without a slash at either end.";
        }

        foreach (var (setting, span) in new[]
        {
            (nameof(CheckEvery), CheckEvery), (nameof(CheckWithin), CheckWithin), (nameof(LookEvery), LookEvery), (nameof(AtMostEvery), AtMostEvery),
        })
        {
            if (span <= TimeSpan.Zero || span > TimeSpan.FromHours(1))
            {
                yield return $"Samenhang:Consul:{setting} must be longer than nothing and at most an hour.";
            }
        }
    }
}
