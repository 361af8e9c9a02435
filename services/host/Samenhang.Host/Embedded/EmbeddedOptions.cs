namespace Samenhang.Host.Embedded;

/// <summary>How the whole system runs in one process.</summary>
internal sealed record EmbeddedOptions
{
    /// <summary>The folder of the stores; null = a folder of its own that goes when the system stops.</summary>
    public string? DataFolder { get; init; }

    /// <summary>True = the documented ports, or free ones where they are taken; false = free ones.</summary>
    public bool UseDefaultPorts { get; init; } = true;

    /// <summary>The repository whose vocabulary and rulebooks are read; null = those beside the program.</summary>
    public string? Home { get; init; }

    /// <summary>Settings of the services, over their defaults.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Adds to the container; for tests that put another clock or log in.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Whether the web page starts too.</summary>
    public bool WithWeb { get; init; } = true;
}
