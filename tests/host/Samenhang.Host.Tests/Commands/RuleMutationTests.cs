using Samenhang.Host.Commands;
using Samenhang.Host.Commands.Rules;
using Samenhang.Rules;

namespace Samenhang.Host.Tests.Commands;

/// <summary>rules --mutation: a rule whose opposite passes every case is not tested.</summary>
public sealed class RuleMutationTests
{
    // The only rule about its scheme leaves it open: without it the row would be open too, because nothing is said. The sentence differs.
    private static readonly string[] SaysWhatSilenceSays = ["zvw VWS-18 clause 1"];

    private static readonly Installation Here = new(Repository.Root);

    [Fact]
    public void The_opposite_of_every_clause_that_decides_breaks_a_case()
    {
        var rulebooks = Here.LoadRulebooks(Repository.Vocabulary);
        Assert.True(RuleCases.TryRead([], Here, Repository.Vocabulary, TextWriter.Null, Voice.English, out var cases, out _));
        var check = new MutationCheck(cases!, Repository.Vocabulary, rulebooks);

        var unnoticed = MutationCheck.Deciding(rulebooks).AsParallel().AsOrdered().SelectMany(check.Of).Where(mutant => mutant.BrokenBy is null);

        Assert.Equal(SaysWhatSilenceSays, unnoticed.Select(mutant => $"{mutant.Clause.Rule.Service} {mutant.Clause.Rule.Id} clause {mutant.Number}"));
    }

    [Fact]
    public async Task A_clause_that_no_expectation_depends_on_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("samenhang-mutation-");
        var silent = Path.Combine(folder.FullName, "silent.json");
        await File.WriteAllTextAsync(silent, """
            { "format": "samenhang-case/1", "id": "silent", "asOf": "2016-10-01", "rulebooks": ["002a", "002b"],
              "needs": [ { "id": "n1", "kind": "psych-treatment", "facts": { "health.dsmDisorder": "confirmed" } } ],
              "expect": { "coverage": [] } }
            """);

        var ran = await Ran.In([], "rules", "--mutation", silent, "--lang", "en");

        Assert.Contains("zvw ARB-45: clause 1 turned around: no case notices", ran.OutputLines);
        Assert.Equal(ExitCode.Failed, ran.ExitCode);
        folder.Delete(recursive: true);
    }
}
