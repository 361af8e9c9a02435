using Samenhang.Host.Commands;

namespace Samenhang.Host.Tests.Commands;

/// <summary>rules --mutation: a rule whose opposite passes every case is not tested.</summary>
public sealed class RuleMutationTests
{
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
