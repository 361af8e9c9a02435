using Grpc.Core;
using Samenhang.Employer;
using Samenhang.Protos.Employer.V1;
using Samenhang.Protos.Types;

namespace Samenhang.Domains.Tests;

/// <summary>The employer alone: it keeps absences by personnel number.</summary>
public sealed class EmployerAbsenceTests : IAsyncLifetime
{
    private DomainProcess? service;

    private AbsenceService.AbsenceServiceClient Line => new(service!.Channel);

    private CompanyPhysicianService.CompanyPhysicianServiceClient Physician => new(service!.Channel);

    public async Task InitializeAsync() => service = await DomainProcess.StartAsync("employer", builder => builder.AddEmployer(), app => app.MapEmployer());

    public async Task DisposeAsync()
    {
        service!.Log.HasNoErrors();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task An_absence_goes_from_report_to_sanction()
    {
        var request = Report("r1", "P-1");
        request.ExpectedDuration = ExpectedDuration.LongerThanSixWeeks;
        request.WorkAccident = Answer.No;
        request.ThirdPartyLiable = Answer.Yes;
        request.SafetyNetApplies = Answer.No;

        var reported = (await Line.ReportAbsenceAsync(request)).Absence;
        var again = (await Line.ReportAbsenceAsync(request)).Absence;
        await Physician.GiveAdviceAsync(new GiveAdviceRequest { RequestId = "r2", AbsenceId = reported.AbsenceId, AdvisedOn = Day(5, 2), NoAdvice = true, AdaptedWorkAdvised = Answer.No });
        var reached = (await Line.ReportMilestoneAsync(new ReportMilestoneRequest { RequestId = "r3", AbsenceId = reported.AbsenceId, ExpectedVersion = 2, Milestone = AbsenceMilestone.ProblemAnalysisMade, ReachedOn = Day(5, 10) })).Absence;
        var answered = (await Line.AnswerAdviceAsync(new AnswerAdviceRequest { RequestId = "r4", AbsenceId = reported.AbsenceId, Followed = Answer.Yes })).Absence;
        var sanctioned = (await Line.ReportWageSanctionAsync(new ReportWageSanctionRequest { RequestId = "r5", AbsenceId = reported.AbsenceId, From = Day(9, 1), To = Day(11, 1) })).Absence;

        Assert.Equal(reported, again);
        Assert.Equal(
            (ExpectedDuration.LongerThanSixWeeks, Answer.No, Answer.Yes, Answer.No),
            (reported.ExpectedDuration, reported.WorkAccident, reported.ThirdPartyLiable, reported.SafetyNetApplies));
        Assert.Equal([AbsenceMilestone.ProblemAnalysisMade], reached.Milestones.Select(taken => taken.Milestone));
        Assert.Equal((Answer.Yes, Answer.No, 0), (answered.Advice.Followed, answered.Advice.AdaptedWorkAdvised, answered.Advice.Classes.Count));
        Assert.Equal(Day(11, 1), sanctioned.WageSanction.To);
        Assert.Equal([sanctioned], (await Line.ListAbsencesAsync(new ListAbsencesRequest { PersonnelNumber = "P-1" })).Absences);
        Assert.Empty((await Line.ListAbsencesAsync(new ListAbsencesRequest { PersonnelNumber = "P-2" })).Absences);
        Assert.Equal(sanctioned, (await Line.GetAbsenceAsync(new GetAbsenceRequest { AbsenceId = reported.AbsenceId })).Absence);
    }

    [Fact]
    public async Task Who_is_absent_again_within_four_weeks_is_told_to_report_a_relapse()
    {
        var absence = (await Line.ReportAbsenceAsync(Report("r1", "P-1"))).Absence.AbsenceId;
        await RefusedAsync(StatusCode.FailedPrecondition, Line.ReportAbsenceAsync(Report("r2", "P-1")));
        await Line.ReportRecoveryAsync(new ReportRecoveryRequest { RequestId = "r3", AbsenceId = absence, RecoveredFrom = Day(5, 2) });
        var anew = Report("r4", "P-1");
        anew.FirstSickDay = Day(5, 29);
        await RefusedAsync(StatusCode.FailedPrecondition, Line.ReportAbsenceAsync(anew));

        var relapsed = (await Line.ReportRelapseAsync(new ReportRelapseRequest { RequestId = "r5", AbsenceId = absence, FirstSickDay = Day(5, 29) })).Absence;

        Assert.Equal([new Interruption { From = Day(5, 2), Until = Day(5, 29) }], relapsed.Interruptions);
        Assert.Null(relapsed.RecoveredFrom);
        Assert.Equal(Day(5, 1), relapsed.CountsFrom);
    }

    [Fact]
    public async Task The_clock_of_the_law_runs_for_an_absence_without_a_case()
    {
        var absence = (await Line.ReportAbsenceAsync(Report("r1", "P-1"))).Absence;
        var first = new DateOnly(absence.FirstSickDay.Year, absence.FirstSickDay.Month, absence.FirstSickDay.Day);
        await Line.ReportMilestoneAsync(new ReportMilestoneRequest { RequestId = "r2", AbsenceId = absence.AbsenceId, Milestone = AbsenceMilestone.ArboInformed, ReachedOn = Wire(first.AddDays(3)) });
        await Physician.RecordAlignmentAsync(new RecordAlignmentRequest { RequestId = "r3", AbsenceId = absence.AbsenceId, Partner = AlignmentPartner.GeneralPractitioner, HeldOn = Wire(first.AddDays(9)) });

        var lastDay = await TermsAsync(56);
        var dayAfter = await TermsAsync(57);

        Assert.Equal((TermStatus.Met, Wire(first.AddDays(3))), (lastDay["wvp.arbo-report"].Status, lastDay["wvp.arbo-report"].MetOn));
        Assert.Equal((TermStatus.Due, Wire(first.AddDays(56)), ""), (lastDay["wvp.plan-van-aanpak"].Status, lastDay["wvp.plan-van-aanpak"].Due, lastDay["wvp.plan-van-aanpak"].Source));
        Assert.Equal((TermStatus.Missed, "company-physician"), (lastDay["wvp.problem-analysis"].Status, lastDay["wvp.problem-analysis"].Owner));
        Assert.NotEmpty(lastDay["wvp.problem-analysis"].Source);
        Assert.Equal(TermStatus.Missed, dayAfter["wvp.plan-van-aanpak"].Status);
        Assert.Equal(Wire(first.AddDays((42 * 7) - 1)), lastDay["wvp.uwv-week42"].Due);
        Assert.All(lastDay.Keys, id => Assert.True(id.StartsWith("wvp.", StringComparison.Ordinal) || id == "wia.application", id));

        async Task<Dictionary<string, AbsenceTerm>> TermsAsync(int day) =>
            (await Line.ListTermsAsync(new ListTermsRequest { AbsenceId = absence.AbsenceId, On = Wire(first.AddDays(day)) })).Terms.ToDictionary(term => term.TermId);

        static Date Wire(DateOnly day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };
    }

    [Fact]
    public async Task The_line_does_not_read_that_the_physician_spoke_with_the_GP()
    {
        var absence = (await Line.ReportAbsenceAsync(Report("r1", "P-1"))).Absence.AbsenceId;

        await Physician.RecordOpenConsultationAsync(new RecordOpenConsultationRequest { RequestId = "r2", AbsenceId = absence, OpenConsultation = Answer.Yes });
        var guidance = (await Physician.RecordAlignmentAsync(new RecordAlignmentRequest { RequestId = "r3", AbsenceId = absence, Partner = AlignmentPartner.GeneralPractitioner, HeldOn = Day(6, 1) })).Guidance;

        Assert.Equal([new Alignment { Partner = AlignmentPartner.GeneralPractitioner, HeldOn = Day(6, 1) }], guidance.Alignments);
        Assert.Equal(Answer.Yes, guidance.OpenConsultation);
        Assert.Equal(guidance, (await Physician.GetGuidanceAsync(new GetGuidanceRequest { AbsenceId = absence })).Guidance);
        Assert.Empty((await Line.GetAbsenceAsync(new GetAbsenceRequest { AbsenceId = absence })).Absence.Milestones);
    }

    [Fact]
    public async Task A_wrong_report_gets_every_violation()
    {
        var request = new ReportAbsenceRequest { PersonnelNumber = "999990019", ExpectedDuration = (ExpectedDuration)9, WorkAccident = (Answer)7, ReportedOn = new Date { Year = 2016, Month = 13, Day = 1 } };

        Assert.Equal(
            ["expected_duration", "first_sick_day", "personnel_number", "reported_on", "request_id", "work_accident"],
            await ViolationsAsync(Line.ReportAbsenceAsync(request)));
        Assert.Equal(
            ["absence_id", "deviation_reason", "request_id"],
            await ViolationsAsync(Line.AnswerAdviceAsync(new AnswerAdviceRequest { Followed = Answer.No })));
        Assert.Equal(
            ["deviation_reason"],
            await ViolationsAsync(Line.AnswerAdviceAsync(new AnswerAdviceRequest { RequestId = "r", AbsenceId = "a", Followed = Answer.Yes, DeviationReason = DeviationReason.TooCostly })));
        Assert.Equal(["classes"], await ViolationsAsync(Physician.GiveAdviceAsync(new GiveAdviceRequest { RequestId = "r", AbsenceId = "a" })));
        Assert.Equal(["from", "to"], await ViolationsAsync(Line.ReportWageSanctionAsync(new ReportWageSanctionRequest { RequestId = "r", AbsenceId = "a" })));
    }

    [Fact]
    public async Task Who_comes_too_late_or_knows_no_such_absence_is_stopped()
    {
        var absence = (await Line.ReportAbsenceAsync(Report("r1", "P-1"))).Absence.AbsenceId;
        var link = new LinkAbsenceRequest { RequestId = "r2", AbsenceId = absence, CasePseudonym = "c1", ExpectedVersion = 1 };
        await Line.LinkAbsenceAsync(link);

        await RefusedAsync(StatusCode.Aborted, Line.ReportRecoveryAsync(new ReportRecoveryRequest { RequestId = "r3", AbsenceId = absence, ExpectedVersion = 1 }));
        await RefusedAsync(StatusCode.AlreadyExists, Line.LinkAbsenceAsync(new LinkAbsenceRequest(link) { CasePseudonym = "c2" }));
        await RefusedAsync(StatusCode.FailedPrecondition, Line.LinkAbsenceAsync(new LinkAbsenceRequest { RequestId = "r4", AbsenceId = absence, CasePseudonym = "c2" }));
        await RefusedAsync(StatusCode.NotFound, Line.GetAbsenceAsync(new GetAbsenceRequest { AbsenceId = "none" }));
        await RefusedAsync(StatusCode.NotFound, Physician.GetGuidanceAsync(new GetGuidanceRequest { AbsenceId = "none" }));
    }

    private static ReportAbsenceRequest Report(string request, string person) =>
        new() { RequestId = request, PersonnelNumber = person, FirstSickDay = Day(4, 4), ReportedOn = Day(4, 4) };

    private static Date Day(int month, int day) => new() { Year = 2016, Month = month, Day = day };

    private static async Task<RpcException> RefusedAsync<T>(StatusCode code, AsyncUnaryCall<T> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(code, refused.StatusCode);
        return refused;
    }

    private static async Task<IEnumerable<string>> ViolationsAsync<T>(AsyncUnaryCall<T> call)
    {
        var refused = await RefusedAsync(StatusCode.InvalidArgument, call);
        var details = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        return details.Details.Single(any => any.Is(Google.Rpc.BadRequest.Descriptor)).Unpack<Google.Rpc.BadRequest>()
            .FieldViolations.Select(violation => violation.Field).Order(StringComparer.Ordinal);
    }
}
