namespace Samenhang.Casemanager.Rounds;

/// <summary>How long a round of questions may take.</summary>
public sealed class RoundOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Samenhang:Rounds";

    /// <summary>How long domains may take to answer, counted from the newest question of the round. Default: 30 s. Then the plan is made without.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the clock looks for rounds whose time is up. Default: 1 s.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);
}
