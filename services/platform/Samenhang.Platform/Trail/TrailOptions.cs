namespace Samenhang.Platform.Trail;

/// <summary>How long the trail is kept.</summary>
public sealed class TrailOptions
{
    /// <summary>
    /// For how many days lines are kept; 0 = for ever. Default: 1827, five years. It is apart from what the files themselves are kept for:
    /// who looked must be known for as long as somebody may ask.
    /// </summary>
    public int KeepDays { get; set; } = 1827;
}
