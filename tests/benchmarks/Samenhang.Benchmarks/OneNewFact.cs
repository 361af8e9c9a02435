using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;
using Samenhang.Casemanager.Domain;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Benchmarks;

/// <summary>
/// A case with few events or with four hundred learns one fact: what the casemanager itself does until the next plan is there. The
/// answers of the four services are at hand; what they cost is another benchmark.
/// </summary>
[MemoryDiagnoser]
public class OneNewFact
{
    private static readonly Moment Now = new(new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero), new DateOnly(2026, 1, 1));

    private readonly Dictionary<string, IReadOnlyList<Coverage>> answers = [];
    private Dictionary<string, AnswerQuestion> services = null!;
    private Vocabulary vocabulary = null!;
    private RulebookSet rulebooks = null!;
    private CaseAssessor assessor = null!;
    private CaseDecisions decisions = null!;
    private CaseState before = null!;
    private Case whole = null!;
    private CaseAssessment assessment = null!;
    private Casemanager.Domain.Plans.PlanAssembler plans = null!;

    /// <summary>How many events the case has.</summary>
    [Params(10, 400)]
    public int Events { get; set; }

    /// <summary>Loads everything, opens the case and makes its first plan.</summary>
    [GlobalSetup]
    public void Load()
    {
        vocabulary = VocabularyLoader.Load(CasesOfTheRepository.VocabularyFolder);
        rulebooks = CasesOfTheRepository.Rulebooks(vocabulary);
        services = Services.Asked.ToDictionary(service => service, service => CaseAssessor.Answer(rulebooks.ByService[service]));
        assessor = CaseAssessor.With(vocabulary, rulebooks.ByService[Services.Casemanager], rulebooks.Findings);
        decisions = new CaseDecisions(vocabulary, assessor);
        before = Settled(CaseState.None, new CaseCommand.Open { At = Now, CaseId = "measured", AsOf = Content.AsOf, Content = CaseDocument.Of(Content) });
        whole = before.ToCase(vocabulary);
        assessment = Assembled();
        plans = new Casemanager.Domain.Plans.PlanAssembler(vocabulary);
        Reassembled();
    }

    /// <summary>What is measured, in a line.</summary>
    public string Describe() =>
        $"{Events} events, {before.Needs.Count} needs, {before.Provisions.Count} provisions: plan {before.Plan!.Version} with {before.Plan.Coverage.Count} answers, then plan {Reassembled().Plan!.Version}";

    /// <summary>The fact is recorded, the services are asked what it touches, their answers are taken in, and the plan is made.</summary>
    [Benchmark]
    public CaseState Reassembled()
    {
        var after = Settled(before, new CaseCommand.RecordFacts([new PlacedFact("client.canDirectCare", Value.Of(false))], Services.Casemanager) { At = Now });
        return after.Plan!.Version == 2 ? after : throw new InvalidOperationException("The fact made no other plan: nothing would be measured.");
    }

    /// <summary>A part of it: the findings over the whole.</summary>
    [Benchmark]
    public FindingResult Findings() => rulebooks.Findings.Evaluate(whole, before.Plan!.Coverage);

    /// <summary>A part of it: what each service would be asked, and by which fingerprint that is known.</summary>
    [Benchmark]
    public int Questions() => Services.Asked.Sum(service => ViewDigest.Of(assessor.QuestionFor(service, whole, null)).Length);

    /// <summary>A part of it: the answers put together, with the casemanager's own rulebook and the findings.</summary>
    [Benchmark]
    public CaseAssessment Assembled() => assessor.Assemble(whole, before.Answers.ToDictionary(answer => answer.Key, answer => answer.Value.Rows));

    /// <summary>A part of it: the plan of an assessment.</summary>
    [Benchmark]
    public Casemanager.Domain.Plans.Plan Planned() => plans.Make(assessment, 1);

    /// <summary>A part of it: the case from what was recorded.</summary>
    [Benchmark]
    public Case Whole() => before.ToCase(vocabulary);

    /// <summary>The plan that one change of the work makes.</summary>
    [Benchmark]
    public CaseState OneChangeOfTheWork() => Settled(before, new CaseCommand.DoWork(
        Services.Casemanager, new Casemanager.Domain.Work.WorkWish.Add(new Casemanager.Domain.Work.WorkAction { Text = "Bel de werkgever", Owner = Services.Casemanager })) { At = Now });

    /// <summary>The case file with the most needs, under the rules of all documents, with its events over and over again until there are enough.</summary>
    private Case Content
    {
        get
        {
            var many = CasesOfTheRepository.BySize(vocabulary).Select(file => file.Case).Where(@case => @case.Events.Count > 0).MaxBy(@case => @case.Needs.Count)!;
            return many with
            {
                Rulebooks = vocabulary.Documents.Keys.ToFrozenSet(),
                Events = [.. Enumerable.Range(0, Events).Select(i => many.Events[i % many.Events.Count] with { Date = many.AsOf.AddDays(-(i % 700)), AcknowledgedOn = null })],
            };
        }
    }

    private CaseState Settled(CaseState state, CaseCommand command)
    {
        var waiting = new Queue<CoverageAsked>();
        Take(command);
        while (waiting.TryDequeue(out var asked))
        {
            if (!answers.TryGetValue(asked.Service + asked.ViewDigest, out var rows))
            {
                answers[asked.Service + asked.ViewDigest] = rows = services[asked.Service](new ServiceQuestion(asked.View.ToCase(vocabulary), asked.Suggested));
            }

            Take(new CaseCommand.TakeAnswer(asked.Round, asked.Service, rows) { At = Now });
        }

        return state;

        void Take(CaseCommand next)
        {
            foreach (var change in decisions.Decide(state, next) is Decision.Accepted accepted ? accepted.Changes : throw new InvalidOperationException("The benchmark was refused."))
            {
                state = CaseState.Evolve(state, change);
                if (change is CoverageAsked asked)
                {
                    waiting.Enqueue(asked);
                }
            }
        }
    }
}
