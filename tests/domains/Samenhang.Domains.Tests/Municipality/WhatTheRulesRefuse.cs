using Google.Protobuf;
using Grpc.Core;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Gemeente.V1;
using static Samenhang.Domains.Tests.Municipality.MunicipalSystem;

namespace Samenhang.Domains.Tests.Municipality;

/// <summary>Each refusal names its rule: in the reason, and at the head of the sentence in Dutch.</summary>
public sealed class WhatTheRulesRefuse
{
    private static readonly Dictionary<string, (IMessage[] Before, IMessage Refused)> Refusals = new()
    {
        ["OP259: the same product twice in one period"] = (
            [Assign("301-1", Assigned("1001", "2026-01-22T09:00:00"))],
            Assign("301-2", Assigned("1002", "2026-01-23T09:00:00", from: "2026-12-31", to: null))),
        ["OP259: a product beside its whole category"] = (
            [Assign("301-1", Assigned("1001", "2026-01-22T09:00:00"))],
            Assign("301-2", With(Assigned("1002", "2026-01-23T09:00:00"), product => product.Product.Code = ""))),
        ["OP259: twice in one message"] = (
            [],
            Assign("301-1", Assigned("1001", "2026-01-22T09:00:00"), Assigned("1002", "2026-01-22T09:00:00"))),
        ["OP043: support in kind beside a budget"] = (
            [.. Granted(DeliveryForm.Budget)],
            Assign("301-1", Assigned("1001", "2026-01-22T09:00:00"))),
        ["OP043: a budget beside support in kind"] = (
            [Assign("301-1", Assigned("1001", "2026-01-22T09:00:00")), .. Granted().SkipLast(1)],
            Grant(DeliveryForm.Budget, "2026-12-31")),
        ["OP080: two versions with one moment"] = (
            [Assign("301-1", Assigned("1001", "2026-01-22T09:00:00"))],
            Assign("301-2", Assigned("1001", "2026-01-22T09:00:00", to: "2026-11-30"))),
        ["OP275: a number of another provider"] = (
            [Assign("301-1", Assigned("1001", "2026-01-22T09:00:00"))],
            Other(Assign("301-2", Assigned("1001", "2026-01-23T09:00:00")))),
        ["OP350: a second request while one is open"] = ([Ask("r1")], Ask("r2", from: "2027-01-01", to: null)),
        ["OP350: a second request while the first is looked into"] = (
            [Ask("r1"), Answer("r1", RequestAnswer.InInvestigation, "2026-01-23")],
            Ask("r2", from: "2027-01-01", to: null)),
        ["OP347: a request for what is assigned"] = ([Assign("301-1", Assigned("1001", "2026-01-22T09:00:00"))], Ask("r1")),
        ["OP361: a reference that was used for another request"] = ([Ask("r1")], Ask("r1", from: "2026-03-01")),
        ["OP359: rejected because of the residence after two weeks"] = (
            [Ask("r1", received: "2026-01-21")],
            Answer("r1", RequestAnswer.Rejected, "2026-02-05", "not-our-domain", elsewhere: true)),
        ["OP349: a claim number that was used for another claim"] = ([Claim(12_500)], Claim(12_600)),
        ["WMO_2_3_2_9: an application while the investigation runs"] = (
            [.. Granted().Take(2)],
            new ApplyRequest { ApplicationId = "a1", ReportId = "m1", Scheme = "wmo-begeleiding", AppliedOn = Day("2026-02-16") }),
    };

