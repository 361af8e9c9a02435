using System.Collections.Frozen;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Casemanager.Domain.Tests.WholeCases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.HandOvers;

/// <summary>Eva, with a disorder and a need for support at home; the real rulebooks judge her case.</summary>
internal static class Passing
{
    private static readonly CaseDecisions Decisions = new(SampleCases.Vocabulary, ProjectCases.Assessor);

    /// <summary>The GP has her in care; two providers of ggz, the neighbourhood team and an employer are in the case.</summary>
    public static Case Eva { get; } = new()
    {
        Id = "eva",
        AsOf = new DateOnly(2021, 2, 1),
        Rulebooks = FrozenSet.Create("001", "002a", "003"),
        Facts = SampleCases.Facts(("client.birthDate", "1986-04-10"), ("client.insuredZvw", "true")),
        Needs =
        [
            SampleCases.Need("n1", "psych-treatment", ("health.classification", "disorder"), ("health.dsmDisorder", "confirmed"), ("gp.canTreat", "false")),
            SampleCases.Need("n2", "guidance-self-reliance"),
        ],
        Provisions = [SampleCases.Provision("p1", "gp-care", "running", ["n1"], "gp", from: "2021-01-11")],
        Parties =
        [
            new Party { Id = "gp", Role = "huisarts", Profession = "huisarts", Service = "zvw" },
            new Party { Id = "ggz-a", Role = "care-provider", Service = "zvw" },
            new Party { Id = "ggz-b", Role = "care-provider", Service = "zvw" },
            new Party { Id = "team", Role = "wijkteam", Service = "gemeente" },
            new Party { Id = "emp", Role = "employer", Service = "employer" },
        ],
    };

    /// <summary>She is treated by ggz A, which will stop; nobody has taken over what she still needs.</summary>
    public static Case InTreatment { get; } = Eva with
    {
        Provisions =
        [
            SampleCases.Provision("p1", "sggz", "running", ["n1"], "ggz-a", from: "2020-03-01") with { Facts = SampleCases.Facts(("health.primaryTreatmentWillBeStopped", "true")) },
        ],
    };

    public static HandOverMove.Offer ToGgz(string provider, params string[] shares) =>
        new() { From = "gp", To = provider, NeedIds = ["n1"], Scheme = "sggz", Shares = shares };

    public static HandOverMove.Offer ToTeam { get; } = new() { From = "ggz-a", To = "team", NeedIds = ["n2"], Scheme = "wmo-begeleiding" };

    public static Consent Consent(string from, string to, params string[] categories) => new(from, to, categories, new DateOnly(2021, 1, 1), null, null);

    /// <summary>A case that was opened and has its first plan.</summary>
    public static ACase Opened(Case content) => new ACase(Decisions, ProjectCases.Domains).Open(content).Settle();

    /// <summary>A step that is accepted, with the plan that follows.</summary>
    public static ACase Does(this ACase @case, HandOverMove move, string by = "casemanager", string? on = null)
    {
        @case.Day = on is null ? @case.Day : SampleCases.Day(on);
        @case.Do(at => new CaseCommand.MoveHandOver(move, by) { At = at });
        return @case.Settle();
    }

    /// <summary>The code of the refusal.</summary>
    public static string Forbids(this ACase @case, HandOverMove move) => Forbidden(@case, at => new CaseCommand.MoveHandOver(move, "casemanager") { At = at }).Type;

    public static CaseError.Forbidden Forbidden(this ACase @case, Func<Moment, CaseCommand> command) => Assert.IsType<CaseError.Forbidden>(@case.Refuses(command));

    /// <summary>The day begins.</summary>
    public static ACase OnDay(this ACase @case, string day)
    {
        @case.Day = SampleCases.Day(day);
        @case.Do(at => new CaseCommand.BeginDay { At = at });
        return @case.Settle();
    }

    public static bool Has(this ACase @case, string flag) => @case.State.Plan!.Findings.Any(finding => finding.FlagId == flag);

    public static ProvisionEntry Provision(this ACase @case, string id) => @case.State.Provisions.Single(provision => provision.Id == id);

    public static HandOverLife Life(this ACase @case, string id = "h1") => @case.State.HandOvers.Find(id)!;
}
