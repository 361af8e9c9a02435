using Samenhang.Messages.Cases;
using Samenhang.Platform.Errors;
using Samenhang.Zvw.Claims;
using Samenhang.Zvw.Paths;
using Samenhang.Zvw.Referrals;
using Samenhang.Zvw.Trajectories;

namespace Samenhang.Domains.Tests.Zvw;

/// <summary>What may happen to a referral, a trajectory and a claim, and what the case hears of it.</summary>
public sealed class CarePathDecisionTests
{
    private static readonly DateOnly Day = new(2016, 9, 20);

    private static readonly CarePath Referred = new()
    {
        Id = "path",
        CasePseudonym = "c",
        NeedIds = ["n1"],
        Scheme = "gbggz",
        Referral = new Referral("huisarts", "gbggz", Day, [new("referral.by", Code("huisarts")), new("referral.toLevel", Code("gbggz"))]),
    };

    private static readonly Trajectory Kort = new()
    {
        OpenedOn = Day.AddDays(10),
        Ground = OpeningGround.Referral,
        Product = "BK",
        Facts = [new("claim.estimatedProduct", Code("BK"))],
        MainPractitioners = [new(new Practitioner { PartyId = "hb", Profession = "gz-psycholoog" }, Day.AddDays(10))],
    };

    private static readonly BillLine Bill = new("gbggz-kort", "BK", [new("claim.lineType", Code("product")), new("claim.price", new KnownValue { Number = 450 })]);

    private static readonly CarePath Running = TrajectoryDecisions.Open(Referred, Kort, "gbggz-kort", "hb").OrFail().After;

    private static readonly CarePath Closed = TrajectoryDecisions.Close(Running, new Closing(Day.AddDays(100), "hb", ClosingReason.Completed, []), ["gbggz-kort"]).OrFail().After;

