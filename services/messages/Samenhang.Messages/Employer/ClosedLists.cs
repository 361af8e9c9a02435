namespace Samenhang.Messages.Employer;

/// <summary>The position of the employee (fact work.status).</summary>
public enum WorkStatus
{
    /// <summary>Employed.</summary>
    [Code("employed")]
    Employed,

    /// <summary>Without an employer.</summary>
    [Code("no-employer")]
    NoEmployer,

    /// <summary>Self-employed.</summary>
    [Code("self-employed")]
    SelfEmployed,

    /// <summary>Unemployed.</summary>
    [Code("unemployed")]
    Unemployed,

    /// <summary>Volunteer.</summary>
    [Code("volunteer")]
    Volunteer,

    /// <summary>Student.</summary>
    [Code("student")]
    Student,

    /// <summary>Not working.</summary>
    [Code("not-working")]
    NotWorking,

    /// <summary>On a work-experience place.</summary>
    [Code("work-experience-place")]
    WorkExperiencePlace,

    /// <summary>Placed by way of IPS.</summary>
    [Code("placed-via-ips")]
    PlacedViaIps,
}

/// <summary>The class of an advised intervention (fact work.adviceClass); never its kind.</summary>
public enum AdviceClass
{
    /// <summary>The employer must pay.</summary>
    [Code("mandatory-intervention")]
    MandatoryIntervention,

    /// <summary>The employer may pay.</summary>
    [Code("non-mandatory-intervention")]
    NonMandatoryIntervention,

    /// <summary>An adaptation of the work.</summary>
    [Code("work-adaptation")]
    WorkAdaptation,

    /// <summary>A measure in the organisation.</summary>
    [Code("organisation-measure")]
    OrganisationMeasure,
}

/// <summary>A need in the neutral word that an employer may see (needs.json, seenByEmployerAs).</summary>
public enum NeedWord
{
    /// <summary>An intervention, of whatever kind.</summary>
    [Code("intervention")]
    Intervention,

    /// <summary>Day activity.</summary>
    [Code("day-activity")]
    DayActivity,

    /// <summary>To keep the work.</summary>
    [Code("keep-work")]
    KeepWork,

    /// <summary>Re-integration.</summary>
    [Code("reintegration")]
    Reintegration,

    /// <summary>To adapt the work.</summary>
    [Code("adapt-work")]
    AdaptWork,

    /// <summary>To solve a problem at work.</summary>
    [Code("solve-work-problem")]
    SolveWorkProblem,

    /// <summary>Guidance during absence.</summary>
    [Code("absence-guidance")]
    AbsenceGuidance,

    /// <summary>Occupational advice.</summary>
    [Code("occupational-advice")]
    OccupationalAdvice,

    /// <summary>A judgement on what work is possible.</summary>
    [Code("labour-medical-judgement")]
    LabourMedicalJudgement,

    /// <summary>To find a rhythm in work.</summary>
    [Code("work-rhythm")]
    WorkRhythm,

    /// <summary>A work-experience place.</summary>
    [Code("work-experience-place")]
    WorkExperiencePlace,

    /// <summary>Support at hiring.</summary>
    [Code("hiring-support")]
    HiringSupport,

    /// <summary>Wage.</summary>
    [Code("wage")]
    Wage,

    /// <summary>Simple coordination.</summary>
    [Code("simple-coordination")]
    SimpleCoordination,
}

/// <summary>The outcome of the care insurance for a need (fact coverage.zvwTitle), without a reason.</summary>
public enum InsuranceTitle
{
    /// <summary>Covered.</summary>
    [Code("covered")]
    Covered,

    /// <summary>Covered under a condition.</summary>
    [Code("conditional")]
    Conditional,

    /// <summary>Not covered.</summary>
    [Code("not-covered")]
    NotCovered,

    /// <summary>Cannot be said.</summary>
    [Code("undetermined")]
    Undetermined,
}

/// <summary>What an employer can owe or offer (schemes.json, service employer).</summary>
public enum EmployerScheme
{
    /// <summary>Wage during illness.</summary>
    [Code("employer-wage")]
    Wage,

    /// <summary>Re-integration with the own employer.</summary>
    [Code("employer-reintegration-track1")]
    ReintegrationTrack1,

    /// <summary>Re-integration with another employer.</summary>
    [Code("employer-reintegration-track2")]
    ReintegrationTrack2,

