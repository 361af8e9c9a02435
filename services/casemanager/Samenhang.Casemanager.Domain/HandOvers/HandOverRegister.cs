using System.Collections.Immutable;

namespace Samenhang.Casemanager.Domain.HandOvers;

/// <summary>The hand-overs of a case, in the order in which they were offered. Immutable.</summary>
public sealed class HandOverRegister
{
    private readonly ImmutableList<HandOverLife> lives;

    private HandOverRegister(ImmutableList<HandOverLife> lives) => this.lives = lives;

    /// <summary>No hand-over yet.</summary>
    public static HandOverRegister Empty { get; } = new([]);

    /// <summary>All, also those that ended.</summary>
    public IReadOnlyList<HandOverLife> All => lives;

    /// <summary>The id that the next hand-over gets.</summary>
    public string NextId => $"h{lives.Count + 1}";

    /// <summary>A hand-over; null when there is none with this id.</summary>
    public HandOverLife? Find(string id) => lives.FirstOrDefault(life => life.Id == id);

    /// <summary>The register after one more change.</summary>
    public HandOverRegister After(HandOverChange change) => change switch
    {
        HandOverOffered offered => new(lives.Add(offered.Life)),
        HandOverStepped stepped => new([.. lives.Select(life => life.Id == stepped.Id
            ? life with { Steps = life.Steps.Add(stepped.Step), Warmth = stepped.Warmth, ToProvision = stepped.ToProvision ?? life.ToProvision }
            : life)]),
        _ => throw new InvalidOperationException($"{change?.GetType().Name} is no change of a hand-over."),
    };
}
