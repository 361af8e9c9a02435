using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Language;
using Wire = Samenhang.Protos.Common.V1;

namespace Samenhang.Domains.Provisions;

/// <summary>Reads requests about provisions; all violations at once. One reader per request.</summary>
public sealed class ProvisionReader<TDomain>(Vocabulary vocabulary, Days days)
    where TDomain : IDomain
{
    private readonly RequestReader reader = new(vocabulary);

    /// <inheritdoc cref="RequestReader.EnsureValid"/>
    public void EnsureValid() => reader.EnsureValid();

    /// <summary>Reports a fault.</summary>
    public void Add(string field, string nl, string en) => reader.Add(field, nl, en);

    /// <summary>A request for a provision of this domain. Its id is still to be given.</summary>
    public KeptProvision Asked(
        string requestId, string casePseudonym, string caseProvisionId, string scheme, IReadOnlyList<string> needIds, string providerId, string product, Samenhang.Protos.Types.Date? requestedOn)
    {
        ArgumentNullException.ThrowIfNull(needIds);
        reader.Id("request_id", requestId);
        var own = reader.Vocabulary.Schemes.Values.Where(known => known.Service == TDomain.Name).Select(known => known.Id).ToList();
        if (needIds.Count == 0)
        {
            reader.Add("need_ids", "Noem ten minste één behoefte.", "Name at least one need.");
        }

        return new KeptProvision
        {
            Id = "",
            CasePseudonym = reader.Id("case_pseudonym", casePseudonym),
            CaseProvisionId = reader.OptionalId("case_provision_id", caseProvisionId),
            Scheme = reader.Code("scheme", scheme, own),
            Status = ProvisionStatus.Requested,
            NeedIds = reader.Items("need_ids", needIds, reader.Id),
            ProviderId = reader.OptionalId("provider_id", providerId),
            Product = reader.Text("product", product, 200),
            RequestedOn = Day("requested_on", requestedOn),
        };
    }

    /// <summary>The id of the provision that a request wants to change.</summary>
    public string Change(string requestId, string provisionId)
    {
        reader.Id("request_id", requestId);
        return reader.Id("provision_id", provisionId);
    }

    /// <summary>A day; today when none is given.</summary>
    public DateOnly Day(string field, Samenhang.Protos.Types.Date? day) => day is null ? days.Today : reader.Day(field, day) ?? default;

    /// <summary>The code of the reason for a refusal; null for a grant.</summary>
    public string? Refused(Wire.Decision decision, string reason)
    {
        reader.Member("decision", decision);
        if (decision == Wire.Decision.Refuse)
        {
            return reader.Code("refusal_reason", reason, reader.Vocabulary.FactById["prov.refusalReason"].Values!);
        }

        if (!string.IsNullOrEmpty(reason))
        {
            reader.Add("refusal_reason", "Een toekenning heeft geen reden van weigering.", "A grant has no reason for refusal.");
        }

        return null;
    }
}
