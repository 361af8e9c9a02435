using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Domains.Provisions;
using Samenhang.Language;
using Samenhang.Messages.Employer;
using Samenhang.Rules.Policies;
using Wire = Samenhang.Protos.Employer.V1;

namespace Samenhang.Employer.Api;

/// <summary>Reads requests to the employer; all violations at once. One reader per request.</summary>
public sealed class EmployerReader(Vocabulary vocabulary, Days days, PolicySet? policies = null)
{
    private readonly RequestReader reader = new(vocabulary, policies);

    /// <inheritdoc cref="RequestReader.EnsureValid"/>
    public void EnsureValid() => reader.EnsureValid();

    /// <summary>The question. The members of the contract's lists stand in the order of ours, after "unspecified".</summary>
    public AskEmployerCoverage Question(Wire.AssessRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new AskEmployerCoverage
        {
            CasePseudonym = reader.Id("case_pseudonym", request.CasePseudonym),
            Round = 0,
            AsOf = reader.RequiredDay("as_of", request.AsOf),
            Rulebooks = [.. reader.Rulebooks("rulebooks", request.Rulebooks)],
            Tenant = reader.Tenant("tenant", request.Tenant),
            Options = reader.Codes("options", request.Options, vocabulary.Options),
            Work = new WorkFacts
            {
                Status = Optional<Wire.WorkStatus, WorkStatus>("work_status", request.WorkStatus),
                SickListed = Answer("sick_listed", request.SickListed),
                FirstSickDay = reader.Day("first_sick_day", request.FirstSickDay),
                SickWeek = SickWeek(request),
                ArboReportedOn = reader.Day("arbo_reported_on", request.ArboReportedOn),
                PlanVanAanpakOn = reader.Day("plan_van_aanpak_on", request.PlanVanAanpakOn),
                UwvReportedOn = reader.Day("uwv_reported_on", request.UwvReportedOn),
                WageSanction = Answer("wage_sanction", request.WageSanction),
                ReintegrationEffortSufficient = Answer("reintegration_effort_sufficient", request.ReintegrationEffortSufficient),
                BedrijfsartsEngaged = Answer("bedrijfsarts_engaged", request.BedrijfsartsEngaged),
                OpenConsultation = Answer("open_consultation", request.OpenConsultation),
                AdviceClasses = request.AdviceClasses.Count == 0 && !request.NoAdviceGiven ? null : Required<Wire.AdviceClass, AdviceClass>("advice_classes", request.AdviceClasses),
                LimitationsAdvised = Answer("limitations_advised", request.LimitationsAdvised),
                AdviceFollowed = Answer("advice_followed", request.AdviceFollowed),
                DeviationReasoned = Answer("deviation_reasoned", request.DeviationReasoned),
                EmployerWillingToPay = Answer("employer_willing_to_pay", request.EmployerWillingToPay),
                AdaptedWorkOffered = Answer("adapted_work_offered", request.AdaptedWorkOffered),
                AdaptedWorkWithinAbility = Answer("adapted_work_within_ability", request.AdaptedWorkWithinAbility),
                AdaptedWorkAccepted = Answer("adapted_work_accepted", request.AdaptedWorkAccepted),
                AdaptedWorkAdvised = Answer("adapted_work_advised", request.AdaptedWorkAdvised),
                NoRiskEligible = Answer("no_risk_eligible", request.NoRiskEligible),
                TherapeuticBasis = Answer("therapeutic_basis", request.TherapeuticBasis),
                EmployerCarriesWiaRisk = Answer("employer_carries_wia_risk", request.EmployerCarriesWiaRisk),
            },
            Needs = reader.Items("needs", request.Needs, (path, need) => new EmployerNeed(
                reader.Id($"{path}.need_id", need.NeedId),
                Required<Wire.NeedWord, NeedWord>($"{path}.word", need.Word),
                Optional<Wire.InsuranceTitle, InsuranceTitle>($"{path}.insurance_title", need.InsuranceTitle))),
            Tracks = reader.Items("tracks", request.Tracks, (path, track) => new EmployerTrack(
                reader.Id($"{path}.provision_id", track.ProvisionId),
                Required<Wire.EmployerScheme, EmployerScheme>($"{path}.scheme", track.Scheme),
                Required<Wire.TrackStatus, TrackStatus>($"{path}.status", track.Status),
                reader.Items($"{path}.need_ids", track.NeedIds, reader.Id),
                reader.Day($"{path}.requested_on", track.RequestedOn),
                reader.Day($"{path}.from", track.From),
                reader.Day($"{path}.to", track.To))),
            Steps = reader.Items("steps", request.Steps, (path, taken) => new StepTaken(
                Required<Wire.WvpStep, WvpStep>($"{path}.step", taken.Step), reader.RequiredDay($"{path}.date", taken.Date))),
            Roles = Required<Wire.EmployerRole, EmployerRole>("roles", request.Roles),
            Suggested = reader.Items("suggested", request.Suggested, (path, row) => new SuggestedTrack(
                reader.Id($"{path}.need_id", row.NeedId), Required<Wire.EmployerScheme, EmployerScheme>($"{path}.scheme", row.Scheme))),
            Open = reader.Codes("open_lists", request.OpenLists, vocabulary.OpenLists),
        };
    }

