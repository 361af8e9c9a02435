using Samenhang.Api.Writing;
using Samenhang.Language.CaseFiles;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Writes the case of a case file as a request to open it.</summary>
public static class OpenCaseRequests
{
    /// <summary>The request.</summary>
    /// <param name="file">The case file; one without a title is called by its id.</param>
    /// <param name="requestId">The id of the request; empty when whoever sends it gives one.</param>
    public static OpenCaseRequest Of(CaseFile file, string requestId = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        var @case = file.Case;
        return new OpenCaseRequest
        {
            RequestId = requestId,
            Title = file.Title ?? file.Id,
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
}
