using System.Text.RegularExpressions;
using Samenhang.Platform.Hosting;
using Samenhang.TestSupport;

namespace Samenhang.Interop.Tests;

/// <summary>The programs of docs/clients/municipality.md do what the page says, on the real system.</summary>
public sealed class MunicipalityExampleTests(RealSystem system) : IClassFixture<RealSystem>
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Docs, "clients", "municipality.md"));

    private static readonly Dictionary<string, string> Variables = new()
    {
        ["CASEMANAGER_TOKEN"] = Tokens.For(ServiceNames.Casemanager), ["GEMEENTE_TOKEN"] = Tokens.For(ServiceNames.Gemeente),
    };

    private string Casemanager => system.AddressOf(ServiceNames.Casemanager);

    private string Gemeente => system.AddressOf(ServiceNames.Gemeente);

    [Fact]
    public async Task The_program_in_CSharp_goes_from_report_to_plan()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Samenhang.Interop.Municipality.dll");

        var ended = await Command.Run("dotnet", [program, $"http://{Casemanager}", $"http://{Gemeente}", "zaak-csharp"], AppContext.BaseDirectory, variables: Variables);

        Assert.Equal(
            ["refused: OP259: Een product mag niet twee", "term: OP090 message/301-1 2016-10-20 Provider", "plan: n1 wmo-begeleiding Covered"],
            Told(ended));
    }

    [Fact]
    public void The_program_in_CSharp_on_the_page_is_the_one_that_runs() => Assert.Equal(
        File.ReadAllText(Path.Combine(Repository.MunicipalityExample, "Program.cs")),
        Block("csharp"));

    [Fact]
    public async Task The_program_in_Python_on_the_page_goes_from_report_to_plan()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("municipality.py"), Block("python"));

        var ended = await ForeignClients.PythonProgram(folder.File("municipality.py"), Variables, null, Casemanager, Gemeente, system.DescriptorSet, "zaak-python");

        Assert.Equal(
            ["refused: OP259: A product may not be", "term: OP090 message/301-1 2016-10-20 TERM_OWNER_PROVIDER", "plan: n1 wmo-begeleiding OUTCOME_COVERED"],
            Told(ended));
    }

    private static string Block(string language) => Regex.Match(Page, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    /// <summary>The lines that a program wrote, without the end of a sentence and without its reason, which the rulebook gives.</summary>
    private static IEnumerable<string> Told(Ended ended)
    {
        Assert.True(ended.ExitCode == 0, ended.ToString());
        var lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches("^because: .+", lines[^1]);
        return lines[..^1].Select(line => line.StartsWith("refused: ", StringComparison.Ordinal) ? string.Join(' ', line.Split(' ').Take(7)) : line);
    }
}