    /// <summary>The row to explain; null when none was asked for.</summary>
    public (string NeedId, string Scheme)? RowToExplain(Wire.RowToExplain? row) => row is null
        ? null
        : (reader.Id("explain.need_id", row.NeedId), Code(Required<Wire.EmployerScheme, EmployerScheme>("explain.scheme", row.Scheme)));

    /// <summary>A request for a track or facility. Its id is still to be given.</summary>
    public KeptProvision Asked(Wire.RequestProvisionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        reader.Id("request_id", request.RequestId);
        if (request.NeedIds.Count == 0)
        {
            reader.Add("need_ids", "Noem ten minste één behoefte.", "Name at least one need.");
        }

        return new KeptProvision
        {
            Id = "",
            CasePseudonym = reader.Id("case_pseudonym", request.CasePseudonym),
            CaseProvisionId = reader.OptionalId("case_provision_id", request.CaseProvisionId),
            OwnReference = reader.PersonnelNumber("personnel_number", request.PersonnelNumber),
            Scheme = Code(Required<Wire.EmployerScheme, EmployerScheme>("scheme", request.Scheme)),
            Status = ProvisionStatus.Requested,
            NeedIds = reader.Items("need_ids", request.NeedIds, reader.Id),
            RequestedOn = Day("requested_on", request.RequestedOn),
        };
    }

    /// <summary>The id of the track or facility that a request wants to change.</summary>
    public string Change(string requestId, string provisionId)
    {
        reader.Id("request_id", requestId);
        return reader.Id("provision_id", provisionId);
    }

    /// <summary>A day; today when none is given.</summary>
    public DateOnly Day(string field, Samenhang.Protos.Types.Date? day) => day is null ? days.Today : reader.Day(field, day) ?? default;

    /// <summary>The code of the reason for a refusal; null for a grant.</summary>
    public string? Refused(Wire.EmployerDecision decision, Wire.RefusalReason reason)
    {
        reader.Member("decision", decision);
        if (decision == Wire.EmployerDecision.Refuse)
        {
            return Codes<RefusalReason>.Of(Required<Wire.RefusalReason, RefusalReason>("refusal_reason", reason));
        }

        if (reason != Wire.RefusalReason.Unspecified)
        {
            reader.Add("refusal_reason", "Een toekenning heeft geen reden van weigering.", "A grant has no reason for refusal.");
        }

        return null;
    }

    private static string Code(EmployerScheme scheme) => Codes<EmployerScheme>.Of(scheme);

    private int? SickWeek(Wire.AssessRequest request)
    {
        if (request.HasSickWeek && request.SickWeek is < 1 or > 1000)
        {
            reader.Add("sick_week", "De ziekteweek ligt tussen 1 en 1000.", "The week of illness lies between 1 and 1000.");
        }

        return request.HasSickWeek ? request.SickWeek : null;
    }

    private bool? Answer(string field, Wire.Answer answer) => reader.Answer(field, answer);

    private TOwn? Optional<TWire, TOwn>(string field, TWire member)
        where TWire : struct, Enum
        where TOwn : struct, Enum =>
        WireLists.ToOwn<TWire, TOwn>(reader.OptionalMember(field, member));

    private TOwn Required<TWire, TOwn>(string field, TWire member)
        where TWire : struct, Enum
        where TOwn : struct, Enum =>
        WireLists.ToOwn<TWire, TOwn>(reader.Member(field, member)) ?? default;

    private IReadOnlyList<TOwn> Required<TWire, TOwn>(string field, IReadOnlyList<TWire> members)
        where TWire : struct, Enum
        where TOwn : struct, Enum =>
        reader.Items(field, members, Required<TWire, TOwn>);
}