    private static readonly Dictionary<string, (IMessage[] Before, IMessage Refused)> States = new()
    {
        ["REPORT_KNOWN"] = ([.. Granted().Take(1)], new ReportNeedRequest { ReportId = "m1", ReportedOn = Day("2026-01-06") }),
        ["INVESTIGATION_STARTED"] = ([.. Granted().Take(2)], new StartInvestigationRequest { ReportId = "m1", StartedOn = Day("2026-01-09") }),
        ["INVESTIGATION_NOT_STARTED"] = ([.. Granted().Take(1)], Granted().ElementAt(2)),
        ["INVESTIGATION_CONCLUDED"] = (
            [.. Granted().Take(3)],
            new ConcludeInvestigationRequest { ReportId = "m1", ConcludedOn = Day("2026-01-15"), Result = InvestigationResult.OwnStrength }),
        ["DAY_TOO_EARLY"] = ([.. Granted().Take(1)], new StartInvestigationRequest { ReportId = "m1", StartedOn = Day("2026-01-04") }),
        ["APPLICATION_KNOWN"] = ([.. Granted().Take(4)], new ApplyRequest { ApplicationId = "a1", ReportId = "m1", Scheme = "wmo-opvang", AppliedOn = Day("2026-01-16") }),
        ["APPLICATION_DECIDED"] = ([.. Granted()], Grant(DeliveryForm.InKind, "2026-03-01")),
        ["TERM_SUSPENDED"] = (
            [.. Granted().Take(4), new SuspendDecisionRequest { ApplicationId = "a1", From = Day("2026-01-20"), By = "b", Reason = StandstillReason.ForceMajeure }],
            new SuspendDecisionRequest { ApplicationId = "a1", From = Day("2026-01-21"), By = "b", Reason = StandstillReason.ForceMajeure }),
        ["TERM_NOT_SUSPENDED"] = ([.. Granted().Take(4)], new ResumeDecisionRequest { ApplicationId = "a1", On = Day("2026-01-21") }),
        ["APPLICATION_NOT_GRANTED"] = ([.. Granted().Take(4)], new EndDecisionRequest { ApplicationId = "a1", To = Day("2026-03-01") }),
        ["DAY_TOO_LATE"] = ([.. Granted(to: "2026-06-30")], new EndDecisionRequest { ApplicationId = "a1", To = Day("2026-07-01") }),
        ["APPLICATION_NOT_GRANTED_IN_KIND"] = (
            [.. Granted(DeliveryForm.Budget, "2027-01-01")],
            Assign("301-1", Assigned("1001", "2026-01-22T09:00:00", application: "a1"))),
        ["PROVIDER_NOT_ASSIGNED"] = (
            [Assign("301-1", Assigned("1001", "2026-01-22T09:00:00"))],
            Other(Start("305-1", "1001", "2026-02-04", "2026-02-05T08:00:00"))),
        ["REQUEST_ANSWERED"] = (
            [Ask("r1"), Answer("r1", RequestAnswer.Rejected, "2026-01-23", "no-funds")],
            Answer("r1", RequestAnswer.Accepted, "2026-01-26")),
        ["CLAIM_ANSWERED"] = ([Claim(12_500), Answered(12_500)], Answered(12_400)),
        ["AMOUNT_TOO_HIGH"] = ([Claim(12_500)], Answered(12_501)),
    };

    public static TheoryData<string> Rules => [.. Refusals.Keys];

    public static TheoryData<string> Reasons => [.. States.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_refusal_names_its_rule(string rule)
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        var (before, message) = Refusals[rule];
        var file = before.Length == 0 ? null : await municipality.SendAllAsync(before);

        var refused = await municipality.RefusesAsync(message);

        Assert.Equal(rule.Split(':')[0], refused.Reason);
        Assert.StartsWith($"{refused.Reason}: ", refused.Dutch, StringComparison.Ordinal);
        if (file is not null)
        {
            Assert.Equal(file, (await municipality.Clients.GetClientAsync(new GetClientRequest { Client = Named("client-1") })).Client);
        }

        municipality.Log.HasNoErrors();
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task What_the_state_forbids_has_a_reason(string reason)
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        await municipality.SendAllAsync(States[reason].Before);

        Assert.Equal(reason, (await municipality.RefusesAsync(States[reason].Refused)).Reason);
        municipality.Log.HasNoErrors();
    }

    [Fact]
    public async Task Of_messages_that_come_at_once_no_two_pass_a_rule_together()
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        var accepted = await Task.WhenAll(Enumerable.Range(1, 8).Select(async number =>
        {
            try
            {
                await municipality.SendAsync(Assign($"301-{number}", Assigned($"100{number}", "2026-01-22T09:00:00")));
                return true;
            }
            catch (RpcException refused) when (refused.StatusCode == StatusCode.FailedPrecondition && InfoOf(refused).Type == "OP259")
            {
                return false;
            }
        }));

