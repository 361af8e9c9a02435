using BenchmarkDotNet.Attributes;
using Samenhang.Casemanager.Domain;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Benchmarks;

/// <summary>One case over all rulebooks that are loaded, once the process is warm, on one thread; and the parts that it is made of.</summary>
[MemoryDiagnoser]
public class OneCase
{
    private Case @case = null!;
    private Func<Case, CaseAssessment> round = null!;
    private RulebookSet rulebooks = null!;
    private DomainViews views = null!;
    private IReadOnlyList<Case> seen = null!;
    private CaseAssessment assessment = null!;

    /// <summary>Which case file.</summary>
    public enum Size
    {
        /// <summary>In the middle of all.</summary>
        Median,

        /// <summary>The one with the most facts and items.</summary>
        Largest,
    }

    /// <summary>Which case file.</summary>
    [ParamsAllValues]
    public Size File { get; set; }

    /// <summary>Loads the vocabulary, the rulebooks and the case.</summary>
    [GlobalSetup]
    public void Load()
    {
        var vocabulary = VocabularyLoader.Load(CasesOfTheRepository.VocabularyFolder);
        var cases = CasesOfTheRepository.BySize(vocabulary);
        @case = (File == Size.Largest ? cases[^1] : cases[cases.Count / 2]).Case;
        round = CasesOfTheRepository.Round(vocabulary);
        rulebooks = CasesOfTheRepository.Rulebooks(vocabulary);
        views = new DomainViews(vocabulary);
        assessment = round(@case);
        seen = Views();
    }

    /// <summary>What is measured, in a line.</summary>
    public string Describe() =>
        $"{@case.Id}: {@case.Needs.Count} needs, {@case.Provisions.Count} provisions, {assessment.Coverage.Count} answers, {assessment.Findings.Raised.Count} findings, {assessment.Findings.Undecided.Count} open";

    /// <summary>Views, five rulebooks, findings: what the goal is set for.</summary>
    [Benchmark(Baseline = true)]
    public CaseAssessment WholeRound() => round(@case);

    /// <summary>What each of the four services sees.</summary>
    [Benchmark]
    public IReadOnlyList<Case> Views() => [.. Services.Asked.Select(service => views.For(service, @case))];

    /// <summary>The answers of the four services to what they see.</summary>
    [Benchmark]
    public int Answers()
    {
        var rows = 0;
        for (var i = 0; i < seen.Count; i++)
        {
            rows += rulebooks.ByService[Services.Asked[i]].Assess(seen[i]).Count;
        }

        return rows;
    }

    /// <summary>The findings over the whole.</summary>
    [Benchmark]
    public FindingResult Findings() => rulebooks.Findings.Evaluate(assessment.Case, assessment.Coverage);

    /// <summary>The receipt of the answers of zvw.</summary>
    [Benchmark]
    public byte[] OneReceipt() => Receipt.Write(rulebooks.ByService[Services.Zvw], seen[0]);
}
