using System.Text;
using System.Text.Json;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Views;

/// <summary>While where the client is must stay secret no name of an organisation leaves the case: such a name can be an address.</summary>
public class WhereAClientIs
{
    private const string Shelter = "Huis De Zwaluw";
    private const string Protected = "client.addressProtected";

    private static readonly Case InShelter = SampleCases.Simon with
    {
        Parties =
        [
            .. SampleCases.Simon.Parties.Select(party => party with { Organisation = Shelter }),
            new Party { Id = "shelter", Role = "social-worker", Service = Services.Gemeente, Organisation = Shelter },
            new Party { Id = "other", Role = "jobcoach", Service = Services.Uwv, Organisation = "Zwaluw Werkt" },
        ],
    };

    private readonly ACase open = ACase.Opened(InShelter).Settle();
    private readonly ACase secret = ACase.Opened(InShelter.With(Protected, "true")).Settle();

    [Theory]
    [InlineData(Viewer.Client)]
    [InlineData(Viewer.Employer)]
    [InlineData(Viewer.Insurer)]
    [InlineData(Viewer.Municipality)]
    [InlineData(Viewer.Uwv)]
    public void Nobody_reads_it_through_any_eyes(Viewer viewer)
    {
        var seen = new CaseThroughEyes(SampleCases.Vocabulary).Of(viewer, secret.State);

        Assert.DoesNotContain("Zwaluw", Json(new { View = CaseDocument.Of(seen.View), seen.Coverage, seen.Findings, seen.Deadlines, seen.Questions }), StringComparison.Ordinal);
        Assert.Contains("Zwaluw", Json(CaseDocument.Of(new CaseThroughEyes(SampleCases.Vocabulary).Of(Viewer.Client, open.State).View)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Services.Zvw)]
    [InlineData(Services.Gemeente)]
    [InlineData(Services.Uwv)]
    [InlineData(Services.Employer)]
    public void No_domain_is_asked_with_it_and_who_belongs_together_still_does(string service)
    {
        var view = new DomainViews(SampleCases.Vocabulary).For(service, InShelter.With(Protected, "true"));

        Assert.DoesNotContain("Zwaluw", Json(CaseDocument.Of(view)), StringComparison.Ordinal);
        Assert.All(secret.Log.OfType<CoverageAsked>(), asked => Assert.DoesNotContain("Zwaluw", Json(asked), StringComparison.Ordinal));
        Assert.True(view.Parties.Where(party => party.Id is "gp" or "ba" or "emp" or "shelter").Select(party => party.Organisation).Distinct().Count() <= 1);
    }

    [Fact]
    public void No_event_tells_it()
    {
        foreach (var subscriber in Events.TheSubscribers.All)
        {
            Assert.All(Events.TheSubscribers.Told(subscriber, secret.Log), one => Assert.DoesNotContain("Zwaluw", one.Json, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_document_that_a_person_takes_along_does_not_hold_it()
    {
        Assert.DoesNotContain("Zwaluw", Export(secret), StringComparison.Ordinal);
        Assert.Contains("Zwaluw", Export(open), StringComparison.Ordinal);
        Assert.Contains(AddressProtection.Shielded, Export(secret), StringComparison.Ordinal);
    }

    [Fact]
    public void When_it_need_not_stay_secret_any_more_all_see_it_again()
    {
        secret.Do(at => ACase.Fact(at, Protected, Value.Of(false)));
        secret.Settle();

        Assert.Contains(Shelter, Json(CaseDocument.Of(new CaseThroughEyes(SampleCases.Vocabulary).Of(Viewer.Municipality, secret.State).View)), StringComparison.Ordinal);
    }

    private static string Export(ACase @case) => Encoding.UTF8.GetString(PersonalDataGathering.Write(new PersonalDataGathering(SampleCases.Vocabulary).Gather(
        [.. @case.Log.Select(change => new DatedChange(DateTimeOffset.UnixEpoch, change))], null, [], [], DateTimeOffset.UnixEpoch)));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