    /// <summary>The company physician.</summary>
    [Code("employer-bedrijfsarts")]
    Bedrijfsarts,

    /// <summary>A preventive consult.</summary>
    [Code("employer-preventive-consult")]
    PreventiveConsult,

    /// <summary>An adaptation of the work.</summary>
    [Code("employer-work-adaptation")]
    WorkAdaptation,

    /// <summary>An intervention paid by the employer; its kind is never told.</summary>
    [Code("employer-funded-treatment")]
    FundedIntervention,

    /// <summary>An inquiry at the workplace.</summary>
    [Code("employer-workplace-research")]
    WorkplaceResearch,

    /// <summary>A labour expert.</summary>
    [Code("employer-labour-expert")]
    LabourExpert,

    /// <summary>Guidance to keep the work.</summary>
    [Code("employer-keep-work-guidance")]
    KeepWorkGuidance,

    /// <summary>Work on a therapeutic basis.</summary>
    [Code("employer-therapeutic-work")]
    TherapeuticWork,
}

/// <summary>How far a track or facility has come (codes.json, provisionStatus).</summary>
public enum TrackStatus
{
    /// <summary>Proposed; nobody asked yet.</summary>
    [Code("suggested")]
    Suggested,

    /// <summary>Asked, no decision yet.</summary>
    [Code("requested")]
    Requested,

    /// <summary>Offered, not started.</summary>
    [Code("offered")]
    Offered,

    /// <summary>The employee declined a suitable offer.</summary>
    [Code("offered-declined")]
    OfferedDeclined,

    /// <summary>Granted, not started.</summary>
    [Code("granted")]
    Granted,

    /// <summary>In use.</summary>
    [Code("running")]
    Running,

    /// <summary>Paid for.</summary>
    [Code("claimed")]
    Claimed,

    /// <summary>Refused.</summary>
    [Code("refused")]
    Refused,

    /// <summary>Stopped.</summary>
    [Code("ended")]
    Ended,

    /// <summary>The request was withdrawn.</summary>
    [Code("withdrawn")]
    Withdrawn,
}

/// <summary>Why an employer refuses: the part of prov.refusalReason that says nothing of the client's condition.</summary>
public enum RefusalReason
{
    /// <summary>It is for another domain.</summary>
    [Code("not-our-domain")]
    NotOurDomain,

    /// <summary>There is no money.</summary>
    [Code("no-funds")]
    NoFunds,

    /// <summary>It was not advised.</summary>
    [Code("not-indicated")]
    NotIndicated,

    /// <summary>There is a waiting list.</summary>
    [Code("waiting-list")]
    WaitingList,

    /// <summary>The employee declined.</summary>
    [Code("client-declined")]
    ClientDeclined,

    /// <summary>Another reason, or none.</summary>
    [Code("other")]
    Other,
}

/// <summary>A step of the Wet verbetering poortwachter (codes.json, visibility.employer.events).</summary>
public enum WvpStep
{
    /// <summary>The illness was reported.</summary>
    [Code("sickness-reported")]
    SicknessReported,

    /// <summary>The occupational service was told.</summary>
    [Code("arbo-informed")]
    ArboInformed,

    /// <summary>The plan van aanpak was made.</summary>
    [Code("plan-van-aanpak-made")]
    PlanVanAanpakMade,

    /// <summary>UWV was told.</summary>
    [Code("uwv-informed")]
    UwvInformed,

    /// <summary>UWV tested the effort.</summary>
    [Code("uwv-effort-test")]
    UwvEffortTest,

    /// <summary>UWV imposed a wage sanction.</summary>
    [Code("wage-sanction")]
    WageSanction,

    /// <summary>Back at work.</summary>
    [Code("returned-to-work")]
    ReturnedToWork,

    /// <summary>The company physician gave advice.</summary>
    [Code("bedrijfsarts-advice")]
    BedrijfsartsAdvice,

    /// <summary>The work changed.</summary>
    [Code("job-change")]
    JobChange,
}

/// <summary>Who takes part on the employer's side (codes.json, partyRoles of service employer).</summary>
public enum EmployerRole
{
    /// <summary>The employer.</summary>
    [Code("employer")]
    Employer,

    /// <summary>The company physician.</summary>
    [Code("company-physician")]
    CompanyPhysician,

    /// <summary>The occupational service.</summary>
    [Code("occupational-service")]
    OccupationalService,
}
