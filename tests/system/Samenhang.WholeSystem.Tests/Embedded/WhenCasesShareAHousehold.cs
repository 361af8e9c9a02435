using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Samenhang.Language;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.WholeSystem.Tests.Leaks;
using Case = Samenhang.Protos.Casemanager.V1.Case;
using Consent = Samenhang.Protos.Common.V1.Consent;
using Need = Samenhang.Protos.Common.V1.Need;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>The cases of one household hear of each other what the closed list names, with consent, and nothing else.</summary>
public sealed class WhenCasesShareAHousehold(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private const string CarerOverloaded = "uncovered.carer-overloaded";
    private const string HouseholdNotSeen = "uncovered.household-not-seen";

    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    private HouseholdService.HouseholdServiceClient Households => new(fixture.System.Casemanager);

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task An_overloaded_carer_is_a_finding_for_who_is_cared_for_until_the_consent_is_withdrawn()
    {
        var (mother, plan) = await fixture.PlannedAsync(Mother());
        var (daughter, _) = await fixture.PlannedAsync(Daughter());
        Assert.DoesNotContain(plan.Findings, finding => finding.FlagId == CarerOverloaded);
        await LinkAsync(mother, daughter, "informal-carer");

        await ConsentAsync(daughter, new Consent { From = "client", To = "household", Categories = { "social" } });
        await FindingAsync(mother, CarerOverloaded, true);

        await ConsentAsync(daughter, new Consent { From = "client", To = "household", Categories = { "social" }, WithdrawnOn = Requests.Day(2020, 12, 15) });
        await FindingAsync(mother, CarerOverloaded, false);
        Assert.DoesNotContain((await CaseAsync(mother)).Facts, fact => fact.FactId == "informalCarer.overloaded");
    }

    [Fact]
    public async Task Children_in_the_house_are_a_finding_until_they_leave()
    {
        var (mother, _) = await fixture.PlannedAsync(Mother());
        var child = Daughter();
        child.Facts.Clear();
        child.Facts.Add(Requests.Fact("client.birthDate", new FactValue { DateValue = Requests.Day(2010, 5, 5) }));
        child.Consents.Add(new Consent { From = "client", To = "household", Categories = { "social" } });
        var (childCase, _) = await fixture.PlannedAsync(child);

        var (household, member) = await LinkAsync(mother, childCase, "child");
        await FindingAsync(mother, HouseholdNotSeen, true);
        Assert.Contains((await CaseAsync(mother)).Facts, fact => fact.FactId == "household.minorChildren" && fact.Value.DecimalValue == "1");

        var leave = new RemoveMemberRequest { RequestId = Requests.NewId(), HouseholdId = household, MemberId = member, By = "casemanager" };
        var left = await Households.RemoveMemberAsync(leave);
        Assert.Equal(left, await Households.RemoveMemberAsync(leave));
        await FindingAsync(mother, HouseholdNotSeen, false);
        await Households.GetHouseholdAsync(new GetHouseholdRequest { HouseholdId = household, CaseId = childCase }).RefusedAsync(StatusCode.NotFound);
    }

    [Fact]
    public async Task No_word_of_one_case_is_found_in_the_other()
    {
        var vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);
        var marked = new MarkedCases(vocabulary, 20201215).Make(1);
        marked.RequestId = Requests.NewId();
        if (marked.Facts.FirstOrDefault(fact => fact.FactId == "client.overloadedAsCarer") is { } known)
        {
            marked.Facts.Remove(known);
        }

        marked.Facts.Add(Requests.Fact("client.overloadedAsCarer", Requests.Yes));
        marked.Consents.Add(new Consent { From = "client", To = "household", Categories = { "full" } });
        var (carer, _) = await fixture.PlannedAsync(marked);
        var (mother, _) = await fixture.PlannedAsync(Mother());

        var (household, _) = await LinkAsync(mother, carer, "informal-carer");
        await FindingAsync(mother, CarerOverloaded, true);

        var log = await LogAsync(mother);
        byte[][] seen =
        [
            (await CaseAsync(mother)).ToByteArray(),
            (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = mother })).ToByteArray(),
            (await new FindingService.FindingServiceClient(fixture.System.Casemanager).ListFindingsAsync(new ListFindingsRequest { CaseId = mother })).ToByteArray(),
            (await Households.GetHouseholdAsync(new GetHouseholdRequest { HouseholdId = household, CaseId = mother })).ToByteArray(),
            .. log.Select(Encoding.UTF8.GetBytes),
        ];
        Assert.Contains(log, line => line.Contains("informalCarer.overloaded", StringComparison.Ordinal));
        foreach (var word in new[] { MarkedCases.Marker, carer, "client.overloadedAsCarer" })
        {
            var search = new MarkerSearch(word);
            Assert.All(seen, bytes => Assert.Null(search.Find(bytes)));
        }

        // What is looked for does stand in the other case.
        Assert.Contains(await LogAsync(carer), line => line.Contains(MarkedCases.Marker, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_told_and_a_stranger_sees_no_household()
    {
        var (mother, _) = await fixture.PlannedAsync(Mother());
        var (other, _) = await fixture.PlannedAsync(Daughter());
        var create = new CreateHouseholdRequest { RequestId = Requests.NewId(), CaseId = mother, By = "casemanager" };
        var created = (await Households.CreateHouseholdAsync(create)).Household;
        Assert.Equal(created, (await Households.CreateHouseholdAsync(create)).Household);

        await Households.GetHouseholdAsync(new GetHouseholdRequest { HouseholdId = created.HouseholdId, CaseId = other }).RefusedAsync(StatusCode.NotFound);
        await Households.CreateHouseholdAsync(new CreateHouseholdRequest { RequestId = Requests.NewId(), CaseId = "nobody", By = "casemanager" }).RefusedAsync(StatusCode.NotFound);
        var invalid = await Households.AddMemberAsync(new AddMemberRequest
        {
            RequestId = Requests.NewId(), HouseholdId = created.HouseholdId, CaseId = other, By = "neighbour", Relations = { new HouseholdRelation { Relation = "aunt", OfMemberId = "m8" } },
        }).RefusedAsync(StatusCode.InvalidArgument);
        var stale = new AddMemberRequest
        {
            RequestId = Requests.NewId(), HouseholdId = created.HouseholdId, CaseId = other, By = "casemanager", ExpectedVersion = 1,
            Relations = { new HouseholdRelation { Relation = "child", OfMemberId = "m1" } },
        };
        await Households.AddMemberAsync(stale).RefusedAsync(StatusCode.Aborted);
        stale.ExpectedVersion = created.Version;
        var added = await Households.AddMemberAsync(stale);

        Assert.Equal(["by", "relations[0].of_member_id", "relations[0].relation"], invalid.ViolatedFields());
        Assert.Equal([("m1", false), ("m2", true)], added.Household.Members.Select(member => (member.MemberId, member.Own)));
    }

    private static OpenCaseRequest Mother() => new()
    {
        RequestId = Requests.NewId(),
        Title = "Moeder",
        AsOf = Requests.Day(2020, 12, 15),
        Rulebooks = { "003", "004" },
        Facts =
        {
            Requests.Fact("client.insuredZvw", Requests.Yes),
            Requests.Fact("client.birthDate", new FactValue { DateValue = Requests.Day(1984, 7, 7) }),
            Requests.Fact("household.checked", Requests.No),
        },
        Needs = { new Need { NeedId = "n1", Kind = "carer-support" } },
    };

    private static OpenCaseRequest Daughter() => new()
    {
        RequestId = Requests.NewId(),
        Title = "Dochter",
        AsOf = Requests.Day(2020, 12, 15),
        Rulebooks = { "003", "004" },
        Facts = { Requests.Fact("client.overloadedAsCarer", Requests.Yes) },
        Needs = { new Need { NeedId = "n1", Kind = "carer-support" } },
    };

    private async Task<(string HouseholdId, string MemberId)> LinkAsync(string first, string second, string relation)
    {
        var household = (await Households.CreateHouseholdAsync(new CreateHouseholdRequest { RequestId = Requests.NewId(), CaseId = first, By = "casemanager" })).Household;
        var added = await Households.AddMemberAsync(new AddMemberRequest
        {
            RequestId = Requests.NewId(), HouseholdId = household.HouseholdId, CaseId = second, By = "casemanager",
            Relations = { new HouseholdRelation { Relation = relation, OfMemberId = household.Members[0].MemberId } },
        });
        return (household.HouseholdId, added.MemberId);
    }

    private async Task ConsentAsync(string caseId, Consent consent) =>
        await Casemanager.RecordConsentAsync(new RecordConsentRequest { RequestId = Requests.NewId(), CaseId = caseId, Consent = consent });

    private async Task<Case> CaseAsync(string caseId) => (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;

    private Task FindingAsync(string caseId, string flag, bool stands) => Patience.Until(
        async () => (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan.Findings.Any(finding => finding.FlagId == flag) == stands,
        $"{flag} {(stands ? "comes" : "goes")}");

    /// <summary>The log of a case, as it was before it was sealed.</summary>
    private async Task<IReadOnlyList<string>> LogAsync(string caseId) =>
        [.. (await fixture.System.Services.EventsAsync("casemanager")).Where(recorded => recorded.StreamId == $"case/{caseId}").Select(recorded => recorded.Payload)];
}
