using System.Text.Json.Serialization;
using Samenhang.Domains.Records;
using Samenhang.Zvw.Claims;
using Samenhang.Zvw.Referrals;
using Samenhang.Zvw.Trajectories;

namespace Samenhang.Zvw.Paths;

/// <summary>
/// A care path (zorgpad): a referral, the trajectory that it leads to, and what was billed for it. A new path needs a new referral
/// (GB-43) and one path is one performance (GB-68), so the three are one record: what they say of one provision cannot come in the
/// wrong order.
/// </summary>
public sealed record CarePath : IRecord
{
    /// <inheritdoc/>
    public static string Kind => "care-path";

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string? CasePseudonym { get; init; }

    /// <inheritdoc/>
    public string? OwnReference => null;

    /// <summary>The provision of the case that this is, by its id there; null when the domain was the first to tell of it.</summary>
    public string? CaseProvisionId { get; init; }

    /// <summary>The needs that it serves, by their id in the case.</summary>
    public required IReadOnlyList<string> NeedIds { get; init; }

    /// <summary>The scheme: the one asked for, then that of the product in use.</summary>
    public required string Scheme { get; init; }

    /// <summary>The provider, a party of the case, or null.</summary>
    public string? ProviderId { get; init; }

    /// <summary>The referral, or null.</summary>
    public Referral? Referral { get; init; }

    /// <summary>The trajectory, or null while it did not begin.</summary>
    public Trajectory? Trajectory { get; init; }

    /// <summary>What was billed, the first line first.</summary>
    public IReadOnlyList<ReportedLine> Lines { get; init; } = [];

    /// <summary>The facts that were told of its provisions up to the event before this, by provision: what it says no more is taken back.</summary>
    public IReadOnlyList<ToldFact> OnceTold { get; init; } = [];

    /// <summary>Its id in the case.</summary>
    [JsonIgnore]
    public string IdInCase => CaseProvisionId ?? Id;

    /// <summary>The provision of the case that a line is: the first line bills the path, each further one stands beside it.</summary>
    public string ProvisionOf(ReportedLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Number == 1 ? IdInCase : $"{IdInCase}.{line.Number}";
    }

    /// <summary>The path after a change, with what was told until now.</summary>
    internal CarePath After(CarePath changed) => changed with { OnceTold = [.. OnceTold.Union(this.FactsTold())] };
}

/// <summary>A fact of a provision that the case heard.</summary>
public sealed record ToldFact(string Provision, string Fact);
