namespace Samenhang.Employer.Tests;

/// <summary>
/// Everything that may be said to or by an employer's side, field by field (AP, Beleidsregels "De zieke werknemer"). A new field
/// belongs here only when a privacy officer has agreed: that is what this list is for.
/// </summary>
internal static class AllowList
{
    /// <summary>The fields of the gRPC contracts, by message.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Contract = new Dictionary<string, string[]>(AllowListOfAbsence.Contract)
    {
        ["AssessRequest"] =
        [
            "case_pseudonym", "as_of", "rulebooks", "tenant", "options", "open_lists", "explain", "suggested",
            "work_status", "sick_listed", "first_sick_day", "sick_week", "arbo_reported_on", "plan_van_aanpak_on", "uwv_reported_on", "wage_sanction",
            "reintegration_effort_sufficient", "bedrijfsarts_engaged", "open_consultation", "advice_classes", "no_advice_given", "limitations_advised",
            "advice_followed", "deviation_reasoned", "employer_willing_to_pay", "adapted_work_offered", "adapted_work_within_ability",
            "adapted_work_accepted", "adapted_work_advised", "no_risk_eligible", "therapeutic_basis", "employer_carries_wia_risk",
            "needs", "tracks", "steps", "roles",
        ],
        ["EmployerNeed"] = ["need_id", "word", "insurance_title"],
        ["EmployerTrack"] = ["provision_id", "scheme", "status", "need_ids", "requested_on", "from", "to"],
        ["StepTaken"] = ["step", "date"],
        ["SuggestedTrack"] = ["need_id", "scheme"],
        ["RowToExplain"] = ["need_id", "scheme"],
        ["AssessResponse"] = ["rows", "rulebook_version", "explanation", "would_be_covered_if"],
        ["EmployerRow"] =
        [
            "need_id", "scheme", "outcome", "rules", "explanation_nl", "explanation_en", "missing_facts", "reason", "valid_at", "payment_mode", "payer",
            "fallback_payer", "strength", "modal", "contested_by", "indicative", "legal_risk", "responsible", "open_conditions", "suggests",
        ],
        ["EmployerRule"] = ["rule_id", "title", "document", "lines"],
        ["EmployerReason"] = ["rule_id", "condition", "held", "children"],
        ["Sentence"] = ["nl", "en"],
        ["EmployerProvision"] =
        [
            "provision_id", "case_pseudonym", "personnel_number", "scheme", "status", "need_ids", "requested_on", "decided_on", "refusal_reason", "from", "to",
            "version", "case_provision_id",
        ],
        ["RequestProvisionRequest"] = ["request_id", "case_pseudonym", "personnel_number", "scheme", "need_ids", "requested_on", "case_provision_id"],
        ["DecideProvisionRequest"] = ["request_id", "provision_id", "expected_version", "decision", "refusal_reason", "decided_on"],
        ["StartProvisionRequest"] = ["request_id", "provision_id", "expected_version", "from"],
        ["StopProvisionRequest"] = ["request_id", "provision_id", "expected_version", "to"],
        ["GetProvisionRequest"] = ["provision_id"],
        ["ListProvisionsRequest"] = ["case_pseudonym"],
        ["RequestProvisionResponse"] = ["provision"],
        ["DecideProvisionResponse"] = ["provision"],
        ["StartProvisionResponse"] = ["provision"],
        ["StopProvisionResponse"] = ["provision"],
        ["GetProvisionResponse"] = ["provision"],
        ["ListProvisionsResponse"] = ["provisions"],
        ["Date"] = ["year", "month", "day"],
    };

