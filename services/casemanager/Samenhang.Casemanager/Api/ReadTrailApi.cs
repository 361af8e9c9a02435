using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.ReadTrail;
using Samenhang.Platform.Errors;
using Samenhang.Protos.Casemanager.V1;
using CasePart = Samenhang.Casemanager.Domain.ReadTrail.CasePart;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC method that tells who looked at a case.</summary>
public sealed class ReadTrailApi(ReadTrailDesk trail, CaseDesk cases, CaseRules rules) : ReadTrailService.ReadTrailServiceBase
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
        var readings = await trail.ReadAsync(request.CaseId, context.CancellationToken);
        return new ListReadsResponse
        {
            Total = readings.Count,
            Reads =
            {
                readings.Reverse().Take(request.PageSize == 0 ? Default : request.PageSize).Select(reading => new CaseRead
                {
                    Subject = reading.Subject,
                    Role = reading.Role,
                    Tenant = reading.Tenant,
                    At = Timestamp.FromDateTimeOffset(reading.At),
                    Part = ToWire(reading.Part),
                }),
            },
        };
    }

    private static Wire.CasePart ToWire(CasePart part) => part switch
    {
        CasePart.File => Wire.CasePart.File,
        CasePart.Plan => Wire.CasePart.Plan,
        CasePart.Reasons => Wire.CasePart.Reasons,
        CasePart.History => Wire.CasePart.History,
        CasePart.Work => Wire.CasePart.Work,
        CasePart.ReadTrail => Wire.CasePart.ReadTrail,
    };
}
