namespace Samenhang.Api.Hosting;

/// <summary>How a running service follows edits of parameters.json and of the files of tenants.</summary>
public sealed class PolicyOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Samenhang:Policies";

    /// <summary>How often the files are looked at. Default: 1 s. An edit is read when two looks in a row find it the same.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the casemanager waits after an edit before it asks again, so that every other process has seen the edit too.
    /// Default: 5 s.
    /// </summary>
    public TimeSpan SettleFor { get; set; } = TimeSpan.FromSeconds(5);
}
