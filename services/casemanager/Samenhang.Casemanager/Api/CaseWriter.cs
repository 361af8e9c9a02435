using Google.Protobuf.WellKnownTypes;
using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Casemanager.Store;
using Samenhang.Casemanager.Vault;
using Samenhang.Language;
using Samenhang.Platform.Hosting;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Writes cases as the contract says them.</summary>
internal static class CaseWriter
{
    /// <summary>A case; of the BSN only whether it is known.</summary>
    public static Wire.Case ToWire(this CaseState state, Vocabulary vocabulary, bool bsnKnown, Pseudonyms pseudonyms)
    {
        var opened = state.Opened!;
        var whole = new AddressProtection(vocabulary).In(state.ToDocument(opened.AsOf ?? state.RoundAsOf).ToCase(vocabulary));
        return new Wire.Case
        {
            CaseId = opened.CaseId,
            Version = state.Version,
            Title = opened.Title,
            AsOf = opened.AsOf.ToWire(),
            Rulebooks = { opened.Rulebooks },
            Tenant = opened.Tenant ?? "",
            Insurer = opened.Insurer ?? "",
            Options = { opened.Options },
            Parameters = { opened.Parameters.ToWire() },
            Facts = { whole.Facts.ToWire() },
            Needs = { whole.Needs.Select(WireWriter.ToWire) },
            Provisions = { whole.Provisions.Select(WireWriter.ToWire) },
            Parties = { whole.Parties.Select(WireWriter.ToWire) },
            Consents = { whole.Consents.Select(WireWriter.ToWire) },
            Events = { whole.Events.Select(WireWriter.ToWire) },
            Evidence = { whole.Evidence.Select(WireWriter.ToWire) },
            OpenLists = { opened.Open },
            BsnKnown = bsnKnown,
            Restriction = state.Restriction?.ToWire(),
            Pseudonyms =
            {
                ServiceNames.All.Where(service => service != ServiceNames.Casemanager).Select(service => new Wire.DomainPseudonym
                {
                    Domain = WireCodes.Domain(service),
                    CasePseudonym = pseudonyms.Of(service, opened.CaseId),
                }),
            },
        };
    }

    /// <summary>Why and since when data are only kept.</summary>
    public static Wire.ProcessingRestriction ToWire(this ProcessingRestricted restricted) => new()
    {
        Ground = WireLists.ToWire<RestrictionGround, Wire.RestrictionGround>(restricted.Ground),
        Reason = restricted.Reason,
        By = restricted.By,
        Since = Timestamp.FromDateTimeOffset(restricted.At),
    };

    /// <summary>A line of the worklist.</summary>
    public static Wire.CaseSummary ToWire(this CaseRow row) => new()
    {
        CaseId = row.CaseId,
        Version = row.Version,
        Title = row.Title,
        Tenant = row.Tenant ?? "",
        PlanVersion = row.PlanVersion,
        Severity = (Protos.Common.V1.Severity)row.Severity,
        FindingCount = row.FindingCount,
        RoundStatus = row.Status.ToWire(),
    };

    /// <summary>Where a case stands.</summary>
    public static Wire.RoundStatus ToWire(this RoundStatus status) => (Wire.RoundStatus)status;
}
