using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Samenhang.Api;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Emergencies;
using Samenhang.Casemanager.Emergencies;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Platform.Trail;
using Samenhang.Protos.Casemanager.V1;
using EmergencyOpinion = Samenhang.Casemanager.Domain.Emergencies.EmergencyOpinion;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods by which accesses in an emergency are looked at: parse, handle, reply.</summary>
public sealed class EmergencyApi(EmergencyDesk emergencies, CaseRules rules) : EmergencyService.EmergencyServiceBase
{
    private const int Most = 200;
    private const int Default = 50;
    private const int LongestNote = 2000;

    /// <inheritdoc/>
    public override async Task<ListEmergenciesResponse> ListEmergencies(ListEmergenciesRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        if (request.PageSize is < 0 or > Most)
        {
            reader.Fault("page_size", $"Een pagina heeft 1 tot {Most} regels.", $"A page has 1 to {Most} lines.");
        }

        reader.EnsureValid();
        var size = request.PageSize == 0 ? Default : request.PageSize;
        var found = new List<LookedAt>();
        await foreach (var one in emergencies.ListAsync(context.Caller(), context.CancellationToken))
        {
            if ((request.BeforeNumber <= 0 || one.Access.First.Number < request.BeforeNumber) && (!request.OnlyOpen || one.Reviews.IsOpen))
            {
                found.Add(one);
            }

            if (found.Count > size)
            {
                break;
            }
        }

        return new ListEmergenciesResponse
        {
            Accesses = { found.Take(size).Select(ToWire) },
            NextBeforeNumber = found.Count > size ? found[size - 1].Access.First.Number : 0,
        };
    }

    /// <inheritdoc/>
    public override async Task<ReviewEmergencyResponse> ReviewEmergency(ReviewEmergencyRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        reader.Named("request_id", request.RequestId);
        if (WireLists.ToOwn<Wire.EmergencyOpinion, EmergencyOpinion>(request.Opinion) is not { } opinion)
        {
            reader.Fault("opinion", "Zeg wat u ervan vindt.", "Say what you think of it.");
            opinion = default;
        }

        if (request.Note.Length > LongestNote)
        {
            reader.Fault("note", $"De tekst is te lang: hoogstens {LongestNote} tekens.", $"The text is too long: at most {LongestNote} characters.");
        }

        reader.EnsureValid();
        LookedAt? about = null;
        await foreach (var one in emergencies.ListAsync(context.Caller(), context.CancellationToken))
        {
            if (one.Access.First.Number <= request.Number)
            {
                about = one.Access.First.Number == request.Number ? one : null;
                break;
            }
        }

        if (about is null)
        {
            throw new RpcFailure(new Error.NotFound("emergency"));
        }

        TrailNotes.Of(context).CaseKey = about.Access.First.Line.CaseKey;
        return (await emergencies.ReviewAsync(
            RequestIdentity.Of(request.RequestId, request),
            about,
            opinion,
            request.Note.Trim(),
            context.Caller(),
            reviewed => new ReviewEmergencyResponse { Review = ToWire(reviewed) },
            context.CancellationToken)).OrFail();
    }

    private static Wire.EmergencyAccess ToWire(LookedAt one)
    {
        var line = one.Access.First.Line;
        return new Wire.EmergencyAccess
        {
            Number = one.Access.First.Number,
            Subject = line.Subject ?? "",
            Role = line.Role ?? "",
            Tenant = line.Tenant ?? "",
            Organisation = line.Organisation ?? "",
            CaseId = line.CaseKey ?? "",
            CaseTenant = one.CaseTenant,
            Reason = one.Access.Reason,
            FirstAt = Timestamp.FromDateTimeOffset(line.OccurredOn),
            LastAt = Timestamp.FromDateTimeOffset(one.Access.LastAt),
            Parts = { one.Access.Parts.Select(ReadTrailApi.ToWire) },
            Calls = one.Access.Calls,
            Review = one.Reviews.Newest is { } reviewed ? ToWire(reviewed) : null,
        };
    }

    private static EmergencyReview ToWire(EmergencyReviewed reviewed) => new()
    {
        Opinion = WireLists.ToWire<EmergencyOpinion, Wire.EmergencyOpinion>(reviewed.Opinion),
        Note = reviewed.Note,
        ReviewedBy = reviewed.By,
        ReviewedAt = Timestamp.FromDateTimeOffset(reviewed.At),
    };
}