    /// <summary>The work facts that the bus message can hold, with the fact of the vocabulary that each comes from.</summary>
    public static readonly IReadOnlyDictionary<string, string> WorkFacts = new Dictionary<string, string>
    {
        ["Status"] = "work.status",
        ["SickListed"] = "work.sickListed",
        ["FirstSickDay"] = "work.firstSickDay",
        ["SickWeek"] = "work.sickWeek",
        ["ArboReportedOn"] = "work.arboReportedOn",
        ["PlanVanAanpakOn"] = "work.planVanAanpakOn",
        ["UwvReportedOn"] = "work.uwvReportedOn",
        ["WageSanction"] = "work.wageSanction",
        ["ReintegrationEffortSufficient"] = "work.reintegrationEffortSufficient",
        ["BedrijfsartsEngaged"] = "work.bedrijfsartsEngaged",
        ["OpenConsultation"] = "work.openConsultation",
        ["AdviceClasses"] = "work.adviceClass",
        ["AdviceFollowed"] = "work.adviceFollowed",
        ["DeviationReasoned"] = "work.deviationReasoned",
        ["EmployerWillingToPay"] = "work.employerWillingToPay",
        ["AdaptedWorkOffered"] = "work.adaptedWorkOffered",
        ["AdaptedWorkWithinAbility"] = "work.adaptedWorkWithinAbility",
        ["AdaptedWorkAccepted"] = "work.adaptedWorkAccepted",
        ["LimitationsAdvised"] = "work.functionalLimitations",
        ["AdaptedWorkAdvised"] = "work.adaptedWorkAdvice",
        ["NoRiskEligible"] = "work.noRiskEligible",
        ["TherapeuticBasis"] = "work.therapeuticBasis",
        ["EmployerCarriesWiaRisk"] = "benefit.wiaResponsible",
    };

    /// <summary>The members of the bus messages, by type.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Messages = new Dictionary<string, string[]>
    {
        ["AskEmployerCoverage"] =
            ["CasePseudonym", "Round", "AsOf", "Rulebooks", "Tenant", "Options", "Work", "Needs", "Tracks", "Steps", "Roles", "Suggested", "Open"],
        ["EraseEmployerCase"] = ["CasePseudonym"],
        ["WorkFacts"] = [.. WorkFacts.Keys],
        ["EmployerNeed"] = ["NeedId", "Word", "InsuranceTitle"],
        ["EmployerTrack"] = ["ProvisionId", "Scheme", "Status", "NeedIds", "RequestedOn", "From", "To"],
        ["SuggestedTrack"] = ["NeedId", "Scheme"],
        ["StepTaken"] = ["Step", "Date"],
        ["EmployerCoverageAnswered"] = ["CasePseudonym", "Round", "RulebookVersion", "Rows"],
        ["Coverage"] =
        [
            "NeedId", "Scheme", "Product", "Service", "Outcome", "PaymentMode", "Payer", "FallbackPayer", "Strength", "Modal", "Contested", "ContestedBy",
            "Indicative", "LegalRisk", "Responsible", "OpenConditions", "MissingFacts", "Reason", "RuleIds", "Sources", "ValidAt", "Explanation", "Suggests",
        ],
        // Option: which proposal of the region a rule of the employer's own rulebook needs; it says nothing of a person.
        ["RuleSource"] = ["RuleId", "Title", "Document", "Lines", "Option"],
        ["Sentence"] = ["Nl", "En"],
        ["EmployerProvisionChanged"] =
            ["CasePseudonym", "RecordId", "ProvisionId", "Version", "Scheme", "Status", "NeedIds", "RefusalReason", "RequestedOn", "DecidedOn", "From", "To"],
        ["EmployerAbsenceChanged"] = [.. AllowListOfAbsence.Message.Keys],
        ["AbsenceStepTaken"] = ["Step", "Date"],
    };

    /// <summary>Words that may not stand in any name; "therapeutic" is a word of labour law (werken op therapeutische basis).</summary>
    public static readonly string[] Forbidden =
        ["bsn", "diagnos", "dsm", "disorder", "medical", "psych", "illness", "treatment", "therapy", "medication", "cause", "debt", "benefit", "carer", "somatic", "health", "address"];
}
