using System.Text.Json.Nodes;
using Samenhang.Host.Commands;
using Samenhang.Host.Commands.Rules;
using Samenhang.Language.CaseFiles;

namespace Samenhang.Host.Tests.Commands;

/// <summary>rules --coverage and --mutation over the findings: each has a case where it comes up, and a near miss where it does not.</summary>
public sealed class FindingCoverageTests
{
    private static readonly Installation Here = new(Repository.Root);

    [Fact]
    public void Every_finding_comes_up_in_a_case_and_stays_away_in_a_near_miss()
    {
        var findings = FindingCoverage.Over(OurCases(), Repository.Vocabulary, Here.LoadRulebooks(Repository.Vocabulary));

        Assert.Equal(Repository.Vocabulary.Flags.Count, findings.Count);
        Assert.Empty(findings.Where(finding => finding.Hits.Count == 0).Select(finding => finding.Flag.Id));
        Assert.Empty(findings.Where(finding => finding.NearMisses.Count == 0).Select(finding => finding.Flag.Id));
    }

    [Fact]
    public void The_opposite_of_every_finding_breaks_a_hit_and_a_near_miss()
    {
        var check = new MutationCheck(OurCases(), Repository.Vocabulary, Here.LoadRulebooks(Repository.Vocabulary));

        Assert.Empty(Repository.Vocabulary.Flags.AsParallel().AsOrdered().Select(check.Of)
            .Where(mutant => !mutant.IsNoticed).Select(mutant => $"{mutant.Flag.Id}: {mutant.HitBrokenBy ?? "no hit"}, {mutant.NearMissBrokenBy ?? "no near miss"}"));
    }

    [Fact]
    public async Task The_report_names_the_cases_of_each_finding()
    {
        var copayment = Repository.Cases("flags", "flag-06.json");

        var ran = await Ran.Of(["rules", "--coverage", "--format", "json", copayment]);

        var lines = JsonNode.Parse(ran.Output)!.AsArray();
        var found = lines.Single(line => (string?)line!["flag"] == "claim.copayment-charged")!;
        Assert.Equal("FLG-C06", (string?)found["hits"]!.AsArray().Single());
        Assert.Equal(["FLG-C06 nothing-asked", "FLG-C06 last-day-of-the-old-system"], found["nearMisses"]!.AsArray().Select(name => (string?)name));
        Assert.Empty(lines.Single(line => (string?)line!["flag"] == "claim.upcoded")!["hits"]!.AsArray());
    }

    [Fact]
    public async Task A_finding_that_a_case_excludes_whose_documents_do_not_count_there_has_no_near_miss()
    {
        var folder = Directory.CreateTempSubdirectory("samenhang-findings-");
        var elsewhere = Path.Combine(folder.FullName, "elsewhere.json");
        await File.WriteAllTextAsync(elsewhere, """
            { "format": "samenhang-case/1", "id": "elsewhere", "asOf": "2016-10-01", "rulebooks": ["000"],
              "expect": { "notFlags": ["claim.copayment-charged", "uncovered.no-signalling"] } }
            """);

        var ran = await Ran.In([], "rules", "--coverage", elsewhere, "--lang", "en");

        Assert.Contains("claim.copayment-charged: no case expects this finding, and none excludes it", ran.OutputLines);
        Assert.Contains("uncovered.no-signalling: no case expects this finding; only excluded by elsewhere", ran.OutputLines);
        Assert.Equal($"Findings: {Repository.Vocabulary.Flags.Count}; with a hit: 0; with a near miss: 1; with both: 0 (0%)", ran.OutputLines[^1]);

        var mutation = await Ran.In([], "rules", "--mutation", elsewhere, "--lang", "en");

        Assert.Contains("claim.upcoded: turned around: no case misses this finding", mutation.OutputLines);
        folder.Delete(recursive: true);
    }

    private static List<CaseFile> OurCases()
    {
        Assert.True(RuleCases.TryRead([], Here, Repository.Vocabulary, TextWriter.Null, Voice.English, out var cases, out _));
        return cases!;
    }
}
