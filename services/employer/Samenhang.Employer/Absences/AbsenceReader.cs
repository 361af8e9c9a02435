using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Employer.Api;
using Samenhang.Language;
using Samenhang.Messages.Employer;
using Wire = Samenhang.Protos.Employer.V1;

namespace Samenhang.Employer.Absences;

/// <summary>Reads requests about absences; all violations at once. One reader per request.</summary>
public sealed class AbsenceReader(Vocabulary vocabulary, Days days)
{
    private readonly RequestReader reader = new(vocabulary);

    /// <inheritdoc cref="RequestReader.EnsureValid"/>
    public void EnsureValid() => reader.EnsureValid();

    /// <summary>A report. Its id is still to be given.</summary>
    public Absence Reported(Wire.ReportAbsenceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        reader.Id("request_id", request.RequestId);
        return new Absence
        {
            Id = "",
            PersonnelNumber = reader.PersonnelNumber("personnel_number", request.PersonnelNumber),
            FirstSickDay = reader.RequiredDay("first_sick_day", request.FirstSickDay),
            ReportedOn = Day("reported_on", request.ReportedOn),
            ExpectedDuration = WireLists.ToOwn<Wire.ExpectedDuration, ExpectedDuration>(reader.OptionalMember("expected_duration", request.ExpectedDuration)),
            WorkAccident = reader.Answer("work_accident", request.WorkAccident),
            ThirdPartyLiable = reader.Answer("third_party_liable", request.ThirdPartyLiable),
            SafetyNetApplies = reader.Answer("safety_net_applies", request.SafetyNetApplies),
        };
    }

    /// <summary>The id of the absence that a request wants to change.</summary>
    public string Change(string requestId, string absenceId)
    {
        reader.Id("request_id", requestId);
        return reader.Id("absence_id", absenceId);
    }

    /// <summary>The name of a case.</summary>
    public string Case(string casePseudonym) => reader.Id("case_pseudonym", casePseudonym);

    /// <summary>The number of an employee.</summary>
    public string PersonnelNumber(string number) => reader.PersonnelNumber("personnel_number", number);

    /// <summary>A day; today when none is given.</summary>
    public DateOnly Day(string field, Samenhang.Protos.Types.Date? day) => day is null ? days.Today : reader.Day(field, day) ?? default;

    /// <summary>A day that must be there.</summary>
    public DateOnly RequiredDay(string field, Samenhang.Protos.Types.Date? day) => reader.RequiredDay(field, day);

    /// <summary>The step that a milestone is.</summary>
    public AbsenceStep Milestone(Wire.AbsenceMilestone milestone) =>
        WireLists.ToOwn<Wire.AbsenceMilestone, AbsenceStep>(reader.Member("milestone", milestone)) ?? default;

    /// <summary>Why the employer deviates; null = the advice is followed.</summary>
    public DeviationReason? Deviation(Wire.AnswerAdviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var followed = reader.Member("followed", request.Followed);
        if (followed == Wire.Answer.No)
        {
            return WireLists.ToOwn<Wire.DeviationReason, DeviationReason>(reader.Member("deviation_reason", request.DeviationReason)) ?? default;
        }

        if (request.DeviationReason != Wire.DeviationReason.Unspecified)
        {
            reader.Add("deviation_reason", "Wie het advies volgt, heeft geen reden om af te wijken.", "Who follows the advice has no reason to deviate.");
        }

        return null;
    }

    /// <summary>A wage sanction.</summary>
    public SanctionPeriod Sanction(Wire.ReportWageSanctionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var sanction = new SanctionPeriod(reader.RequiredDay("from", request.From), reader.RequiredDay("to", request.To));
        if (request is { From: not null, To: not null })
        {
            reader.InOrder("to", sanction.From, sanction.To);
        }

        return sanction;
    }

    /// <summary>An advice of the company physician.</summary>
    public Advice Advice(Wire.GiveAdviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.NoAdvice == (request.Classes.Count > 0))
        {
            reader.Add("classes", "Noem wat er is geadviseerd, of zeg met no_advice dat dit niets is.", "Name what was advised, or say with no_advice that it is nothing.");
        }

        return new Advice(
            Day("advised_on", request.AdvisedOn),
            [.. reader.Items("classes", request.Classes, (path, member) => WireLists.ToOwn<Wire.AdviceClass, AdviceClass>(reader.Member(path, member)) ?? default).Distinct()],
            reader.Answer("limitations_given", request.LimitationsGiven),
            reader.Answer("adapted_work_advised", request.AdaptedWorkAdvised));
    }

    /// <summary>A yes or no that must be given.</summary>
    public bool RequiredAnswer(string field, Wire.Answer answer) => reader.Member(field, answer) == Wire.Answer.Yes;

    /// <summary>The step that a talk with a practitioner is.</summary>
    public AbsenceStep Partner(Wire.AlignmentPartner partner) => reader.Member("partner", partner) switch
    {
        Wire.AlignmentPartner.GeneralPractitioner => AbsenceStep.AlignedWithGeneralPractitioner,
        _ => AbsenceStep.AlignedWithPractitioner,
    };
}
