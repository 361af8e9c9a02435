using Grpc.Core;
using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Domains.Records;
using Samenhang.Language;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Zvw.V1;
using Samenhang.Zvw.Paths;
using Samenhang.Zvw.Trajectories;
using CarePath = Samenhang.Zvw.Paths.CarePath;
using MainPractitioner = Samenhang.Zvw.Trajectories.MainPractitioner;

namespace Samenhang.Zvw.Api;

/// <summary>The gRPC methods on trajectories: parse, handle, reply.</summary>
public sealed class TrajectoryApi(RecordDesk<ZvwDomain, CarePath, CarePathEvent> paths, Vocabulary vocabulary, Days days) : TrajectoryService.TrajectoryServiceBase
{
    /// <inheritdoc/>
    public override async Task<OpenTrajectoryResponse> OpenTrajectory(OpenTrajectoryRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(vocabulary);
        reader.Id("request_id", request.RequestId);
        var trajectory = reader.Trajectory(request, days.Today);
        var identity = RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null);
        static OpenTrajectoryResponse Reply(CarePath after, long version) => new() { Path = after.ToWire(version) };
        if (request.PathId.Length == 0)
        {
            var path = reader.NewPath(request.CasePseudonym, request.CaseProvisionId, request.NeedIds, request.Scheme, request.ProviderId) with { Trajectory = trajectory };
            reader.EnsureValid();
            return (await paths.CreateAsync(identity, id => TrajectoryDecisions.OpenWithoutReferral(path with { Id = id }), Reply, context.CancellationToken)).OrFail();
        }

        var onPath = reader.Id("path_id", request.PathId);
        var scheme = reader.OptionalCode("scheme", request.Scheme, reader.OwnSchemes());
        var providerId = reader.OptionalId("provider_id", request.ProviderId);
        foreach (var (field, isGiven) in new[]
        {
            ("case_pseudonym", request.CasePseudonym.Length > 0), ("case_provision_id", request.CaseProvisionId.Length > 0), ("need_ids", request.NeedIds.Count > 0),
        })
        {
            if (isGiven)
            {
                reader.Add(field, "Laat dit veld leeg: het zorgpad weet dit al.", "Leave this field empty: the path knows it.");
            }
        }

        reader.EnsureValid();
        return (await paths.ChangeAsync(identity, onPath, path => TrajectoryDecisions.Open(path, trajectory, scheme, providerId), Reply, context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<ChangeProductResponse> ChangeProduct(ChangeProductRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(vocabulary);
        var id = reader.PathToChange(request.RequestId, request.PathId);
        var change = reader.ProductChange("change", request.Change, days.Today);
        reader.EnsureValid();
        return (await paths.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            path => TrajectoryDecisions.ChangeProduct(path, change),
            (after, version) => new ChangeProductResponse { Path = after.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<AssignMainPractitionerResponse> AssignMainPractitioner(AssignMainPractitionerRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(vocabulary);
        var id = reader.PathToChange(request.RequestId, request.PathId);
        var main = new MainPractitioner(reader.Practitioner("practitioner", request.Practitioner), reader.Day("from", request.From) ?? days.Today);
        reader.EnsureValid();
        return (await paths.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            path => TrajectoryDecisions.Assign(path, main),
            (after, version) => new AssignMainPractitionerResponse { Path = after.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<CloseTrajectoryResponse> CloseTrajectory(CloseTrajectoryRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(vocabulary);
        var id = reader.PathToChange(request.RequestId, request.PathId);
        var closing = reader.Closing("closing", request.Closing, days.Today);
        reader.EnsureValid();
        return (await paths.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            path => TrajectoryDecisions.Close(path, closing, vocabulary.SchemeGroups["ggz"]),
            (after, version) => new CloseTrajectoryResponse { Path = after.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GetCarePathResponse> GetCarePath(GetCarePathRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (path, version) = (await paths.FindAsync(request.PathId, context.CancellationToken)).OrFail();
        return new GetCarePathResponse { Path = path.ToWire(version) };
    }

    /// <inheritdoc/>
    public override async Task<ListCarePathsResponse> ListCarePaths(ListCarePathsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var found = await paths.OfCaseAsync(request.CasePseudonym, context.CancellationToken);
        return new ListCarePathsResponse { Paths = { found.Select(item => item.Record.ToWire(item.Version)) } };
    }
}
