namespace Samenhang.Platform.Probes;

/// <summary>Where probes are answered, section <c>Samenhang:Probes</c>.</summary>
public sealed class ProbeOptions
{
    /// <summary>The HTTP/1 port of <c>/alive</c> and <c>/ready</c>, on all addresses. Null: no probes.</summary>
    public int? Port { get; set; }
}