    public static TheoryData<string, string> Forbidden => new()
    {
        { "withdraw a referral that was used", "REFERRAL_USED" },
        { "withdraw a referral twice", "REFERRAL_WITHDRAWN" },
        { "withdraw a referral of a path without one", "NO_REFERRAL" },
        { "withdraw a referral before it was made", "DAY_TOO_EARLY" },
        { "open a trajectory twice", "TRAJECTORY_OPENED" },
        { "open on a referral that was withdrawn", "REFERRAL_WITHDRAWN" },
        { "open before the referral", "DAY_TOO_EARLY" },
        { "change the product before the start", "NO_TRAJECTORY" },
        { "change to the same product", "SAME_PRODUCT" },
        { "change after the end", "TRAJECTORY_CLOSED" },
        { "change before the first day", "DAY_TOO_EARLY" },
        { "assign before the start", "NO_TRAJECTORY" },
        { "assign before the one in charge", "DAY_TOO_EARLY" },
        { "close twice", "TRAJECTORY_CLOSED" },
        { "close before the first day", "DAY_TOO_EARLY" },
        { "bill a path that did not begin", "NO_TRAJECTORY" },
        { "bill more than anybody bills", "PATH_FULL" },
        { "correct a line that is not there", "NO_SUCH_LINE" },
        { "correct a line that was withdrawn", "LINE_WITHDRAWN" },
        { "withdraw a line twice", "LINE_WITHDRAWN" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void What_the_state_forbids_is_refused_with_a_reason(string act, string reason)
    {
        var withdrawn = ReferralDecisions.Withdraw(Referred, Day).OrFail().After;
        var taken = ClaimDecisions.Withdraw(ClaimDecisions.Report(Closed, Bill).OrFail().After, 1).OrFail().After;
        var main = new MainPractitioner(new Practitioner { PartyId = "other" }, Day);
        var middel = new ProductChange("gbggz-middel", "BM", Day.AddDays(20), null, true, true, true);
        var result = act switch
        {
            "withdraw a referral that was used" => ReferralDecisions.Withdraw(Running, Day),
            "withdraw a referral twice" => ReferralDecisions.Withdraw(withdrawn, Day),
            "withdraw a referral of a path without one" => ReferralDecisions.Withdraw(Referred with { Referral = null }, Day),
            "withdraw a referral before it was made" => ReferralDecisions.Withdraw(Referred, Day.AddDays(-1)),
            "open a trajectory twice" => TrajectoryDecisions.Open(Running, Kort, null, null),
            "open on a referral that was withdrawn" => TrajectoryDecisions.Open(withdrawn, Kort, null, null),
            "open before the referral" => TrajectoryDecisions.Open(Referred, Kort with { OpenedOn = Day.AddDays(-1) }, null, null),
            "change the product before the start" => TrajectoryDecisions.ChangeProduct(Referred, middel),
            "change to the same product" => TrajectoryDecisions.ChangeProduct(Running, middel with { Scheme = "gbggz-kort", Product = "BK" }),
            "change after the end" => TrajectoryDecisions.ChangeProduct(Closed, middel),
            "change before the first day" => TrajectoryDecisions.ChangeProduct(Running, middel with { On = Day }),
            "assign before the start" => TrajectoryDecisions.Assign(Referred, main),
            "assign before the one in charge" => TrajectoryDecisions.Assign(Running, main),
            "close twice" => TrajectoryDecisions.Close(Closed, new Closing(Day.AddDays(101), null, ClosingReason.Completed, []), []),
            "close before the first day" => TrajectoryDecisions.Close(Running, new Closing(Day, null, ClosingReason.Completed, []), []),
            "bill a path that did not begin" => ClaimDecisions.Report(Referred, Bill),
            "bill more than anybody bills" => ClaimDecisions.Report(Closed with { Lines = [.. Enumerable.Range(1, ClaimDecisions.MostLines).Select(number => new ReportedLine(number, Bill) { IsWithdrawn = true })] }, Bill),
            "correct a line that is not there" => ClaimDecisions.Correct(Closed, 1, Bill),
            "correct a line that was withdrawn" => ClaimDecisions.Correct(taken, 1, Bill),
            _ => ClaimDecisions.Withdraw(taken, 1),
        };

        Assert.Equal(reason, Assert.IsType<Error.StateForbids>(result.Error).Type);
    }

    [Fact]
    public void A_referral_is_a_provision_that_is_asked_for_with_its_letter()
    {
        var news = ReferralDecisions.Make(Referred).OrFail().ToNews();

        var provision = Assert.Single(news.Provisions);
        Assert.Equal(("path", "gbggz", "requested", Day), (provision.Id, provision.Scheme, provision.Status, provision.RequestedOn));
        Assert.Equal("huisarts", Told(provision, "referral.by")!.Code);
        Assert.Equal("referral-letter", Assert.Single(news.Evidence).Type);
        Assert.Equal(("referral-issued", "path"), (Assert.Single(news.Events).Type, news.Events[0].Provision));
    }

    [Fact]
    public void What_a_withdrawn_referral_said_is_taken_back()
    {
        var news = ReferralDecisions.Withdraw(Referred, Day.AddDays(2)).OrFail().ToNews();

        Assert.Equal("withdrawn", Assert.Single(news.Provisions).Status);
        Assert.All(["referral.by", "referral.toLevel"], fact => Assert.Equal(new KnownValue(), Told(news.Provisions[0], fact)));
        Assert.Empty(news.Evidence);
    }

    [Theory]
    [InlineData(2016, "hoofdbehandelaar")]
    [InlineData(2017, "regiebehandelaar")]
    public void Who_is_in_charge_has_the_name_of_the_year(int year, string role)
    {
        var path = TrajectoryDecisions.Assign(Running, new MainPractitioner(new Practitioner { PartyId = "next" }, new DateOnly(year, 12, 31))).OrFail();

        Assert.Equal(
            [("hb", "former-practitioner"), ("next", role)],
            path.ToNews().Parties.Select(party => (party.Id, party.Role)));
        Assert.All(path.ToNews().Parties, party => Assert.Equal(["path"], party.ProvisionIds));
    }

    [Fact]
    public void A_change_of_product_tells_the_demand_and_that_the_patient_knows()
    {
        var first = new ProductChange("gbggz-middel", "BM", Day.AddDays(20), "hb", true, true, true);
        var once = TrajectoryDecisions.ChangeProduct(Running, first).OrFail();
        var twice = TrajectoryDecisions.ChangeProduct(once.After, first with { Scheme = "gbggz-intensief", Product = "BI", On = Day.AddDays(30), PatientInformed = false, Recorded = null }).OrFail();

        Assert.Equal(("gbggz-middel", "BM"), (once.ToNews().Provisions[0].Scheme, once.ToNews().Provisions[0].Product));
        Assert.True(Told(once.ToNews().Provisions[0], "claim.patientInformedOfChange")!.Bool);
        Assert.Equal("BK", Told(once.ToNews().Provisions[0], "claim.estimatedProduct")!.Code);
        Assert.False(Told(twice.ToNews().Provisions[0], "claim.patientInformedOfChange")!.Bool);
        Assert.Equal(new KnownValue(), Told(twice.ToNews().Provisions[0], "claim.changeRecorded"));
    }

    [Fact]
    public void A_closed_trajectory_is_an_ended_provision_and_an_event()
    {
        var news = TrajectoryDecisions.Close(Running, new Closing(Day.AddDays(12), "hb", ClosingReason.AfterDiagnostics, []), ["gbggz-kort"]).OrFail().ToNews();

        var provision = Assert.Single(news.Provisions);
        Assert.Equal(("ended", Day.AddDays(10), Day.AddDays(12)), (provision.Status, provision.From, provision.To));
        Assert.True(Told(provision, "claim.endedAfterDiagnostics")!.Bool);
        Assert.Equal(["back-referral", "ggz-ended"], news.Events.Select(happened => happened.Type));
    }

    [Fact]
    public void A_claim_is_told_until_it_is_withdrawn_and_a_second_line_stands_beside_the_path()
    {
        var reported = ClaimDecisions.Report(Closed, Bill).OrFail();
        var corrected = ClaimDecisions.Correct(reported.After, 1, Bill with { Facts = [new("claim.lineType", Code("product"))] }).OrFail();
        var second = ClaimDecisions.Report(corrected.After, new BillLine(null, null, [new("claim.lineType", Code("session"))])).OrFail();
        var withdrawn = ClaimDecisions.Withdraw(second.After, 1).OrFail();

        Assert.Equal(("claimed", 450m), (reported.ToNews().Provisions[0].Status, Told(reported.ToNews().Provisions[0], "claim.price")!.Number));
        Assert.Equal(new KnownValue(), Told(corrected.ToNews().Provisions[0], "claim.price"));
        Assert.Equal([("path", "claimed"), ("path.2", "claimed")], second.ToNews().Provisions.Select(provision => (provision.Id, provision.Status)));
        Assert.Equal([("path", "ended"), ("path.2", "claimed")], withdrawn.ToNews().Provisions.Select(provision => (provision.Id, provision.Status)));
        Assert.Equal(new KnownValue(), Told(withdrawn.ToNews().Provisions[0], "claim.lineType"));
    }

    [Fact]
    public void Direct_access_says_that_there_is_no_referral_and_a_crisis_does_not_ask()
    {
        var direct = Referred with { Referral = null, Trajectory = Kort with { Ground = OpeningGround.DirectAccess } };
        var crisis = direct with { Trajectory = Kort with { Ground = OpeningGround.Crisis } };

        var news = TrajectoryDecisions.OpenWithoutReferral(direct).OrFail().ToNews();
        var urgent = TrajectoryDecisions.OpenWithoutReferral(crisis).OrFail().ToNews();

        Assert.Equal("none", Told(Assert.Single(news.Provisions), "referral.by")!.Code);
        Assert.Empty(news.Events);
        Assert.Null(Told(Assert.Single(urgent.Provisions), "referral.by"));
        Assert.Equal("crisis", Assert.Single(urgent.Events).Type);
    }

    private static KnownValue? Told(ProvisionView provision, string fact) => provision.Facts.SingleOrDefault(known => known.Fact == fact)?.Value;

    private static KnownValue Code(string code) => new() { Code = code };
}
