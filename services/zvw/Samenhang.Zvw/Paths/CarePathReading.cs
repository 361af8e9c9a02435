using Samenhang.Api.Reading;
using Samenhang.Platform.Hosting;
using Samenhang.Zvw.Claims;
using Samenhang.Zvw.Referrals;
using Samenhang.Zvw.Trajectories;
using Wire = Samenhang.Protos.Zvw.V1;

namespace Samenhang.Zvw.Paths;

/// <summary>Reads what each call about a path has, and writes a path.</summary>
internal static class CarePathReading
{
    /// <summary>The schemes of insured care.</summary>
    internal static IReadOnlyCollection<string> OwnSchemes(this RequestReader reader) =>
        [.. reader.Vocabulary.Schemes.Values.Where(scheme => scheme.Service == ServiceNames.Zvw).Select(scheme => scheme.Id)];

    /// <summary>The path that a request wants to change.</summary>
    internal static string PathToChange(this RequestReader reader, string requestId, string pathId)
    {
        reader.Id("request_id", requestId);
        return reader.Id("path_id", pathId);
    }

    /// <summary>A path that begins. Its id is still to be given.</summary>
    internal static CarePath NewPath(
        this RequestReader reader, string casePseudonym, string caseProvisionId, IReadOnlyList<string> needIds, string scheme, string providerId)
    {
        if (needIds.Count == 0)
        {
            reader.Add("need_ids", "Noem ten minste één behoefte.", "Name at least one need.");
        }

        return new CarePath
        {
            Id = "",
            CasePseudonym = reader.Id("case_pseudonym", casePseudonym),
            CaseProvisionId = reader.OptionalId("case_provision_id", caseProvisionId),
            NeedIds = reader.Items("need_ids", needIds, reader.Id),
            Scheme = reader.Code("scheme", scheme, reader.OwnSchemes()),
            ProviderId = reader.OptionalId("provider_id", providerId),
        };
    }

    internal static Wire.CarePath ToWire(this CarePath path, long version) => new()
    {
        PathId = path.Id,
        CasePseudonym = path.CasePseudonym ?? "",
        CaseProvisionId = path.IdInCase,
        NeedIds = { path.NeedIds },
        Scheme = path.Scheme,
        Status = path.StatusCode(),
        Referral = path.Referral?.ToWire(path.Trajectory is not null),
        Trajectory = path.Trajectory?.ToWire(path.ProviderId),
        Lines = { path.Lines.Select(line => line.ToWire(path)) },
        Version = version,
    };
}
