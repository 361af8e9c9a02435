using Samenhang.Domains.Provisions;
using Samenhang.Platform.Errors;

namespace Samenhang.Domains.Tests;

/// <summary>What may happen to a provision, and when.</summary>
public sealed class ProvisionDecisionTests
{
    private static readonly DateOnly Day = new(2016, 9, 20);

    private static readonly KeptProvision Requested = new()
    {
        Id = "p", CasePseudonym = "c", Scheme = "wmo-begeleiding", Status = ProvisionStatus.Requested, NeedIds = ["n1"], RequestedOn = Day,
    };

    private static readonly KeptProvision Granted = Requested with { Status = ProvisionStatus.Granted, DecidedOn = Day };

    private static readonly KeptProvision Running = Granted with { Status = ProvisionStatus.Running, From = Day.AddDays(5) };

    [Fact]
    public void A_request_that_is_granted_starts_and_stops()
    {
        var granted = ProvisionDecisions.Grant(Requested, Day.AddDays(1)).OrFail();
        var started = ProvisionDecisions.Start(granted, Day.AddDays(2)).OrFail();
        var stopped = ProvisionDecisions.Stop(started, Day.AddDays(30)).OrFail();

        Assert.Equal(Requested with { Status = ProvisionStatus.Ended, DecidedOn = Day.AddDays(1), From = Day.AddDays(2), To = Day.AddDays(30) }, stopped);
    }

    [Fact]
    public void A_refusal_keeps_its_reason()
    {
        var refused = ProvisionDecisions.Refuse(Requested, Day, "no-funds").OrFail();

        Assert.Equal((ProvisionStatus.Refused, "no-funds"), (refused.Status, refused.RefusalReason));
    }

    public static TheoryData<string, string> Forbidden => new()
    {
        { "grant twice", "REQUEST_NOT_OPEN" },
        { "refuse what was granted", "REQUEST_NOT_OPEN" },
        { "start what was only requested", "PROVISION_NOT_GRANTED" },
        { "stop what was only granted", "PROVISION_NOT_RUNNING" },
        { "stop before it began", "DAY_TOO_EARLY" },
        { "grant before it was requested", "DAY_TOO_EARLY" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void What_the_state_forbids_is_refused_with_a_reason(string act, string reason)
    {
        var result = act switch
        {
            "grant twice" => ProvisionDecisions.Grant(Granted, Day),
            "refuse what was granted" => ProvisionDecisions.Refuse(Granted, Day, "other"),
            "start what was only requested" => ProvisionDecisions.Start(Requested, Day),
            "stop what was only granted" => ProvisionDecisions.Stop(Granted, Day),
            "stop before it began" => ProvisionDecisions.Stop(Running, Day),
            _ => ProvisionDecisions.Grant(Requested, Day.AddDays(-1)),
        };

        Assert.Equal(reason, Assert.IsType<Error.StateForbids>(result.Error).Type);
    }
}
