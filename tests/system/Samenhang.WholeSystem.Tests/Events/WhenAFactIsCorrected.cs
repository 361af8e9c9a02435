using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Domain = Samenhang.Protos.Common.V1.Domain;

namespace Samenhang.WholeSystem.Tests.Events;

/// <summary>Whoever was told a value that was wrong is listed with the correction and told of it (AVG, articles 16 and 19).</summary>
public sealed class WhenAFactIsCorrected : IAsyncLifetime, IAsyncDisposable
{
    private const string Corrected = "nl.samenhang.feiten.verbeterd.v1";

    private readonly TellingSystem system = new();

    public Task InitializeAsync() => system.StartAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => system.DisposeAsync();

    [Fact]
    public async Task Domains_and_subscribers_that_were_told_the_old_value_stand_with_it_and_hear_of_the_new_one()
    {
        var employer = await system.SubscribeAsync(TellingSystem.OfEmployer());
        var caseId = await system.PlannedAsync("uzovi9901");
        var late = await system.SubscribeAsync(TellingSystem.OfEmployer());
        var stranger = await system.SubscribeAsync(TellingSystem.OfInsurer("9902"));

        await RecordAsync(caseId, Requests.Day(2016, 3, 29));
        await system.Cases.PlanAsync(caseId, 2);

        var correction = Assert.Single(await CorrectionsAsync(caseId));
        Assert.Equal("work.firstSickDay", correction.FactId);
        var domain = Assert.Single(correction.Told, told => told.WhoCase == CorrectionReceiver.WhoOneofCase.Domain && told.Domain == Domain.Employer);
        Assert.True(domain.ToldAt <= correction.Now.RecordedAt);
        Assert.True(domain.CorrectedAt >= correction.Now.RecordedAt);
        var subscriber = Assert.Single(correction.Told, told => told.Subscriber is not null);
        Assert.Equal((SubscriberKind.Employer, TellingSystem.EmployerOin), (subscriber.Subscriber.Kind, subscriber.Subscriber.Subscriber));
        Assert.True(subscriber.CorrectedAt >= correction.Now.RecordedAt);

        foreach (var subscription in new[] { employer, late })
        {
            Assert.Equal("""{"fact":"work.firstSickDay","kind":"corrected"}""", Assert.Single(await system.EventsAsync(subscription), told => told.Type == Corrected).TextData);
        }

        Assert.Empty(await system.EventsAsync(stranger));
        system.Log.HasNoErrors();
    }

    [Fact]
    public async Task What_nobody_was_told_has_no_receivers()
    {
        var caseId = await system.PlannedAsync("uzovi9901");
        await system.Cases.RecordFactsAsync(new RecordFactsRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, Facts = { new RecordedFact { Fact = Requests.Fact("work.disclosureAllowed", Requests.Yes) } },
        });

        var late = Assert.Single(await CorrectionsAsync(caseId));

        Assert.Equal(CorrectionKind.Late, late.Kind);
        Assert.Empty(late.Told);
    }

    private async Task RecordAsync(string caseId, Protos.Types.Date day) => await system.Cases.RecordFactsAsync(new RecordFactsRequest
    {
        RequestId = Requests.NewId(), CaseId = caseId, Facts = { new RecordedFact { Fact = Requests.Fact("work.firstSickDay", new FactValue { DateValue = day }) } },
    });

    private async Task<IReadOnlyList<Correction>> CorrectionsAsync(string caseId) =>
        (await new HistoryService.HistoryServiceClient(system.System.Casemanager).ListCorrectionsAsync(new ListCorrectionsRequest { CaseId = caseId })).Corrections;
}
