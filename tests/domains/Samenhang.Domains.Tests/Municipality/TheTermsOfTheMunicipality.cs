using Google.Protobuf;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Gemeente.V1;
using static Samenhang.Domains.Tests.Municipality.MunicipalSystem;

namespace Samenhang.Domains.Tests.Municipality;

/// <summary>Which terms run, until when, and what ends them.</summary>
public sealed class TheTermsOfTheMunicipality
{
    private static readonly Dictionary<string, (IMessage[] Before, string About, string Due, IMessage Ends)> Terms = new()
    {
        ["WMO_2_3_2"] = ([.. Granted().Take(2)], "report/m1", "2026-02-16", Granted().ElementAt(2)),
        ["WMO_2_3_5"] = ([.. Granted().Take(4)], "application/a1", "2026-01-30", Granted().ElementAt(4)),
        ["AWB_4_13"] = (
            [new ApplyRequest { ApplicationId = "a1", Scheme = "jeugdhulp", AppliedOn = Day("2026-02-06") }], "application/a1", "2026-04-07",
            new WithdrawApplicationRequest { ApplicationId = "a1", WithdrawnOn = Day("2026-02-09") }),
        ["OP090"] = (
            [Assign("301-1", Assigned("1001", "2026-01-26T09:00:00"))], "message/301-1", "2026-01-29",
            new RecordReturnRequest { MessageId = "301-1", ReceivedOn = Day("2026-01-27") }),
        ["OP271"] = (
            [Assign("301-1", Assigned("1001", "2026-01-26T09:00:00", from: "2026-03-31"))], "assignment/1001", "2026-04-09",
            Start("305-1", "1001", "2026-03-31", "2026-04-01T08:00:00")),
        ["OP271 with retroactive effect"] = (
            [Assign("301-1", Assigned("1001", "2026-04-30T09:00:00", from: "2026-03-31"))], "assignment/1001", "2026-05-08",
            Start("305-1", "1001", "2026-03-31", "2026-05-01T08:00:00")),
        ["OP272"] = (
            [Assign("301-1", Assigned("1001", "2026-01-26T09:00:00")), Start("305-1", "1001", "2026-02-02", "2026-02-03T08:00:00")], "assignment/1001", "2027-01-08",
            Stop("307-1", "1001", "2026-12-31", "2027-01-04T08:00:00")),
        ["OP274"] = ([Ask("r1", received: "2026-01-21")], "request/r1", "2026-01-28", Answer("r1", RequestAnswer.Accepted, "2026-01-26")),
        ["OP274 in investigation"] = (
            [Ask("r1", received: "2026-01-21"), Answer("r1", RequestAnswer.InInvestigation, "2026-01-26")], "request/r1", "2026-03-17",
            Answer("r1", RequestAnswer.Rejected, "2026-03-10", "not-indicated")),
        ["OP346"] = (
            [Assign("301-1", Assigned("1001", "2026-01-26T09:00:00")), Change()], "request/v1", "2026-03-09",
            Answer("v1", RequestAnswer.Accepted, "2026-03-04")),
        ["OP359"] = ([Ask("r1", received: "2026-01-21")], "request/r1", "2026-02-04", Answer("r1", RequestAnswer.Accepted, "2026-01-26")),
        ["OP090x4"] = (
            [new ReceiveClaimRequest { ProviderAgb = Provider, MessageId = "323-1", ReceivedOn = Day("2026-03-27"), AmountCents = 100 }], "claim/323-1", "2026-04-14",
            new AnswerClaimRequest { ProviderAgb = Provider, MessageId = "323-1", AnsweredOn = Day("2026-04-01"), ApprovedCents = 100 }),
    };

    public static TheoryData<string> Rules => [.. Terms.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_term_runs_until_its_last_day_and_goes_when_it_is_met(string name)
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        var (before, about, due, ends) = Terms[name];
        var rule = name.Split(' ')[0];

        var running = await municipality.SendAllAsync(before);
        var met = await municipality.SendAsync(ends);

        var term = Assert.Single(running.OpenTerms, term => term.RuleId == rule);
        Assert.Equal((about, Day(due)), (term.About, term.DueOn));
        Assert.NotEmpty(term.Rule.Nl);
        Assert.DoesNotContain(met.OpenTerms, other => other.RuleId == rule);
        municipality.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_standstill_moves_the_last_day_of_a_decision()
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        var applied = await municipality.SendAllAsync(Granted().Take(4));
        var suspended = await municipality.SendAsync(new SuspendDecisionRequest
        {
            ApplicationId = "a1", From = Day("2026-01-20"), By = "consulent-7", Reason = StandstillReason.IncompleteApplication,
        });
        var listed = (await municipality.Clients.ListOpenTermsAsync(new ListOpenTermsRequest { MunicipalityCode = Code })).OpenTerms;
        var resumed = await municipality.SendAsync(new ResumeDecisionRequest { ApplicationId = "a1", On = Day("2026-01-30") });

        Assert.Equal(Day("2026-01-30"), Due(applied).DueOn);
        Assert.Equal((TermStatus.Suspended, Day("2026-01-20")), (Due(suspended).Status, Due(suspended).SuspendedSince));
        Assert.Equal(Due(suspended), Assert.Single(listed));
        Assert.Equal((Day("2026-02-09"), null), (Due(resumed).DueOn, Due(resumed).SuspendedSince));
        var standstill = Assert.Single(Assert.Single(resumed.Applications).Standstills);
        Assert.Equal(("consulent-7", StandstillReason.IncompleteApplication, Day("2026-01-29")), (standstill.By, standstill.Reason, standstill.To));

        static OpenTerm Due(Client file) => Assert.Single(file.OpenTerms, term => term.RuleId == "WMO_2_3_5");
    }

