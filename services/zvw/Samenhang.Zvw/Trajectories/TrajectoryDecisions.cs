using Samenhang.Platform.Errors;
using Samenhang.Zvw.Paths;

namespace Samenhang.Zvw.Trajectories;

/// <summary>What may happen to a trajectory, and when. Pure.</summary>
public static class TrajectoryDecisions
{
    /// <summary>Begins a path with a trajectory that has no referral.</summary>
    public static Result<CarePathEvent> OpenWithoutReferral(CarePath path) => new CarePathEvent.TrajectoryOpened(path);

    /// <summary>Begins a trajectory on the referral of a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="trajectory">The trajectory.</param>
    /// <param name="scheme">The scheme of its product; null = the one that the referral asked for.</param>
    /// <param name="providerId">The provider; null = the one that the referral named.</param>
    public static Result<CarePathEvent> Open(CarePath path, Trajectory trajectory, string? scheme, string? providerId)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(trajectory);
        return path switch
        {
            { Trajectory: not null } => path.Forbids("TRAJECTORY_OPENED", "Het traject van dit zorgpad is al begonnen.", "The trajectory of this path began already."),
            { Referral.WithdrawnOn: not null } => path.Forbids("REFERRAL_WITHDRAWN", "Deze verwijzing is ingetrokken.", "This referral was taken back."),
            _ => path.NotBefore(path.Referral?.IssuedOn ?? default, trajectory.OpenedOn).Map<CarePathEvent>(open => new CarePathEvent.TrajectoryOpened(
                open.After(open with { Trajectory = trajectory, Scheme = scheme ?? open.Scheme, ProviderId = providerId ?? open.ProviderId }))),
        };
    }

    /// <summary>Changes the product.</summary>
    public static Result<CarePathEvent> ChangeProduct(CarePath path, ProductChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Running(path).Then(trajectory => (change.Scheme, change.Product) == (path.Scheme, trajectory.Product)
            ? path.Forbids("SAME_PRODUCT", "Dit product loopt al.", "This product is in use already.")
            : path.NotBefore(trajectory.Changes is [.., var last] ? last.On : trajectory.OpenedOn, change.On).Map<CarePathEvent>(_ => new CarePathEvent.ProductChanged(
                path.After(path with { Scheme = change.Scheme, Trajectory = trajectory with { Product = change.Product, Changes = [.. trajectory.Changes, change] } }))));
    }

    /// <summary>Puts somebody in charge.</summary>
    public static Result<CarePathEvent> Assign(CarePath path, MainPractitioner next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return Running(path).Then(trajectory => path.NotBefore(trajectory.MainPractitioners is [.., var last] ? last.From : trajectory.OpenedOn, next.From)
            .Map<CarePathEvent>(_ => new CarePathEvent.MainPractitionerAssigned(
                path.After(path with { Trajectory = trajectory with { MainPractitioners = [.. trajectory.MainPractitioners, next] } }))));
    }

    /// <summary>Ends a trajectory.</summary>
    /// <param name="path">The path.</param>
    /// <param name="closing">Its end.</param>
    /// <param name="ggz">The schemes of which the end is an event of the case.</param>
    public static Result<CarePathEvent> Close(CarePath path, Closing closing, IReadOnlyCollection<string> ggz)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(closing);
        ArgumentNullException.ThrowIfNull(ggz);
        closing = closing with { Ends = path.Scheme == "fact-treatment" ? "fact-ended" : ggz.Contains(path.Scheme) ? "ggz-ended" : null };
        return Running(path).Then(trajectory => path.NotBefore(trajectory.OpenedOn, closing.On).Map<CarePathEvent>(_ => new CarePathEvent.TrajectoryClosed(
            path.After(path with { Trajectory = trajectory with { Closing = closing } }))));
    }

    private static Result<Trajectory> Running(CarePath path) => path switch
    {
        { Trajectory: null } => path.Forbids("NO_TRAJECTORY", "Op dit zorgpad is nog geen traject begonnen.", "No trajectory began on this path."),
        { Trajectory.Closing: not null } => path.Forbids("TRAJECTORY_CLOSED", "Dit traject is afgesloten.", "This trajectory is closed."),
        { Trajectory: { } running } => running,
    };
}
