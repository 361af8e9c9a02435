using Grpc.Core;
using Microsoft.Data.Sqlite;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Employer.V1;
using Wire = Samenhang.Protos.Employer.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>What the employer and the company physician report changes the plan of the case, and asks again only whom it touches.</summary>
public sealed class WhenAnAbsenceIsReported(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    private AbsenceService.AbsenceServiceClient Absences => new(fixture.System.Casemanager);

    private CompanyPhysicianService.CompanyPhysicianServiceClient Physician => new(fixture.System.Casemanager);

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task The_findings_of_the_Wvp_come_with_the_absence_and_go_with_the_milestones()
    {
        var request = Requests.BurnOut();
        foreach (var fact in request.Facts.Where(fact => fact.FactId is "work.sickListed" or "work.firstSickDay").ToList())
        {
            request.Facts.Remove(fact);
        }

        var (caseId, before) = await fixture.PlannedAsync(request);
        var absence = await ReportAsync("P-2001");

        await Absences.LinkAbsenceAsync(new LinkAbsenceRequest { RequestId = Requests.NewId(), AbsenceId = absence, CasePseudonym = await PseudonymAsync(caseId, Domain.Employer) });
        var ill = await Casemanager.PlanAsync(caseId, before.Version + 1);
        var asked = await QuestionsAsync(caseId, Domain.Gemeente, "gemeente");
        await ReachAsync(absence, AbsenceMilestone.ArboInformed, 6);
        var told = await Casemanager.PlanAsync(caseId, ill.Version + 1);
        await ReachAsync(absence, AbsenceMilestone.PlanVanAanpakMade, 20);
        var planned = await Casemanager.PlanAsync(caseId, told.Version + 1);

        Assert.DoesNotContain(before.Findings, finding => finding.FlagId is Arbo or Plan8);
        Assert.Contains(ill.Findings, finding => finding.FlagId == Arbo);
        Assert.Contains(ill.Findings, finding => finding.FlagId == Plan8);
        Assert.DoesNotContain(told.Findings, finding => finding.FlagId == Arbo);
        Assert.Contains(told.Findings, finding => finding.FlagId == Plan8);
        Assert.DoesNotContain(planned.Findings, finding => finding.FlagId is Arbo or Plan8);
        Assert.Equal(Outcome.Covered, planned.Row("n2", "employer-reintegration-track1").Outcome);
        Assert.Equal(asked, await QuestionsAsync(caseId, Domain.Gemeente, "gemeente"));
        Assert.DoesNotContain("P-2001", (await CaseAsync(caseId)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrected_first_day_and_a_time_at_work_move_the_day_from_which_the_case_counts()
    {
        var (caseId, _) = await fixture.PlannedAsync(Requests.BurnOut());
        var absence = await ReportAsync("P-2002");
        await Absences.LinkAbsenceAsync(new LinkAbsenceRequest { RequestId = Requests.NewId(), AbsenceId = absence, CasePseudonym = await PseudonymAsync(caseId, Domain.Employer) });

        await Absences.CorrectFirstSickDayAsync(new CorrectFirstSickDayRequest { RequestId = Requests.NewId(), AbsenceId = absence, FirstSickDay = Requests.Day(2016, 4, 1) });
        await Absences.ReportRecoveryAsync(new ReportRecoveryRequest { RequestId = Requests.NewId(), AbsenceId = absence, RecoveredFrom = Requests.Day(2016, 6, 1) });
        var again = (await Absences.ReportRelapseAsync(new ReportRelapseRequest { RequestId = Requests.NewId(), AbsenceId = absence, FirstSickDay = Requests.Day(2016, 6, 11) })).Absence;

        Assert.Equal(Requests.Day(2016, 4, 11), again.CountsFrom);
        await Patience.Until(
            async () => (await CaseAsync(caseId)) is var found
                && found.Facts.Any(fact => fact.FactId == "work.firstSickDay" && fact.Value.DateValue.Equals(Requests.Day(2016, 4, 11)))
                && found.Events.Count(happened => happened.Type == "sickness-reported") == 2,
            "the case counts from a later day");
    }

    [Fact]
    public async Task An_advice_that_is_not_followed_without_a_reason_reaches_the_case_and_a_new_one_waits_for_its_answer()
    {
        var (caseId, _) = await fixture.PlannedAsync(Requests.BurnOut());
        var absence = await ReportAsync("P-2003");
        await Absences.LinkAbsenceAsync(new LinkAbsenceRequest { RequestId = Requests.NewId(), AbsenceId = absence, CasePseudonym = await PseudonymAsync(caseId, Domain.Employer) });

        await Physician.GiveAdviceAsync(new GiveAdviceRequest
        {
            RequestId = Requests.NewId(), AbsenceId = absence, AdvisedOn = Requests.Day(2016, 6, 1), Classes = { Wire.AdviceClass.NonMandatoryIntervention },
        });
        await Absences.AnswerAdviceAsync(new AnswerAdviceRequest
        {
            RequestId = Requests.NewId(), AbsenceId = absence, Followed = Wire.Answer.No, DeviationReason = DeviationReason.NoneGiven,
        });
        await FactAsync(caseId, "work.adviceFollowed", Requests.No);
        await FactAsync(caseId, "work.deviationReasoned", Requests.No);
        await Physician.RecordAlignmentAsync(new RecordAlignmentRequest
        {
            RequestId = Requests.NewId(), AbsenceId = absence, Partner = AlignmentPartner.GeneralPractitioner, HeldOn = Requests.Day(2016, 6, 10),
        });
        await Physician.GiveAdviceAsync(new GiveAdviceRequest
        {
            RequestId = Requests.NewId(), AbsenceId = absence, AdvisedOn = Requests.Day(2016, 7, 1), Classes = { Wire.AdviceClass.WorkAdaptation },
        });

        await FactAsync(caseId, "work.adviceFollowed", null);
        var found = await CaseAsync(caseId);
        Assert.Contains(found.Events, happened => happened.Type == "bedrijfsarts-gp-alignment");
        Assert.Equal(2, found.Events.Count(happened => happened.Type == "bedrijfsarts-advice"));
    }

    private const string Arbo = "deadline.arbo-report-week1";
    private const string Plan8 = "deadline.plan-van-aanpak-week8";

    private async Task<string> ReportAsync(string person) => (await Absences.ReportAbsenceAsync(new ReportAbsenceRequest
    {
        RequestId = Requests.NewId(), PersonnelNumber = person, FirstSickDay = Requests.Day(2016, 4, 4), ReportedOn = Requests.Day(2016, 4, 4),
    })).Absence.AbsenceId;

    private async Task ReachAsync(string absence, AbsenceMilestone milestone, int daysInApril) => await Absences.ReportMilestoneAsync(new ReportMilestoneRequest
    {
        RequestId = Requests.NewId(), AbsenceId = absence, Milestone = milestone, ReachedOn = Requests.Day(2016, 4, daysInApril),
    });

    private async Task<Case> CaseAsync(string caseId) => (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;

    private async Task<string> PseudonymAsync(string caseId, Domain domain) => (await CaseAsync(caseId)).Pseudonyms.Single(name => name.Domain == domain).CasePseudonym;

    private Task FactAsync(string caseId, string id, FactValue? value) => Patience.Until(
        async () => Equals((await CaseAsync(caseId)).Facts.FirstOrDefault(fact => fact.FactId == id)?.Value, value),
        $"{id} becomes {value?.ToString() ?? "unknown"}");

    /// <summary>How often a domain answered about the case.</summary>
    private async Task<long> QuestionsAsync(string caseId, Domain domain, string service)
    {
        await using var store = new SqliteConnection($"Data Source={Path.Combine(fixture.DataFolder, service + ".db")};Mode=ReadOnly");
        await store.OpenAsync();
        await using var count = store.CreateCommand();
        count.CommandText = "SELECT count(*) FROM event WHERE stream_id = $stream";
        count.Parameters.AddWithValue("$stream", $"assessment/{await PseudonymAsync(caseId, domain)}");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
