using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.WholeCases;

/// <summary>
/// Who carries help to work, in every position that a client can have: status, illness, benefit and capacity. The document gives it to the
/// employer, to UWV or to the municipality (002_cbc2ba9c0265af32.txt, lines 1154-1168); where its lines collide, to nobody.
/// </summary>
public class OneResponsibleBody
{
    private static readonly string[] Bodies = ["employer", "gemeente", "uwv"];

    private static readonly string[] Needs = ["reintegration", "find-work", "keep-work"];

    private static readonly string[] Statuses =
        ["employed", "no-employer", "self-employed", "unemployed", "volunteer", "student", "not-working", "work-experience-place", "placed-via-ips"];

    private static readonly Dictionary<string, (string, string)[]> Illnesses = new()
    {
        ["well"] = [("work.sickListed", "false")],
        ["ill"] = [("work.sickListed", "true"), ("work.firstSickDay", "2016-04-04")],
        ["ill for over two years"] = [("work.sickListed", "true"), ("work.firstSickDay", "2013-04-04")],
    };

    private static readonly Dictionary<string, (string, string)[]> Benefits = new()
    {
        ["none"] = [("benefit.type", "none")],
        ["wage"] = [("benefit.type", "wage")],
        ["ZW"] = [("benefit.type", "ZW")],
        ["WW"] = [("benefit.type", "WW")],
        ["WIA"] = [("benefit.type", "WIA"), ("benefit.wiaResponsible", "uwv")],
        ["WIA borne by the employer"] = [("benefit.type", "WIA"), ("benefit.wiaResponsible", "employer")],
        ["WAO"] = [("benefit.type", "WAO"), ("benefit.startedOn", "2001-01-01")],
        ["Wajong of 2010"] = [("benefit.type", "Wajong"), ("benefit.startedOn", "2010-01-01")],
        ["Wajong claimed in 2015"] = [("benefit.type", "Wajong"), ("benefit.claimDate", "2015-06-01"), ("work.permanence", "not-permanent")],
        ["Wajong claimed in 2015, for good"] = [("benefit.type", "Wajong"), ("benefit.claimDate", "2015-06-01"), ("work.permanence", "permanent")],
        ["young and disabled"] = [("benefit.type", "none"), ("benefit.claimDate", "2015-06-01"), ("benefit.disabilityBefore18", "true")],
        ["social assistance"] = [("benefit.type", "bijstand")],
        ["Anw"] = [("benefit.type", "Anw")],
        ["AOV"] = [("benefit.type", "AOV")],
    };

    private static readonly List<Position> Positions =
    [
        .. from status in Statuses
           from illness in Illnesses
           from benefit in Benefits
           from capacity in new[] { "true", "false" }
           select new Position(status, illness.Key, benefit.Key, PlanOf([("client.birthDate", "1980-01-15"), ("work.status", status), ("work.hasCapacity", capacity), .. illness.Value, .. benefit.Value])),
    ];

    [Fact]
    public void No_position_names_two_of_employer_UWV_and_municipality_for_one_need() =>
        Assert.Empty(from position in Positions from need in Needs let named = position.Named(need) where named.Count > 1 select $"{position}, {need}: {string.Join(", ", named)}");

    [Fact]
    public void Who_is_ill_in_a_job_returns_to_it_with_the_employer_for_two_years_whatever_the_benefit() =>
        Assert.All(Positions.Where(p => p is { Status: "employed" or "placed-via-ips", Illness: "ill" }), p => Assert.Equal(["employer"], p.Named("reintegration")));

    [Fact]
    public void Who_is_ill_without_an_employer_has_UWV_unless_the_municipality_or_a_policy_pays() =>
        Assert.All(
            Positions.Where(p => p is { Status: "no-employer" or "unemployed", Illness: "ill", Benefit: "none" or "ZW" or "WW" or "young and disabled" }),
            p => Assert.Equal(["uwv"], p.Named("reintegration")));

    [Fact]
    public void Social_assistance_without_a_job_is_for_the_municipality_ill_or_not() =>
        Assert.All(
            Positions.Where(p => p is { Benefit: "social assistance", Status: not ("employed" or "placed-via-ips") }),
            p => Assert.All(Needs, need => Assert.Equal(["gemeente"], p.Named(need))));

    [Fact]
    public void Nobody_is_named_for_whom_the_document_contradicts_itself() =>
        Assert.All(
            Positions.Where(p => p is { Benefit: "Wajong claimed in 2015, for good", Status: not ("employed" or "placed-via-ips") }),
            p =>
            {
                Assert.Empty(p.Named("reintegration"));
                Assert.Contains(p.Plan.Coverage, row => row is { NeedId: "reintegration", Scheme: "pw-reintegration", Outcome: Outcome.Undetermined, Reason: "rule-conflict" });
            });

    private static Plan PlanOf((string, string)[] facts) => ProjectCases.Plan(new Case
    {
        Id = "position",
        AsOf = new DateOnly(2016, 10, 1),
        Facts = SampleCases.Facts(facts),
        Rulebooks = [.. SampleCases.Vocabulary.Documents.Keys],
        Needs = [.. Needs.Select(kind => SampleCases.Need(kind, kind))],
    });

    private sealed record Position(string Status, string Illness, string Benefit, Plan Plan)
    {
        public List<string> Named(string need) => [.. Plan.Responsible.Where(r => r.NeedId == need && Bodies.Contains(r.Role)).Select(r => r.Role).Order(StringComparer.Ordinal)];

        public override string ToString() => $"{Status}, {Illness}, {Benefit}";
    }
}
