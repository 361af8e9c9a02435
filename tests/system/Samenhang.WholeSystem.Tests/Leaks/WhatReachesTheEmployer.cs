using System.Collections.Frozen;
using System.Text;
using Grpc.Core;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Casemanager.Domain;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;
using Samenhang.Messages.Employer;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Employer.V1;
using Xunit.Abstractions;
using AdviceClass = Samenhang.Protos.Employer.V1.AdviceClass;
using Case = Samenhang.Language.Case;
using Domain = Samenhang.Protos.Common.V1.Domain;
using EmployerScheme = Samenhang.Protos.Employer.V1.EmployerScheme;

namespace Samenhang.WholeSystem.Tests.Leaks;

/// <summary>
/// Nothing medical in anything that the employer's side receives, stores, logs or answers, over a thousand random cases in which
/// every text is marked.
/// </summary>
public sealed partial class WhatReachesTheEmployer(ITestOutputHelper output)
{
    private const int Cases = 1000;
    private const int AtOnce = 8;
    private const int Seed = 20160404;

    private static readonly MarkerSearch Search = new(MarkedCases.Marker);

    [Fact]
    public async Task Nothing_medical_is_in_any_byte_of_a_thousand_cases()
    {
        await using var system = await WatchedSystem.StartAsync();
        var vocabulary = system.Services.GetRequiredService<Vocabulary>();
        var marked = new MarkedCases(vocabulary, Seed);
        var explained = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, Cases), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancel) =>
        {
            var caseId = (await system.Casemanager.OpenCaseAsync(marked.Make(number), cancellationToken: cancel)).CaseId;
            var plan = await system.Casemanager.PlanAsync(caseId, within: TimeSpan.FromMinutes(2));
            if (number % 10 == 0)
            {
                Interlocked.Add(ref explained, await UseAsync(system, caseId, plan, number));
            }
        });
        await system.TakeFilesAsync();

        foreach (var (where, (count, bytes)) in system.Capture.Sizes)
        {
            output.WriteLine($"{where}: {count} pieces, {bytes} bytes");
        }

        Assert.Empty(Found(system.Capture));
        var enumerated = vocabulary.Facts.Where(fact => fact.Sensitivity == "medical").Select(fact => fact.Id)
            .Append("diagnosis-recorded").ToDictionary(id => id, id => Encoding.UTF8.GetBytes(id));
        Assert.Empty(
            from word in enumerated
            from item in system.Capture.Kept
            where item.Bytes.AsSpan().IndexOf(word.Value) >= 0
            group item by (word.Key, item.Where) into found
            select $"{found.Key.Key} in {found.Key.Where}, {found.Count()} times");

        // The search looked at something: every case was asked over the bus, many over gRPC, and the store and the log hold what was told.
        var sizes = system.Capture.Sizes;
        Assert.True(sizes["bus, to the employer"].Count >= Cases, "every case asks the employer");
        Assert.True(sizes["bus, from the employer"].Count >= Cases, "the employer answers");
        Assert.True(explained > Cases / 20, "rows of the employer are explained over gRPC");
        Assert.True(sizes["grpc answer"].Count > explained, "the employer answers over gRPC");
        Assert.True(sizes["store"].Bytes > 1_000_000, "the employer keeps what it answered");
        Assert.True(sizes["log"].Count > 0, "there is a log");
        system.Log.HasNoErrors();
    }

    [Fact]
    public async Task A_view_that_leaks_is_caught_on_the_bus_in_the_store_in_answers_and_in_the_log()
    {
        await using var system = await WatchedSystem.StartAsync();
        var vocabulary = system.Services.GetRequiredService<Vocabulary>();
        var views = new DomainViews(vocabulary);

        // The double of the view function: it lets the goal of a provision through as the name of a need.
        Case Leaky(Case whole)
        {
            var view = views.For(Services.Employer, whole);
            return view with { Needs = [.. view.Needs.Select(need => need with { Id = whole.Provisions[0].Goal! })] };
        }

        var honest = EmployerQuestion.Of(views.For(Services.Employer, Whole(vocabulary)), [], "c1", 1, vocabulary);
        var leaking = EmployerQuestion.Of(Leaky(Whole(vocabulary)), [], "c2", 1, vocabulary);
        var bus = system.Services.GetRequiredService<IBus>();

        await bus.Publish(honest);
        await Patience.Until(() => system.Capture.Sizes.ContainsKey("bus, from the employer"), "the employer answers the honest question");
        await system.TakeFilesAsync();
        Assert.Empty(Found(system.Capture));

        await bus.Publish(leaking);
        await Patience.Until(() => system.Capture.Sizes["bus, from the employer"].Count >= 2, "the employer answers the leaking question");
        await system.Employer.AssessAsync(new AssessRequest
        {
            CasePseudonym = "c3",
            AsOf = Requests.Day(2016, 10, 1),
            SickListed = Answer.Yes,
            WorkStatus = Protos.Employer.V1.WorkStatus.Employed,
            Needs = { new Protos.Employer.V1.EmployerNeed { NeedId = leaking.Needs[0].NeedId, Word = Protos.Employer.V1.NeedWord.Reintegration } },
        });
        LogLeak(system.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Samenhang.Employer"), leaking.Needs[0].NeedId);
        await system.TakeFilesAsync();

        Assert.Equal(
            ["bus, from the employer", "bus, to the employer", "grpc answer", "grpc request", "log", "store"],
            Found(system.Capture).Select(found => found.Where).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a text with zqwmerkzq in it", "UTF-8")]
    [InlineData("A TEXT WITH ZQWMERKZQ IN IT", "UTF-8, capitals")]
    public void The_search_finds_the_word_however_it_is_written(string text, string way)
    {
        Assert.Equal(way, Search.Find(Encoding.UTF8.GetBytes(text)));
        Assert.Null(Search.Find("nothing of the kind: zqwmerk"u8));
        if (way == "UTF-8")
        {
            Assert.StartsWith("UTF-16", Search.Find(Encoding.Unicode.GetBytes(text)), StringComparison.Ordinal);
            Assert.StartsWith("UTF-16", Search.Find(Encoding.BigEndianUnicode.GetBytes(text)), StringComparison.Ordinal);
            foreach (var before in new[] { "", "a", "ab", "abc" })
            {
                Assert.StartsWith("base64", Search.Find(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(before + text)))), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_same_seed_makes_the_same_cases()
    {
        var vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);

        var made = new MarkedCases(vocabulary, Seed).Make(7);

        Assert.Equal(made, new MarkedCases(vocabulary, Seed).Make(7));
        Assert.NotEqual(made, new MarkedCases(vocabulary, Seed).Make(8));
        Assert.True(Count(made.ToString()) > 30, "a case holds the word in many places");

        static int Count(string text) => text.Split(MarkedCases.Marker).Length - 1;
    }

    private static IReadOnlyList<(string Where, string Way, string Around)> Found(EmployerCapture capture) =>
    [
        .. from item in capture.Kept
           let way = Search.Find(item.Bytes)
           where way is not null
           select (item.Where, way, Around(item.Bytes)),
    ];

    /// <summary>What stands around a find, for whoever must mend it.</summary>
    private static string Around(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var at = Math.Max(0, text.IndexOf(MarkedCases.Marker, StringComparison.Ordinal) - 60);
        return text.Substring(at, Math.Min(160, text.Length - at));
    }

    /// <summary>Every call that the employer's side has, for one case; returns how many rows were explained.</summary>
    private static async Task<int> UseAsync(WatchedSystem system, string caseId, Plan plan, int number)
    {
        var pseudonym = (await system.Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Pseudonyms.Single(name => name.Domain == Domain.Employer).CasePseudonym;
        var rows = plan.Coverage.Where(row => row.Domain == Domain.Employer).Take(2).ToList();
        foreach (var row in rows)
        {
            await system.Casemanager.ExplainCoverageAsync(new ExplainCoverageRequest { CaseId = caseId, NeedId = row.NeedId, Scheme = row.Scheme });
        }

        await system.Employer.ListProvisionsAsync(new ListProvisionsRequest { CasePseudonym = pseudonym });
        if (number % 50 == 0)
        {
            var person = $"P-{number}";
            await system.Employer.RequestProvisionAsync(new RequestProvisionRequest
            {
                RequestId = Requests.NewId(), CasePseudonym = pseudonym, PersonnelNumber = person, Scheme = EmployerScheme.ReintegrationTrack1, NeedIds = { "n0" },
            });
            var absence = (await system.Absences.ReportAbsenceAsync(new ReportAbsenceRequest { RequestId = Requests.NewId(), PersonnelNumber = person, FirstSickDay = Requests.Day(2016, 4, 4) })).Absence.AbsenceId;
            await system.Absences.LinkAbsenceAsync(new LinkAbsenceRequest { RequestId = Requests.NewId(), AbsenceId = absence, CasePseudonym = pseudonym });
            await system.Physician.GiveAdviceAsync(new GiveAdviceRequest { RequestId = Requests.NewId(), AbsenceId = absence, Classes = { AdviceClass.MandatoryIntervention }, LimitationsGiven = Answer.Yes });
            await system.Absences.GetAbsenceAsync(new GetAbsenceRequest { AbsenceId = absence });
            await system.Absences.ListAbsencesAsync(new ListAbsencesRequest { PersonnelNumber = person });
            await system.Physician.GetGuidanceAsync(new GetGuidanceRequest { AbsenceId = absence });
        }

        return rows.Count;
    }

    private static Case Whole(Vocabulary vocabulary) => new()
    {
        Id = "the-case",
        AsOf = new DateOnly(2016, 10, 1),
        Rulebooks = vocabulary.Documents.Keys.ToFrozenSet(),
        Facts = new FactSet([
            KeyValuePair.Create(vocabulary.FactById["work.status"], Value.Of("employed")),
            KeyValuePair.Create(vocabulary.FactById["work.sickListed"], Value.Of(true)),
            KeyValuePair.Create(vocabulary.FactById["work.firstSickDay"], Value.Of(new DateOnly(2016, 4, 4)))]),
        Needs = [new Need("n1", vocabulary.Needs["reintegration"], FactSet.Empty)],
        Provisions = [new Provision { Id = "p1", Scheme = vocabulary.Schemes["gbggz"], Domain = "zvw", Status = "running", NeedIds = ["n1"], Goal = MarkedCases.Marker }],
    };

    [LoggerMessage(1, LogLevel.Information, "Asked about {Need}.")]
    private static partial void LogLeak(ILogger logger, string need);
}
