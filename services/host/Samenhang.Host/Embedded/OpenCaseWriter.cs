using Samenhang.Api.Writing;
using Samenhang.Language;
using Samenhang.Protos.Casemanager.V1;
using Case = Samenhang.Language.Case;

namespace Samenhang.Host.Embedded;

/// <summary>Writes a case of a file as a request to open it.</summary>
internal static class OpenCaseWriter
{
    /// <summary>The request.</summary>
    public static OpenCaseRequest Write(Case @case, string title, string requestId) => new()
    {
        RequestId = requestId,
        Title = title,
        AsOf = @case.AsOf.ToWire(),
        Rulebooks = { @case.Rulebooks.Order(StringComparer.Ordinal) },
        Tenant = @case.Tenant ?? "",
        Insurer = @case.Insurer ?? "",
        Options = { @case.Options.Order(StringComparer.Ordinal) },
        Parameters = { @case.Parameters.ToWire() },
        Facts = { @case.Facts.ToWire() },
        Needs = { @case.Needs.Select(WireWriter.ToWire) },
        Provisions = { @case.Provisions.Select(WireWriter.ToWire) },
        Parties = { @case.Parties.Select(WireWriter.ToWire) },
        Consents = { @case.Consents.Select(WireWriter.ToWire) },
        Events = { @case.Events.Select(WireWriter.ToWire) },
        Evidence = { @case.Evidence.Select(WireWriter.ToWire) },
        OpenLists = { @case.Open.Order(StringComparer.Ordinal) },
    };
}