        Assert.Single(accepted, passed => passed);
        Assert.Single((await municipality.Clients.GetClientAsync(new GetClientRequest { Client = Named("client-1") })).Client.Assignments);
        municipality.Log.HasNoErrors();
    }

    [Fact]
    public async Task The_rules_allow_what_they_do_not_forbid()
    {
        await using var municipality = await MunicipalSystem.StartAsync();

        var file = await municipality.SendAllAsync(
        [
            Assign("301-1", Assigned("1001", "2026-01-22T09:00:00", to: "2026-05-31")),
            Assign("301-2", Assigned("1002", "2026-01-23T09:00:00", from: "2026-06-01")),
            Other(Assign("301-3", Assigned("1003", "2026-01-23T09:00:00"))),
            Assign("301-4", With(Assigned("1004", "2026-01-23T09:00:00"), product => product.Product.Code = "02A02")),
            Ask("r1", from: "2027-01-01", to: null),
            Answer("r1", RequestAnswer.Rejected, "2026-02-04", "not-our-domain", elsewhere: true),
            Ask("r2", from: "2027-01-01", to: null),
        ]);

        Assert.Equal(4, file.Assignments.Count);
        Assert.Equal([ProviderRequestStatus.Rejected, ProviderRequestStatus.Open], file.ProviderRequests.Select(request => request.Status));
    }

    [Fact]
    public async Task A_wrong_message_gets_every_violation_and_the_rules_it_breaks()
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        var message = Start("305 1", "10A", "2026-02-04", "2026-02-05T8:00", (DeliveryStatus)2);
        message.ProviderAgb = "123";
        message.StartedOn = null;

        var refused = await Assert.ThrowsAsync<RpcException>(() => municipality.SendAsync(message, "999990019"));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(
            ["assignment_number", "client.client_reference", "message_id", "provider_agb", "started_on", "status", "written_at.time"],
            ViolationsOf(refused).Select(violation => violation.Field).Order(StringComparer.Ordinal));
        Assert.Equal("OP033,OP079,OP254", InfoOf(refused).Metadata["rules"]);
        Assert.StartsWith("OP033: ", ViolationsOf(refused).Single(violation => violation.Field == "status").Description, StringComparison.Ordinal);
        Assert.DoesNotContain("999990019", refused.ToString(), StringComparison.Ordinal);
        municipality.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_grant_without_form_product_and_day_gets_all_three_back()
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        await municipality.SendAllAsync(Granted().SkipLast(1));

        var refused = await Assert.ThrowsAsync<RpcException>(() => municipality.SendAsync(
            new DecideApplicationRequest { ApplicationId = "a1", Decision = Decision.Grant, RefusalReason = "no-funds" }));

        Assert.Equal(["form", "from", "product", "refusal_reason"], ViolationsOf(refused).Select(violation => violation.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Support_that_goes_by_assignment_has_no_second_way()
    {
        await using var municipality = await MunicipalSystem.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await municipality.Gemeente.RequestProvisionAsync(
            new RequestProvisionRequest { RequestId = "r", CasePseudonym = "c", Scheme = "wmo-begeleiding", NeedIds = { "n1" } }));

        Assert.Equal("scheme", Assert.Single(ViolationsOf(refused)).Field);
    }

    [Fact]
    public async Task The_same_request_gets_the_same_reply_and_a_stale_version_is_stopped()
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        var request = new SetSafetyBlockRequest { RequestId = "once", Client = Named("client-1"), Since = Day("2026-01-05") };

        var first = await municipality.Clients.SetSafetyBlockAsync(request);
        Assert.Equal(first, await municipality.Clients.SetSafetyBlockAsync(request));

        request.Since = Day("2026-01-06");
        Assert.Equal(StatusCode.AlreadyExists, (await Assert.ThrowsAsync<RpcException>(async () => await municipality.Clients.SetSafetyBlockAsync(request))).StatusCode);
        var stale = new LiftSafetyBlockRequest { RequestId = "stale", Client = Named("client-1"), ExpectedVersion = 7 };
        Assert.Equal(StatusCode.Aborted, (await Assert.ThrowsAsync<RpcException>(async () => await municipality.Clients.LiftSafetyBlockAsync(stale))).StatusCode);
        Assert.Equal(
            StatusCode.NotFound,
            (await Assert.ThrowsAsync<RpcException>(async () => await municipality.Clients.GetClientAsync(new GetClientRequest { Client = Named("nobody") }))).StatusCode);
    }

    private static T With<T>(T message, Action<T> change)
    {
        change(message);
        return message;
    }

    private static AssignSupportRequest Other(AssignSupportRequest message) => With(message, other => other.ProviderAgb = OtherProvider);

    private static ReportStartRequest Other(ReportStartRequest message) => With(message, other => other.ProviderAgb = OtherProvider);

    private static ReceiveClaimRequest Claim(long cents) => new() { ProviderAgb = Provider, MessageId = "323-1", ReceivedOn = Day("2026-03-02"), AmountCents = cents };

    private static AnswerClaimRequest Answered(long cents) => new() { ProviderAgb = Provider, MessageId = "323-1", AnsweredOn = Day("2026-03-09"), ApprovedCents = cents };
}
