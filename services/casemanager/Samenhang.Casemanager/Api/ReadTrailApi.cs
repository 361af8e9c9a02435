using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Samenhang.Access;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.ReadTrail;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Trail;
using Samenhang.Protos.Casemanager.V1;
using CasePart = Samenhang.Casemanager.ReadTrail.CasePart;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods that tell who looked at a case.</summary>
public sealed class ReadTrailApi(CaseVisits trail, CaseDesk cases, CaseRules rules) : ReadTrailService.ReadTrailServiceBase
{
    private const int Most = 500;
    private const int Default = 100;

    /// <inheritdoc/>
    public override async Task<ListReadsResponse> ListReads(ListReadsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        reader.CaseId(request.CaseId);
        if (request.PageSize is < 0 or > Most)
        {
            reader.Fault("page_size", $"Een pagina heeft 1 tot {Most} regels.", $"A page has 1 to {Most} lines.");
        }

        reader.EnsureValid();
        (await cases.FindAsync(request.CaseId, context.CancellationToken)).OrFail();
        var visits = await trail.VisitsAsync(request.CaseId, context.Caller().Role == CallerRole.PrivacyOfficer, context.CancellationToken);
        return new ListReadsResponse { Total = visits.Count, Reads = { visits.Take(request.PageSize == 0 ? Default : request.PageSize).Select(ToWire) } };
    }

    /// <inheritdoc/>
    public override async Task<LiftConfidentialityResponse> LiftConfidentiality(LiftConfidentialityRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        reader.Change(request.RequestId, request.CaseId);
        if (request.Number < 1)
        {
            reader.Fault("number", "Noem het nummer van de regel.", "Name the number of the line.");
        }

        reader.EnsureValid();
        (await cases.FindAsync(request.CaseId, context.CancellationToken)).OrFail();
        if (!await trail.HasConfidentialAsync(request.CaseId, request.Number, context.CancellationToken))
        {
            throw new RpcFailure(new Error.NotFound("trail line", FormattableString.Invariant($"{request.Number}")));
        }

        // The line of this call is what lifts it.
        TrailNotes.Of(context).Lifts = request.Number;
        return new LiftConfidentialityResponse();
    }

    private CaseRead ToWire(Visit visit)
    {
        var line = visit.Last.Line;
        return new CaseRead
        {
            Subject = line.Subject ?? "",
            Role = line.Role ?? "",
            Tenant = line.Tenant ?? "",
            At = Timestamp.FromDateTimeOffset(line.OccurredOn),
            Part = ToWire(visit.Part),
            Times = visit.Times,
            Deed = ToWire(line.Action),
            Outcome = ToWire(line.Outcome),
            Purpose = line.Purpose ?? "",
            Ground = line.Ground ?? "",
            Organisation = line.Organisation ?? "",
            Actor = line.Actor ?? "",
            EmergencyReason = trail.EmergencyOf(visit) ?? "",
            Confidential = line.IsConfidential,
            Number = visit.Last.Number,
        };
    }

    internal static Wire.CasePart ToWire(CasePart part) => part switch
    {
        CasePart.File => Wire.CasePart.File,
        CasePart.Plan => Wire.CasePart.Plan,
        CasePart.Reasons => Wire.CasePart.Reasons,
        CasePart.History => Wire.CasePart.History,
        CasePart.Work => Wire.CasePart.Work,
        CasePart.ReadTrail => Wire.CasePart.ReadTrail,
    };

    private static CaseDeed ToWire(TrailAction action) => action switch
    {
        TrailAction.Create => CaseDeed.Created,
        TrailAction.Read => CaseDeed.Read,
        TrailAction.Update => CaseDeed.Changed,
        TrailAction.Delete => CaseDeed.Removed,
        TrailAction.Execute => CaseDeed.Computed,
    };

    private static CaseDeedOutcome ToWire(TrailOutcome outcome) => outcome switch
    {
        TrailOutcome.Success => CaseDeedOutcome.Done,
        TrailOutcome.SeriousFailure => CaseDeedOutcome.Refused,
        TrailOutcome.MinorFailure or TrailOutcome.MajorFailure => CaseDeedOutcome.Failed,
    };
}
