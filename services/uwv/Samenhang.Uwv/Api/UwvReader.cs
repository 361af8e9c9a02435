using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Language;
using Samenhang.Uwv.Benefits;
using Samenhang.Uwv.EffortTests;
using Samenhang.Uwv.Judgements;
using Wire = Samenhang.Protos.Uwv.V1;

namespace Samenhang.Uwv.Api;

/// <summary>Reads requests about the records of UWV; all violations at once. One reader per request.</summary>
public sealed class UwvReader(Vocabulary vocabulary, Days days)
{
    private readonly RequestReader reader = new(vocabulary);

    /// <inheritdoc cref="RequestReader.EnsureValid"/>
    public void EnsureValid() => reader.EnsureValid();

    /// <summary>The name of the case of a new record.</summary>
    public string New(string requestId, string casePseudonym)
    {
        reader.Id("request_id", requestId);
        return reader.Id("case_pseudonym", casePseudonym);
    }

    /// <summary>The id of the record that a request wants to change.</summary>
    public string Change(string requestId, string field, string id)
    {
        reader.Id("request_id", requestId);
        return reader.Id(field, id);
    }

    /// <summary>A day; today when none is given.</summary>
    public DateOnly Day(string field, Samenhang.Protos.Types.Date? day) => day is null ? days.Today : reader.Day(field, day) ?? default;

    /// <summary>A day that must be there.</summary>
    public DateOnly RequiredDay(string field, Samenhang.Protos.Types.Date? day) => reader.RequiredDay(field, day);

    /// <summary>A member of a list that must be given.</summary>
    public TOwn Required<TWire, TOwn>(string field, TWire member)
        where TWire : struct, Enum
        where TOwn : struct, Enum =>
        WireLists.ToOwn<TWire, TOwn>(reader.Member(field, member)) ?? default;

    /// <summary>Needs of the case; may be none.</summary>
    public IReadOnlyList<string> Needs(IReadOnlyList<string> ids) => reader.Items("need_ids", ids, reader.Id);

    /// <summary>A reason for a refusal.</summary>
    public string RefusalReason(string reason) => reader.Code("refusal_reason", reason, reader.Vocabulary.FactById["prov.refusalReason"].Values!);

    /// <summary>A percentage, or null.</summary>
    public decimal? Percent(bool given, double percent)
    {
        if (given && !(percent is >= 0 and <= 100))
        {
            reader.Add("incapacity_percent", "Een percentage ligt tussen 0 en 100.", "A percentage lies between 0 and 100.");
            return null;
        }

        return given ? Math.Round((decimal)percent, 2) : null;
    }

    /// <summary>Whether an incapacity is for good, or null.</summary>
    public Permanence? Permanence(Wire.Permanence permanence) => WireLists.ToOwn<Wire.Permanence, Permanence>(reader.OptionalMember("permanence", permanence));

    /// <summary>What an expert judged.</summary>
    public JudgedCapacity Capacity(Wire.GiveJudgementRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new JudgedCapacity(
            reader.Member("has_capacity", request.HasCapacity) == Wire.Verdict.Yes,
            Percent(request.HasIncapacityPercent, request.IncapacityPercent),
            Permanence(request.Permanence),
            reader.OptionalMember("only_adapted_work", request.OnlyAdaptedWork) switch
            {
                Wire.Verdict.Yes => true,
                Wire.Verdict.No => false,
                _ => null,
            });
    }

    /// <summary>The sanction that follows from a test; null = the effort was enough.</summary>
    public Sanction? Sanction(Wire.JudgeEffortRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (reader.Member("sufficient", request.Sufficient) == Wire.Verdict.No)
        {
            var sanction = new Sanction(reader.RequiredDay("sanction_from", request.SanctionFrom), reader.RequiredDay("sanction_to", request.SanctionTo));
            if (request is { SanctionFrom: not null, SanctionTo: not null })
            {
                reader.InOrder("sanction_to", sanction.From, sanction.To);
            }

            return sanction;
        }

        if (request.SanctionFrom is not null || request.SanctionTo is not null)
        {
            reader.Add("sanction_from", "Wie genoeg deed, krijgt geen loonsanctie.", "Who did enough gets no wage sanction.");
        }

        return null;
    }
}