    [Fact]
    public async Task A_municipality_sees_what_is_due_and_overdue_over_all_its_clients()
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        await municipality.SendAsync(new ReportNeedRequest { ReportId = "m1", ReportedOn = Day("2024-01-08") }, "late");
        await municipality.SendAsync(new ReportNeedRequest { ReportId = "m1", ReportedOn = Day("2199-01-07") }, "early");
        await municipality.SendAsync(Assign("301-1", Assigned("1001", "2024-01-22T09:00:00", from: "2024-02-05", to: "2024-12-31")), "late");

        var all = (await municipality.Clients.ListOpenTermsAsync(new ListOpenTermsRequest { MunicipalityCode = Code })).OpenTerms;
        var own = (await municipality.Clients.ListOpenTermsAsync(new ListOpenTermsRequest { MunicipalityCode = Code, Owner = TermOwner.Municipality })).OpenTerms;
        var soon = (await municipality.Clients.ListOpenTermsAsync(new ListOpenTermsRequest { MunicipalityCode = Code, DueUntil = Day("2024-02-12") })).OpenTerms;
        var elsewhere = (await municipality.Clients.ListOpenTermsAsync(new ListOpenTermsRequest { MunicipalityCode = "0384" })).OpenTerms;

        Assert.Equal(["OP271", "WMO_2_3_2", "OP090", "WMO_2_3_2"], all.Select(term => term.RuleId));
        Assert.Equal(
            [("late", TermStatus.Overdue), ("early", TermStatus.Running)],
            own.Select(term => (term.Client.ClientReference_, term.Status)));
        Assert.Equal("OP271", Assert.Single(soon).RuleId);
        Assert.Empty(elsewhere);

        await municipality.SendAsync(new StartInvestigationRequest { ReportId = "m1", StartedOn = Day("2024-01-09") }, "late");
        await municipality.SendAsync(new ConcludeInvestigationRequest { ReportId = "m1", ConcludedOn = Day("2024-01-19"), Result = InvestigationResult.OwnStrength }, "late");
        Assert.DoesNotContain(
            (await municipality.Clients.ListOpenTermsAsync(new ListOpenTermsRequest { MunicipalityCode = Code, Owner = TermOwner.Municipality })).OpenTerms,
            term => term.Client.ClientReference_ == "late");
        municipality.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_safety_block_holds_messages_and_hides_where_the_client_is()
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        await municipality.SendAsync(new SetSafetyBlockRequest { Since = Day("2026-01-05") });

        var held = await municipality.SendAllAsync([Ask("r1"), Assign("301-1", Assigned("1001", "2026-01-26T09:00:00"))]);

        Assert.Equal(["301-1"], held.HeldMessageIds);
        Assert.DoesNotContain(held.OpenTerms, term => term.RuleId == "OP090");
        Assert.DoesNotContain(Provider, held.ToString(), StringComparison.Ordinal);

        var lifted = await municipality.Clients.LiftSafetyBlockAsync(new LiftSafetyBlockRequest { RequestId = "lift", Client = Named("client-1"), On = Day("2026-03-02") });

        Assert.Equal(["301-1"], lifted.ReleasedMessageIds);
        Assert.Equal(Provider, Assert.Single(lifted.Client.Assignments).ProviderAgb);
        Assert.Equal(Day("2026-03-05"), lifted.Client.OpenTerms.Single(term => term.RuleId == "OP090").DueOn);
        Assert.Empty(lifted.Client.HeldMessageIds);
        municipality.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_start_that_comes_before_its_assignment_waits_for_it()
    {
        await using var municipality = await MunicipalSystem.StartAsync();

        var waiting = await municipality.SendAsync(Start("305-1", "1001", "2026-02-04", "2026-02-05T08:00:00"));
        var file = await municipality.SendAsync(Assign("301-1", Assigned("1001", "2026-01-22T09:00:00")));

        Assert.Empty(waiting.Assignments);
        Assert.Equal(AssignmentStatus.Started, Assert.Single(file.Assignments).Status);
    }

    private static RequestChangeRequest Change() => new()
    {
        ProviderReference = "v1", ProviderAgb = Provider, WrittenOn = Day("2026-02-27"), ReceivedOn = Day("2026-03-02"), AssignmentNumber = "1001",
        Product = Guidance, From = Day("2026-04-01"),
    };
}
