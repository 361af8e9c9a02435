namespace Samenhang.Employer.Tests;

/// <summary>What may be said about an absence, field by field, and why (AP, Beleidsregels "De zieke werknemer").</summary>
internal static class AllowListOfAbsence
{
    /// <summary>Why each field may be there.</summary>
    public static readonly IReadOnlyDictionary<string, string> Why = new Dictionary<string, string>
    {
        ["absence"] = "the record",
        ["absence_id"] = "names the absence",
        ["absences"] = "the records of one employee",
        ["adapted_work_advised"] = "whether, never which",
        ["advice"] = "AP: what the company physician advises on the work",
        ["advices"] = "as advice",
        ["advised_on"] = "AP: that advice was given",
        ["alignments"] = "the company physician's own record; not in what the line reads",
        ["case_pseudonym"] = "the employer's own name for the case",
        ["classes"] = "the class of an advice, never its kind",
        ["counts_from"] = "follows from the days that are known already",
        ["date"] = "the day of a duty",
        ["deviation_reason"] = "the employer's own reason, from a closed list",
        ["expected_duration"] = "AP: the expected duration may be asked",
        ["expected_version"] = "two people do not overwrite each other",
        ["first_sick_day"] = "AP: that somebody is ill, and since when",
        ["followed"] = "the employer's own answer",
        ["from"] = "a day",
        ["guidance"] = "the company physician's own record",
        ["held_on"] = "a day",
        ["interruptions"] = "the employer knows who is at work",
        ["limitations_given"] = "whether, never which",
        ["milestone"] = "the employer's own duties under the Wvp",
        ["milestones"] = "the employer's own duties under the Wvp",
        ["no_advice"] = "that nothing was advised",
        ["open_consultation"] = "how the company physician is organised",
        ["partner"] = "a kind of practitioner, no name; not in what the line reads",
        ["personnel_number"] = "the employer's own name for the employee; no BSN",
        ["reached_on"] = "the day of a duty",
        ["recovered_from"] = "the employer knows who is at work",
        ["reported_on"] = "AP: that somebody is ill, and since when",
        ["request_id"] = "a repeat is recognised by it",
        ["safety_net_applies"] = "AP: whether a safety-net rule applies, never which one",
        ["third_party_liable"] = "AP: whether a third party is liable may be asked",
        ["to"] = "a day",
        ["until"] = "a day",
        ["version"] = "as expected_version",
        ["wage_sanction"] = "UWV writes it to the employer",
        ["work_accident"] = "AP: whether it is an accident at work may be asked",
    };

    /// <summary>The fields of the gRPC contract, by message.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Contract = new Dictionary<string, string[]>
    {
        ["AbsenceAdvice"] = ["advised_on", "classes", "limitations_given", "adapted_work_advised", "followed", "deviation_reason"],
        ["Interruption"] = ["from", "until"],
        ["ReportedMilestone"] = ["milestone", "date"],
        ["Absence"] = ["absence_id", "personnel_number", "case_pseudonym", "reported_on", "first_sick_day", "counts_from", "expected_duration", "work_accident", "third_party_liable", "safety_net_applies", "milestones", "advice", "interruptions", "recovered_from", "wage_sanction", "version"],
        ["WageSanction"] = ["from", "to"],
        ["ReportAbsenceRequest"] = ["request_id", "personnel_number", "first_sick_day", "reported_on", "expected_duration", "work_accident", "third_party_liable", "safety_net_applies"],
        ["ReportAbsenceResponse"] = ["absence"],
        ["LinkAbsenceRequest"] = ["request_id", "absence_id", "expected_version", "case_pseudonym"],
        ["LinkAbsenceResponse"] = ["absence"],
        ["CorrectFirstSickDayRequest"] = ["request_id", "absence_id", "expected_version", "first_sick_day"],
        ["CorrectFirstSickDayResponse"] = ["absence"],
        ["ReportMilestoneRequest"] = ["request_id", "absence_id", "expected_version", "milestone", "reached_on"],
        ["ReportMilestoneResponse"] = ["absence"],
        ["AnswerAdviceRequest"] = ["request_id", "absence_id", "expected_version", "followed", "deviation_reason"],
        ["AnswerAdviceResponse"] = ["absence"],
        ["ReportRecoveryRequest"] = ["request_id", "absence_id", "expected_version", "recovered_from"],
        ["ReportRecoveryResponse"] = ["absence"],
        ["ReportRelapseRequest"] = ["request_id", "absence_id", "expected_version", "first_sick_day"],
        ["ReportRelapseResponse"] = ["absence"],
        ["ReportWageSanctionRequest"] = ["request_id", "absence_id", "expected_version", "from", "to"],
        ["ReportWageSanctionResponse"] = ["absence"],
        ["GetAbsenceRequest"] = ["absence_id"],
        ["GetAbsenceResponse"] = ["absence"],
        ["ListAbsencesRequest"] = ["personnel_number"],
        ["ListAbsencesResponse"] = ["absences"],
        ["Alignment"] = ["partner", "held_on"],
        ["Guidance"] = ["absence_id", "advices", "open_consultation", "alignments", "version"],
        ["GiveAdviceRequest"] = ["request_id", "absence_id", "expected_version", "advised_on", "classes", "no_advice", "limitations_given", "adapted_work_advised"],
        ["GiveAdviceResponse"] = ["guidance"],
        ["RecordOpenConsultationRequest"] = ["request_id", "absence_id", "expected_version", "open_consultation"],
        ["RecordOpenConsultationResponse"] = ["guidance"],
        ["RecordAlignmentRequest"] = ["request_id", "absence_id", "expected_version", "partner", "held_on"],
        ["RecordAlignmentResponse"] = ["guidance"],
        ["GetGuidanceRequest"] = ["absence_id"],
        ["GetGuidanceResponse"] = ["guidance"],
    };

    /// <summary>The members of the bus message, and why each may be there.</summary>
    public static readonly IReadOnlyDictionary<string, string> Message = new Dictionary<string, string>
    {
        ["CasePseudonym"] = "the employer's own name for the case",
        ["RecordId"] = "names the absence",
        ["Version"] = "counts the changes",
        ["SickListed"] = "AP: that somebody is ill",
        ["FirstSickDay"] = "AP: since when",
        ["ArboReportedOn"] = "the employer's own duty",
        ["PlanVanAanpakOn"] = "the employer's own duty",
        ["UwvReportedOn"] = "the employer's own duty",
        ["BedrijfsartsEngaged"] = "how the employer is organised",
        ["OpenConsultation"] = "how the company physician is organised",
        ["AdviceClasses"] = "the class of an advice, never its kind",
        ["AdviceFollowed"] = "the employer's own answer",
        ["DeviationReasoned"] = "whether the employer gave a reason",
        ["WageSanction"] = "UWV writes it to the employer",
        ["Steps"] = "steps of a closed list, with a day",
    };

    /// <summary>Messages that the employer's line never reads: what the company physician alone records.</summary>
    public static readonly IReadOnlyList<string> PhysicianOnly = ["Alignment", "Guidance"];
}
